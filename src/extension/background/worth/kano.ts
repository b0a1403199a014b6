// Kano's two questions: what everybody asked answered, and the category that follows from it.
import {
  type Body,
  type Fields,
  type Id,
  type KanoAnswer,
  kanoCounts,
  kanoMost,
  latestReplies,
  newId,
} from '../../../domain/index.ts';
import { msOf } from '../../../ledger/index.ts';
import { ExpectedError, type KanoView } from '../../messages/index.ts';
import {
  commit,
  getRecord,
  probesAbout,
  readFields,
  type StoredRecord,
  type Write,
} from '../../store/index.ts';
import { Names } from '../cards.ts';
import { refuseBadBody } from '../save.ts';
import type { Here, World } from '../world.ts';

type Reply = {
  probe: Id;
  respondent: Id | null;
  at: string;
  functional: KanoAnswer;
  dysfunctional: KanoAnswer;
};

export async function kanoView(here: Here, expectation: Id): Promise<KanoView> {
  await expectationIn(here, expectation);
  const names = new Names(here);
  const replies = await repliesTo(here, expectation, names);
  const counting = new Set(latestReplies(replies));
  const told = await Promise.all(
    replies.map(async (reply) => {
      const { respondent, ...rest } = reply;
      const contact = await names.of('contact', respondent ?? undefined);
      return { ...rest, contact, counts: counting.has(reply) };
    }),
  );
  return { replies: told.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)) };
}

/** Somebody's two answers, as a question that was asked; answers its id. */
export function recordKano(
  world: World,
  asked: {
    expectation: Id;
    contact: Id | null;
    functional: KanoAnswer;
    dysfunctional: KanoAnswer;
    question: string;
    answer: string;
  },
): Promise<Id> {
  return world.write(async (here) => {
    const { expectation, contact, functional, dysfunctional, question, answer } = asked;
    const { fields, keptHere } = await expectationIn(here, expectation);
    const at = new Date(world.source.now()).toISOString();
    const probe = newId(world.source);
    const { customer, project } = fields;
    const body: Body = {
      ...(customer === undefined ? {} : { customer }),
      ...(project === undefined ? {} : { project }),
      ...(contact === null ? {} : { contact }),
      ...{ expectation, question, answer, functional, dysfunctional },
      ...{ askedAt: at, askedBy: here.me, answeredAt: at },
    };
    const made: Write = {
      id: newId(world.source),
      kind: 'probe',
      record: probe,
      body,
      fresh: true,
    };
    const names = new Names(here);
    const respondent = (await names.of('contact', contact ?? undefined))?.id ?? contact;
    const replies = await repliesTo(here, expectation, names);
    const all = [...replies, { probe, respondent, at, functional, dysfunctional }];
    await write(world, here, [made, ...category(world, expectation, fields, all)], keptHere);
    return probe;
  });
}

/** Two answers are taken back, or brought back again; answers the expectation they are about. */
export function removeKano(world: World, probe: Id, on: boolean): Promise<Id> {
  return world.write(async (here) => {
    const found = await getRecord(here.db, 'probe', probe);
    const own = found === null ? {} : readFields<'probe'>(found.record);
    if (found === null || own.expectation === undefined) {
      throw new ExpectedError('not-found', 'These answers are not on this device any more.');
    }
    const { expectation } = own;
    const { fields, keptHere } = await expectationIn(here, expectation);
    const names = new Names(here);
    const others = (await repliesTo(here, expectation, names)).filter(
      (reply) => reply.probe !== probe,
    );
    const again = on ? [] : await replyOf(found.record, names);
    const body: Body = { deleted: on ? true : null };
    const removed: Write = { id: newId(world.source), kind: 'probe', record: probe, body };
    const writes = [removed, ...category(world, expectation, fields, [...others, ...again])];
    await write(world, here, writes, keptHere);
    return expectation;
  });
}

async function write(world: World, here: Here, writes: Write[], keep: boolean): Promise<void> {
  for (const each of writes) refuseBadBody(each);
  await commit(here.db, world.source, writes, { author: here.me, keep });
}

/** The category that most replies fall into; a tie decides nothing. */
function category(
  world: World,
  expectation: Id,
  fields: Fields<'expectation'>,
  replies: Reply[],
): Write[] {
  const most = kanoMost(kanoCounts(latestReplies(replies)));
  const [kano = null, ...tied] = most;
  const now = tied.length === 0 ? kano : null;
  if (now === (fields.kano ?? null)) return [];
  const body: Body = { kano: now };
  return [{ id: newId(world.source), kind: 'expectation', record: expectation, body }];
}

async function expectationIn(
  here: Here,
  id: Id,
): Promise<{ fields: Fields<'expectation'>; keptHere: boolean }> {
  const found = await getRecord(here.db, 'expectation', id);
  if (found === null) {
    throw new ExpectedError('not-found', 'This card is not on this device any more.');
  }
  return { fields: readFields<'expectation'>(found.record), keptHere: found.keptHere };
}

async function repliesTo(here: Here, expectation: Id, names: Names): Promise<Reply[]> {
  const probes = await probesAbout(here.db, [expectation]);
  return (await Promise.all(probes.map((record) => replyOf(record, names)))).flat();
}

/** Contacts that are read as one are one person. */
async function replyOf(record: StoredRecord, names: Names): Promise<Reply[]> {
  const fields = readFields<'probe'>(record);
  const { rank } = record.state.origin;
  const { functional, dysfunctional, contact } = fields;
  if (functional === undefined || dysfunctional === undefined) return [];
  const respondent = (await names.of('contact', contact))?.id ?? contact ?? null;
  const at = fields.answeredAt ?? fields.askedAt ?? new Date(msOf(rank)).toISOString();
  return [{ probe: record.id, respondent, at, functional, dysfunctional }];
}
