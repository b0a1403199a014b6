// What is typed between the key that keeps words and the moment in which their card has the focus. It
// belongs into the card; to the page a letter may be a command ("e" archives in many mail pages).
import type { PageDeps } from './deps.ts';
import { page } from './page-document.ts';
import { isTextKey } from './text-key.ts';
import { onTrusted } from './trusted.ts';

/** A card that did not come in this time will not take the focus: the page has its keys back. */
const LONGEST_MS = 8_000;
/** As the card's message takes. */
const MOST_CHARACTERS = 4_000;

export class TypeAhead {
  readonly #call: PageDeps['call'];
  /** Kept until a card takes it: where one was refused, the next one does. */
  #typed: string[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #draft: string | null = null;

  constructor(call: PageDeps['call'], signal: AbortSignal) {
    this.#call = call;
    const end = () => this.#end();
    // The card has the focus now, or the person has gone elsewhere. A page that puts the focus into a
    // field of its own gets nothing of it.
    onTrusted(window, 'blur', signal, end);
    onTrusted(window, 'pointerdown', signal, end, { capture: true, passive: true });
    signal.addEventListener('abort', end, { once: true });
  }

  /** A card for words of this frame is on its way. */
  begin(): void {
    if (!page.hasFocus()) return;
    this.#draft = null;
    clearTimeout(this.#timer ?? undefined);
    this.#timer = setTimeout(() => this.#end(), LONGEST_MS);
  }

  /** The card is there; null: it will not come. */
  meant(draft: string | null): void {
    this.#draft = draft;
    if (draft === null) this.#end();
    else if (this.#timer === null) this.#give();
  }

  /** True when this key is of what is typed for the card. */
  takes(event: KeyboardEvent): boolean {
    if (event.key === 'Tab' || event.key === 'Escape') this.#end();
    if (this.#timer === null || !isTextKey(event)) return false;
    if (event.key === 'Backspace') this.#typed.pop();
    // The key that keeps words may be down still.
    else if (event.key !== 'Enter' && !event.repeat) this.#typed.push(event.key);
    return true;
  }

  #end(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#give();
  }

  #give(): void {
    if (this.#draft === null || this.#typed.length === 0) return;
    const [draft, typed] = [this.#draft, this.#typed];
    const text = typed.join('').toWellFormed().slice(0, MOST_CHARACTERS);
    this.#typed = [];
    void this.#call('ahead', { draft, text }).then(({ ok }) => {
      if (!ok) this.#typed = [...typed, ...this.#typed];
    });
  }
}
