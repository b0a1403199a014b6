// Improvements as the console shows them: with names, with what they come from, and with their history.
import type { Fields, Id } from '../../domain/index.ts';
import { isKind } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import { type HistoryEntry, historyOf } from '../register/history.ts';
import { findRecord } from '../register/query.ts';
import { firstEvidence } from '../register/rows.ts';
import { namesOf } from './about.ts';
import { type Found, readFollowing, readImprovement } from './store.ts';

/** Members by their id; who left is among them. */
export type People = Map<Id, { name: string; active: boolean }>;

export type Shown = Found & {
  authorName: string;
  ownerName: string;
  /** Whoever owns it has left. */
  ownerLeft: boolean;
  checkedByName: string;
  customerName: string | null;
  projectName: string | null;
};

/** The moment that one is pinned to. */
export type MomentShown = {
  kind: string;
  id: Id;
  /** Their words, ours, or the subject of a mail; null where there are none. */
  quote: string | null;
  text: string | null;
};

export type OneShown = {
  improvement: Shown;
  /** null: there is none, or it is gone, or not for the asker. */
  finding: { id: Id; review: Id | null; type: string | null; text: string } | null;
  moment: MomentShown | null;
  follows: Shown | null;
  /** What was tried after it, oldest first. */
  next: Shown[];
  /** Newest first. */
  history: HistoryEntry[];
};

export async function shownOf(
  tx: Tx,
  asker: Asker,
  people: People,
  found: readonly Found[],
): Promise<Shown[]> {
  const of = (kind: 'customer' | 'project') =>
    namesOf(
      tx,
      asker,
      kind,
      found.map((one) => one[kind]),
    );
  const [customers, projects] = [await of('customer'), await of('project')];
  const nameOf = (id: Id | null) => (id === null ? '' : (people.get(id)?.name ?? ''));
  return found.map((one) => ({
    ...one,
    ...{ authorName: nameOf(one.author), ownerName: nameOf(one.owner) },
    ownerLeft: one.owner !== null && people.get(one.owner)?.active !== true,
    checkedByName: nameOf(one.checkedBy),
    customerName: customers.get(one.customer ?? '') ?? null,
    projectName: projects.get(one.project ?? '') ?? null,
  }));
}

export async function oneShown(
  tx: Tx,
  asker: Asker,
  people: People,
  found: Found,
): Promise<OneShown> {
  const { id, follows, seen: _ } = found;
  const today = new Date().toISOString().slice(0, 10);
  const before = follows === null ? null : await readImprovement(tx, asker, follows, today);
  const next = await readFollowing(tx, asker, id, today);
  const all = [found, ...(before === null || before.deleted ? [] : [before]), ...next];
  const shown = await shownOf(tx, asker, people, all);
  const names = new Map([...people].map(([key, { name }]) => [key, name]));
  const { entries } = await historyOf(tx, asker, 'improvement', id, names);
  const [improvement] = shown;
  if (improvement === undefined) throw new Error('what was found is shown');
  return {
    improvement,
    finding: await findingOf(tx, asker, found.finding),
    moment: await momentOf(tx, asker, found.subject),
    follows: shown.find((one) => one.id === follows) ?? null,
    next: shown.slice(all.length - next.length),
    history: entries,
  };
}

async function findingOf(tx: Tx, asker: Asker, id: Id | null): Promise<OneShown['finding']> {
  const found = id === null ? null : await findRecord(tx, asker, 'finding', id);
  if (found === null || found.deleted) return null;
  const { review, type, text } = found.fields as Fields<'finding'>;
  return { id: found.id, review: review ?? null, type: type ?? null, text: text ?? '' };
}

async function momentOf(
  tx: Tx,
  asker: Asker,
  subject: Found['subject'],
): Promise<MomentShown | null> {
  if (subject === null || !isKind(subject.kind)) return null;
  const found = await findRecord(tx, asker, subject.kind, subject.id);
  if (found === null || found.deleted) return null;
  const { fields, kind, id } = found;
  const said = [fields.statement, fields.question, fields.text, fields.subject];
  const words = kind === 'interaction' ? [fields.subject] : said;
  const text = words.find((one) => typeof one === 'string' && one.trim() !== '');
  return {
    ...{ kind, id, quote: firstEvidence(fields)?.quote ?? null },
    text: typeof text === 'string' ? text : null,
  };
}
