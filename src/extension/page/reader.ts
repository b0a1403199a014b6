import { indexText, type TextIndex } from '../../anchor/index.ts';
import { SITES } from '../../sites/all.ts';
import { chooseSite, type MessageReading, type PageReading, readPage } from '../../sites/index.ts';
import type { PageAnswers } from '../messages/calls.ts';
import type { Result } from '../messages/result.ts';
import type { FrameReading, ReadMessage } from '../messages/shapes.ts';
import type { PageDeps } from './deps.ts';
import { Headers } from './headers.ts';

const LONGEST_TEXT = 2_000_000;
const MOST_MESSAGES = 500;

/** A message whose words are on the page. */
export type Open = MessageReading & { body: Element };

function isOpen(message: MessageReading): message is Open {
  return message.body !== null;
}

export type Told = Result<PageAnswers['reading']>;

/** Reads what the frame shows, tells the background when that changed, keeps the answer. */
export class Reader {
  readonly #deps: PageDeps;
  readonly #signal: AbortSignal;
  readonly #headers: Headers;
  /** Each answer to the newest telling; marks are asked for then. */
  readonly #onTold: () => void;
  #page: PageReading = readPage(document, SITES);
  #indexes = new Map<Element, TextIndex>();
  #told: Promise<Told> | null = null;
  #answer: Told | null = null;
  #last = '';

  constructor(deps: PageDeps, onTold: () => void, signal: AbortSignal) {
    this.#deps = deps;
    this.#onTold = onTold;
    this.#signal = signal;
    this.#headers = new Headers(() => this.tell(false), signal);
  }

  get page(): PageReading {
    return this.#page;
  }

  get messages(): readonly Open[] {
    return this.#page.messages.filter(isOpen);
  }

  /** The text of one body (or of a page without messages), read once until it changes. */
  index(body: Element): TextIndex {
    let index = this.#indexes.get(body);
    if (index === undefined) {
      index = indexText(body);
      this.#indexes.set(body, index);
    }
    return index;
  }

  /** Text under this node changed: forget what was read of it. */
  forget(place: Node): void {
    for (const body of this.#indexes.keys()) {
      if (body.contains(place) || place.contains(body)) this.#indexes.delete(body);
    }
  }

  /** Reads the document anew. True when a body's nodes changed, so that marks have to be drawn. */
  read(): boolean {
    const before = this.messages.map(({ body }) => body);
    this.#page = readPage(document, SITES);
    this.#page = { ...this.#page, messages: this.#page.messages.slice(0, MOST_MESSAGES) };
    const { messages } = this;
    const bodies = new Set<Element>(messages.map(({ body }) => body));
    if (document.body) bodies.add(document.body);
    for (const body of this.#indexes.keys()) if (!bodies.has(body)) this.#indexes.delete(body);
    const stale = messages.some(({ body }, at) => body !== before[at] || !this.#indexes.has(body));
    this.#headers.fetch(chooseSite(document, SITES).site, messages);
    return stale || before.length !== messages.length;
  }

  /** Tells what was read, when it differs from what was told or when `anyway`. */
  tell(anyway: boolean): void {
    if (this.#signal.aborted) return;
    const frame = this.#frame();
    const print = JSON.stringify(frame);
    if (print === this.#last && !anyway) return;
    // Frames of advertisements and the like have nothing to say.
    const isPlain = frame.page === 'other' && frame.messages.length === 0;
    if (!frame.top && isPlain && this.#last === '' && !anyway) return;
    this.#last = print;
    void this.#send(frame);
  }

  /** The background's answer to what this frame shows now. */
  told(): Promise<Told> {
    if (this.#told === null) void this.#send(this.#frame());
    return this.#told as Promise<Told>; // #send has set it
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
    this.#onTold();
  }

  #frame(): FrameReading {
    const { site, page, subject, messages, record, own, changed } = this.#page;
    return {
      ...{ record, own, changed, never: 0 },
      site,
      page,
      top: this.#deps.top,
      url: line(document.URL),
      title: line(document.title),
      subject: line(subject),
      messages: messages.filter(isOpen).map((message) => this.#message(message)),
    };
  }

  #message(message: Open): ReadMessage {
    const headers = this.#headers.of(message);
    return {
      ...{ key: message.key, shown: message.shown, sentBy: message.sentBy },
      subject: headers?.hasSubject === false ? '' : line(message.subject),
      from: message.from,
      to: message.to.slice(0, 1_000),
      cc: message.cc.slice(0, 1_000),
      sentAt: message.sentAt ?? headers?.sentAt ?? null,
      sentAtText: line(message.sentAtText),
      messageId: message.messageId ?? headers?.messageId ?? null,
      url: line(message.sourceUrl),
      text: this.index(message.body).text.slice(0, LONGEST_TEXT).toWellFormed(),
    };
  }
}

function line(text: string): string {
  return text.slice(0, 4_000).toWellFormed();
}
