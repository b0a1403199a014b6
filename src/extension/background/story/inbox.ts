// What waits for the member: who named them, what they were asked, and what they are to do soon.
import { dayAfter, daysBetween } from '../../../domain/due.ts';
import { type Id, shorten } from '../../../domain/index.ts';
import { inquiryState } from '../../../domain/inquiries.ts';
import { msOf } from '../../../ledger/index.ts';
import type {
  DueView,
  InboxView,
  InquiryView,
  MentionView,
  StoryEntry,
} from '../../messages/index.ts';
import {
  getRecord,
  putDraft,
  readFields,
  type StoredRecord,
  unansweredBy,
  unseenBy,
} from '../../store/index.ts';
import { dueUntil } from '../brief/due.ts';
import { Names } from '../cards.ts';
import type { Here } from '../world.ts';

/** Of each: who has more to do sees the most urgent ones. */
const MOST = 200;
const LONGEST = 600;
/** Days ahead that are soon. */
const SOON_DAYS = 7;

const CARDS = new Set(['expectation', 'note', 'commitment', 'interaction']);

/** `today`: the date where the member is, ISO 8601. */
export async function inboxOf(here: Here, today: string): Promise<InboxView> {
  const names = new Names(here);
  const [mentions, inquiries, dues] = await Promise.all([
    unseen(here),
    unanswered(here),
    dueUntil(here, dayAfter(today, SOON_DAYS)),
  ]);
  const [told, asked, toDo] = await Promise.all([
    Promise.all(mentions.slice(0, MOST).map((one) => mentionView(here, names, one))),
    Promise.all(inquiries.map((one) => inquiryView(here, names, one, today))),
    Promise.all(dues.slice(0, MOST).map((one) => dueView(here, names, one, today))),
  ]);
  return {
    mentions: told.filter((one) => one !== null),
    inquiries: asked.sort(byDue).slice(0, MOST),
    dues: toDo,
  };
}

/** Mentions and questions, and what is due by today. */
export async function inboxCount(here: Here, today: string): Promise<number> {
  const [mentions, inquiries, dues] = await Promise.all([
    unseen(here),
    unanswered(here),
    dueUntil(here, today),
  ]);
  const gone = await Promise.all(mentions.map((one) => isTakenBack(here, one)));
  return gone.filter((one) => !one).length + inquiries.length + dues.length;
}

/** Newest first. */
async function unseen({ db, me }: Here): Promise<StoredRecord[]> {
  const all = await unseenBy(db, me);
  return all.sort((a, b) => (a.state.origin.rank < b.state.origin.rank ? 1 : -1));
}

/** Whoever took the card back points nobody to it. One that is not here yet may still come. */
async function isTakenBack({ db }: Here, mention: StoredRecord): Promise<boolean> {
  const { subject } = readFields<'mention'>(mention);
  const found = subject === undefined ? null : await getRecord(db, subject.kind, subject.id);
  return found?.record.state.registers.deleted?.value === true;
}

async function mentionView(
  here: Here,
  names: Names,
  record: StoredRecord,
): Promise<MentionView | null> {
  if (await isTakenBack(here, record)) return null;
  const { subject, text = '' } = readFields<'mention'>(record);
  const found = subject === undefined ? null : await getRecord(here.db, subject.kind, subject.id);
  const { origin } = record.state;
  const about = found === null ? undefined : readFields<'note'>(found.record).customer;
  return {
    id: record.id,
    at: msOf(origin.rank),
    by: await names.member(origin.author),
    text: shorten(text, LONGEST),
    customer: (await names.of('customer', about))?.name ?? '',
    card: found === null ? null : cardOf(found.record.kind, found.record.id),
  };
}

async function unanswered({ db, me }: Here): Promise<StoredRecord[]> {
  const all = await unansweredBy(db, me);
  return all.filter((record) => inquiryState(readFields<'inquiry'>(record)) === 'open');
}

