// Draws as records of kind "audit", and beside each what it is replayed from. A draw is announced in
// one transaction and drawn in a later one: what it is drawn by does not exist when it is announced.
import { randomBytes } from 'node:crypto';
import {
  AuditError,
  draw,
  type Member,
  type Method,
  populationText,
  replacement,
  seedOf,
} from '../../audit/index.ts';
import { type Draw, drawOf, type Fields, fieldsOf, type Json } from '../../domain/index.ts';
import { msOf, utf8 } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { nodeHasher } from '../hasher.ts';
import { freshId } from '../ids.ts';
import { STATE, type StateRow, stateOf } from '../sync/provenance.ts';
import type { Wanted } from './population.ts';

const { sha256 } = nodeHasher;

export type Announcement = Wanted & {
  /** Made by whoever plans it; without one it gets one here. */
  id?: string | undefined;
  name: string;
  method: Method;
  blind: boolean;
  due: string | null;
  /** Empty: whoever may. */
  reviewers: readonly string[];
  calibration: boolean;
  /** What it is drawn by, and for which day; null for one that a person plans. */
  programme: { id: string; day: string } | null;
};

/** `number`: of leaves with it. */
export type Done = { ok: true; size: number } | { ok: false; words: string };

/** Newest first. */
export async function readDraws(tx: Tx, workspace: string): Promise<Draw[]> {
  const rows = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'audit')
    .orderBy('id', 'desc')
    .execute();
  return rows.flatMap((row) => {
    const found = drawIn(row);
    return found === null ? [] : [found];
  });
}

export async function readDraw(tx: Tx, workspace: string, id: string): Promise<Draw | null> {
  const row = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'audit')
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : drawIn(row);
}

function drawIn(row: StateRow): Draw | null {
  const state = stateOf(row);
  const at = new Date(msOf(state.origin.rank)).toISOString();
  return drawOf(state.id, fieldsOf<'audit'>(state), at);
}

/** Into the log go the method, the population's hash and the hash of a nonce that nobody knows. */
export async function announce(
  tx: Tx,
  asker: Asker,
  members: readonly Member[],
  wish: Announcement,
): Promise<{ id: string; size: number }> {
  const { id = freshId() } = wish;
  const list = populationText(members);
  const nonce = randomBytes(32);
  await tx
    .insertInto('draw')
    .values({ workspace_id: asker.workspace.id, audit_id: id, nonce, population: list })
    .execute();
  const body: Fields<'audit'> = {
    ...{ name: wish.name, unit: wish.unit, strata: wish.strata, method: { ...wish.method } },
    filter: Object.fromEntries(Object.entries(wish.filter).map(([name, all]) => [name, [...all]])),
    ...{ population: hex(sha256(utf8(list))), populationSize: members.length },
    ...{ commitment: hex(sha256(nonce)), state: 'announced' },
    ...{ blind: wish.blind, auditor: asker.member.id },
    ...(wish.due === null ? {} : { due: wish.due }),
    ...(wish.reviewers.length === 0 ? {} : { reviewers: [...wish.reviewers] }),
    ...(wish.calibration ? { calibration: true } : {}),
    ...(wish.programme === null
      ? {}
      : { programme: wish.programme.id, programmeDay: wish.programme.day }),
  };
  return { id, size: await write(tx, asker, id, body) };
}

/** `checkpoint`: signed in this transaction, of a log that has the announcement. */
export async function drawNow(
  tx: Tx,
  asker: Asker,
  found: Draw,
  checkpoint: string,
): Promise<Done> {
  if (found.state !== 'announced') {
    return { ok: false, words: 'This draw is not waiting to be drawn.' };
  }
  const { nonce, members } = await secretOf(tx, asker.workspace.id, found.id);
  const seed = seedOf(sha256, checkpoint, nonce);
  const sample = draw(sha256, seed, members, found.method).map(({ id }) => id);
  const size = await write(tx, asker, found.id, {
    ...{ nonce: hex(nonce), checkpoint, sample, state: 'drawn' },
  });
  return { ok: true, size };
}

/** It stays in the log and is counted; nothing of it is taken back. */
export async function abandon(tx: Tx, asker: Asker, found: Draw, reason: string): Promise<Done> {
  if (found.state === 'abandoned') return { ok: false, words: 'This draw is abandoned already.' };
  const size = await write(tx, asker, found.id, { state: 'abandoned', reason });
  return { ok: true, size };
}

/** Puts one out; who comes in was known beforehand. */
export async function replace(
  tx: Tx,
  asker: Asker,
  found: Draw,
  wish: { out: string; reason: string },
): Promise<Done> {
  if (found.state !== 'drawn' || found.checkpoint === null) {
    return { ok: false, words: 'Nothing is drawn here.' };
  }
  if (!found.members.includes(wish.out)) {
    return { ok: false, words: 'This is not among what is to be reviewed.' };
  }
  const { nonce, members } = await secretOf(tx, asker.workspace.id, found.id);
  const seed = seedOf(sha256, found.checkpoint, nonce);
  const used = new Set([...found.sample, ...found.replacements.flatMap((one) => one.in ?? [])]);
  const next = replacement(sha256, seed, members, found.method, wish.out, used);
  const entry = {
    ...{ out: wish.out, in: next?.id ?? null, reason: wish.reason },
    ...{ at: new Date().toISOString(), by: asker.member.id },
  };
  const size = await write(tx, asker, found.id, { replacements: [...found.replacements, entry] });
  return { ok: true, size };
}

/** The list as it was announced; null for a draw that is not known. */
export async function populationListOf(
  tx: Tx,
  workspace: string,
  id: string,
): Promise<string | null> {
  const row = await tx
    .selectFrom('draw')
    .select('population')
    .where('workspace_id', '=', workspace)
    .where('audit_id', '=', id)
    .executeTakeFirst();
  return row?.population ?? null;
}

async function secretOf(tx: Tx, workspace: string, id: string) {
  const row = await tx
    .selectFrom('draw')
    .select(['nonce', 'population'])
    .where('workspace_id', '=', workspace)
    .where('audit_id', '=', id)
    .executeTakeFirst();
  if (row === undefined) {
    throw new AuditError('The list of this draw is not on this server. Abandon it and draw anew.');
  }
  const members = row.population
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf('\t');
      return { id: line.slice(0, at), stratum: line.slice(at + 1) };
    });
  return { nonce: new Uint8Array(row.nonce), members };
}

function write(tx: Tx, asker: Asker, record: string, body: Fields<'audit'>): Promise<number> {
  const fields = body as { [field: string]: Json };
  return writeFromConsole(tx, asker, [{ id: freshId(), kind: 'audit', record, body: fields }]);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
