// The story of the page's customer as the sidebar holds it: as much as was scrolled to, the filters,
// and where one was, for when one comes back from a card.
import { Heights } from '../../../ui/heights.ts';
import type { Failure } from '../../messages/result.ts';
import type { StoryEntry, StoryKind, StoryPage } from '../../messages/story-calls.ts';
import type { Core } from '../core.ts';

export type Filters = { kinds: readonly StoryKind[]; person: string | null; words: string };
const ALL: Filters = { kinds: [], person: null, words: '' };

/** Of a row that was not drawn yet, in px. */
const ROW = 96;

export class Timeline {
  readonly heights = new Heights(ROW);
  customer: StoryPage['customer'] | null = null;
  entries: readonly StoryEntry[] = [];
  total = 0;
  facets: StoryPage['facets'] = null;
  filters: Filters = ALL;
  failure: Failure | null = null;
  loading = false;
  /** Where the keyboard is. */
  active: string | null = null;
  /** How far it was scrolled when it was left, in px. */
  scrolled = 0;
  /** A card was opened from here, and its row takes the focus on coming back. */
  opened = false;
  readonly #core: Core;
  #id: string | null = null;
  #next: StoryPage['next'] = null;
  #turn = 0;
  #seen = 0;
  #more: Promise<void> | null = null;
  #loaded: Promise<void> = Promise.resolve();
  readonly #hearers = new Set<() => void>();

  constructor(core: Core) {
    this.#core = core;
  }

  subscribe(hearer: () => void): () => void {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }

  /** The page is about this customer; `changes`: how often records have changed. */
  show(customer: string, changes: number): void {
    if (customer !== this.#id) {
      this.#id = customer;
      this.#seen = changes;
      Object.assign(this, { customer: null, entries: [], facets: null, total: 0 });
      Object.assign(this, { filters: ALL, active: null, scrolled: 0, opened: false });
      this.#loaded = this.#load(0);
    } else if (changes !== this.#seen) {
      this.#seen = changes;
      this.#loaded = this.#load(this.entries.length);
    }
  }

  filter(patch: Partial<Filters>): void {
    this.filters = { ...this.filters, ...patch };
    this.active = null;
    this.#loaded = this.#load(0);
  }

  get isFiltered(): boolean {
    const { kinds, person, words } = this.filters;
    return kinds.length > 0 || person !== null || words.trim() !== '';
  }

  clear(): void {
    this.filter(ALL);
  }

  /** After a failure. */
  again(): void {
    this.failure = null;
    this.#loaded = this.#load(this.entries.length);
  }

  /** The next page, if there is one. */
  more(): Promise<void> {
    if (this.loading) return this.#loaded;
    if (this.#next === null) return Promise.resolve();
    this.#more ??= this.#append().finally(() => {
      this.#more = null;
    });
    return this.#more;
  }

  /** All pages. */
  async all(): Promise<void> {
    while (this.#next !== null && this.failure === null) await this.more();
  }

  async #append(): Promise<void> {
    const turn = this.#turn;
    const page = await this.#ask(this.#next);
    if (turn !== this.#turn || page === null) return;
    this.entries = [...this.entries, ...page.entries];
    this.#take(page);
  }

  /** From the beginning, as much as was there; one's place stays where its entry is still there. */
  async #load(count: number): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.loading = true;
    this.#tell();
    let entries: StoryEntry[] = [];
    let page: StoryPage | null = null;
    do {
      const next: StoryPage | null = await this.#ask(page?.next ?? null);
      if (turn !== this.#turn) return;
      if (next === null) break;
      entries = [...entries, ...next.entries];
      if (next.facets !== null) this.facets = next.facets;
      page = next;
    } while (entries.length < count && page.next !== null);
    this.loading = false;
    if (page === null) return this.#tell();
    this.entries = entries;
    this.customer = page.customer;
    this.#take(page);
  }

  #take(page: StoryPage): void {
    this.total = page.total;
    this.#next = page.next;
    this.failure = null;
    this.#tell();
  }

  async #ask(before: StoryPage['next']): Promise<StoryPage | null> {
    if (this.#id === null) return null;
    const { kinds, person, words } = this.filters;
    const answer = await this.#core.call('timeline', {
      ...{ customer: this.#id, before, person },
      kinds: [...kinds],
      words: words.slice(0, 200),
    });
    if (answer.ok) return answer.value;
    this.failure = answer.error;
    this.#tell();
    return null;
  }

  #tell(): void {
    for (const hearer of this.#hearers) hearer();
  }
}

const timelines = new WeakMap<Core, Timeline>();

/** One for each sidebar: it stays as it is while a card is open. */
export function timelineOf(core: Core): Timeline {
  const present = timelines.get(core) ?? new Timeline(core);
  timelines.set(core, present);
  return present;
}