async function inquiryView(
  here: Here,
  names: Names,
  record: StoredRecord,
  today: string,
): Promise<InquiryView> {
  const fields = readFields<'inquiry'>(record);
  const { question = '', customer, project, due, review, subject } = fields;
  const { origin } = record.state;
  const [by, about, within, draft, moment] = await Promise.all([
    names.member(origin.author),
    names.of('customer', customer),
    names.of('project', project),
    here.db.get('drafts', record.id),
    momentOf(here, subject),
  ]);
  const asks = fields.asks ?? 'answer';
  return {
    ...{ id: record.id, at: msOf(origin.rank), by, asks, question, moment },
    ...{ customer: about?.name ?? '', project: within?.name ?? '' },
    inReview: review !== undefined,
    url: consoleUrl(
      here,
      asks === 'acknowledge' && review !== undefined
        ? `reviews/${review}`
        : `inquiries/${record.id}`,
    ),
    ...{ due: due ?? null, days: due === undefined ? null : daysBetween(today, due) },
    draft: typeof draft?.answer === 'string' ? draft.answer : '',
  };
}

/** null: it is about nothing in particular, or what it is about is not here. */
async function momentOf(
  { db }: Here,
  subject: { kind: string; id: Id } | undefined,
): Promise<InquiryView['moment']> {
  const found = subject === undefined ? null : await getRecord(db, subject.kind, subject.id);
  if (found === null || found.record.state.registers.deleted?.value === true) return null;
  const { kind, id } = found.record;
  const words = wordsOf(readFields<'expectation'>(found.record));
  return words === '' ? null : { words, card: cardOf(kind, id) };
}

/** A page of the console of the workspace's own server. */
function consoleUrl({ connection }: Here, page: string): string {
  const server = connection?.server ?? '';
  return /^https?:\/\//.test(server) ? `${server.replace(/\/+$/, '')}/#/${page}` : '';
}

/** Those without a day last. */
function byDue(a: InquiryView, b: InquiryView): number {
  const [one, other] = [a.due ?? '9999-12-31', b.due ?? '9999-12-31'];
  return one < other ? -1 : one > other ? 1 : a.at - b.at;
}

type DueHere = Awaited<ReturnType<typeof dueUntil>>[number];

async function dueView(
  here: Here,
  names: Names,
  { due, record }: DueHere,
  today: string,
): Promise<DueView> {
  const { what, kind, id, on } = due;
  const fields = readFields<'expectation'>(record) as { [field: string]: unknown };
  const asked = typeof fields.expectation === 'string' ? fields.expectation : null;
  const url = kind === 'improvement' ? consoleUrl(here, `improvements/${id}`) : '';
  return {
    ...(url === '' ? {} : { url }),
    ...{ what, on, key: `${id}/${what}` },
    text: wordsOf(fields),
    customer: (await names.of('customer', fields.customer as Id | undefined))?.name ?? '',
    days: daysBetween(today, on),
    card:
      kind === 'probe'
        ? asked === null
          ? null
          : { kind: 'expectation', id: asked }
        : cardOf(kind, id),
  };
}

/** What a record says: in our words, else in theirs; '' for nothing. */
function wordsOf(fields: { [field: string]: unknown }): string {
  const evidence = Object.values((fields.evidence ?? {}) as Record<string, { quote?: string }>);
  // Of an improvement: what is to be done rather than what went wrong.
  const ours = [fields.statement, fields.question, fields.action, fields.text];
  const said = [...ours, evidence[0]?.quote, fields.subject];
  const text = said.find((one) => typeof one === 'string' && one !== '');
  return shorten(typeof text === 'string' ? text : '', LONGEST);
}

function cardOf(kind: string, id: Id): StoryEntry['card'] {
  return CARDS.has(kind) ? ({ kind, id } as StoryEntry['card']) : null;
}

/** An answer that is being written, kept as unsaved cards are. */
export async function keepAnswer({ db }: Here, inquiry: Id, text: string, now: number) {
  if (text === '') await db.delete('drafts', inquiry);
  else await putDraft(db, { id: inquiry, changedAt: now, answer: text });
}
