// A server as people and devices meet it: over HTTP, on a database of its own.
import './cheap-passwords.ts';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { freshId } from '../../src/server/ids.ts';
import { type Running, type StartOptions, startServer } from '../../src/server/main.ts';
import { asOwner } from './postgres.ts';
import { Visitor } from './visitor.ts';

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `unsaid-${randomUUID().slice(0, 8)}-`));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** `database` as superuser; the server itself works as its owner. */
export type TestServer = Running & { database: string };

export async function serverOn(
  database: string,
  consoleDir?: string,
  settings: StartOptions = {},
): Promise<TestServer> {
  const running = await startServer({
    port: 0,
    dataDir: await temporaryFolder(),
    databaseUrl: asOwner(database),
    consoleDir: consoleDir ?? '/nonexistent',
    log: pino({ level: 'silent' }),
    ...settings,
  });
  onTestFinished(() => running.close());
  return { ...running, database };
}

export const ADA = { name: 'Ada Sample', email: 'ada@unsaid.example', password: 'sample words 1' };

/** The admin's browser after the setup link was used. */
export async function setUp(server: Pick<Running, 'url' | 'setupLink'>): Promise<Visitor> {
  const visitor = new Visitor(server.url);
  const token = new URL(server.setupLink ?? '').searchParams.get('token') ?? '';
  await visitor.submit('/setup', { token, workspace: 'Sample Workspace', ...ADA });
  return visitor;
}

export type Connected = {
  token: string;
  workspace: string;
  member: string;
  role: string;
  device: string;
  epoch: string;
};

type Connecting = Pick<Running, 'url'> & Partial<Pick<Running, 'createDeviceCode'>>;

/** Connects a browser as whoever `visitor` is signed in as; null for the machine's own launcher. */
export async function connect(
  server: Connecting,
  visitor: Visitor | null,
  device: string = freshId(),
): Promise<Connected> {
  const info = { id: device, name: 'Sample browser' };
  let code: string;
  if (visitor) {
    const asked = await post(server.url, '/v1/device/code', {
      client_id: 'unsaid-extension',
      device: info,
    });
    const { device_code, user_code } = asked.json;
    await visitor.get(`/connect?user_code=${user_code}`);
    await visitor.submit('/connect', { user_code: String(user_code), decision: 'allow' });
    code = String(device_code);
  } else {
    code = (await server.createDeviceCode?.())?.deviceCode ?? '';
  }
  const granted = await post(server.url, '/v1/device/token', { device_code: code, device: info });
  if (granted.status !== 200) throw new Error(`not connected: ${JSON.stringify(granted.json)}`);
  const { access_token, workspace, member, server: about } = granted.json as GrantedJson;
  return {
    token: access_token,
    workspace: workspace.id,
    member: member.id,
    role: member.role,
    device,
    epoch: about.epoch,
  };
}

type GrantedJson = {
  access_token: string;
  workspace: { id: string };
  member: { id: string; role: string };
  server: { epoch: string };
};

export type JsonAnswer = { status: number; json: Record<string, unknown>; headers: Headers };

export async function post(
  url: string,
  where: string,
  body: unknown,
  token?: string,
): Promise<JsonAnswer> {
  const response = await fetch(url + where, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, json: JSON.parse(text), headers: response.headers };
}
