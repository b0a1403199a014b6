// Connecting to a server: OAuth 2.0 Device Authorization Grant (RFC 8628).
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import { parseNoteKey, writeNoteKey } from '../../ledger/index.ts';
import { type ConnectState, ExpectedError } from '../messages/index.ts';
import {
  type Connection,
  continueChain,
  databaseOf,
  deviceId,
  noteSync,
  type PendingGrant,
  readConnection,
  readPendingGrant,
  workspaceDbNames,
  writeConnection,
  writePendingGrant,
} from '../store/index.ts';
import { announceDevice } from './device-key.ts';
import { hasher } from './hasher.ts';
import { post } from './server-call.ts';
import { settle, type World } from './world.ts';

const CLIENT = 'unsaid-extension';

const codeAnswer = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.optional(z.string()),
  expires_in: z.number(),
  interval: z.optional(z.number()),
});

const tokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.string(),
  workspace: z.object({ id, name: z.string() }),
  member: z.object({ id, name: z.string(), email: z.string(), role: z.string() }),
  device: z.object({ id }),
  /** Absent on a server from before there were keys. */
  server: z.optional(z.object({ key: z.optional(z.string()) })),
});

type Deps = { world: World; fetch: typeof fetch };

export async function startConnect(deps: Deps, address: string): Promise<ConnectState> {
  const { world } = deps;
  const server = serverOrigin(address);
  const device = await deviceId(await world.profile(), world.source);
  const answer = await post(
    deps.fetch,
    `${server}/v1/device/code`,
    { client_id: CLIENT, device: { id: device, name: deviceName() } },
    codeAnswer,
  );
  if (!answer.ok) return { state: 'failed', message: answer.failure.message };
  const code = answer.value;
  const link = code.verification_uri_complete ?? code.verification_uri;
  // A server must not send a person anywhere else than to itself to sign in.
  if (originOf(link) !== server) {
    return {
      state: 'failed',
      message: 'The server sent you to another address to sign in. Stopped.',
    };
  }
  const grant: PendingGrant = {
    server,
    deviceCode: code.device_code,
    userCode: code.user_code,
    verificationUri: link,
    interval: code.interval ?? 5,
    expiresAt: world.source.now() + code.expires_in * 1_000,
  };
  await writePendingGrant(await world.profile(), grant);
  return waiting(grant);
}

export async function resumeConnect(
  deps: Deps,
  address: string,
  deviceCode: string,
): Promise<ConnectState> {
  const grant: PendingGrant = {
    server: serverOrigin(address),
    deviceCode,
    userCode: '',
    verificationUri: '',
    interval: 1,
    expiresAt: deps.world.source.now() + 10 * 60_000,
  };
  await writePendingGrant(await deps.world.profile(), grant);
  return pollConnect(deps);
}

/** Asks once whether the code was approved. */
export async function pollConnect(deps: Deps): Promise<ConnectState> {
  const { world } = deps;
  const profile = await world.profile();
  const grant = await readPendingGrant(profile);
  if (grant === null) return currentState(world);
  const answer = await post(
    deps.fetch,
    `${grant.server}/v1/device/token`,
    {
      client_id: CLIENT,
      device_code: grant.deviceCode,
      device: { id: await deviceId(profile, world.source), name: deviceName() },
    },
    tokenAnswer,
  );
  if (answer.ok) {
    const { access_token, workspace, member, device, server } = answer.value;
    const key = server?.key === undefined ? null : parseNoteKey(hasher, server.key);
    const connection = {
      server: grant.server,
      token: access_token,
      device: device.id,
      workspace,
      member,
      ...(key === null ? {} : { serverKey: writeNoteKey(key) }),
    };
    await adopt(world, connection);
    return currentState(world);
  }
  const { failure } = answer;
  if (failure.kind === 'away') return waiting(grant);
  const code = failure.kind === 'refused' ? failure.code : '';
  if (code === 'authorization_pending' && world.source.now() < grant.expiresAt)
    return waiting(grant);
  if (code === 'slow_down') {
    const slower = { ...grant, interval: grant.interval + 5 };
    await writePendingGrant(profile, slower);
    return waiting(slower);
  }
  await writePendingGrant(profile, null);
  return { state: 'failed', message: whyFailed(code, failure.message) };
}

