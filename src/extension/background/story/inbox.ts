// What waits for the member: who named them, what they were asked, and what they are to do soon.
import { dayAfter, daysBetween } from '../../../domain/due.ts';
import { type Id, shorten } from '../../../domain/index.ts';
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
  recordsOfKind,
  type StoredRecord,
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
    Promise.all(inquiries.map((one) => inquiryView(here, names, one))),
    Promise.all(dues.slice(0, MOST).map((one) => dueView(names, one, today))),
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
  const all = [...(await recordsOfKind(db, 'mention')).values()];
  return all
    .filter((record) => {
      const { member, seen } = readFields<'mention'>(record);
      return member === me && seen !== true;
    })
    .sort((a, b) => (a.state.origin.rank < b.state.origin.rank ? 1 : -1));
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
  return [...(await recordsOfKind(db, 'inquiry')).values()].filter((record) => {
    const { to, answer } = readFields<'inquiry'>(record);
    return to === me && !answer?.trim();
  });
}

async function inquiryView(here: Here, names: Names, record: StoredRecord): Promise<InquiryView> {
  const { question = '', customer, due } = readFields<'inquiry'>(record);
  const { origin } = record.state;
  const [by, about, draft] = await Promise.all([
    names.member(origin.author),
    names.of('customer', customer),
    here.db.get('drafts', record.id),
  ]);
  return {
    ...{ id: record.id, at: msOf(origin.rank), by, question },
    ...{ customer: about?.name ?? '', due: due ?? null },
    draft: typeof draft?.answer === 'string' ? draft.answer : '',
  };
}

/** Those without a day last. */
function byDue(a: InquiryView, b: InquiryView): number {
  const [one, other] = [a.due ?? '9999-12-31', b.due ?? '9999-12-31'];
  return one < other ? -1 : one > other ? 1 : a.at - b.at;
}

type DueHere = Awaited<ReturnType<typeof dueUntil>>[number];

async function dueView(names: Names, { due, record }: DueHere, today: string): Promise<DueView> {
  const { what, kind, id, on } = due;
  const fields = readFields<'expectation'>(record) as { [field: string]: unknown };
  const evidence = Object.values((fields.evidence ?? {}) as Record<string, { quote?: string }>);
  // Of an improvement: what is to be done rather than what went wrong.
  const said = [fields.statement, fields.question, fields.action, fields.text];
  const text = [...said, evidence[0]?.quote].find(Boolean);
  const asked = typeof fields.expectation === 'string' ? fields.expectation : null;
  return {
    ...{ what, on, key: `${id}/${what}` },
    text: shorten(typeof text === 'string' ? text : '', LONGEST),
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

function cardOf(kind: string, id: Id): StoryEntry['card'] {
  return CARDS.has(kind) ? ({ kind, id } as StoryEntry['card']) : null;
}

/** An answer that is being written, kept as unsaved cards are. */
export async function keepAnswer({ db }: Here, inquiry: Id, text: string, now: number) {
  if (text === '') await db.delete('drafts', inquiry);
  else await putDraft(db, { id: inquiry, changedAt: now, answer: text });
}
