// An office whose exports a test can watch: on its server, and by a second process beside it.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join as inFolder } from 'node:path';
import pino from 'pino';
import { expect, onTestFinished } from 'vitest';
import { type Membership, membershipById } from '../../src/server/accounts/members.ts';
import { type Db, inWorkspace, openDatabase, openPool } from '../../src/server/database.ts';
import { openExportFolder } from '../../src/server/exports/files.ts';
import { insertJob, readJob, type StoredJob } from '../../src/server/exports/jobs.ts';
import {
  createExports,
  type Exports,
  type ExportsOptions,
  type Running,
} from '../../src/server/exports/run.ts';
import { type ExportWish, exportWish } from '../../src/server/exports/wish.ts';
import { createDirectories } from '../../src/server/register/directory.ts';
import { createPokeHub } from '../../src/server/sync/pokes.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { asOwner } from './postgres.ts';
import { connect, serverOn, setUp, temporaryFolder } from './server.ts';
import type { Visitor } from './visitor.ts';

export type Job = {
  id: string;
  wish: ExportWish;
  state: string;
  rows: number;
  of: number | null;
  bytes: number;
  secondsLeft: number | null;
  fileName: string | null;
  sha256: string | null;
  words: string | null;
  startedAt: string | null;
  endsAt: string | null;
};

export const REGISTER = { what: 'register', format: 'csv' };

export async function office(database: string) {
  const exportsDir = inFolder(await temporaryFolder(), 'exports');
  const server = await serverOn(database, undefined, { exportsDir });
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const tom = await join(server, admin, 'tom');
  const desk = new Device(server.url, await connect(server, mira));
  const { workspace } = desk.who;
  const db = openDatabase(openPool(asOwner(database), () => undefined));
  onTestFinished(() => db.destroy());
  const within = async <T>(work: Parameters<typeof inWorkspace<T>>[2]) =>
    inWorkspace(db, workspace, work);
  const memberOf = async (visitor: Visitor): Promise<Membership> => {
    const { id } = ((await visitor.call('GET', '/v1/me')).json as { member: { id: string } })
      .member;
    const found = await within((tx) => membershipById(tx, workspace, id));
    if (found === null) throw new Error('no such member');
    return found;
  };
  return {
    ...{ server, admin, mira, tom, desk, workspace, db, within, memberOf, exportsDir },
    notes: (count: number, length = 10) => pushNotes(desk, count, length),
    secondProcess: (options: ExportsOptions = {}) => secondProcess(db, exportsDir, options),
    /** Known to the database alone, until somebody looks. */
    async wait(visitor: Visitor, wish: object = REGISTER): Promise<string> {
      const { member } = await memberOf(visitor);
      const by = { workspace, member: member.id, role: member.role };
      return within((tx) => insertJob(tx, by, exportWish.parse(wish), null));
    },
    /** As the database has it. */
    async row(id: string): Promise<StoredJob> {
      const found = await within((tx) => readJob(tx, workspace, id));
      if (found === null) throw new Error('there is no such job');
      return found;
    },
    /** Whole and half ones, with the folder of the workspace. */
    files: () => everyFile(exportsDir),
  };
}

async function pushNotes(desk: Device, count: number, length: number): Promise<string[]> {
  const records: string[] = [];
  for (let from = 0; from < count; from += 500) {
    const some = Array.from({ length: Math.min(500, count - from) }, (_, at) => {
      const text = `${from + at} `.padEnd(length, 'x');
      return desk.change('note', { text, label: 'risk' });
    });
    await desk.push(...some);
    records.push(...some.map(({ envelope }) => envelope.record));
  }
  return records;
}

async function secondProcess(
  db: Db,
  dir: string,
  options: ExportsOptions,
): Promise<Exports & { close(): Promise<void> }> {
  const exports = createExports(await openExportFolder(dir), options);
  const running = {
    ...{ db, pokes: createPokeHub(), directories: createDirectories() },
    log: pino({ level: 'silent' }),
  };
  // Keys are for evidence alone.
  const stop = exports.start(running as unknown as Running, false);
  onTestFinished(() => stop());
  return { ...exports, close: stop };
}

function everyFile(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'store')
    .map((entry) => inFolder(entry.parentPath, entry.name).slice(dir.length + 1));
}

export async function ask(visitor: Visitor, wish: object = REGISTER): Promise<string> {
  const { status, json } = await visitor.call('POST', '/v1/export-jobs', { wish });
  expect(status, JSON.stringify(json)).toBe(201);
  return (json as { id: string }).id;
}

export const jobOf = async (visitor: Visitor, id: string) =>
  (await visitor.call('GET', `/v1/export-jobs/${id}`)).json as Job;

export async function ended(visitor: Visitor, id: string): Promise<Job> {
  await expect
    .poll(async () => (await jobOf(visitor, id)).state, { timeout: 30_000, interval: 50 })
    .not.toMatch(/waiting|running/);
  return jobOf(visitor, id);
}

/** The file as the visitor's browser asks for it. */
export function fetchFile(visitor: Visitor, id: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${visitor.url}/v1/export-jobs/${id}/file`, {
    ...init,
    headers: { ...(init.headers as Record<string, string>), cookie: visitor.cookie },
  });
}

export async function fileStatus(visitor: Visitor, id: string): Promise<number> {
  const response = await fetchFile(visitor, id);
  await response.body?.cancel();
  return response.status;
}

export const sha256 = (bytes: ArrayBuffer | Uint8Array) =>
  createHash('sha256').update(new Uint8Array(bytes)).digest('hex');
