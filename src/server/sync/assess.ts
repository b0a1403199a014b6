// What can be said of a pushed change before the database is asked: is it this device's, and can its
// body be folded.
import {
  type Change,
  type Envelope,
  envelope,
  id,
  isNormalised,
  mayWrite,
  type Role,
} from '../../domain/index.ts';
import {
  judge,
  type PushResult,
  parsedEnvelopeText,
  pushedChange,
  textHash,
  type Verdict,
} from '../../ledger/index.ts';
import { nodeHasher } from '../hasher.ts';
import { isWellFormed } from './well-formed.ts';

/** Levels a body may be nested: more than any record has, less than a stack holds. */
const DEEPEST = 64;

const ESCAPED_NUL = '\\u0000';

export type Writer = { id: string; role: Role };

export type Sender = { workspace: string; device: string; member: Writer };

export type Assessed = {
  envelope: Envelope;
  /** The envelope in canonical form, and its hash (SPEC 1.4). */
  text: string;
  hash: string;
  salt: string;
  body: unknown;
  bodyText: string;
  verdict: Verdict;
  /** null: the server's own, asked for where roles were seen to. */
  writer: Writer | null;
};

/** `refused`: cannot be stored under this device's name; stays with the device that sent it. */
export type Assessment =
  | { is: 'storable'; change: Assessed }
  | { is: 'refused'; result: PushResult }
  | { is: 'nameless' };

export function assess(sender: Sender, raw: unknown): Assessment {
  const quick = isWellFormed(raw);
  const parsed = quick ? ({ success: true, data: raw } as const) : pushedChange.safeParse(raw);
  if (!parsed.success) {
    const name = id.safeParse(nameOf(raw));
    return name.success ? refused(name.data, wordsOf(raw)) : { is: 'nameless' };
  }
  const { envelope: sealed, salt, body } = parsed.data;
  // Its texts are hashed and stored as they are: no half characters, no NUL.
  if (!isNormalised(quick ? sealed.kind : sealed)) return refused(sealed.id, NOT_WELL_FORMED);
  if (sealed.workspace !== sender.workspace) {
    return refused(sealed.id, 'It was sealed for another workspace.');
  }
  if (sealed.device !== sender.device)
    return refused(sealed.id, 'It was sealed by another device.');
  if (sealed.author !== sender.member.id)
    return refused(sealed.id, 'It was written by another member.');
  if (isDeeperThan(body, DEEPEST)) return refused(sealed.id, 'Its contents are nested too deeply.');
  return { is: 'storable', change: assessed(sealed, salt, body, sender.member) };
}

/** A change of the server's own making. */
export function assessedOwn({ envelope: sealed, salt, body }: Change): Assessed {
  return assessed(sealed, salt, body, null);
}

function assessed(sealed: Envelope, salt: string, body: unknown, writer: Writer | null): Assessed {
  const judged = judge(nodeHasher, { envelope: sealed, salt, body });
  const text = parsedEnvelopeText(sealed);
  return {
    envelope: sealed,
    text,
    hash: textHash(nodeHasher, text),
    salt,
    body,
    // Half characters have no canonical form and are kept escaped.
    bodyText: judged.text ?? JSON.stringify(body),
    verdict: verdictOn(judged, sealed.kind, body, writer),
    writer,
  };
}

function verdictOn(judged: Verdict, kind: string, body: unknown, writer: Writer | null): Verdict {
  const { text } = judged;
  if (writer && !mayWrite(writer.role, kind)) {
    return { fold: false, reason: notAllowed(writer.role, kind), text };
  }
  if (!judged.fold && judged.reason !== null) return judged;
  // Half characters have no canonical form, and in one a NUL is escaped.
  if (text !== null && !text.includes(ESCAPED_NUL)) return judged;
  if (isNormalised(body)) return judged;
  return { fold: false, reason: 'The text holds characters that cannot be stored.', text };
}

function refused(change: string, reason: string): Assessment {
  return { is: 'refused', result: { id: change, result: 'needs-attention', reason } };
}

function nameOf(raw: unknown): unknown {
  return (raw as { envelope?: { id?: unknown } } | null)?.envelope?.id;
}

function notAllowed(role: Role, kind: string): string {
  if (role === 'auditor') return 'Auditors read everything and change audits only.';
  const what = kind === 'setting' ? 'settings of the workspace' : 'this';
  const who = mayWrite('manager', kind) ? 'managers and admins' : 'admins';
  return `Only ${who} may change ${what}. Ask one of them.`;
}

const NOT_WELL_FORMED = 'Its envelope is not well-formed.';

function wordsOf(raw: unknown): string {
  const sealed = (raw as { envelope: { v?: unknown } }).envelope;
  if (envelope.safeParse(sealed).success) return 'Its body or its salt is missing.';
  return sealed.v !== 1 && envelope.safeParse({ ...sealed, v: 1 }).success
    ? 'It was made by a newer version than this server knows. Update the server.'
    : NOT_WELL_FORMED;
}

/** Walks with a stack of its own: a hostile body may be deeper than the call stack. */
function isDeeperThan(value: unknown, limit: number): boolean {
  if (!isObject(value)) return false;
  const stack: [object, number][] = [[value, 0]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [present, depth] = next;
    if (depth >= limit) return true;
    for (const key of Object.keys(present)) {
      const inner = (present as { [key: string]: unknown })[key];
      if (isObject(inner)) stack.push([inner, depth + 1]);
    }
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
