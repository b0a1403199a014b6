// Everything the sidebar does, without a page: state in, calls out. The components only draw it.

import { redact } from '../../domain/redact.ts';
import type { SidebarEvent } from '../messages/calls.ts';
import type { Draft } from '../messages/draft.ts';
import type { Failure } from '../messages/result.ts';
import type { CaptureKind } from '../messages/shapes.ts';
import type { ContextMessage, SavedCard, Status, TabContext } from '../messages/views.ts';
import type { Client } from './client.ts';
import type { Core } from './core.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { known, readyToSave, typedSince } from './draft-rules.ts';
import { Latest } from './latest.ts';
import { Never } from './never.ts';
import { Places, placeBefore } from './places.ts';
import { type CardPart, EMPTY, placeOf, type State, type Undoable, type View } from './state.ts';
import { say } from './words.ts';

export type Surroundings = {
  client: Client;
  /** The tab this sidebar speaks of; null for the one it lies in. */
  tab: number | null;
  /** ms since 1970 */
  now: () => number;
};

/** ms in which a card counts as the one that is being written */
const RECENT = 10 * 60_000;

export class Sidebar {
  state: State = EMPTY;
  readonly tab: number | null;
  readonly #client: Client;
  readonly #now: () => number;
  readonly #keeper: DraftKeeper;
  readonly #hearers = new Set<() => void>();
  readonly #latest = new Latest();
  readonly places: Places;
  readonly never: Never;
  #synced: string | null = null;

  constructor({ client, tab, now }: Surroundings) {
    this.#client = client;
    this.tab = tab;
    this.#now = now;
    this.#keeper = new DraftKeeper(client.call, (id, failure) => this.#kept(id, failure));
    const core = this.#core();
    this.places = new Places(core);
    this.never = new Never(core);
  }

  /** Asks for everything and hears the background until the returned function is called. */
  start(): () => void {
    const stop = this.#client.events(
      (event) => this.#hear(event),
      () => void this.load(),
    );
    void this.load().then(() => this.#openOwnDraft());
    return stop;
  }

  subscribe(hearer: () => void): () => void {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }

  flush(): void {
    this.#keeper.flush();
  }

