// The day that words name, counted from the day a mail was sent. Only what names one day, or an end
// of a time, is taken: a wrong date is worse than none.
import type { Token } from './tokens.ts';

/** A language's words for days. Words that mean the same are parted by spaces. */
export type DateWords = {
  /** Sunday first. */
  weekdays: string;
  /** January first; three letters or more of one will do. */
  months: string;
  today: string;
  tomorrow: string;
  /** Words one after the other. */
  afterTomorrow: string;
  /** Of a day that has been: "last Friday", "vendredi dernier". */
  last: string;
  day: string;
  week: string;
  month: string;
  quarter: string;
  year: string;
  next: string;
  this: string;
  end: string;
  /** Before a number of days: "in three days", "within two weeks". */
  within: string;
  /** Words that may stand between the parts of a date and mean nothing. */
  between: string;
  /** One to twelve. */
  numbers: string;
  /** After the number of a day: "3rd". */
  ordinal: string;
  /** Before a day by which something is to be done; such a day is taken before any other. */
  by: string;
  /** What 3/4 means; null where nobody can tell. */
  numeric: 'day-month' | null;
  /** Whether "next Friday" is one of the coming week (else the first to come). */
  nextIsNextWeek: boolean;
};

const DAY_MS = 86_400_000;
// A date without a year may lie a little back ("I sent it on 3 March"); else it is one to come.
const BACK_DAYS = 30;
const FRIDAY = 5;

/** A day as days since 1970-01-01, UTC. */
type Day = number;
/** `to`: the token after the last that was read. */
type Read = { day: Day; to: number };

/**
 * ISO 8601 date of the day that a sentence's words name: the first after "by" and the like, else the
 * first. `sentAt` in ms since 1970; `minutesEast` of UTC, where "tomorrow" was said.
 */
export function dueOf(
  text: string,
  tokens: readonly Token[],
  words: DateWords,
  sentAt: number,
  minutesEast: number,
): string | null {
  const sent = Math.floor((sentAt + minutesEast * 60_000) / DAY_MS);
  if (!Number.isFinite(sent) || Math.abs(sent) > 3_000_000) return null;
  const reader = new Reader(text, tokens, words, sent);
  let first: Day | null = null;
  for (let at = 0; at < tokens.length; at += 1) {
    const read = reader.at(at);
    if (read === null) continue;
    if (reader.isBy(at)) return iso(read.day);
    first ??= read.day;
    at = read.to - 1;
  }
  return first === null ? null : iso(first);
}

function iso(day: Day): string | null {
  const date = new Date(day * DAY_MS);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? date.toISOString().slice(0, 10) : null;
}