export async function cancelConnect(world: World): Promise<void> {
  await writePendingGrant(await world.profile(), null);
}

/** Leaves the server. What is unsynced stays in its database and goes on after connecting again. */
export async function disconnect(deps: Deps): Promise<{ unsynced: number }> {
  const { world } = deps;
  const { db, connection } = await world.current();
  if (connection === null) return { unsynced: 0 };
  const unsynced = await db.count('outbox');
  await world.alone(async () => writeConnection(await world.profile(), null));
  // Best effort: without it the token ends when an administrator revokes the device.
  await post(
    deps.fetch,
    `${connection.server}/v1/device/revoke`,
    {},
    z.unknown(),
    connection.token,
  );
  return { unsynced };
}

async function adopt(world: World, connection: Connection): Promise<void> {
  await world.alone(async () => {
    const profile = await world.profile();
    const db = await world.open(databaseOf(connection));
    await writeConnection(profile, connection);
    await writePendingGrant(profile, null);
    await noteSync(db, { signedOut: false, problem: null, failures: 0, notBefore: 0 });
    const names = await workspaceDbNames(connection.server, connection.workspace.id);
    const others = await Promise.all(
      names.filter((name) => name !== databaseOf(connection)).map((name) => world.open(name)),
    );
    await continueChain(db, others, connection);
    await settle(world, db, connection);
    // A key it has lost, it finds missing at the first sync.
    await announceDevice(world, { db, connection, me: connection.member.id }, deviceName());
  });
}

async function currentState(world: World): Promise<ConnectState> {
  const connection = await readConnection(await world.profile());
  if (connection === null) return { state: 'idle' };
  const { server, workspace, member } = connection;
  return { state: 'connected', server, workspace: workspace.name, member: member.name };
}

function waiting(grant: PendingGrant): ConnectState {
  const { server, userCode, verificationUri, interval, expiresAt } = grant;
  return { state: 'waiting', server, userCode, verificationUri, interval, expiresAt };
}

function whyFailed(code: string, message: string): string {
  switch (code) {
    case 'expired_token':
    case 'authorization_pending':
      return 'The code has expired. Start again to get a new one.';
    case 'access_denied':
      return 'The connection was refused on the server’s page.';
    case 'invalid_grant':
    case 'invalid_request':
      return 'This code is wrong or was used before. Start again to get a new one.';
    default:
      return message;
  }
}

const NO_ADDRESS = 'This is no address. It looks like https://unsaid.example.';

/** "server.example" or an address → its origin. http is for this machine only. */
export function serverOrigin(address: string): string {
  const text = address.trim();
  let url: URL;
  try {
    url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  } catch {
    throw new ExpectedError('bad-input', NO_ADDRESS);
  }
  // Browsers differ in what they let pass as a host; a space is no part of one.
  if (/[\s%]/.test(url.hostname)) {
    throw new ExpectedError('bad-input', NO_ADDRESS);
  }
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !loopback) {
    throw new ExpectedError(
      'bad-input',
      'Use an address that begins with https://, so that nobody on the way can read your notes.',
    );
  }
  return url.origin;
}

function originOf(link: string): string {
  try {
    return new URL(link).origin;
  } catch {
    return '';
  }
}

/** What this browser is called in the list of devices. */
export function deviceName(): string {
  const agent = navigator.userAgent;
  const name = /firefox/i.test(agent) ? 'Firefox' : /edg/i.test(agent) ? 'Edge' : 'Chromium';
  const system = /windows/i.test(agent) ? 'Windows' : /mac os/i.test(agent) ? 'macOS' : 'Linux';
  return `${name} on ${system}`;
}
