// A story as the console gets it. Who reads blind gets neither names of colleagues nor how satisfied
// the customer is: they are left out here, not in the browser.
import { sql } from 'kysely';
import {
  evidenceIn,
  type Fields,
  type Id,
  type Moment,
  memberOf,
  momentSays,
  momentWords,
  type RecordState,
  type Silence,
  type StoryComment,
  type StoryMoment,
  type StoryRecord,
  storyOf,
} from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import { membersOf } from '../accounts/members.ts';
import type { Named } from '../register/directory.ts';
import { isBlindTo, readDrafts } from '../reviews/drafts.ts';
import type { Subject } from '../reviews/subject.ts';
import { type StateRow, stateOf } from '../sync/provenance.ts';
import { foldWords } from '../sync/words.ts';
import { type Asked, projectsOf, rowsWith, SHOWN, type StoryRow, storyRows } from './rows.ts';

export type Story = {
  unit: Subject['unit'];
  subject: Named;
  customer: Named | null;
  owner: Named | null;
  blind: boolean;
  moments: StoryMoment[];
  gaps: Silence[];
  comments: StoryComment[];
  /** Moments that blindness leaves out. */
  hidden: number;
};

/** `whole`: the texts of this record, or of all, are not cut. `now` in ms since 1970. */
export type Wish = { blind: boolean; whole: Id | 'all' | null; now: number };

type Told = StoryRecord & { interaction: Id | null };

export async function tell(asked: Asked, subject: Subject, wish: Wish): Promise<Story> {
  const { asker, tx } = asked;
  const rows = await storyRows(asked, subject, wish.whole);
  const related = relatedTo(asked, subject, rows);
  const blind = wish.blind || (await isBlindTo(tx, asker, related));
  const out = await findingsLeftOut(asked, rows, related);
  const records = rows.filter(({ kind, id }) => kind !== 'comment' && !out.has(id)).map(recordOf);
  const { moments, gaps } = storyOf(records, { now: wish.now, blind });
  const hidden = blind ? storyOf(records, { now: wish.now }).moments.length - moments.length : 0;

  const names = new Map(
    (await membersOf(tx, asker.workspace.id)).map(({ id, name }) => [id, name]),
  );
  const facts: Facts = {
    ...{ blind, names, longest: wish.whole === 'all' ? WHOLE : SHOWN, whole: wish.whole },
    contacts: await contactNames(asked, records),
    urls: await urlsOf(asked, records),
    standards: await standardNames(asked, records),
    discreet: blind ? discreetly(colleaguesIn(records, subject.owner, names)) : (text) => text,
  };
  const { customer } = subject;
  return {
    ...{ unit: subject.unit, blind, gaps, hidden },
    subject: { id: subject.canonical, name: facts.discreet(subject.title) },
    customer: subject.unit === 'customer' ? null : customer,
    owner: blind || subject.owner === null ? null : named(subject.owner, names),
    moments: moments.map((moment) => momentAs(moment, facts)),
    comments: rows.flatMap((row) => commentIn(row, asked, facts)),
  };
}

/**
 * Ids of records with all of these words (as `foldWords` writes them) in their texts. Read blind, in
 * what is told: the texts as they are stored name those who wrote them.
 */
export async function findWords(
  asked: Asked,
  subject: Subject,
  { words, ...wish }: Omit<Wish, 'whole'> & { words: readonly string[] },
): Promise<Id[]> {
  const rows = await rowsWith(asked, subject, words);
  const related = relatedTo(asked, subject, rows);
  if (!wish.blind && !(await isBlindTo(asked.tx, asked.asker, related))) {
    return rows.flatMap(({ id, kind, fits }) => (fits && kind !== 'comment' ? [id] : []));
  }
  const { moments } = await tell(asked, subject, { ...wish, blind: true, whole: 'all' });
  return moments.flatMap(({ title, theirs, ours, record }) => {
    const text = foldWords([title, theirs, ours].join('\n'));
    return words.every((word) => text.includes(word)) ? [record.id] : [];
  });
}

