// A record of a file by itself: what it would write, or what is wrong with it. The file is anybody's.
import * as z from 'zod/mini';
import {
  type Body,
  bodyProblem,
  id,
  isJson,
  type Json,
  type Kind,
  type NeverRules,
  neverLogged,
  normaliseJson,
  type Person,
  shorten,
} from '../../domain/index.ts';
import { canonicalBytes, LARGEST_BODY } from '../../ledger/index.ts';
import { isTaken } from './taken.ts';

/** `by`: the name of its author, as the file has it. */
export const incoming = z.object({
  row: z.int().check(z.gte(0)),
  by: z.optional(z.nullable(z.string().check(z.maxLength(2_000)))),
  record: z.unknown(),
});
export type Incoming = z.infer<typeof incoming>;

/** As src/export/exported-record.ts has it. */
const record = z.object({
  kind: z.string().check(z.minLength(1), z.maxLength(64)),
  id,
  author: z.optional(z.string().check(z.maxLength(100))),
  written: z.optional(z.iso.datetime({ offset: true })),
  visibility: z.optional(z.enum(['workspace', 'managers'])),
  /** It was never shared by its author. */
  keptHere: z.optional(z.boolean()),
  fields: z.record(z.string(), z.unknown()),
});

/** What problems call it by, where it is no record. */
const called = z.object({
  kind: z.catch(z.optional(z.string()), undefined),
  id: z.catch(z.optional(z.string()), undefined),
});

/** What a record of a file says. `body`: its fields alone; `writing`: who wrote it, and when. */
export type Said = { row: number; kind: Kind; id: string; body: Body; writing: Body };

export type ReadRecord =
  | { is: 'said'; said: Said }
  | { is: 'left'; kind: string }
  | { is: 'wrong'; kind: string; id: string; words: string };

export type Importing = {
  /** Id of whoever imports: what they wrote themselves needs no name. */
  self: string;
  /** id → name, of this workspace. */
  members: ReadonlyMap<string, string>;
  never: NeverRules;
  /** ms since 1970 */
  now: number;
};

const KEPT_THERE =
  'Its author keeps it on their device alone. Sharing it is theirs to do, in the notebook.';
const DAY_MS = 86_400_000;
/** Levels a value may be nested; what is pushed may be as deep. */
const DEEPEST = 64;

export function readRecord({ row, by, record: raw }: Incoming, around: Importing): ReadRecord {
  const { kind = '', id: name = '' } = called.safeParse(raw).data ?? {};
  if (kind !== '' && !isTaken(kind)) return { is: 'left', kind: kind.slice(0, 64) };
  const wrong = (words: string): ReadRecord => ({
    ...{ is: 'wrong', kind: kind.slice(0, 64), id: name.slice(0, 100), words },
  });
  if (isDeeperThan(raw, DEEPEST)) return wrong('It is nested too deeply.');
  const parsed = record.safeParse(raw);
  if (!parsed.success) return wrong(`It is no record: ${issueOf(parsed.error)}.`);
  const { author, written, visibility } = parsed.data;
  const { data } = parsed;
  if (!isTaken(data.kind)) return { is: 'left', kind: data.kind };
  if (data.keptHere === true) return wrong(KEPT_THERE);
  if (!isJson(data.fields)) return wrong('Its fields are no JSON values.');
  const { writtenAt, writtenBy, ...fields } = normaliseJson(data.fields) as Body;
  const body = withoutCleared(fields);
  if (visibility === 'managers') body.visibility = visibility;
  const writing: Body = {};
  const at = writtenAt ?? written;
  if (typeof at === 'string') writing.writtenAt = at;
  const writer = writtenBy ?? (author === around.self ? null : nameOf(author, by, around));
  if (typeof writer === 'string' && writer !== '') writing.writtenBy = shorten(writer, 2_000);

  const whole = { ...body, ...writing };
  const problem = bodyProblem(data.kind, whole);
  if (problem !== null) return wrong(`It does not fit: ${problem}.`);
  if (canonicalBytes(whole).length > LARGEST_BODY) {
    return wrong(`It is larger than ${LARGEST_BODY / 1_000_000} MB.`);
  }
  if (typeof at === 'string' && Date.parse(at) > around.now + DAY_MS) {
    return wrong('It was written on a day to come.');
  }
  if (data.kind === 'interaction' && isNever(body, around.never)) {
    return wrong('This is on the never-log list of the workspace.');
  }
  return { is: 'said', said: { row, kind: data.kind, id: data.id, body, writing } };
}

function withoutCleared(fields: Body): Body {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** As this workspace calls the author, else as the file does. */
function nameOf(
  author: string | undefined,
  by: string | null | undefined,
  around: Importing,
): string | null {
  const here = author === undefined ? undefined : around.members.get(author);
  return here ?? (by ? normaliseJson(by) : null);
}

function isNever({ sender, recipients, subject }: Body, never: NeverRules): boolean {
  const people = [sender, ...((recipients ?? []) as Json[])] as (Person | undefined)[];
  const addresses = people.flatMap((one) => (one?.address ? [one.address] : []));
  return neverLogged(never, { people: addresses, subject: String(subject ?? '') });
}

function issueOf({ issues: [issue] }: z.core.$ZodError): string {
  const where = issue?.path.join('.') ?? '';
  return `${where === '' ? '' : `${where}: `}${issue?.message ?? 'it does not fit'}`;
}

/** With a stack of its own: what is too deep may be deeper than the call stack. */
function isDeeperThan(value: unknown, limit: number): boolean {
  const stack: [unknown, number][] = [[value, 0]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [present, depth] = next;
    if (typeof present !== 'object' || present === null) continue;
    if (depth >= limit) return true;
    for (const inner of Object.values(present)) stack.push([inner, depth + 1]);
  }
  return false;
}
