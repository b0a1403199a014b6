// Everything the sidebar does, without a page: state in, calls out. The components only draw it.

import type { SidebarEvent } from '../messages/calls.ts';
import type { SavedCard, Status, TabContext } from '../messages/views.ts';
import { type CallSurroundings, Calls } from './calls.ts';
import type { Client } from './client.ts';
import { Core } from './core.ts';
import { Cues } from './cues/cues.ts';
import { known } from './draft-rules.ts';
import { Drafts } from './drafts.ts';
import { Never } from './never.ts';
import { Places, placeBefore } from './places.ts';
import { SavedCards } from './saved-cards.ts';
import { isPlace, type Place, placeOf, type State, type Undoable, type View } from './state.ts';
import { say } from './words.ts';

export type Surroundings = CallSurroundings & {
  client: Client;
  /** The tab this sidebar speaks of; null for the one it lies in. */
  tab: number | null;
};

/** ms after a change until it is counted what waits */
const COUNT_MS = 800;

/** Kinds of which a context tells nothing: neither whose mail it is nor where it is filed. */
const CARDS_ALONE = new Set(['note', 'expectation', 'commitment']);

export class Sidebar {
  readonly drafts: Drafts;
  readonly cards: SavedCards;
  readonly places: Places;
  readonly never: Never;
  readonly calls: Calls;
  readonly cues: Cues;
  /** The clock and the ids of whoever shows it. */
  readonly around: Pick<Surroundings, 'now' | 'newId'>;
  /** For places that ask and keep for themselves what only they show. */
  readonly core: Core;
  readonly #client: Client;
  readonly #core: Core;
  /** Where a card was opened from. */
  #place: Place | 'search' = 'list';
  /** Saved, and not on the server yet. */
  #waiting: string | null = null;
  #counting: ReturnType<typeof setTimeout> | undefined;
  /** How often the background told of changed records. */
  #told = 0;
  /** Since the context was asked for, something changed that it may tell of. */
  #isElsewhere = false;

  constructor({ client, tab, now, steady, newId }: Surroundings) {
    const core = new Core(client.call, tab);
    this.#client = client;
    this.core = core;
    this.around = { now, newId };
    this.#core = core;
    core.subscribe(() => {
      const { at } = core.state.view;
      if (isPlace(at) || at === 'search') this.#place = at;
    });
    this.cards = new SavedCards(core);
    const saved = (card: SavedCard) => {
      this.#waiting = card.synced || card.keptHere ? null : card.id;
    };
    this.drafts = new Drafts({ core, cards: this.cards, now, saved });
    this.places = new Places(core);
    this.never = new Never(core);
    this.calls = new Calls(core, { now, steady, newId });
    this.cues = new Cues(core, this.drafts);
  }

  get state(): State {
    return this.#core.state;
  }

  get tab(): number | null {
    return this.#core.tab;
  }

  /** Asks for everything and hears the background until the returned function is called. */
  start(): () => void {
    const stop = this.#client.events(
      (event) => this.#hear(event),
      () => void this.load(),
    );
    void this.load().then(() => this.drafts.openOwn());
    this.#count();
    return () => {
      clearTimeout(this.#counting);
      stop();
    };
  }

  subscribe(hearer: () => void): () => void {
    return this.#core.subscribe(hearer);
  }

  flush(): void {
    this.drafts.flush();
  }

  async load(): Promise<void> {
    await Promise.all([
      this.#loadContext(),
      this.drafts.load(),
      this.#loadStatus(),
      this.calls.load(),
      this.cues.load(),
    ]);
  }

  show(view: View): void {
    this.#core.set({ view, trouble: null });
  }

  /** Back to the place that the open card was opened from. */
  backToList(focus: string | null = null): void {
    this.#core.set({ view: { at: this.#place }, trouble: null, focus });
  }