/** What a blind review may be of that this story would tell something about. */
function relatedTo(
  asked: Asked,
  subject: Subject,
  rows: readonly Pick<StoryRow, 'kind' | 'id'>[],
): Id[] {
  const { customers } = asked.directory;
  return [
    ...subject.ids,
    ...projectsOf(asked, subject),
    ...(subject.customer === null ? [] : customers.setOf(subject.customer.id)),
    ...rows.flatMap(({ kind, id }) => (kind === 'interaction' ? [id] : [])),
  ];
}

const WHOLE = Number.POSITIVE_INFINITY;

type Facts = {
  blind: boolean;
  names: Map<Id, string>;
  longest: number;
  whole: Id | 'all' | null;
  contacts: Map<Id, string>;
  urls: Map<Id, string>;
  standards: Map<Id, string>;
  discreet: (text: string) => string;
};

function recordOf(row: StoryRow): Told {
  const { kind, id, author, fields, interaction } = row;
  let state: RecordState | undefined;
  return {
    ...{ kind, id, author, fields, interaction, written: msOf(row.written) },
    rankOf(field) {
      if (row.provenance === null && row.state === null) return null;
      state ??= stateOf(row as unknown as StateRow);
      const rank = state.registers[field]?.rank;
      return rank === undefined ? null : msOf(rank);
    },
  };
}

function named(id: Id, names: Map<Id, string>): Named {
  return { id, name: names.get(id) ?? '' };
}

function momentAs(moment: Moment<Told>, facts: Facts): StoryMoment {
  const { key, at, kind, record, fields } = moment;
  const { blind, discreet } = facts;
  const longest = facts.whole === record.id ? WHOLE : facts.longest;
  const words = momentWords(moment, longest);
  const isMail = record.kind === 'interaction';
  const interaction = isMail ? record.id : record.interaction;
  const evidence = evidenceIn(fields);
  const address = isMail
    ? fields.url
    : (facts.urls.get(interaction ?? '') ?? evidence.find(({ url }) => url)?.url);
  return {
    ...{ key, at, kind, record: { kind: record.kind, id: record.id }, interaction },
    ...{ ...words, title: discreet(words.title) },
    ...{ theirs: discreet(words.theirs), ours: discreet(words.ours) },
    standard: kind === 'breach' ? (facts.standards.get(fields.standard ?? '') ?? '') : '',
    url: blind ? null : webAddress(address),
    from: discreet(fromOf(moment, facts)),
    by: blind ? null : named(memberOf(moment), facts.names),
    ...momentSays(moment),
  };
}

/** On their side: who sent it, or whom it was with. */
function fromOf({ record, fields }: Moment, { blind, contacts }: Facts): string {
  const contact = contacts.get(fields.contact ?? '') ?? '';
  if (record.kind !== 'interaction' || fields.sender === undefined) return contact;
  // Of what we sent the sender is a colleague; where nobody knows, it may be.
  if (fields.direction === 'outbound' || (blind && fields.direction === undefined)) return contact;
  return fields.sender.name || fields.sender.address || contact;
}

/** Findings of reviews that were taken back, and of colleagues who review what the asker reviews now. */
async function findingsLeftOut(
  { tx, asker }: Asked,
  rows: readonly StoryRow[],
  related: readonly Id[],
): Promise<Set<Id>> {
  const findings = rows.filter(({ kind }) => kind === 'finding');
  if (findings.length === 0) return new Set();
  const workspace = asker.workspace.id;
  const ids = [...new Set(findings.flatMap(({ fields }) => fields.review ?? []))];
  const reviews = await tx
    .selectFrom('record')
    .select(['id', 'deleted'])
    .select(sql<string | null>`fields->>'audit'`.as('audit'))
    .select(sql<string | null>`fields->>'withdrawn'`.as('withdrawn'))
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'review')
    .where(sql<boolean>`id = ANY(${ids}::uuid[])`)
    .execute();
  const about = new Set(related);
  const drafts = await readDrafts(tx, workspace, { reviewer: asker.member.id });
  const audits = new Set(drafts.flatMap(({ audit, subject }) => (about.has(subject) ? audit : [])));
  const isOut = new Map(
    reviews.map(({ id, deleted, withdrawn, audit }) => [
      id,
      { gone: deleted || withdrawn === 'true', now: audit !== null && audits.has(audit) },
    ]),
  );
  return new Set(
    findings.flatMap(({ id, author, fields }) => {
      const review = isOut.get(fields.review ?? '');
      const isTheirs = review?.now === true && author !== asker.member.id;
      return review?.gone === true || isTheirs ? [id] : [];
    }),
  );
}

