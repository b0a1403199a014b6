import {
  chooseSite,
  type MessageReading,
  type PageReading,
  PLAIN,
  readPage,
  type Site,
} from '../../sites/index.ts';
import type { PageAnswers, PageSettings } from '../messages/calls.ts';
import { failure, type Result } from '../messages/result.ts';
import type { FrameReading, ReadMessage } from '../messages/shapes.ts';
import type { PageDeps } from './deps.ts';
import type { Headers } from './headers.ts';
import { isInside } from './inside.ts';
import { keyOf } from './key-of.ts';
import type { NeverLog } from './never.ts';
import { page as doc } from './page-document.ts';
import type { Texts } from './texts.ts';

const MOST_MESSAGES = 500;
/** Waits before the background is asked again. */
const AGAIN_MS = [300, 1_000, 3_000];

export type Told = Result<PageAnswers['reading']>;

/** What reads more of a message than the page's own header shows. */
export type Wholes = { texts: Texts; headers: Headers };

export type ReaderHandlers = {
  /** Each answer to the newest telling; marks are asked for then. */
  told: () => void;
  /** Brings what reads words and header lines; null when it cannot be had. */
  wholes: () => Promise<Wholes | null>;
};

const NOTHING: PageReading = { ...PLAIN, site: '', page: 'other', messages: [] };

/**
 * Reads what the frame shows, tells the background when that changed, keeps the answer. Of a
 * message its header alone is read; its words only when somebody has to do with its sender, selects
 * words in it, or looks at it in the sidebar.
 */
export class Reader {
  readonly #deps: PageDeps;
  readonly #signal: AbortSignal;
  readonly #handlers: ReaderHandlers;
  #settings: PageSettings | null = null;
  #begun = 0;
  #asking = false;
  /** null where nobody has such a list. */
  #never: NeverLog | null = null;
  #sites: readonly Site[];
  #unpacking: Promise<void> | null = null;
  #page: PageReading = NOTHING;
  #isRead = false;
  #site: Site | null = null;
  #withheld: readonly MessageReading[] = [];
  #wholes: Wholes | null = null;
  /** Messages whose words are told, by what is known of them; or those of all. */
  #wanted = new Set<string>();
  #all = false;
  #told: Promise<Told> | null = null;
  #answer: Told | null = null;
  #last = '';
  /** Asked to tell before anything could be read. */
  #owed = false;

  constructor(deps: PageDeps, handlers: ReaderHandlers, signal: AbortSignal) {
    this.#deps = deps;
    this.#sites = deps.sites;
    this.#handlers = handlers;
    this.#signal = signal;
  }

