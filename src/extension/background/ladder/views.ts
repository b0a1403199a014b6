// Questions about an expectation, as they are shown.
import {
  askable,
  type Fields,
  fillPattern,
  type Id,
  isOpenProbe,
  ladderEvidence,
  type Pattern,
  patternBook,
  patternsFor,
} from '../../../domain/index.ts';
import { ExpectedError, type LadderAnswers, type ProbeView } from '../../messages/index.ts';
import {
  getRecord,
  probesAbout,
  readFields,
  recordsOfKind,
  type StoredRecord,
  type WorkspaceDb,
} from '../../store/index.ts';
import { Names } from '../cards.ts';
import type { Here } from '../world.ts';

/** So many questions are proposed at most: one of them is chosen by a digit. */
const MOST_PROPOSED = 9;

type Who = ProbeView['author'];
/** As it is stored, with who wrote it. */
export type StoredProbe = { id: Id; fields: Fields<'probe'>; author: Id };

export async function expectationIn({ db }: Here, id: Id) {
  const found = await getRecord(db, 'expectation', id);
  if (found === null) {
    throw new ExpectedError('not-found', 'This expectation is not on this device any more.');
  }
  return { ...found, fields: readFields<'expectation'>(found.record) };
}

/** All questions about it that are not deleted, in no order. */
export async function probesOf(db: WorkspaceDb, expectation: Id): Promise<StoredProbe[]> {
  return (await probesAbout(db, [expectation])).map(asProbe);
}

function asProbe(record: StoredRecord): StoredProbe {
  const { author } = record.state.origin;
  return { id: record.id, fields: readFields<'probe'>(record), author };
}

/** Answered ones first, then asked ones, each by when; planned ones by their day. */
export async function probesView(here: Here, expectation: Id): Promise<ProbeView[]> {
  const [{ fields }, probes] = await Promise.all([
    expectationIn(here, expectation),
    probesOf(here.db, expectation),
  ]);
  const { answered, asked, planned } = ladderEvidence(fields, probes);
  const names = new Names(here);
  const views = [...answered, ...asked, ...planned].map((one) => probeView(here, one, names));
  return Promise.all(views);
}

export async function probeView(
  here: Here,
  { id, fields, author }: StoredProbe,
  names = new Names(here),
): Promise<ProbeView> {
  const places = Object.values(fields.evidence ?? {});
  const place = places.find((one) => one?.interaction !== undefined && one.offset !== undefined);
  const interaction = await interactionOf(here, place?.interaction ?? fields.interaction);
  const [owner, askedBy, writer] = await Promise.all([
    whoIs(here, fields.owner, names),
    whoIs(here, fields.askedBy, names),
    whoIs(here, author, names),
  ]);
  return {
    ...{ id, owner, askedBy },
    expectation: fields.expectation ?? '',
    question: fields.question ?? '',
    pattern: fields.pattern ?? null,
    askedAt: fields.askedAt ?? null,
    due: fields.due ?? null,
    answer: fields.answer ?? '',
    answeredAt: fields.answeredAt ?? null,
    says: fields.says ?? null,
    interaction: interaction?.view ?? null,
    moment: place?.offset === undefined ? null : place.offset + (interaction?.shift ?? 0),
    author: writer ?? { id: author, name: '', me: false },
  };
}

async function interactionOf({ db }: Here, id: Id | undefined) {
  if (id === undefined) return null;
  const found = await getRecord(db, 'interaction', id);
  if (found === null) return null;
  const { subject = '', channel = null, startedAt = null, shift } = fieldsOfCall(found.record);
  return { shift: shift ?? 0, view: { id, subject, channel, at: startedAt } };
}

function fieldsOfCall(record: Parameters<typeof readFields>[0]): Fields<'interaction'> {
  return readFields<'interaction'>(record);
}

export async function whoIs(here: Here, id: Id | undefined, names: Names): Promise<Who | null> {
  return id === undefined ? null : { id, name: await names.member(id), me: id === here.me };
}

export async function bookIn(db: WorkspaceDb): Promise<Pattern[]> {
  const records = await recordsOfKind(db, 'pattern');
  return patternBook(
    [...records.values()].map((record) => ({
      id: record.id,
      fields: readFields<'pattern'>(record),
    })),
  );
}

/** Those that were asked already come last. */
export async function questionsFor(
  here: Here,
  expectation: Id,
): Promise<LadderAnswers['questions']> {
  const [{ fields }, book, probes, people] = await Promise.all([
    expectationIn(here, expectation),
    bookIn(here.db),
    probesOf(here.db, expectation),
    peopleIn(here),
  ]);
  const used = new Set(probes.map((probe) => probe.fields.pattern));
  const said = saidIn(fields);
  const patterns = [...askable(patternsFor(book, fields), said)]
    .sort((a, b) => Number(used.has(a.id)) - Number(used.has(b.id)))
    .slice(0, MOST_PROPOSED)
    .map((pattern) => ({ pattern: pattern.id, text: fillPattern(pattern, said) }));
  return { patterns, people };
}

/** The customer's words; '' where nobody marked any. */
function saidIn({ evidence }: Fields<'expectation'>): string {
  const quotes = Object.values(evidence ?? {}).map((place) => place?.quote?.trim() ?? '');
  return quotes.find((quote) => quote !== '') ?? '';
}

/** Members who could ask a customer, oneself first, then by name. */
async function peopleIn(here: Here): Promise<Who[]> {
  const { connection, me, db } = here;
  if (connection === null) return [];
  const members = await recordsOfKind(db, 'member');
  const others = [...members.values()].flatMap((record): Who[] => {
    const { name = '', role, deactivated } = readFields<'member'>(record);
    const asks = record.id !== me && role !== 'auditor' && deactivated !== true && name !== '';
    return asks ? [{ id: record.id, name, me: false }] : [];
  });
  others.sort((a, b) => a.name.localeCompare(b.name));
  return [{ id: me, name: connection.member.name, me: true }, ...others];
}

/** Questions about these expectations or to this customer that nobody has answered yet. */
export async function openProbesOf(here: Here, expectations: readonly Id[]): Promise<ProbeView[]> {
  const names = new Names(here);
  const all = (await probesAbout(here.db, expectations)).map(asProbe);
  const open = all.filter(({ fields }) => isOpenProbe(fields));
  return Promise.all(open.map((probe) => probeView(here, probe, names)));
}
