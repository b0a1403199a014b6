import { describeText, find, isWithin, quotations, type Selectors } from '../../anchor/index.ts';
import type { CaptureKind, KnownMessage } from '../messages/shapes.ts';
import type { PageDeps } from './deps.ts';
import { frameHasFocus } from './focus.ts';
import { keyOf } from './key-of.ts';
import type { MoreDeps } from './more.ts';
import { page } from './page-document.ts';
import type { Reader, Told } from './reader.ts';
import { readSelection, type Selected, selectedRange } from './selection.ts';
import type { Texts } from './texts.ts';
import { Toolbar, type Where } from './toolbar.ts';
import { onTrusted } from './trusted.ts';
import type { TypeAhead } from './type-ahead.ts';

type Words = Extract<Selected, { state: 'words' }>;
/** Words with the message they stand in, as it was told when they were selected. */
type Offered = { words: Words; of: string | null; told: Promise<Told> };

/** Words and the message they belong to, as the background knows it; null on a page without any. */
export type Chosen = { quote: string; selectors: Selectors; message: KnownMessage | null };

/** Takes the next words in place of a card: null when done, else what went wrong. */
export type Taker = {
  label: string;
  ask: string;
  take: (chosen: Chosen) => Promise<string | null>;
  /** The person gave it up here. */
  ended: () => void;
};

const UNREAD =
  'Unsaid could not find out which mails it must not read, so it read nothing. Try again.';
const CHANGED = 'The mail has changed meanwhile. Select the words again.';

export type CaptureDeps = Omit<MoreDeps, 'sidebar'> & { texts: Texts; ahead: TypeAhead };

/** From selected words to a draft: offers the toolbar, catches the key, sends, says what failed. */
export class Capture {
  readonly #call: PageDeps['call'];
  readonly #reader: Reader;
  readonly #texts: Texts;
  readonly #ahead: TypeAhead;
  /** Brings the reader up to date; false when the script has just ended itself. */
  readonly #fresh: () => boolean;
  readonly #isTop: boolean;
  readonly #toolbar: Toolbar;
  /** What the toolbar stands for; kept when the page redraws the words away. */
  #offered: Offered | null = null;
  #sending = false;
  /** Open shadow roots that the last press or key happened in. */
  #roots: readonly ShadowRoot[] = [];
  /** The selection that was captured or closed: not offered again until it changes. */
  #done: string | null = null;
  /** Who wants the next words, when it is not a new card. */
  #taker: Taker | null = null;

