import { find, Marks } from '../../anchor/index.ts';
import type { Mark, MarkFate } from '../messages/shapes.ts';
import type { PageDeps } from './deps.ts';
import { Gutter, type Icon } from './gutter.ts';
import { keyOf } from './headers.ts';
import type { Reader } from './reader.ts';
import { onTrusted } from './trusted.ts';

/** The marks of the messages in this frame: asked for, found, drawn, and told how they were found. */
export class PageMarks {
  readonly #call: PageDeps['call'];
  readonly #reader: Reader;
  readonly #signal: AbortSignal;
  readonly #drawn = new Marks(document);
  /** In the order of the messages asked for, with what each of them was known by then. */
  #marks: readonly Mark[][] = [];
  #of: readonly string[] = [];
  #gutter: Gutter | null = null;
  #icons: readonly Icon[] = [];
  #clicks: AbortController | null = null;
  #asked = 0;
  #fates = '';

  constructor(call: PageDeps['call'], reader: Reader, signal: AbortSignal) {
    this.#call = call;
    this.#reader = reader;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#undraw(), { once: true });
  }

  /** Asks for the marks of the messages the background knows, then draws them. */
  async ask(): Promise<void> {
    const answer = this.#reader.answer;
    if (!answer?.ok) return;
    this.#asked += 1;
    const asked = this.#asked;
    const { messages } = answer.value;
    const of = this.#reader.messages.map(keyOf);
    if (messages.length === 0) {
      this.#marks = [];
      this.draw();
      return;
    }
    const result = await this.#call('marks', { messages });
    if (this.#signal.aborted || asked !== this.#asked || !result.ok) return;
    this.#marks = result.value.marks;
    this.#of = of;
    // Whoever asks anew may have forgotten: told again even when nothing moved.
    this.#fates = '';
    this.draw();
  }

  /** Finds the known marks in the bodies as they are now and draws them. */
  draw(): void {
    if (this.#signal.aborted) return;
    const fates: MarkFate[] = [];
    const icons: Icon[] = [];
    this.#reader.messages.forEach((message, at) => {
      const { body } = message;
      // Another mail in the same place is not marked while its own marks are still asked for.
      const marks = this.#of[at] === keyOf(message) ? this.#marks[at] : undefined;
      if (!marks?.length || !body.isConnected) return;
      const index = this.#reader.index(body);
      const found = marks.flatMap((mark) => {
        const place = find(index, mark.selectors);
        fates.push({
          kind: mark.kind,
          earlier: false,
          id: mark.id,
          evidence: mark.evidence,
          match: place?.match ?? 'orphan',
        });
        return place ? [{ mark, place }] : [];
      });
      found.sort((a, b) => a.place.start - b.place.start || a.place.end - b.place.end);
      for (const { mark, place } of found) {
        const ranges = index.ranges(place.start, place.end);
        icons.push({ ...mark, approximate: place.match === 'approximate', ranges, body });
      }
    });
    this.#put(icons);
    const told = JSON.stringify(fates);
    if (told === this.#fates || (fates.length === 0 && this.#fates === '')) return;
    this.#fates = told;
    void this.#call('fates', { fates });
  }

  /** Scrolls to a record's mark and focuses its icon; false when it is not in this frame. */
  reveal(id: string): boolean {
    return this.#gutter?.reveal(id) ?? false;
  }

  #put(icons: readonly Icon[]): void {
    const focused = this.#gutter?.focusedId() ?? null;
    this.#gutter?.remove();
    this.#gutter = null;
    this.#icons = icons;
    if (icons.length === 0) {
      this.#undraw();
      return;
    }
    this.#drawn.draw(
      icons.map((icon, at) => ({
        id: String(at),
        kind: icon.look,
        ranges: icon.ranges,
        approximate: icon.approximate,
      })),
    );
    this.#gutter = new Gutter(icons, (icon) => this.#show(icon), focused);
    this.#hearClicks();
  }

  #show(icon: Icon): void {
    void this.#call('show', { kind: icon.kind, id: icon.id });
  }

  // A plain click on marked words shows their card; links and selections keep their meaning.
  #hearClicks(): void {
    if (this.#clicks !== null) return;
    this.#clicks = new AbortController();
    onTrusted(window, 'click', this.#clicks.signal, (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
        return;
      if (document.getSelection()?.isCollapsed === false) return;
      const target = event.composedPath()[0];
      const pressed = 'a[href], button, input, select, textarea, summary, label, [role=button]';
      if (target instanceof Element && target.closest(pressed) !== null) return;
      const [first] = this.#drawn.at(event.clientX, event.clientY);
      const icon = first === undefined ? undefined : this.#icons[Number(first)];
      if (icon) this.#show(icon);
    });
  }

  #undraw(): void {
    this.#gutter?.remove();
    this.#gutter = null;
    this.#icons = [];
    this.#drawn.clear();
    this.#clicks?.abort();
    this.#clicks = null;
  }
}
