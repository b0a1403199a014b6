import type { CaptureKind } from '../messages/shapes.ts';
import type { PageDeps } from './deps.ts';
import { frameHasFocus } from './focus.ts';
import { keyOf } from './headers.ts';
import { catchKeys } from './keys.ts';
import type { Reader, Told } from './reader.ts';
import { readSelection, type Selected, selectedRange } from './selection.ts';
import { Toolbar, type Where } from './toolbar.ts';
import { onTrusted } from './trusted.ts';

type Words = Extract<Selected, { state: 'words' }>;
/** Words with the message they stand in, as it was told when they were selected. */
type Offered = { words: Words; of: string | null; told: Promise<Told> };

/** From selected words to a draft: offers the toolbar, catches the key, sends, says what failed. */
export class Capture {
  readonly #call: PageDeps['call'];
  readonly #reader: Reader;
  /** Brings the reader up to date; false when the script has just ended itself. */
  readonly #fresh: () => boolean;
  readonly #toolbar: Toolbar;
  /** What the toolbar stands for; kept when the page redraws the words away. */
  #offered: Offered | null = null;
  #sending = false;
  /** A look at the selection that is due in the next turn. */
  #pending: ReturnType<typeof setTimeout> | undefined;
  /** Open shadow roots that the last press or key happened in. */
  #roots: readonly ShadowRoot[] = [];
  /** The selection that was captured or closed: not offered again until it changes. */
  #done: string | null = null;

  constructor(call: PageDeps['call'], reader: Reader, fresh: () => boolean, signal: AbortSignal) {
    this.#call = call;
    this.#reader = reader;
    this.#fresh = fresh;
    this.#toolbar = new Toolbar({ choose: (kind) => void this.#choose(kind), signal });
    catchKeys({
      open: () => {
        // Somebody quick presses the key in the very turn in which the mouse went up.
        this.#lookNow();
        return this.#toolbar.shown;
      },
      choose: (kind) => void this.#choose(kind),
      close: () => this.close(),
      signal,
    });
    // The browser changes the selection after a press on it, hence the turn of the event loop.
    const look = (event: Event) => {
      this.#roots = event.composedPath().filter((at) => at instanceof ShadowRoot);
      clearTimeout(this.#pending);
      this.#pending = setTimeout(() => signal.aborted || this.#lookNow(), 0);
    };
    onTrusted(window, 'mouseup', signal, look, { capture: true });
    onTrusted(window, 'keyup', signal, look, { capture: true });
    onTrusted(window, 'touchend', signal, look, { capture: true, passive: true });
    onTrusted(document, 'selectionchange', signal, () => {
      const gone = selectedRange(this.#roots) === null;
      if (gone) this.#done = null;
      if (gone && !this.#sending && !this.#toolbar.failed) this.#hide();
    });
  }

  /** The browser's own command: keep the selection of this frame if it is the one in use. */
  command(kind: CaptureKind): void {
    if (!frameHasFocus() || !this.#fresh()) return;
    const selected = this.#select();
    if (selected.state === 'words') {
      this.#offer(selected);
      void this.#choose(kind);
      return;
    }
    const top = new DOMRect(innerWidth / 2, 0, 0, 0);
    if (selected.state === 'refused') this.#toolbar.refuse(steady(selected.where), selected.words);
    else this.#toolbar.refuse(() => top, 'Select the words first, then press the key.');
  }

  /** Closes the toolbar for this selection. */
  close(): void {
    this.#done = printOf(selectedRange(this.#roots));
    this.#hide();
  }

  #lookNow(): void {
    if (this.#pending === undefined) return;
    clearTimeout(this.#pending);
    this.#pending = undefined;
    this.#look();
  }

  #look(): void {
    if (this.#sending) return;
    const print = printOf(selectedRange(this.#roots));
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

  #select(): Selected {
    const bodies = this.#reader.messages.map(({ body }) => ({
      element: body,
      index: () => this.#reader.index(body),
    }));
    const all = document.body ?? document.documentElement;
    const anywhere = bodies.length === 0 || this.#reader.page.page === 'other';
    return readSelection(bodies, anywhere ? () => this.#reader.index(all) : null, this.#roots);
  }

  #offer(selected: Words): void {
    const told = this.#reader.told();
    this.#offered = { words: selected, of: this.#keyAt(selected.body), told };
    this.#toolbar.offer(steady(selected.where));
  }

  #hide(): void {
    this.#offered = null;
    this.#sending = false;
    this.#toolbar.hide();
  }

  async #choose(kind: CaptureKind): Promise<void> {
    const offered = this.#offered;
    if (offered === null || this.#sending) return;
    this.#sending = true;
    this.#toolbar.wait(kind);
    const failed = await this.#send(kind, offered);
    if (this.#offered !== offered) return;
    this.#sending = false;
    if (failed === null) this.close();
    else this.#toolbar.fail(failed);
  }

  #keyAt(body: number | null): string | null {
    const message = body === null ? undefined : this.#reader.messages[body];
    return message ? keyOf(message) : null;
  }

  /** null when the draft is kept, else words for the person. */
  async #send(kind: CaptureKind, offered: Offered): Promise<string | null> {
    const { site } = this.#reader.page;
    const { words, of } = offered;
    // The newest answer may know more keys of the same message; another mail's is of no use.
    if (this.#keyAt(words.body) === of) offered.told = this.#reader.told();
    const told = await offered.told;
    if (!told.ok) return told.error.message;
    const message = words.body === null ? null : told.value.messages[words.body];
    if (message === undefined) return 'The mail has changed meanwhile. Select the words again.';
    const result = await this.#call('capture', {
      kind,
      quote: words.quote,
      selectors: words.selectors,
      message,
      site,
      quoted: false,
      url: message?.url || document.URL.slice(0, 4_000),
      title: document.title.slice(0, 4_000).toWellFormed(),
    });
    return result.ok ? null : result.error.message;
  }
}

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