  constructor({ call, reader, texts, ahead, fresh, top, signal }: CaptureDeps) {
    this.#call = call;
    this.#reader = reader;
    this.#texts = texts;
    this.#ahead = ahead;
    this.#fresh = fresh;
    this.#isTop = top;
    this.#toolbar = new Toolbar({
      choose: (kind) => void this.#choose(kind),
      confirm: () => void this.#give(),
      signal,
    });
    onTrusted(page, 'selectionchange', signal, () => {
      const gone = selectedRange(this.#roots) === null;
      if (gone) this.#done = null;
      if (gone && !this.#sending && !this.#toolbar.failed) this.#hide();
    });
  }

  /** Whether a key would choose what becomes of the selected words. */
  get isOffering(): boolean {
    return this.#toolbar.shown;
  }

  /** The person may have selected words, in these open shadow roots. */
  look(roots: readonly ShadowRoot[]): void {
    this.#roots = roots;
    if (!this.#sending) this.#once(() => this.#look());
  }

  #look(): void {
    if (this.#sending) return;
    const roots = this.#roots;
    const print = printOf(selectedRange(roots));
    if (print === null || print === this.#done) return;
    this.#done = null;
    if (!this.#fresh()) return;
    const selected = this.#select();
    if (selected.state === 'words') this.#offer(selected);
    else if (selected.state === 'refused') {
      this.#offered = null;
      this.#toolbar.refuse(steady(selected.where), selected.words);
    } else this.#hide();
    this.#done = this.#toolbar.shown ? print : null;
  }

  /** A key was pressed for the selected words. */
  choose(kind: CaptureKind): void {
    this.#once(() => {
      if (this.#offered === null) this.#look();
      void this.#choose(kind);
    });
  }

  /** Enter was pressed; true when it was meant for what is offered here. */
  confirm(): boolean {
    if (this.#taker === null || this.#offered === null) return false;
    void this.#give();
    return true;
  }

  /** The browser's own command: keep the selection of this frame if it is the one in use. */
  command(kind: CaptureKind): void {
    if (frameHasFocus() && this.#fresh()) this.#once(() => this.#command(kind));
  }

  #command(kind: CaptureKind): void {
    this.#taker = null;
    const selected = this.#select();
    if (selected.state === 'words') {
      this.#offer(selected);
      void this.#choose(kind);
      return;
    }
    if (selected.state === 'refused') this.#toolbar.refuse(steady(selected.where), selected.words);
    else this.#toolbar.refuse(atTop, 'Select the words first, then press the key.');
  }

  /** The next words are for somebody else, or again for a card (null). */
  giveTo(taker: Taker | null): void {
    this.#taker = taker;
    this.#offered = null;
    this.#done = null;
    this.#rest();
  }

  /** Closes the toolbar for this selection. */
  close(): void {
    this.#done = printOf(selectedRange(this.#roots));
    // Escape without words in hand ends the waiting for them.
    if (this.#offered === null) {
      this.#taker?.ended();
      this.#taker = null;
    }
    this.#hide();
  }

  // At once, or when it is known what must not be read: before that no word of the page is.
  #once(work: () => void): void {
    if (this.#reader.isRead) {
      work();
      return;
    }
    void this.#reader.ready().then((isRead) => {
      if (!isRead) this.#ahead.meant(null);
      if (isRead) work();
      else if (this.#fresh()) this.#toolbar.refuse(atTop, UNREAD);
    });
  }

  #select(): Selected {
    // What is being read anew may show other messages.
    if (!this.#reader.isRead) return { state: 'refused', words: CHANGED, where: atTop };
    const bodies = this.#reader.messages.map(({ body }) => ({
      element: body,
      index: () => this.#texts.index(body as Element), // called only where there is one
    }));
    const all = page.body ?? page.documentElement;
    const messages = this.#reader.messages.some(({ body }) => body !== null);
    const never = this.#reader.withheld.map(({ body, element }) => body ?? element);
    // Beside a message that must not be read, even the words around a selection would be too much.
    const anywhere = never.length === 0 && (!messages || this.#reader.page.page === 'other');
    return readSelection(
      bodies,
      never,
      anywhere ? () => this.#texts.index(all) : null,
      this.#roots,
    );
  }

  #offer(selected: Words): void {
    const told = this.#reader.told(selected.body);
    this.#offered = { words: selected, of: this.#keyAt(selected.body), told };
    const where = steady(selected.where);
    if (this.#taker) this.#toolbar.offerOne(where, this.#taker.label);
    else this.#toolbar.offer(where);
  }

  #hide(): void {
    this.#offered = null;
    this.#sending = false;
    this.#rest();
  }

  // Nothing is selected: what is waited for is said once, not in each frame.
  #rest(): void {
    if (this.#taker && this.#isTop) this.#toolbar.refuse(atTop, this.#taker.ask);
    else this.#toolbar.hide();
  }

  async #choose(kind: CaptureKind): Promise<void> {
    if (this.#taker !== null || this.#offered === null) {
      this.#ahead.meant(null);
      return;
    }
    if (!this.#sending) this.#ahead.begin();
    await this.#hand(kind, (chosen, quoted) => this.#draft(kind, chosen, quoted));
  }

  async #give(): Promise<void> {
    const taker = this.#taker;
    if (taker === null) return;
    await this.#hand(null, async (chosen) => {
      const failed = await taker.take(chosen);
      if (failed === null && this.#taker === taker) this.#taker = null;
      return failed;
    });
  }

  // Passes on what is offered, once, and says what went wrong.
  async #hand(
    kind: CaptureKind | null,
    to: (chosen: Chosen, quoted: boolean) => Promise<string | null>,
  ): Promise<void> {
    const offered = this.#offered;
    if (offered === null || this.#sending) return;
    this.#sending = true;
    this.#toolbar.wait(kind);
    const placed = await this.#place(offered);
    if (typeof placed === 'string') this.#ahead.meant(null);
    const failed = typeof placed === 'string' ? placed : await to(placed, placed.quoted);
    if (this.#offered !== offered) return;
    this.#sending = false;
    if (failed === null) this.close();
    else this.#toolbar.fail(failed);
  }

  #keyAt(body: number | null): string | null {
    const message = body === null ? undefined : this.#reader.messages[body];
    return message ? keyOf(message) : null;
  }

  /** The message the words belong to, or words for the person. */
  async #place(offered: Offered): Promise<(Chosen & { quoted: boolean }) | string> {
    const { words, of } = offered;
    // The newest answer may know more keys of the same message; another mail's is of no use.
    const isSame = this.#keyAt(words.body) === of;
    if (isSame) offered.told = this.#reader.told(words.body);
    // Before anything is waited for: places in what is told are those of now, or no longer known.
    const source = isSame ? this.#writtenIn(words) : null;
    const quoted = isSame && source === null && this.#isQuoted(words);
    const told = await offered.told;
    if (!told.ok) return told.error.message;
    const { quote, selectors } = words;
    if (words.body === null) return { quote, selectors, message: null, quoted: false };
    const { messages } = told.value;
    const message = messages[source?.body ?? words.body];
    if (message === undefined) return CHANGED;
    return { quote, selectors: source?.selectors ?? selectors, message, quoted };
  }

  #isQuoted({ body, selectors: [, { start, end }] }: Words): boolean {
    const element = body === null ? null : this.#reader.messages[body]?.body;
    if (!element) return false;
    return isWithin(quotations(this.#texts.index(element)), start, end);
  }

  /** Words of a quotation belong to the message they were written in, where that is on the page. */
  #writtenIn(words: Words): { body: number; selectors: Selectors } | null {
    if (words.body === null || !this.#isQuoted(words)) return null;
    for (const [at, { body }] of this.#reader.messages.entries()) {
      if (body === null || at === words.body) continue;
      const index = this.#texts.index(body);
      const place = find(index, words.selectors);
      if (place === null || place.match === 'approximate') continue;
      if (isWithin(quotations(index), place.start, place.end)) continue;
      const selectors = describeText(index, place.start, place.end);
      if (selectors) return { body: at, selectors };
    }
    return null;
  }

  /** null when the draft is kept, else words for the person. */
  async #draft(kind: CaptureKind, chosen: Chosen, quoted: boolean): Promise<string | null> {
    // Beside a message that must not be read, title and address may tell of it.
    const quiet = this.#reader.withheld.length > 0;
    const result = await this.#call('capture', {
      kind,
      ...chosen,
      quoted,
      site: this.#reader.page.site,
      url: chosen.message?.url || (quiet ? page.location.origin : page.URL.slice(0, 4_000)),
      title: quiet ? '' : page.title.slice(0, 4_000).toWellFormed(),
    });
    this.#ahead.meant(result.ok ? result.value.draft : null);
    return result.ok ? null : result.error.message;
  }
}

const atTop: Where = () => new DOMRect(innerWidth / 2, 0, 0, 0);

// The words can be redrawn away while the toolbar stands there: it stays where it was.
function steady(where: Where): Where {
  let last: DOMRect | null = null;
  return () => {
    const now = where();
    if (now !== null && (now.height > 0 || last === null)) last = now;
    return last;
  };
}

const ids = new WeakMap<Node, number>();
let nextId = 0;

// One string for one selection, null when nothing is selected.
function printOf(range: Range | null): string | null {
  if (range === null) return null;
  const { startContainer, startOffset, endContainer, endOffset } = range;
  return [idOf(startContainer), startOffset, idOf(endContainer), endOffset].join(' ');
}

function idOf(node: Node): number {
  const known = ids.get(node);
  if (known !== undefined) return known;
  nextId += 1;
  ids.set(node, nextId);
  return nextId;
}
