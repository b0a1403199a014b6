import { type Found, findAll, Marks, quotations, type TextIndex } from '../../anchor/index.ts';
import type { MessageReading } from '../../sites/index.ts';
import type { Mark, MarkFate } from '../messages/shapes.ts';
import type { PageDeps } from './deps.ts';
import { deepActive, isEditable } from './focus.ts';
import { Gutter, type Icon } from './gutter.ts';
import { keyOf } from './key-of.ts';
import { Pace } from './pace.ts';
import { page } from './page-document.ts';
import type { Reader } from './reader.ts';
import type { Texts } from './texts.ts';
import { onTrusted } from './trusted.ts';

// Above the highest rate at which a hand moves on, below what is felt as late.
const DWELL = 150;
// The browser places all highlights anew at any change to the page: some 40 µs for each of them.
const MANY = 150;

/** The marks of the messages in this frame: found, drawn, and told how they were found. */
export class PageMarks {
  readonly #call: PageDeps['call'];
  readonly #reader: Reader;
  readonly #texts: Texts;
  readonly #signal: AbortSignal;
  readonly #drawn = new Marks(page);
  /** In the order of the messages asked for, with what each of them was known by then. */
  #marks: readonly (readonly Mark[])[] = [];
  #of: readonly string[] = [];
  #gutter: Gutter | null = null;
  #icons: readonly Icon[] = [];
  /** Those that are highlighted: all, or of very many those near the window. */
  #lit: readonly Icon[] = [];
  #hearing: AbortController | null = null;
  #drawing = 0;
  /** What was drawn last, and at which state of the texts. */
  #seen: readonly { body: Element | null; key: string }[] = [];
  #changes = 0;
  #fates = '';