function commentIn(row: StoryRow, { asker }: Asked, facts: Facts): StoryComment[] {
  if (row.kind !== 'comment') return [];
  const fields = row.fields as Fields<never> as Fields<'comment'>;
  const { subject, at, text = '', settled = false, visibility = 'workspace' } = fields;
  const mine = row.author === asker.member.id;
  // What colleagues think of it is not for whoever is to judge by themselves.
  if (subject === undefined || (facts.blind && !mine)) return [];
  const time = Date.parse(at ?? '');
  return [
    {
      ...{ id: row.id, record: subject, text, settled, visibility, mine },
      at: Number.isNaN(time) ? null : time,
      by: facts.blind ? null : named(row.author, facts.names),
      written: msOf(row.written),
    },
  ];
}

async function contactNames({ tx, asker }: Asked, records: readonly Told[]) {
  const ids = new Set(records.flatMap(({ fields }) => fields.contact ?? []));
  const rows = await columnOf({ tx, asker }, 'contact', 'name', ids);
  return new Map(rows.map(({ id, value }) => [id, value ?? '']));
}

async function standardNames({ tx, asker }: Asked, records: readonly Told[]) {
  const ids = new Set(records.flatMap(({ fields }) => fields.standard ?? []));
  const rows = await columnOf({ tx, asker }, 'standard', 'name', ids);
  return new Map(rows.map(({ id, value }) => [id, value ?? '']));
}

/** Addresses of the interactions that the records were noticed in. */
async function urlsOf({ tx, asker }: Asked, records: readonly Told[]) {
  const urls = new Map<Id, string>();
  const known = new Set<Id>();
  for (const { kind, id, fields } of records) {
    if (kind !== 'interaction') continue;
    known.add(id);
    if (fields.url !== undefined) urls.set(id, fields.url);
  }
  const others = new Set(
    records.flatMap(({ interaction: of }) => (of && !known.has(of) ? of : [])),
  );
  for (const { id, value } of await columnOf({ tx, asker }, 'interaction', 'url', others)) {
    if (value !== null) urls.set(id, value);
  }
  return urls;
}

async function columnOf(
  { tx, asker }: Pick<Asked, 'tx' | 'asker'>,
  kind: 'contact' | 'standard' | 'interaction',
  field: 'name' | 'url',
  ids: ReadonlySet<Id>,
): Promise<{ id: Id; value: string | null }[]> {
  if (ids.size === 0) return [];
  return tx
    .selectFrom('record')
    .select(['id', sql<string | null>`fields->>${sql.lit(field)}`.as('value')])
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', '=', kind)
    .where('deleted', '=', false)
    .where(sql<boolean>`id = ANY(${[...ids]}::uuid[])`)
    .execute();
}

/** Names of those who had a hand in it. */
function colleaguesIn(
  records: readonly Told[],
  owner: Id | null,
  names: Map<Id, string>,
): Set<string> {
  const ids = new Set<Id | null | undefined>([owner]);
  for (const { author, fields } of records) {
    for (const id of [author, fields.owner, fields.askedBy, fields.answeredBy, fields.decidedBy]) {
      ids.add(id);
    }
  }
  return new Set([...ids].flatMap((id) => names.get(id ?? '') ?? []));
}

const COLLEAGUE = 'a colleague';

/**
 * Takes full names out of texts. A name of one word is left: it is a word of the language as often
 * as it is a name, and what is left says so (console/story/words.ts).
 */
function discreetly(names: ReadonlySet<string>): (text: string) => string {
  const full = [...names].filter((name) => /\S\s+\S/.test(name.trim()));
  if (full.length === 0) return (text) => text;
  const pattern = full
    .sort((a, b) => b.length - a.length)
    .map((name) => name.trim().split(/\s+/).map(escaped).join('\\s+'))
    .join('|');
  const expression = new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu');
  return (text) => text.replace(expression, COLLEAGUE);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Pages of others put addresses into records: only http(s) ones are ever made into links. */
function webAddress(url: string | undefined): string | null {
  const parsed = url === undefined ? null : URL.parse(url);
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? (url ?? null) : null;
}
