// What the columns of surveys and of past interactions may mean, and their cells read one by one.
import {
  KINDS,
  type NeverRules,
  neverLogged,
  type Person,
  parseAddress,
} from '../../domain/index.ts';
import { type DayOrder, readDate } from './dates.ts';
import type { CellError, Values } from './fields.ts';

export type StoryKind = 'survey' | 'interaction';

const WHOSE = ['customer', 'domain', 'customerId'] as const;

export const STORY_FIELDS = {
  survey: [...WHOSE, 'date', 'score', 'scaleMin', 'scaleMax', 'text', 'form', 'key'],
  interaction: [
    ...WHOSE,
    ...['date', 'channel', 'subject', 'from', 'to', 'direction', 'text', 'messageId', 'key'],
  ],
} as const satisfies Record<StoryKind, readonly string[]>;

export const STORY_HEADINGS: { [field: string]: RegExp } = {
  customer:
    /^(customer|customer name|company|company name|account|account name|client|organi[sz]ation|kunde|firma)$/,
  domain: /^(domain|mail domain|e-?mail domain|customer e-?mail|respondent|e-?mail|website)$/,
  customerId: /^(customer[ _-]?id|crm[ _-]?id|account[ _-]?id|company[ _-]?id|kundennummer)$/,
  date: /^(date|day|when|time|timestamp|sent|sent at|date sent|submitted|submitted at|responded|response date|start|started|start time|datum|zeit)$/,
  score: /^(score|rating|answer|points|value|nps|csat|satisfaction|bewertung|punkte)$/,
  scaleMin: /^(scale[ _-]?min|min|minimum|from scale|lowest)$/,
  scaleMax: /^(scale[ _-]?max|max|maximum|out of|highest)$/,
  text: /^(text|comment|comments|remark|remarks|feedback|reason|body|content|message|notes?|description|kommentar|bemerkung)$/,
  form: /^(form|kind|type|art)$/,
  channel: /^(channel|type|medium|kind|kanal|art)$/,
  subject: /^(subject|title|topic|betreff|thema)$/,
  from: /^(from|sender|author|von|absender)$/,
  to: /^(to|recipients?|participants?|people|attendees|with|an|empfänger|teilnehmer)$/,
  direction: /^(direction|richtung)$/,
  messageId: /^(message[ _-]?id)$/,
  key: /^(key|row[ _-]?key|id|row[ _-]?id|response[ _-]?id|record[ _-]?id|number|nummer)$/,
};

/** What a file cannot say of itself, said by whoever imports it. */
export type StoryOptions = {
  order: DayOrder | null;
  /** IANA name of the time zone that times without one are in. */
  zone: string;
  /** Where the columns do not tell it. */
  scale: { min: number; max: number } | null;
};

const CHANNELS: { [word: string]: string } = {
  ...{ email: 'email', 'e-mail': 'email', mail: 'email', call: 'call', phone: 'call' },
  ...{ 'phone call': 'call', telephone: 'call', anruf: 'call', telefonat: 'call' },
  ...{ meeting: 'meeting', 'video call': 'meeting', besprechung: 'meeting', termin: 'meeting' },
  ...{ chat: 'chat', message: 'chat', ticket: 'ticket', case: 'ticket', visit: 'visit' },
  ...{ 'site visit': 'visit', besuch: 'visit' },
};
const FORMS: readonly string[] = KINDS.perception.form.options;
const DIRECTIONS: { [word: string]: string } = {
  ...{ in: 'inbound', inbound: 'inbound', incoming: 'inbound', received: 'inbound' },
  ...{ out: 'outbound', outbound: 'outbound', outgoing: 'outbound', sent: 'outbound' },
};

/** A cell at a time; what is wrong is gathered. */
export class Cells {
  readonly errors: CellError[] = [];
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  text(field: string, longest: number): string | null {
    const value = this.#values[field];
    if (value === undefined) return null;
    if (value.length <= longest) return value;
    return this.#wrong(field, `This is longer than ${longest.toLocaleString('en-GB')} characters.`);
  }

  /** "4.5" or "4,5" */
  number(field: string): number | null {
    const value = this.#values[field];
    if (value === undefined) return null;
    if (/^[-+−]?\d{1,9}(?:[.,]\d{1,6})?$/.test(value)) {
      return Number(value.replace('−', '-').replace(',', '.'));
    }
    return this.#wrong(field, `“${value}” is no number.`);
  }

  date(options: StoryOptions, now: number): { at: string; hasTime: boolean } | null {
    const value = this.#values.date;
    if (value === undefined) return this.#wrong('date', 'There is no date.');
    const read = readDate(value, options.order, options.zone);
    if (!read.ok) return this.#wrong('date', `“${value}” ${DATE_PROBLEMS[read.is]}`);
    if (Date.parse(read.at) <= now + DAY_MS) return read;
    return this.#wrong('date', `“${value}” is a day to come.`);
  }

  word(field: 'channel' | 'form' | 'direction'): string | null {
    const value = this.#values[field];
    if (value === undefined) return null;
    const plain = value.toLowerCase().replace(/\s+/g, ' ');
    const [known, names] =
      field === 'form'
        ? [FORMS.find((one) => one === plain), FORMS]
        : field === 'channel'
          ? [own(CHANNELS, plain), KINDS.interaction.channel.options]
          : [own(DIRECTIONS, plain), ['inbound', 'outbound']];
    return known ?? this.#wrong(field, `“${value}” is none of: ${names.join(', ')}.`);
  }

  people(field: 'from' | 'to'): Person[] {
    const value = this.#values[field];
    if (value === undefined) return [];
    const people = peopleIn(value);
    if (people.length > 1_000) {
      this.#wrong(field, 'These are more than 1,000 people.');
      return [];
    }
    return people;
  }

  never(rules: NeverRules, people: readonly Person[], subject: string): void {
    const addresses = people.map(({ address }) => address).filter((one) => one !== '');
    if (neverLogged(rules, { people: addresses, subject })) {
      this.#wrong(null, 'This is on the never-log list of the workspace.');
    }
  }

  wrong(field: string | null, message: string): void {
    this.#wrong(field, message);
  }

  #wrong(field: string | null, message: string): null {
    this.errors.push({ field, message });
    return null;
  }
}

const DAY_MS = 86_400_000;

const DATE_PROBLEMS = {
  ambiguous: 'can be read in two ways. Say above whether day or month comes first.',
  'no-date': 'is no date. Write it as 2027-03-04 or 4.3.2027.',
  'short-year': 'has a year of two digits. Write all four.',
  'no-such-day': 'is a day or a time that there is not.',
} as const;

/** "Jo <jo@x.example>; kim@x.example" or names alone, apart by semicolons, commas or lines. */
export function peopleIn(text: string): Person[] {
  const parts = text.includes('@')
    ? [...text.matchAll(/(?:"[^"]*"|[^<>;\n"])*<[^<>]*>|[^\s;,<>"]+@[^\s;,<>"]+|[^;,\n]+/g)].map(
        ([part]) => part.replace(/^[\s;,]+/, ''),
      )
    : text.split(/[;,\n]/);
  return parts
    .map((part) => parseAddress(part))
    .filter(({ name, address }) => name !== '' || address !== '')
    .map(({ name, address }) => ({ name: name.slice(0, 2_000), address: address.slice(0, 2_000) }));
}

function own(words: { [word: string]: string }, word: string): string | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