class Reader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #words: DateWords;
  readonly #sent: Day;

  constructor(text: string, tokens: readonly Token[], words: DateWords, sent: Day) {
    this.#text = text;
    this.#tokens = tokens;
    this.#words = words;
    this.#sent = sent;
  }

  /** The date that begins at a token. */
  at(at: number): Read | null {
    return (
      this.#numeric(at) ??
      this.#dayAndMonth(at) ??
      this.#endOf(at) ??
      this.#counted(at) ??
      this.#named(at)
    );
  }

  /** Whether a word like "by" stands before the token, over small words in between. */
  isBy(at: number): boolean {
    for (let before = at - 1; before >= 0 && before >= at - 3; before -= 1) {
      if (this.#is(before, this.#words.by)) return true;
      if (!this.#is(before, this.#words.between)) return false;
    }
    return false;
  }

  #word(at: number): string {
    return this.#tokens[at]?.word ?? '';
  }

  #is(at: number, words: string): boolean {
    return isOneOf(this.#word(at), words);
  }

  /** The next token that means something; at most two are passed over. */
  #over(at: number): number {
    let to = at;
    while (to < at + 2 && this.#is(to, this.#words.between)) to += 1;
    return to;
  }

  #number(at: number): number | null {
    const word = this.#word(at);
    if (/^\d{1,4}$/.test(word)) return Number(word);
    const index = this.#words.numbers.split(' ').indexOf(word);
    return index === -1 ? null : index + 1;
  }

  /** 3, 3rd, 1er. */
  #dayOfMonth(at: number): number | null {
    const parts = /^(\d{1,2})(\p{L}*)$/u.exec(this.#word(at));
    if (parts === null) return null;
    const [, digits, ending = ''] = parts;
    if (ending !== '' && !isOneOf(ending, this.#words.ordinal)) return null;
    const day = Number(digits);
    return day >= 1 && day <= 31 ? day : null;
  }

  /** What stands between a token and the next: one sign, or null. */
  #sign(at: number): string | null {
    const [one, two] = [this.#tokens[at], this.#tokens[at + 1]];
    if (one === undefined || two === undefined || two.start - one.end !== 1) return null;
    return this.#text.charAt(one.end);
  }

  /** 2026-03-04, 4.3.2026, 4.3., 4/3/2026. */
  #numeric(at: number): Read | null {
    const parts = [at, at + 1, at + 2].map((one) => this.#word(one));
    if (!parts.slice(0, 2).every((one) => /^\d{1,4}$/.test(one))) return null;
    const [a, b, c] = parts.map(Number);
    if (a === undefined || b === undefined || c === undefined) return null;
    const [sign, second] = [this.#sign(at), this.#sign(at + 1)];
    const three = sign === second && /^\d{1,4}$/.test(parts[2] ?? '');
    if (sign === '-' && three && a > 999) return this.#date(a, b, c, at + 3);
    if (sign !== '/' && sign !== '.') return null;
    const year = three ? (c < 100 ? 2000 + c : c) : null;
    // Two numbers alone may be a share, a version or a price.
    if (year === null && sign !== '.') return null;
    if (year === null && this.#text.charAt(this.#tokens[at + 1]?.end ?? 0) !== '.') return null;
    const to = at + (year === null ? 2 : 3);
    if (this.#words.numeric === 'day-month' || (a > 12 && sign === '/')) {
      return this.#date(year, b, a, to);
    }
    return b > 12 || a === b ? this.#date(year, a, b, to) : null;
  }

  /** 3 March, 3rd of March 2026, March 3rd, 3. März. */
  #dayAndMonth(at: number): Read | null {
    let day = this.#dayOfMonth(at);
    let [month, to] = [-1, at];
    if (day !== null) {
      to = this.#over(at + 1);
      month = this.#month(to);
      // "the 5th" is the next there is.
      if (month === -1) return this.#ordinalAlone(at, day);
    } else {
      month = this.#month(at);
      if (month === -1) return null;
      to = this.#over(at + 1);
      day = this.#dayOfMonth(to);
      if (day === null) return null;
    }
    const year = this.#word(to + 1);
    if (/^(?:19|20)\d\d$/.test(year)) return this.#date(Number(year), month + 1, day, to + 2);
    return this.#date(null, month + 1, day, to + 1);
  }

  #ordinalAlone(at: number, day: number): Read | null {
    if (/^\d+$/.test(this.#word(at))) return null;
    const sent = new Date(this.#sent * DAY_MS);
    const months = [0, 1, 2].map((more) =>
      dayOf(sent.getUTCFullYear(), sent.getUTCMonth() + more, day),
    );
    const found = months.find((one) => one !== null && one >= this.#sent);
    return found === undefined || found === null ? null : { day: found, to: at + 1 };
  }

  /** End of the day, of this or next week, month, quarter, year, of March; "next week". */
  #endOf(at: number): Read | null {
    const { end, next, this: now } = this.#words;
    const isEnd = this.#is(at, end);
    let to = isEnd ? this.#over(at + 1) : at;
    const month = isEnd ? this.#month(to) : -1;
    if (month !== -1) return this.#lastOfMonth(this.#yearOf(month), month, to + 1);
    let ahead = this.#is(to, next) ? 1 : 0;
    const named = ahead === 1 || this.#is(to, now);
    if (named) to += 1;
    const unit = to;
    // French says it the other way round: "la semaine prochaine".
    if (!named && this.#is(unit + 1, next)) ahead = 1;
    const after = ahead === 1 && !named ? unit + 2 : unit + 1;
    if (!isEnd && !named && ahead === 0) return null;
    return this.#unitEnd(unit, ahead, after, isEnd);
  }

  #unitEnd(unit: number, ahead: number, to: number, isEnd: boolean): Read | null {
    const { day, week, month, quarter, year } = this.#words;
    const sent = new Date(this.#sent * DAY_MS);
    const [sentYear, sentMonth] = [sent.getUTCFullYear(), sent.getUTCMonth()];
    if (this.#is(unit, day)) {
      // "End of day Friday" is Friday's.
      const isToday = isEnd && ahead === 0 && this.#named(this.#over(to)) === null;
      return isToday ? { day: this.#sent, to } : null;
    }
    if (this.#is(unit, week)) return { day: this.#weekday(FRIDAY, ahead), to };
    if (this.#is(unit, month)) return this.#lastOfMonth(sentYear, sentMonth + ahead, to);
    if (!isEnd) return null;
    if (this.#is(unit, quarter)) {
      return this.#lastOfMonth(sentYear, Math.floor(sentMonth / 3) * 3 + 2 + 3 * ahead, to);
    }
    return this.#is(unit, year) ? this.#lastOfMonth(sentYear + ahead, 11, to) : null;
  }

  /** In three days, within two weeks. */
  #counted(at: number): Read | null {
    if (!this.#is(at, this.#words.within)) return null;
    const after = this.#over(at + 1);
    const from = this.#is(after, this.#words.next) ? this.#over(after + 1) : after;
    const many = this.#number(from);
    if (many === null || many > 366) return null;
    const unit = this.#over(from + 1);
    const { day, week } = this.#words;
    if (this.#is(unit, day)) return { day: this.#sent + many, to: unit + 1 };
    if (this.#is(unit, week)) return { day: this.#sent + 7 * many, to: unit + 1 };
    return null;
  }

  /** Today, tomorrow, Friday, next Friday, vendredi prochain. */
  #named(at: number): Read | null {
    const { today, tomorrow, afterTomorrow, next, last, nextIsNextWeek, this: now } = this.#words;
    const after = afterTomorrow.split(' ');
    if (after.every((word, more) => this.#word(at + more) === word)) {
      return { day: this.#sent + 2, to: at + after.length };
    }
    if (this.#is(at, today)) return { day: this.#sent, to: at + 1 };
    if (this.#is(at, tomorrow)) return { day: this.#sent + 1, to: at + 1 };
    const before = this.#is(at, next) || this.#is(at, now) ? 1 : 0;
    const weekday = this.#words.weekdays.split(' ').indexOf(this.#word(at + before));
    if (weekday === -1) return null;
    const end = at + before + 1;
    if (this.#is(at - 1, last) || this.#is(end, last)) return null;
    // "Friday, 3 March" is that day, be it a Friday or not.
    const whole = before === 0 ? this.#dayAndMonth(this.#over(end)) : null;
    if (whole !== null) return whole;
    const isNext = before === 1 && this.#is(at, next);
    // "Friday next week", "Freitag nächster Woche".
    const ofNextWeek =
      this.#is(this.#over(end), next) && this.#is(this.#over(end) + 1, this.#words.week);
    if (ofNextWeek) return { day: this.#weekday(weekday, 1), to: this.#over(end) + 2 };
    if (isNext && nextIsNextWeek) return { day: this.#weekday(weekday, 1), to: end };
    const to = this.#is(end, next) ? end + 1 : end;
    const ahead = (weekday - weekdayOf(this.#sent) + 7) % 7;
    return { day: this.#sent + (ahead === 0 ? 7 : ahead), to };
  }

  /** A weekday of this week (0) or of the next (1); weeks begin on Monday. */
  #weekday(weekday: number, ahead: number): Day {
    const monday = this.#sent - ((weekdayOf(this.#sent) + 6) % 7);
    const day = monday + 7 * ahead + ((weekday + 6) % 7);
    // At a weekend, the end of this week is the end of the one that begins.
    return ahead === 0 && day < this.#sent ? day + 7 : day;
  }

  #month(at: number): number {
    const word = this.#word(at);
    if (word.length < 3) return -1;
    return this.#words.months.split(' ').findIndex((one) => one.startsWith(word));
  }

  #date(year: number | null, month: number, day: number, to: number): Read | null {
    if (month < 1 || month > 12) return null;
    const found = dayOf(year ?? this.#yearOf(month - 1, day), month - 1, day);
    return found === null ? null : { day: found, to };
  }

  /** The year of a day that was written without one. */
  #yearOf(month: number, day = 28): number {
    const year = new Date(this.#sent * DAY_MS).getUTCFullYear();
    for (const one of [year - 1, year]) {
      const there = dayOf(one, month, day);
      if (there !== null && there >= this.#sent - BACK_DAYS) return one;
    }
    return year + 1;
  }

  #lastOfMonth(year: number, month: number, to: number): Read | null {
    const day = Math.floor(Date.UTC(year, month + 1, 0) / DAY_MS);
    return Number.isFinite(day) ? { day, to } : null;
  }
}

/** Months count from 0 and may run over; null for a day that the month has not. */
function dayOf(year: number, month: number, day: number): Day | null {
  const date = new Date(Date.UTC(year, month, day));
  if (day !== 0 && date.getUTCDate() !== day) return null;
  return Math.floor(date.getTime() / DAY_MS);
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

function isOneOf(word: string, words: string): boolean {
  return word !== '' && ` ${words} `.includes(` ${word} `);
}