  focused(): void {
    if (this.#core.state.focus !== null) this.#core.set({ focus: null });
  }

  /** As it was before this was done. */
  async undo(undoable: Undoable): Promise<void> {
    switch (undoable.did) {
      case 'saved':
        return this.cards.takeBack(undoable.card);
      case 'took-back':
        return this.cards.bringBack(undoable);
      case 'discarded':
        if (undoable.notOne && !(await this.cues.teach(undoable.draft.cue, false))) return;
        return this.drafts.bringBack(undoable);
      case 'not-one':
      case 'cues-off':
        return this.cues.undo(undoable);
      case 'blacked-out':
        this.drafts.type(undoable.id, undoable.before);
        this.#core.drop(undoable);
        return this.#core.set({ said: say.putBack, focus: undoable.id });
      case 'changed': {
        const { kind, id } = undoable.card;
        const done = await this.cards.patch(kind, id, undoable.before, undoable.beside);
        return done ? this.cards.putBack(undoable, id) : undefined;
      }
      case 'stepped':
        return this.cards.stepBack(undoable);
      case 'moved': {
        const { kind, id } = undoable.mark;
        const done = await this.cards.patch(kind, id, placeBefore(undoable));
        return done ? this.cards.putBack(undoable, id) : undefined;
      }
      case 'never-log':
        if (!(await this.never.takeOut(undoable.line))) return;
        this.#core.drop(undoable);
        return this.#core.set({ said: say.putBack });
    }
  }

  /** The ten seconds are over, for what was done in the same place before it too. */
  forget(undoable: Undoable): void {
    const { undoable: all, cards, story } = this.#core.state;
    const at = all.indexOf(undoable);
    if (at < 0) return;
    const place = placeOf(undoable);
    this.#core.set({
      undoable: all.filter((each, index) => index < at || placeOf(each) !== place),
    });
    if (undoable.did !== 'took-back') return;
    const others = (list: SavedCard[]) => list.filter((each) => each.id !== undoable.card.id);
    this.#core.set({
      cards: others(cards),
      story: story === null ? null : { ...story, cards: others(story.cards) },
    });
  }

  async find(kind: 'customer' | 'contact' | 'project', words: string, customer: string | null) {
    const answer = await this.#core.call('find', { kind, words: words.slice(0, 200), customer });
    return answer.ok ? answer.value.hits : [];
  }

  close(): void {
    void this.#core.call('closeSidebar', { tab: this.#core.tab });
  }

  openOptions(hash: string): void {
    void this.#core.call('openOptions', { hash });
  }

  /** Whether colleagues' records of this customer come to this member's devices. */
  async follow(customer: string, on: boolean): Promise<void> {
    const answer = await this.#core.call('follow', { customer, on });
    if (!answer.ok) return this.#core.set({ trouble: { id: null, failure: answer.error } });
    const { story } = this.#core.state;
    const told = story?.customer.id === customer;
    this.#core.set({
      ...(told ? { story: { ...story, customer: { ...story.customer, followed: on } } } : {}),
      said: on ? say.nowFollowed : say.nowUnfollowed,
    });
  }

  async syncNow(): Promise<void> {
    const answer = await this.#core.call('syncNow', {});
    if (answer.ok) this.#core.set({ status: answer.value });
  }

  // — what the background tells —

  #hear(event: SidebarEvent): void {
    switch (event.event) {
      case 'context':
        if (this.#isOwn(event.tab)) void this.#takeContext(event.context);
        return;
      case 'draft':
        if (this.#isOwn(event.tab)) this.drafts.open(event.draft);
        else void this.drafts.load();
        return;
      case 'ahead':
        if (this.#isOwn(event.tab)) this.drafts.takeAhead(event.draft, event.text);
        return;
      case 'show':
        if (this.#isOwn(event.tab)) void this.cards.open(event.kind, event.id);
        return;
      case 'fates':
        if (this.#isOwn(event.tab)) this.places.take(event.frame, event.fates);
        return;
      case 'pickEnded':
        if (this.#isOwn(event.tab)) this.places.ended();
        return;
      case 'replaced':
        if (this.#isOwn(event.tab)) this.places.replaced(event);
        return;
      case 'changed':
        this.#count();
        void this.#readAgain(event.kinds);
        return;
      case 'calls':
        void this.calls.load();
        this.#count();
        return;
      case 'cues':
        if (this.#isOwn(event.tab)) void this.cues.load();
        return;
      case 'status':
        this.#takeStatus(event.status);
        return;
      case 'pokes':
        return; // the client's own
    }
  }

  /**
   * Records look different: first the list that somebody looks at, then all that stands around it.
   * Asked for together, the background would have the list last of all.
   */
  async #readAgain(kinds: readonly string[] | undefined): Promise<void> {
    this.#told += 1;
    const told = this.#told;
    this.#isElsewhere ||= kinds === undefined || !kinds.every((kind) => CARDS_ALONE.has(kind));
    const { context, view } = this.#core.state;
    const isInSight = view.at === 'list' && context !== null;
    if (isInSight) await this.cards.loadHere(context);
    // Whoever told more meanwhile goes on for both.
    if (told !== this.#told) return;
    this.#core.set({ changes: this.#core.state.changes + 1 });
    if (isInSight) void this.cards.loadStory(context);
    else if (context !== null) void this.cards.load(context);
    // Mostly it is what it was.
    if (this.#isElsewhere) void this.#loadContext(true);
    this.#isElsewhere = false;
    void this.drafts.load();
    void this.cards.loadOpen();
    void this.cues.load();
  }

  #takeStatus(status: Status): void {
    const done = this.#waiting !== null && status.unsynced === 0 && status.connection !== null;
    if (done) this.#waiting = null;
    if (done) this.#core.set({ status, said: say.synced });
    else this.#core.take({ status });
  }

  #isOwn(tab: number | null): boolean {
    const own = this.#core.tab ?? this.#core.state.context?.tab ?? null;
    return tab === null || own === null || tab === own;
  }

  async #loadContext(quiet = false): Promise<void> {
    const answer = await this.#core.latest.ask('context', () =>
      this.#core.call('context', { tab: this.#core.tab, ...(quiet ? { quiet } : {}) }),
    );
    if (answer?.ok) await this.#takeContext(answer.value, quiet);
    else if (answer) this.#core.set({ trouble: { id: null, failure: answer.error } });
  }

  /** `loaded`: its lists are on their way, unless it is about something else by now. */
  async #takeContext(context: TabContext, loaded = false): Promise<void> {
    this.#core.latest.overtake('context');
    const before = this.#core.state.context;
    this.#core.take({ context });
    if (before !== null && before.url !== context.url) this.places.left();
    if (!loaded || before === null || listsOf(before) !== listsOf(context)) {
      await this.cards.load(context);
    }
  }

  /** How much waits is looked at a little later: what somebody looks at now comes first. */
  #count(): void {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(async () => {
      // While one talks, nothing is read that can wait.
      if (this.state.calls?.running) return;
      const answer = await this.#core.latest.ask('waiting', () =>
        this.#core.call('inboxCount', {}),
      );
      if (answer?.ok && answer.value.count !== this.state.waiting) {
        this.#core.set({ waiting: answer.value.count });
      }
    }, COUNT_MS);
  }

  async #loadStatus(): Promise<void> {
    const answer = await this.#core.latest.ask('status', () => this.#core.call('status', {}));
    if (answer?.ok) this.#core.set({ status: answer.value });
  }
}

/** What a context's lists are looked up by. */
function listsOf({ messages, guess }: TabContext): string {
  return JSON.stringify([messages.map(known), guess.customer.id]);
}