  async load(): Promise<void> {
    await Promise.all([this.#loadContext(), this.#loadDrafts(), this.#loadStatus()]);
  }

  // — drafts —

  show(view: View): void {
    this.#set({ view, trouble: null });
  }

  backToList(focus: string | null = null): void {
    this.#set({ view: { at: 'list' }, trouble: null, focus });
  }

  focused(): void {
    if (this.state.focus !== null) this.#set({ focus: null });
  }

  async newDraft(kind: CaptureKind | 'mail', message: ContextMessage | null): Promise<void> {
    const payload = { kind, tab: this.tab, message: message === null ? null : known(message) };
    const answer = await this.#client.call('newDraft', payload);
    if (!answer.ok) return this.#set({ trouble: { id: null, failure: answer.error } });
    this.#open(answer.value.draft);
  }

  /** A keystroke or a choice in an unsaved card: kept at once. */
  type(id: string, patch: Partial<Draft>): void {
    const draft = this.state.drafts.find((each) => each.id === id);
    if (!draft) return;
    const next = { ...draft, ...patch, changedAt: this.#now() };
    this.#set({ drafts: this.state.drafts.map((each) => (each.id === id ? next : each)) });
    // A state kept during the save would bring the saved card back as a draft.
    if (this.state.saving !== id) this.#keeper.keep(next);
  }

  /** Card and account numbers of the draft's quote, made unreadable. */
  blackOut(id: string): void {
    const draft = this.state.drafts.find((each) => each.id === id);
    if (!draft) return;
    const { quote, selectors } = draft;
    this.type(id, redact(quote, selectors));
    const before = { quote, selectors };
    this.#set({
      undoable: this.#with({ did: 'blacked-out', id, before }),
      said: say.blackedOut,
      focus: id,
    });
  }

  async save(id: string): Promise<void> {
    const draft = this.state.drafts.find((each) => each.id === id);
    if (!draft || this.state.saving !== null) return;
    const ready = readyToSave(draft);
    if ('problem' in ready) return this.refuse(id, ready.problem);
    this.#set({ saving: id, trouble: null });
    await this.#keeper.settle(id);
    const answer = await this.#client.call('save', { draft: ready.draft });
    const typed = this.state.drafts.find((each) => each.id === id) ?? draft;
    if (!answer.ok) {
      this.#set({ saving: null, trouble: { id, failure: answer.error } });
      this.#keeper.keep(typed);
      return;
    }
    const { card, status } = answer.value;
    this.#synced = card.synced || card.keptHere ? null : card.id;
    const isOpen = this.state.view.at === 'draft' && this.state.view.id === id;
    this.#set({
      saving: null,
      status,
      drafts: this.state.drafts.filter((each) => each.id !== id),
      cards: [card, ...this.state.cards.filter((each) => each.id !== card.id)],
      undoable: this.#with({ did: 'saved', card }),
      said: card.keptHere ? say.keptHere : card.synced ? say.synced : say.saved,
      ...(isOpen ? { view: { at: 'list' } as const, focus: card.id } : {}),
    });
    const late = typedSince(draft, typed);
    if (Object.keys(late).length > 0) await this.#patch(card.kind, card.id, late);
  }

  /** Says why a card is not saved, without asking anybody. */
  refuse(id: string, message: string): void {
    this.#set({ trouble: { id, failure: { code: 'bad-input', message } } });
  }

  async discard(id: string): Promise<void> {
    const draft = this.state.drafts.find((each) => each.id === id);
    if (!draft) return;
    await this.#keeper.settle(id);
    const answer = await this.#client.call('discardDraft', { id });
    if (!answer.ok) {
      this.#keeper.keep(draft);
      return this.#set({ trouble: { id, failure: answer.error } });
    }
    const at = this.state.drafts.findIndex((each) => each.id === id);
    this.#set({
      drafts: this.state.drafts.filter((each) => each.id !== id),
      undoable: this.#with({ did: 'discarded', draft, at }),
      view: { at: 'list' },
      trouble: null,
      said: say.discarded,
      focus: id,
    });
  }

  // — saved cards —

  /** Changes fields of a saved card; `before` are their values until now. */
  async edit(
    card: SavedCard,
    patch: Draft['fields'],
    part: CardPart,
    before: Draft['fields'],
  ): Promise<boolean> {
    const answer = await this.#client.call('edit', { kind: card.kind, id: card.id, patch });
    if (!answer.ok) {
      this.#set({ trouble: { id: card.id, failure: answer.error } });
      return false;
    }
    const undoable = this.#with({ did: 'changed', card, part, before });
    this.#set({ undoable, said: say.changeSaved, trouble: null });
    return true;
  }

  async takeBack(card: SavedCard): Promise<void> {
    const answer = await this.#remove(card, true);
    if (!answer.ok) return this.#set({ trouble: { id: card.id, failure: answer.error } });
    this.#set({
      undoable: this.#with({ did: 'took-back', card }),
      view: { at: 'list' },
      trouble: null,
      said: say.takenBack,
      focus: card.id,
    });
  }

  async undo(undoable: Undoable): Promise<void> {
    switch (undoable.did) {
      case 'saved':
        return this.takeBack(undoable.card);
      case 'took-back':
        return this.#bringBack(undoable);
      case 'discarded': {
        const draft = { ...undoable.draft, changedAt: this.#now() };
        this.#keeper.keep(draft);
        this.#drop(undoable);
        return this.#open(draft);
      }
      case 'blacked-out':
        this.type(undoable.id, undoable.before);
        this.#drop(undoable);
        return this.#set({ said: say.putBack, focus: undoable.id });
      case 'changed': {
        const { kind, id } = undoable.card;
        if (await this.#patch(kind, id, undoable.before)) this.#putBack(undoable, id);
        return;
      }
      case 'moved': {
        const { kind, id } = undoable.mark;
        if (await this.#patch(kind, id, placeBefore(undoable))) this.#putBack(undoable, id);
        return;
      }
      case 'never-log':
        if (!(await this.never.takeOut(undoable.line))) return;
        this.#drop(undoable);
        this.#set({ said: say.putBack });
        return;
    }
  }

  #putBack(undoable: Undoable, id: string): void {
    this.#drop(undoable);
    this.#set({ said: say.putBack, focus: id });
    void this.#loadOpenCard();
  }

  async #bringBack(undoable: Extract<Undoable, { did: 'took-back' }>): Promise<void> {
    const { card } = undoable;
    const answer = await this.#remove(card, false);
    if (!answer.ok) return this.#set({ trouble: { id: null, failure: answer.error } });
    this.#drop(undoable);
    const cards = this.state.cards;
    const listed = [...cards, ...(this.state.story?.cards ?? [])].some(({ id }) => id === card.id);
    this.#set({ said: say.backInList, focus: card.id, cards: listed ? cards : [card, ...cards] });
  }

  async #patch(kind: string, id: string, patch: Draft['fields']): Promise<boolean> {
    const answer = await this.#client.call('edit', { kind, id, patch });
    this.#set({ trouble: answer.ok ? null : { id, failure: answer.error } });
    return answer.ok;
  }

  /** A mail is no longer logged, but stays as the place of what was captured in it. */
  #remove(card: SavedCard, on: boolean) {
    const { kind, id } = card;
    if (kind === 'interaction') {
      return this.#client.call('edit', { kind, id, patch: { logged: on ? null : true } });
    }
    return this.#client.call('remove', { kind, id, on });
  }

  /** The ten seconds are over, for what was done in the same place before it too. */
  forget(undoable: Undoable): void {
    const { undoable: all, cards, story } = this.state;
    const at = all.indexOf(undoable);
    if (at < 0) return;
    const place = placeOf(undoable);
    this.#set({ undoable: all.filter((each, index) => index < at || placeOf(each) !== place) });
    if (undoable.did !== 'took-back') return;
    const others = (list: SavedCard[]) => list.filter((each) => each.id !== undoable.card.id);
    this.#set({
      cards: others(cards),
      story: story === null ? null : { ...story, cards: others(story.cards) },
    });
  }

  async openCard(kind: string, id: string): Promise<void> {
    const here = this.state.cards.find((card) => card.id === id);
    if (here) {
      this.show({ at: 'card', card: here });
      return this.#loadOpenCard();
    }
    const answer = await this.#client.call('card', { kind, id });
    if (answer.ok) this.show({ at: 'card', card: answer.value });
    else this.#set({ trouble: { id: null, failure: answer.error } });
  }

  async reveal(card: SavedCard): Promise<void> {
    const answer = await this.#client.call('reveal', { tab: this.tab, id: card.id });
    if (!answer.ok) this.#set({ trouble: { id: card.id, failure: answer.error } });
  }

  async find(kind: 'customer' | 'contact' | 'project', words: string, customer: string | null) {
    const answer = await this.#client.call('find', { kind, words: words.slice(0, 200), customer });
    return answer.ok ? answer.value.hits : [];
  }

  close(): void {
    void this.#client.call('closeSidebar', { tab: this.tab });
  }

  openOptions(hash: string): void {
    void this.#client.call('openOptions', { hash });
  }

  async syncNow(): Promise<void> {
    const answer = await this.#client.call('syncNow', {});
    if (answer.ok) this.#set({ status: answer.value });
  }

  // — what the background tells —

  #hear(event: SidebarEvent): void {
    switch (event.event) {
      case 'context':
        if (this.#isOwn(event.tab)) void this.#takeContext(event.context);
        return;
      case 'draft':
        if (this.#isOwn(event.tab)) this.#open(event.draft);
        else void this.#loadDrafts();
        return;
      case 'show':
        if (this.#isOwn(event.tab)) void this.openCard(event.kind, event.id);
        return;
      case 'fates':
        if (this.#isOwn(event.tab)) this.places.take(event.fates);
        return;
      case 'replaced':
        if (this.#isOwn(event.tab)) this.places.replaced(event);
        return;
      case 'changed':
        void this.#loadContext();
        void this.#loadDrafts();
        void this.#loadOpenCard();
        return;
      case 'status':
        this.#takeStatus(event.status);
        return;
    }
  }

  #takeStatus(status: Status): void {
    const done = this.#synced !== null && status.unsynced === 0 && status.connection !== null;
    if (done) this.#synced = null;
    this.#set({ status, ...(done ? { said: say.synced } : {}) });
  }

  #isOwn(tab: number | null): boolean {
    const own = this.tab ?? this.state.context?.tab ?? null;
    return tab === null || own === null || tab === own;
  }

  async #loadContext(): Promise<void> {
    const answer = await this.#latest.ask('context', () =>
      this.#client.call('context', { tab: this.tab }),
    );
    if (answer?.ok) await this.#takeContext(answer.value);
    else if (answer) this.#set({ trouble: { id: null, failure: answer.error } });
  }

  async #takeContext(context: TabContext): Promise<void> {
    this.#latest.overtake('context');
    const before = this.state.context;
    this.#set({ context });
    if (before !== null && before.url !== context.url) this.places.left();
    await Promise.all([this.#loadCards(context), this.#loadStory(context)]);
  }

  async #loadCards(context: TabContext): Promise<void> {
    const messages = context.messages.slice(0, 500).map(known);
    const answer = await this.#latest.ask('cards', () => this.#client.call('cards', { messages }));
    if (!answer?.ok) return;
    this.#set({ cards: inPlace(this.state.cards, answer.value.cards, this.#undoableCards()) });
  }

  /** A note without a page belongs to no message; it stays in sight as long as it can be undone. */
  #undoableCards(): SavedCard[] {
    return this.state.undoable.flatMap((each) =>
      each.did === 'saved' || each.did === 'took-back' ? [each.card] : [],
    );
  }

  async #loadStory(context: TabContext): Promise<void> {
    const customer = context.guess.customer.id;
    if (customer === null) return this.#set({ story: null });
    if (this.state.story && this.state.story.customer.id !== customer) this.#set({ story: null });
    const answer = await this.#latest.ask('story', () => this.#client.call('story', { customer }));
    if (!answer?.ok) return;
    const cards = inPlace(this.state.story?.cards ?? [], answer.value.cards, this.#undoableCards());
    this.#set({ story: { ...answer.value, cards } });
  }

  /** The card that is open, as it is now. */
  async #loadOpenCard(): Promise<void> {
    const { view } = this.state;
    if (view.at !== 'card') return;
    const { kind, id } = view.card;
    const answer = await this.#latest.ask('card', () => this.#client.call('card', { kind, id }));
    const now = this.state.view;
    if (!answer?.ok || now.at !== 'card' || now.card.id !== id) return;
    this.#set({ view: { at: 'card', card: answer.value } });
  }

  async #loadDrafts(): Promise<void> {
    const answer = await this.#latest.ask('drafts', () => this.#client.call('drafts', {}));
    if (!answer?.ok) return;
    const own = new Map(this.state.drafts.map((draft) => [draft.id, draft]));
    const open = this.state.view.at === 'draft' ? this.state.view.id : null;
    const drafts = answer.value.drafts.map((draft) => {
      const mine = own.get(draft.id);
      return mine && mine.changedAt >= draft.changedAt ? mine : draft;
    });
    const lost = open !== null && !drafts.some((draft) => draft.id === open) && own.get(open);
    this.#set({ drafts: lost ? [lost, ...drafts] : drafts });
  }

  async #loadStatus(): Promise<void> {
    const answer = await this.#latest.ask('status', () => this.#client.call('status', {}));
    if (answer?.ok) this.#set({ status: answer.value });
  }

  /** After a reload, the card one was writing in this tab is open again; an old one waits in the list. */
  #openOwnDraft(): void {
    const own = this.tab ?? this.state.context?.tab ?? null;
    const since = this.#now() - RECENT;
    const draft = this.state.drafts.find(
      (each) => own !== null && each.tab === own && each.changedAt > since,
    );
    if (draft && this.state.view.at === 'list') this.show({ at: 'draft', id: draft.id });
  }

  #open(draft: Draft): void {
    const others = this.state.drafts.filter((each) => each.id !== draft.id);
    this.#set({ drafts: [draft, ...others], view: { at: 'draft', id: draft.id }, trouble: null });
  }

  #kept(id: string, failure: Failure | null): void {
    const { trouble } = this.state;
    // What a save said stays until the next save; it says more than a keystroke's.
    const said = trouble?.id === id && trouble.keeping === undefined;
    if (failure && !said) this.#set({ trouble: { id, failure, keeping: true } });
    else if (!failure && trouble?.id === id && !said) this.#set({ trouble: null });
  }

  /** Newest first. Changes of one place are undone one by one, the newest first. */
  #with(undoable: Undoable): Undoable[] {
    const stacks = undoable.did === 'changed' || undoable.did === 'moved';
    const place = placeOf(undoable);
    return [undoable, ...this.state.undoable.filter((each) => stacks || placeOf(each) !== place)];
  }

  #drop(undoable: Undoable): void {
    this.#set({ undoable: this.state.undoable.filter((each) => each !== undoable) });
  }

  #core(): Core {
    const sidebar = this;
    return {
      call: this.#client.call,
      tab: this.tab,
      get state() {
        return sidebar.state;
      },
      set: (patch) => this.#set(patch),
      offer: (undoable) => this.#with(undoable),
    };
  }

  #set(patch: Partial<State>): void {
    const times = this.state.times + (patch.said === undefined ? 0 : 1);
    this.state = { ...this.state, ...patch, times };
    for (const hearer of this.#hearers) hearer();
  }
}

/** The new list with these cards of the old one, each where it stood. */
function inPlace(old: SavedCard[], fresh: SavedCard[], kept: SavedCard[]): SavedCard[] {
  const cards = [...fresh];
  for (const card of kept) {
    const at = old.findIndex(({ id }) => id === card.id);
    if (at >= 0 && !cards.some(({ id }) => id === card.id)) cards.splice(at, 0, card);
  }
  return cards;
}