  constructor(call: PageDeps['call'], reader: Reader, texts: Texts, signal: AbortSignal) {
    this.#call = call;
    this.#reader = reader;
    this.#texts = texts;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#undraw(), { once: true });
    // Highlights keep the colours of the ground they were drawn on.
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw(), {
      signal,
    });
  }

  /** Whether there is anything to look for in this frame's messages. */
  get any(): boolean {
    return this.#marks.some((marks) => marks.length > 0);
  }

  /** The marks of these messages, in their order, from now on. */
  take(marks: readonly (readonly Mark[])[], of: readonly MessageReading[]): void {
    this.#marks = marks;
    this.#of = of.map(keyOf);
    // Whoever asks anew may have forgotten: told again even when nothing moved.
    this.#fates = '';
    this.draw();
  }

  /** Draws anew if something that was read, or what is shown at all, has changed. */
  refresh(): void {
    const { messages } = this.#reader;
    const same =
      messages.length === this.#seen.length &&
      messages.every(
        (message, at) =>
          message.body === this.#seen[at]?.body && keyOf(message) === this.#seen[at]?.key,
      );
    if (!same || this.#texts.changes !== this.#changes) this.draw();
  }

  /** Finds the known marks in the bodies as they are now and draws them. */
  draw(): void {
    this.#seen = this.#reader.messages.map((message) => ({
      body: message.body,
      key: keyOf(message),
    }));
    this.#changes = this.#texts.changes;
    // What lies on other words than its own must be gone before anything is looked for.
    if (this.#icons.some((icon) => !this.#stands(icon))) {
      this.#put(this.#icons.filter((icon) => this.#stands(icon)));
    }
    this.#draw().catch((error: unknown) => {
      // By its contract only an end of the script rejects; then nobody waits any more.
      if (!this.#signal.aborted) throw error;
    });
  }

  async #draw(): Promise<void> {
    this.#drawing += 1;
    const drawing = this.#drawing;
    const pace = new Pace();
    const fates: MarkFate[] = [];
    const icons: Icon[] = [];
    for (const [at, message] of this.#reader.messages.entries()) {
      const { body } = message;
      const key = keyOf(message);
      // Another mail in the same place is not marked while its own marks are still asked for.
      const marks = this.#of[at] === key ? this.#marks[at] : undefined;
      if (!marks?.length || !body?.isConnected) continue;
      const index = this.#texts.index(body);
      const places = await locate(index, marks, this.#signal);
      // The words changed meanwhile: what heard of it draws anew.
      if (places === null || drawing !== this.#drawing) return;
      const found: Icon[] = [];
      for (const [nth, mark] of marks.entries()) {
        if (pace.isOver) await pace.rest();
        if (drawing !== this.#drawing) return;
        const place = places[nth] ?? null;
        const { kind, id, evidence } = mark;
        const earlier = mark.earlier !== null;
        const isCue = mark.look === 'cue';
        // A cue says something of these very words and of no others.
        if (isCue && place?.match === 'approximate') continue;
        if (!isCue && (place || !earlier)) {
          fates.push({ kind, id, evidence, earlier, match: place?.match ?? 'orphan' });
        }
        if (!place) continue;
        const { start, end } = place;
        found.push({
          ...mark,
          approximate: place.match === 'approximate',
          ranges: index.ranges(start, end),
          ...{ body, message: at, key, start, end },
        });
      }
      icons.push(...found.sort((a, b) => a.start - b.start || a.end - b.end));
    }
    // All cues after all marks: one comes to them by walking on.
    icons.sort(cuesLast);
    // Finding, drawing and telling of very many are tasks of their own.
    if (icons.length > MANY) await pace.rest();
    if (this.#signal.aborted || drawing !== this.#drawing) return;
    this.#put(icons);
    if (icons.length > MANY) await pace.rest();
    if (this.#signal.aborted || drawing !== this.#drawing) return;
    const told = JSON.stringify(fates);
    if (told === this.#fates || (fates.length === 0 && this.#fates === '')) return;
    this.#fates = told;
    void this.#call('fates', { fates });
  }

  /** Scrolls to a record's mark and focuses its icon; false when it is not in this frame. */
  reveal(id: string): boolean {
    return this.#gutter?.reveal(this.#icons.findIndex((icon) => icon.id === id)) ?? false;
  }

  /** Where a mark is shown: offsets into the text of that message's body. */
  placeOf(id: string, evidence: string): { message: number; start: number; end: number } | null {
    return (
      this.#icons.find((icon) => icon.id === id && icon.evidence === evidence && !icon.earlier) ??
      null
    );
  }

  // By what is shown now.
  #stands({ message, key, body }: Icon): boolean {
    const now = this.#seen[message];
    return now?.body === body && body.isConnected && now.key === key;
  }

  #put(icons: readonly Icon[]): void {
    this.#icons = icons;
    if (icons.length === 0) {
      this.#undraw();
      return;
    }
    if (icons.length <= MANY) this.#highlight(icons);
    this.#gutter ??= new Gutter(
      (icon) => this.#show(icon),
      (near) => {
        const cues = this.#icons.filter(({ look }) => look === 'cue');
        if (this.#icons.length > MANY) this.#highlight([...near, ...cues]);
      },
    );
    this.#gutter.set(icons);
    this.#hear();
  }

  #highlight(icons: readonly Icon[]): void {
    this.#lit = icons;
    this.#drawn.draw(
      icons.map((icon, at) => ({
        id: String(at),
        kind: icon.look,
        ranges: icon.ranges,
        approximate: icon.approximate,
      })),
    );
  }

  #show(icon: Icon): void {
    if (icon.look === 'cue') void this.#call('cue', { id: icon.id });
    else void this.#call('show', { kind: icon.kind, id: icon.id });
  }

  #hear(): void {
    if (this.#hearing !== null) return;
    this.#hearing = new AbortController();
    const { signal } = this.#hearing;
    // A plain click on marked words shows their card; links and selections keep their meaning.
    onTrusted(window, 'click', signal, (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
        return;
      if (page.getSelection()?.isCollapsed === false) return;
      const target = event.composedPath()[0];
      const pressed = 'a[href], button, input, select, textarea, summary, label, [role=button]';
      if (target instanceof Element && target.closest(pressed) !== null) return;
      const [icon] = this.#at(event);
      if (icon) this.#show(icon);
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hover = (event: MouseEvent) => {
      clearTimeout(timer);
      // Whoever presses a button selects, or drags: nothing of ours comes in between.
      if (event.buttons !== 0) {
        this.#gutter?.hover([], 0, 0);
        return;
      }
      timer = setTimeout(() => {
        const isSelected = page.getSelection()?.isCollapsed === false;
        const icons = isSelected ? [] : this.#at(event);
        this.#gutter?.hover(icons, event.clientX, event.clientY);
      }, DWELL);
    };
    onTrusted(window, 'mousemove', signal, hover, { passive: true });
    onTrusted(window, 'mousedown', signal, hover, { capture: true, passive: true });
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    onTrusted(window, 'keydown', signal, (event) => this.#walk(event), { capture: true });
    // On paper there is no window.
    window.addEventListener('beforeprint', () => this.#highlight(this.#icons), { signal });
    window.addEventListener('afterprint', () => this.draw(), { signal });
  }

  // Alt and an arrow go to the next mark and to the one before it.
  #walk(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    if (isEditable(deepActive()) || !this.#gutter?.walk(step)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  // Marks before cues: what somebody wrote down says more than what a rule noticed.
  #at({ clientX, clientY }: MouseEvent): Icon[] {
    const icons = this.#drawn.at(clientX, clientY).flatMap((at) => this.#lit[Number(at)] ?? []);
    return icons.sort(cuesLast);
  }

  #undraw(): void {
    this.#gutter?.remove();
    this.#gutter = null;
    this.#icons = [];
    this.#lit = [];
    this.#drawn.clear();
    this.#hearing?.abort();
    this.#hearing = null;
  }
}

function cuesLast(a: Icon, b: Icon): number {
  return Number(a.look === 'cue') - Number(b.look === 'cue');
}

// In the order of the marks. An earlier message's words count only where they are quoted, and only
// as they were written.
async function locate(
  index: TextIndex,
  marks: readonly Mark[],
  signal: AbortSignal,
): Promise<(Found | null)[] | null> {
  const own = marks.filter(({ earlier }) => earlier === null);
  const found = await findAll(
    index,
    own.map(({ selectors }) => selectors),
    { signal },
  );
  if (found === null) return null;
  const places = new Map<Mark, Found | null>(own.map((mark, at) => [mark, found[at] ?? null]));
  const others = marks.filter(({ earlier }) => earlier !== null);
  for (const span of others.length > 0 ? quotations(index) : []) {
    const text = index.text.slice(span.start, span.end);
    const wanted = others.filter((mark) => !places.get(mark));
    const quoted = await findAll(
      { text },
      wanted.map(({ selectors }) => selectors),
      { signal },
    );
    for (const [at, mark] of wanted.entries()) {
      const place = quoted?.[at];
      if (!place || place.match === 'approximate') continue;
      const [start, end] = [span.start + place.start, span.start + place.end];
      places.set(mark, { ...place, start, end });
    }
  }
  return marks.map((mark) => places.get(mark) ?? null);
}
