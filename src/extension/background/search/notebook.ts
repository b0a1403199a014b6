// Everything of a notebook out of the database, a page at a time, and records of a file into it.
import {
  type Body,
  bodyProblem,
  fieldsOf,
  type Id,
  id as idSchema,
  isKind,
  newId,
} from '../../../domain/index.ts';
import { canonicalText, msOf } from '../../../ledger/index.ts';
import type { NotebookRecord, SidebarHandlers, TakeOutcome } from '../../messages/index.ts';
import { commit, getRecord, isSearched, search, type Write } from '../../store/index.ts';
import { Names } from '../cards.ts';
import type { Here, World } from '../world.ts';

/** What a file may bring, what is referred to first. What the workspace decides is not among it. */
const KINDS: readonly string[] = [
  ...['customer', 'contact', 'project', 'interaction', 'note', 'expectation', 'probe'],
  ...['commitment', 'perception', 'retrospective'],
];
type Taken = Parameters<SidebarHandlers['notebookTake']>[0]['records'][number];

const PAGE = 200;

/** `after`: "<kind> <how many>" so far. By the index, so everything must be looked at first. */
export async function notebookPage(
  here: Here,
  after: string,
): Promise<{ records: NotebookRecord[]; next: string | null }> {
  const [kind = 'customer', passed = '0'] = after.split(' ').filter(Boolean);
  const at = KINDS.indexOf(kind);
  const of = KINDS[at];
  if (of === undefined) return { records: [], next: null };
  const from = Math.max(0, Math.trunc(Number(passed)) || 0);
  const half = from >= DELETED;
  const asked = { words: '', order: 'newest' as const, from: from - (half ? DELETED : 0) };
  const filters = { looks: [of], deleted: half };
  const { hits } = await search(here.db, { ...asked, filters, count: PAGE });
  const names = new Names(here);
  const records = await Promise.all(
    hits.filter((hit) => hit.kind === of).map((hit) => recordOf(here, names, hit)),
  );
  const more = hits.length === PAGE;
  const next = more
    ? `${of} ${from + PAGE}`
    : half
      ? (KINDS[at + 1] ?? null) && `${KINDS[at + 1]} 0`
      : `${of} ${DELETED}`;
  return { records: records.filter((record) => record !== null), next };
}

/** These records, in their order. */
export async function notebookRecords(
  here: Here,
  refs: readonly { kind: string; id: Id }[],
): Promise<NotebookRecord[]> {
  const names = new Names(here);
  const records = await Promise.all(refs.map((ref) => recordOf(here, names, ref)));
  return records.filter((record) => record !== null);
}

/** What was taken back comes after what was not. */
const DELETED = 1_000_000_000;

async function recordOf(
  here: Here,
  names: Names,
  { kind, id }: { kind: string; id: Id },
): Promise<NotebookRecord | null> {
  const found = await getRecord(here.db, kind, id);
  if (found === null) return null;
  const { state, customer } = found.record;
  const { deleted, ...fields } = fieldsOf(state) as { [field: string]: unknown };
  return {
    ...{ kind, id, fields, keptHere: found.keptHere, deleted: deleted === true },
    writtenAt: new Date(msOf(state.origin.rank)).toISOString(),
    author: await names.member(state.origin.author),
    authorId: state.origin.author,
    customer: customer === undefined ? '' : ((await names.of('customer', customer))?.name ?? ''),
  };
}

/** What each record of a file does here: new ones are written under their own ids, all at once. */
export function takeRecords(
  world: World,
  records: readonly Taken[],
  dry: boolean,
): Promise<TakeOutcome[]> {
  const work = async (here: Here) => {
    const writes: { keep: boolean; write: Write }[] = [];
    const outcomes: TakeOutcome[] = [];
    const seen = new Set<string>();
    for (const record of records) {
      const outcome = seen.has(record.id)
        ? ({ is: 'bad', why: 'twice' } as const)
        : await judge(here, record);
      seen.add(record.id);
      outcomes.push(outcome);
      if (outcome.is !== 'new') continue;
      const { kind, id } = record;
      const writtenAt = writtenAtOf(record);
      const deleted = record.deleted === true ? { deleted: true } : {};
      const body = { ...writtenAt, ...(record.fields as Body), ...deleted };
      const write: Write = { id: newId(world.source), kind, record: id, body };
      writes.push({ keep: record.keptHere === true, write });
    }
    if (dry) return outcomes;
    for (const keep of [false, true]) {
      const own = writes.filter((one) => one.keep === keep).map(({ write }) => write);
      if (own.length > 0) await commit(here.db, world.source, own, { author: here.me, keep });
    }
    return outcomes;
  };
  return dry ? world.current().then(work) : world.write(work);
}

async function judge(here: Here, { kind, id, fields }: Taken): Promise<TakeOutcome> {
  if (!KINDS.includes(kind) || !isKind(kind) || !isSearched(kind)) {
    return { is: 'bad', why: 'kind' };
  }
  if (!idSchema.safeParse(id).success) return { is: 'bad', why: 'id' };
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    return { is: 'bad', why: 'fields' };
  }
  const problem = bodyProblem(kind, fields as Body);
  if (problem !== null) return { is: 'bad', why: problem };
  if ((await here.db.get('erased', [kind, id])) !== undefined) return { is: 'bad', why: 'erased' };
  const found = await getRecord(here.db, kind, id);
  if (found === null) return { is: 'new' };
  const own = saidIn(fieldsOf(found.record.state) as Body);
  return { is: 'here', same: canonicalText(own) === canonicalText(saidIn(fields as Body)) };
}

/** Without when it was written down, which a file may say in another place. */
function saidIn({ deleted: _deleted, writtenAt: _writtenAt, ...said }: Body): Body {
  return said;
}

/** When it was written first: the change that brings it back is of today. */
function writtenAtOf({ writtenAt }: Taken): Body {
  const ms = Date.parse(writtenAt ?? '');
  return Number.isFinite(ms) ? { writtenAt: new Date(ms).toISOString() } : {};
}
