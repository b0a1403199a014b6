// Site knowledge from one's own server (SPEC 7.5 to 7.7): selectors that mend a changed site, or a
// switch that turns its reader off. Taken only when the pinned key signed it and it is no older than
// what is here; otherwise what is here stays in use, or what is built in, and the status says why.
import * as z from 'zod/mini';
import {
  type NoteKey,
  type OpenedNote,
  openNote,
  parseNoteKey,
  type Verify,
  writeNoteKey,
} from '../../ledger/index.ts';
import { parseKnowledge, siteKnowledge as served } from '../../sites/knowledge.ts';
import type { PageSettings } from '../messages/index.ts';
import { type Connection, pinServerKey, readConnection } from '../store/index.ts';
import { verifyEd25519 } from './ed25519.ts';
import { hasher } from './hasher.ts';
import type { World } from './world.ts';

const EVERY_MS = 60 * 60_000;
const TIMEOUT_MS = 30_000;

export type KnowledgeDeps = {
  world: World;
  fetch: typeof fetch;
  /** Pages are to be read in another way now. */
  changed(): void;
  verify?: Verify;
};

/** What was taken from one server, kept in the profile's database under its address. */
const held = z.object({
  /** The pinned key it was proven with; '' while there is none. */
  key: z.string(),
  /** ms since 1970 */
  askedAt: z.number(),
  etag: z.nullable(z.string()),
  knowledge: z.nullable(served),
  /** Why the last answer was refused, for the person; null when it was not. */
  problem: z.nullable(z.string()),
});
type Held = z.infer<typeof held>;

const NOTHING: Held = { key: '', askedAt: 0, etag: null, knowledge: null, problem: null };

/** By the site's name; empty when there is nothing from the server, or it is not to be believed. */
export async function siteKnowledge(world: World): Promise<PageSettings['sites']> {
  const connection = await readConnection(await world.profile());
  if (connection === null) return {};
  return (await heldFor(world, connection)).knowledge?.sites ?? {};
}

/** Why what the server says about sites is not used, in words, or null. */
export async function knowledgeProblem(world: World): Promise<string | null> {
  const connection = await readConnection(await world.profile());
  return connection === null ? null : (await heldFor(world, connection)).problem;
}

/** Asks the server when an hour has passed, or at once with `force`. One run at a time. */
export function refreshKnowledge(deps: KnowledgeDeps, force = false): Promise<void> {
  return navigator.locks
    .request('unsaid-knowledge', () => refresh(deps, force))
    .then(() => undefined);
}

async function refresh(deps: KnowledgeDeps, force: boolean): Promise<void> {
  const { world } = deps;
  const connection = await readConnection(await world.profile());
  if (connection === null) return;
  const before = await heldFor(world, connection);
  const since = world.source.now() - before.askedAt;
  // A clock that was set back must not keep us from asking for years.
  if (!force && since >= 0 && since < EVERY_MS) return;

  const key = await pinnedKey(deps, connection);
  if (key === 'away') return;
  const pin = key === null ? '' : writeNoteKey(key);
  const asked = { ...before, key: pin, askedAt: world.source.now() };
  if (key === null) return keep(world, connection, asked);
  const answer = await ask(deps, connection, '/v1/sites', before.etag);
  if (answer === null) return;
  if (answer.status === 204 || answer.status === 304) {
    return keep(world, connection, { ...asked, problem: null });
  }
  // A server that has no such address, or is in trouble: nothing is known to be wrong.
  if (answer.status !== 200) return keep(world, connection, asked);

  const result = await taken(answer.text, key, before.knowledge?.version ?? 0, deps.verify);
  if (!result.ok) return keep(world, connection, { ...asked, problem: result.problem });
  const { knowledge } = result;
  const next = { ...asked, etag: answer.etag, knowledge, problem: null };
  await keep(world, connection, next);
  if (JSON.stringify(knowledge) !== JSON.stringify(before.knowledge)) deps.changed();
}

type Taken =
  | { ok: true; knowledge: NonNullable<Held['knowledge']> }
  | { ok: false; problem: string };

async function taken(
  note: string,
  key: NoteKey,
  version: number,
  verify: Verify = verifyEd25519,
): Promise<Taken> {
  let opened: OpenedNote;
  try {
    opened = await openNote(note, [key], verify);
  } catch {
    return { ok: false, problem: SAY['no-ed25519'] };
  }
  if (!opened.ok) return { ok: false, problem: SAY[opened.why] };
  const knowledge = parseKnowledge(opened.text);
  if (knowledge === null) return { ok: false, problem: SAY.malformed };
  if (knowledge.version < version) return { ok: false, problem: SAY.older };
  return { ok: true, knowledge };
}

const SAY = {
  'unknown-key':
    'The server’s key is not the one this browser knows. What the server says about reading sites is not used. Ask your administrator; if the key was changed on purpose, connect again.',
  'bad-signature':
    'What the server says about reading sites was altered on its way, and is not used. Tell your administrator.',
  malformed:
    'What the server says about reading sites is not whole or not understood, and is not used. Tell your administrator.',
  older:
    'The server says something older about reading sites than before. The newer stays in use. Tell your administrator.',
  'no-ed25519':
    'This browser is too old to check what the server says about reading sites, so it is not used. Update the browser.',
} as const;

/**
 * The key of the connection. One from before there were keys takes the first it is told, and no
 * other after it. null when the server has none.
 */
async function pinnedKey(
  deps: KnowledgeDeps,
  connection: Connection,
): Promise<NoteKey | null | 'away'> {
  if (connection.serverKey !== undefined) return parseNoteKey(hasher, connection.serverKey);
  const answer = await ask(deps, connection, '/v1/key', null);
  if (answer === null) return 'away';
  const told = answer.status === 200 ? keyAnswer.safeParse(parsedJson(answer.text)) : null;
  const key = told?.success ? parseNoteKey(hasher, told.data.key) : null;
  if (key === null || !told?.success) return null;
  const { world } = deps;
  const pinned = await world.alone(async () =>
    pinServerKey(await world.profile(), connection, told.data.key),
  );
  return pinned ? key : 'away';
}

const keyAnswer = z.object({ key: z.string() });

type Answer = { status: number; etag: string | null; text: string };

/** null when the server cannot be reached. */
async function ask(
  { fetch: send }: KnowledgeDeps,
  { server, token }: Connection,
  path: string,
  etag: string | null,
): Promise<Answer | null> {
  try {
    const response = await send(server + path, {
      headers: {
        Authorization: `Bearer ${token}`,
        ...(etag === null ? {} : { 'If-None-Match': etag }),
      },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const bytes = await response.arrayBuffer();
    return { status: response.status, etag: response.headers.get('ETag'), text: exact(bytes) };
  } catch {
    return null;
  }
}

/** The text to the byte, or nothing where the bytes are no UTF-8. */
function exact(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '';
  }
}

/** What is kept of the connection's server, if it was proven with the connection's key. */
async function heldFor(world: World, connection: Connection): Promise<Held> {
  const profile = await world.profile();
  const parsed = held.safeParse(await profile.get('settings', placeOf(connection)));
  const key = connection.serverKey ?? '';
  return parsed.success && parsed.data.key === key ? parsed.data : { ...NOTHING, key };
}

async function keep(world: World, connection: Connection, value: Held): Promise<void> {
  await (await world.profile()).put('settings', value, placeOf(connection));
}

function placeOf({ server }: Connection): string {
  return `sites|${server}`;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