  /**
   * Asks what must not be read, then reads. Nothing is read before the answer is there; where there
   * is none, it is asked for again a few times and with the next change.
   */
  async begin(tries = 0): Promise<void> {
    this.#begun += 1;
    const begun = this.#begun;
    this.#asking = true;
    const answer = await this.#deps.call('begin', {});
    const never = answer.ok ? answer.value.never : [];
    const listed = never.length === 0 ? null : await this.#deps.never();
    if (this.#signal.aborted || begun !== this.#begun) return;
    this.#asking = false;
    this.#last = '';
    this.#wholes?.texts.release();
    // Without what obeys the list nothing is read at all; what was read by an older one is forgotten.
    if (!answer.ok || (never.length > 0 && listed === null)) {
      this.#settings = null;
      this.#forget();
      const wait = AGAIN_MS[tries];
      // A page that does not change would never be read: the worker may just be starting.
      if (wait !== undefined) {
        setTimeout(() => {
          if (begun === this.#begun && !this.#signal.aborted) void this.begin(tries + 1);
        }, wait);
      }
      return;
    }
    this.#settings = answer.value;
    this.#never = listed?.(never) ?? null;
    this.read();
    this.tell(false);
  }

  /** Whether what the page shows was read, by what must not be read. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** The same, after waiting for what is needed to read it. */
  async ready(): Promise<boolean> {
    if (this.#settings === null) await this.begin();
    while (this.#unpacking !== null) await this.#unpacking;
    return this.#isRead;
  }

  get page(): PageReading {
    return this.#page;
  }

  /** The messages that may be read, in the order in which they are told. */
  get messages(): readonly MessageReading[] {
    return this.#page.messages;
  }

  /** Messages on the never-log list: where they are, and nothing else is for anybody. */
  get withheld(): readonly MessageReading[] {
    return this.#withheld;
  }

  /** Reads the document anew. */
  read(): void {
    const settings = this.#settings;
    if (settings === null) {
      if (!this.#asking) void this.begin();
      return;
    }
    // What somebody is writing, in an editor's frame, is no message that came.
    const isWritten =
      !this.#deps.top && (doc.designMode === 'on' || doc.body?.isContentEditable === true);
    const chosen = isWritten ? null : chooseSite(doc, this.#sites, settings.sites);
    const page =
      isWritten || chosen?.site.pack !== undefined
        ? NOTHING
        : readPage(doc, this.#sites, settings.sites, chosen);
    // Its reader is not here yet: until then nobody knows what the page shows.
    const pack = page.changed === null ? chosen?.site.pack : this.#sites.at(-1)?.pack;
    if (pack !== undefined) {
      this.#forget();
      this.#unpacking ??= this.#unpack(pack);
      return;
    }
    const messages = page.messages.slice(0, MOST_MESSAGES);
    // Also of those that are too many to be told.
    const never = this.#never;
    const withheld = new Set(
      never === null ? [] : page.messages.filter((one) => never(one, page.subject)),
    );
    const listed = [...withheld].map(({ body, element }) => body ?? element);
    // A record that shows such a mail among its own words is not read either.
    for (const message of messages) {
      if (listed.some((one) => isInside(one, message.body))) withheld.add(message);
    }
    this.#withheld = [...withheld];
    const left = never === null ? messages : messages.filter((message) => !withheld.has(message));
    const shown = left.map(ownOnly);
    this.#page = { ...page, messages: shown };
    this.#isRead = true;
    this.#wholes?.texts.keep(new Set(shown.map(({ body }) => body)));
    this.#site = chosen?.site ?? null;
    this.#fetchHeaders();
  }

  /** Tells what was read, when it differs from what was told or when `anyway`. */
  tell(anyway: boolean): void {
    const owed = anyway || this.#owed;
    this.#owed = owed && !this.#isRead;
    if (this.#signal.aborted || !this.#isRead) return;
    const frame = this.#frame();
    const print = printOf(frame, this.#wholes?.texts);
    if (print === this.#last && !owed) return;
    // Frames of advertisements and the like have nothing to say.
    const isPlain = frame.page === 'other' && frame.messages.length === 0 && frame.never === 0;
    if (!frame.top && isPlain && this.#last === '' && !owed) return;
    this.#last = print;
    void this.#send(frame);
  }

  /** From now on the words of every message are told: somebody looks at them. */
  async wholly(): Promise<void> {
    this.#all = true;
    await this.#needTexts();
    this.read();
    this.tell(true);
  }

  /** The background's answer to what this frame shows now, with the words of this message told. */
  async told(at: number | null): Promise<Told> {
    const message = at === null ? undefined : this.messages[at];
    if (message && !this.#isWanted(message)) {
      this.#wanted.add(keyOf(message));
      await this.#needTexts();
      this.tell(false);
    }
    if (!this.#isRead) return failure('ended', 'The page has changed. Select the words again.');
    if (this.#told === null) void this.#send(this.#frame());
    return this.#told as unknown as Promise<Told>; // #send has set it
  }

  /** The newest answer, null while there is none. */
  get answer(): Told | null {
    return this.#answer;
  }

  async #send(frame: FrameReading): Promise<void> {
    const telling = this.#deps.call('reading', frame);
    this.#told = telling;
    this.#answer = null;
    const answer = await telling;
    if (this.#told !== telling || this.#signal.aborted) return;
    this.#answer = answer;
    // A failed telling is tried again with the next capture or change.
    if (!answer.ok) {
      this.#told = null;
      this.#last = '';
    }
    this.#handlers.told();
    if (answer.ok) await this.#want(answer.value.wanted);
  }

  async #want(wanted: readonly number[]): Promise<void> {
    const more = wanted.flatMap((at) => this.messages[at] ?? []);
    // What could not be had the last time is asked for again.
    if (more.length === 0) return;
    if (this.#wholes && more.every((message) => this.#isWanted(message))) return;
    for (const message of more) this.#wanted.add(keyOf(message));
    await this.#needTexts();
    this.tell(false);
  }

  #isWanted(message: MessageReading): boolean {
    return this.#all || this.#wanted.has(keyOf(message));
  }

  // What somebody has to do with: its words, and the header lines that the page does not show.
  async #needTexts(): Promise<void> {
    if (this.#wholes === null) {
      this.#wholes = await this.#handlers.wholes();
      if (this.#wholes) this.#wholes.headers.arrived = () => this.tell(false);
    }
    this.#fetchHeaders();
  }

  #fetchHeaders(): void {
    if (this.#site === null) return;
    this.#wholes?.headers.fetch(
      this.#site,
      this.messages.filter((message) => this.#isWanted(message)),
    );
  }

  // Nothing is known of what the page shows now; what was told of it before is no answer any more.
  #forget(): void {
    this.#isRead = false;
    this.#page = NOTHING;
    this.#withheld = [];
    this.#site = null;
    this.#told = null;
    this.#answer = null;
    this.#last = '';
  }

  // The reader of this page's site comes only to pages of that site.
  async #unpack(pack: string): Promise<void> {
    const come = await this.#deps.unpack(pack);
    this.#unpacking = null;
    if (this.#signal.aborted) return;
    // What did not come is not waited for: the page is read as well as it can be.
    this.#sites = this.#sites.flatMap((site) =>
      site.pack === pack ? (come.find(({ name }) => name === site.name) ?? []) : site,
    );
    this.read();
    this.tell(false);
  }

  #frame(): FrameReading {
    const { site, page, subject, record, own, changed } = this.#page;
    const never = this.#withheld.length;
    // The title of a page and its address tell the subject of what is open in it.
    const quiet = never > 0;
    return {
      site,
      page,
      top: this.#deps.top,
      url: quiet ? doc.location.origin : line(doc.URL),
      title: quiet ? '' : line(doc.title),
      subject: quiet ? '' : line(subject),
      messages: this.messages.map((message) => this.#message(message)),
      record: quiet ? null : record,
      own,
      changed,
      never,
    };
  }

  #message(message: MessageReading): ReadMessage {
    const headers = this.#wholes?.headers.of(message);
    return {
      key: message.key,
      shown: message.shown,
      sentBy: message.sentBy,
      subject: headers?.hasSubject === false ? '' : line(message.subject),
      from: message.from,
      to: message.to.slice(0, 1_000),
      cc: message.cc.slice(0, 1_000),
      sentAt: message.sentAt ?? headers?.sentAt ?? null,
      sentAtText: line(message.sentAtText),
      messageId: message.messageId ?? headers?.messageId ?? null,
      url: line(message.sourceUrl),
      ...this.#words(message),
    };
  }

  #words(message: MessageReading): Pick<ReadMessage, 'text' | 'quoted'> {
    const { body } = message;
    if (body === null || this.#wholes === null || !this.#isWanted(message)) return { text: null };
    return this.#wholes.texts.words(body);
  }
}

// Words in a frame are read by the script in that frame.
function ownOnly(message: MessageReading): MessageReading {
  return message.body === null || isInside(message.body, document)
    ? message
    : { ...message, body: null };
}

function line(text: string): string {
  return text.slice(0, 4_000).toWellFormed();
}

// What is compared with the next reading: the texts themselves would be kept in memory for that.
function printOf(frame: FrameReading, texts: Texts | undefined): string {
  if (texts === undefined) return JSON.stringify(frame);
  return JSON.stringify(frame, (name, value: unknown) =>
    name === 'text' && typeof value === 'string' ? texts.print(value) : value,
  );
}
