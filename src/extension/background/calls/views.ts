// Calls and tags as their pages show them.
import {
  clockCorrection,
  codebook,
  type Fields,
  type Id,
  type Person,
  type Tag,
} from '../../../domain/index.ts';
import type { CallsView, CallView, TagView } from '../../messages/index.ts';
import {
  countTags,
  countToDo,
  countWaiting,
  getRecord,
  impressionsOf,
  isPending,
  openCalls,
  readFields,
  recordsOfKind,
  type StoredRecord,
  tagsOf,
  type WorkspaceDb,
} from '../../store/index.ts';
import { Names } from '../cards.ts';
import type { Here, World } from '../world.ts';
import { readKept } from './kept.ts';
import { shownProposal } from './proposal.ts';
import { asCall, asTag, type Call, type CallTag } from './write.ts';

/** Tags of the running call that the bar shows. */
const LATEST = 20;

export async function callView(here: Here, call: Call, names = new Names(here)): Promise<CallView> {
  const { db } = here;
  const { id, fields, clock, record } = call;
  const author = record.state.origin.author;
  const [customer, project, impressions, tags, unhandled, pending, name] = await Promise.all([
    names.of('customer', fields.customer),
    names.of('project', fields.project),
    impressionsOf(db, id),
    countTags(db, id),
    countToDo(db, id),
    isPending(db, 'interaction', id),
    names.member(author),
  ]);
  const seemed = impressions.map((one) => readFields<'perception'>(one).score);
  return {
    ...{ id, clock, customer, project, tags, unhandled },
    state: fields.callState ?? 'ended',
    correction: clockCorrection(fields),
    clockSet: (fields.clockSet ?? []).map(({ at, by }) => ({ at: Date.parse(at), by })),
    shift: fields.shift ?? 0,
    channel: fields.channel === 'meeting' ? 'meeting' : 'call',
    subject: fields.subject ?? '',
    participants: (fields.recipients ?? []) as Person[],
    wentWell: fields.wentWell ?? null,
    seemed: seemed.find((score) => score !== undefined) ?? null,
    author: { id: author, name, me: author === here.me },
    synced: here.connection !== null && !pending,
    url: fields.url ?? '',
  };
}

export async function tagView(
  here: Here,
  { record, fields, call }: CallTag,
  names = new Names(here),
): Promise<TagView> {
  const author = record.state.origin.author;
  const name = await names.member(author);
  return {
    ...tagFacts(record.id, call, fields),
    author: { id: author, name, me: author === here.me },
  };
}

/** A tag as it was written just now, by whoever works here. */
export function ownTagView(here: Here, id: Id, call: Id, fields: Fields<'note'>): TagView {
  const name = here.connection?.member.name ?? 'you';
  return { ...tagFacts(id, call, fields), author: { id: here.me, name, me: true } };
}

function tagFacts(id: Id, call: Id, fields: Fields<'note'>): Omit<TagView, 'author'> {
  return {
    ...{ id, call, tag: fields.tag ?? '' },
    offset: fields.offset ?? 0,
    span: fields.span ?? null,
    text: fields.text ?? '',
    pressedAt: Date.parse(fields.pressedAt ?? '') || 0,
    handled: fields.handled === true || fields.became !== undefined,
    became: fields.became ?? null,
    deleted: fields.deleted === true,
  };
}

/** Tags among these records, in their order. */
export async function tagViews(here: Here, records: readonly StoredRecord[]): Promise<TagView[]> {
  const names = new Names(here);
  const tags = records.flatMap((record) => asTag(record) ?? []);
  return Promise.all(tags.map((tag) => tagView(here, tag, names)));
}

export async function codebookOf(db: WorkspaceDb): Promise<Tag[]> {
  return codebookFrom([...(await recordsOfKind(db, 'label')).values()]);
}

export function codebookFrom(labels: readonly StoredRecord[]): Tag[] {
  return codebook(labels.map((record) => ({ id: record.id, fields: readFields<'label'>(record) })));
}

/**
 * The member's calls that are not over: the one that was gone on with last, which is running, and
 * the others. Two devices may each have one running: then only one of them is.
 */
export async function openOnes(here: Here): Promise<{ running: Call | null; others: Call[] }> {
  const open = (await openCalls(here.db, here.me)).flatMap((record) => asCall(record) ?? []);
  const since = ({ record }: Call) => record.state.registers.callState?.rank ?? '';
  const [running = null] = open
    .filter(({ fields }) => fields.callState === 'running')
    .sort((a, b) => (since(a) < since(b) ? 1 : -1));
  const others = open
    .filter((one) => one !== running)
    .sort((a, b) => b.clock.startedAt - a.clock.startedAt);
  return { running, others };
}

export async function callsView(world: World): Promise<CallsView> {
  const here = await world.current();
  const { db } = here;
  const [kept, { running, others }, tags, all] = await Promise.all([
    readKept(world),
    openOnes(here),
    codebookOf(db),
    countWaiting(db, here.me),
  ]);
  const open = [...(running === null ? [] : [running]), ...others];
  const names = new Names(here);
  const [views, latest, ofOpen, wrapUp, proposal] = await Promise.all([
    Promise.all(open.map((call) => callView(here, call, names))),
    running === null ? [] : tagsOf(db, running.id, LATEST),
    Promise.all(open.map(({ id }) => countToDo(db, id, here.me))),
    lastEnded(here, kept.wrapUps),
    shownProposal(world, here, kept, running),
  ]);
  const isFirst = (_view: CallView, at: number) => running !== null && at === 0;
  return {
    running: views.find(isFirst) ?? null,
    parked: views.filter((view, at) => !isFirst(view, at)),
    latest: await tagViews(here, latest),
    waiting: all - ofOpen.reduce((sum, count) => sum + count, 0),
    ...{ wrapUp, codebook: tags, settings: kept.settings, proposal },
  };
}

/** Of these calls the last that is over. */
async function lastEnded(here: Here, calls: readonly Id[]): Promise<Id | null> {
  for (const id of calls.toReversed()) {
    const found = await getRecord(here.db, 'interaction', id);
    const fields = found === null ? {} : readFields<'interaction'>(found.record);
    if (fields.callState === 'ended' && fields.deleted !== true) return id;
  }
  return null;
}
