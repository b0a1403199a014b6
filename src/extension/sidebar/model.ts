// Everything the sidebar does, without a page: state in, calls out. The components only draw it.

import type { SidebarEvent } from '../messages/calls.ts';
import type { Draft } from '../messages/draft.ts';
import type { Failure } from '../messages/result.ts';
import type { CaptureKind, MarkFate } from '../messages/shapes.ts';
import type { ContextMessage, SavedCard, Status, TabContext } from '../messages/views.ts';
import type { Client } from './client.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { known, readyToSave, typedSince } from './draft-rules.ts';
import { Latest } from './latest.ts';
import { EMPTY, type State, type Undoable, undoKey, type View } from './state.ts';
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
  #synced: string | null = null;

  constructor({ client, tab, now }: Surroundings) {
    this.#client = client;
    this.tab = tab;
    this.#now = now;
    this.#keeper = new DraftKeeper(client.call, (id, failure) => this.#kept(id, failure));
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
    if (Object.keys(late).length > 0) await this.edit(card, late);
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
    this.#set({
      drafts: this.state.drafts.filter((each) => each.id !== id),
      undoable: this.#with({ did: 'discarded', draft }),
      view: { at: 'list' },
      trouble: null,
      said: say.discarded,
      focus: id,
    });
  }

  // — saved cards —

  async edit(card: SavedCard, patch: Draft['fields']): Promise<boolean> {
    const answer = await this.#client.call('edit', { kind: card.kind, id: card.id, patch });
    if (answer.ok) this.#set({ said: say.changeSaved, trouble: null });
    else this.#set({ trouble: { id: card.id, failure: answer.error } });
    return answer.ok;
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
    if (undoable.did === 'saved') return this.takeBack(undoable.card);
    if (undoable.did === 'discarded') {
      const draft = { ...undoable.draft, changedAt: this.#now() };
      this.#keeper.keep(draft);
      this.forget(undoable);
      return this.#open(draft);
    }
    const { card } = undoable;
    const answer = await this.#remove(card, false);
    if (!answer.ok) return this.#set({ trouble: { id: null, failure: answer.error } });
    this.forget(undoable);
    const cards = this.state.cards;
    const listed = cards.some((each) => each.id === card.id);
    this.#set({ said: say.backInList, focus: card.id, cards: listed ? cards : [card, ...cards] });
  }

  /** A mail is no longer logged, but stays as the place of what was captured in it. */
  #remove(card: SavedCard, on: boolean) {
    const { kind, id } = card;
    if (kind === 'interaction') {
      return this.#client.call('edit', { kind, id, patch: { logged: on ? null : true } });
    }
    return this.#client.call('remove', { kind, id, on });
  }

  /** The ten seconds are over. */
  forget(undoable: Undoable): void {
    const key = undoKey(undoable);
    const gone = undoable.did === 'took-back' && this.#current(undoable);
    this.#set({
      undoable: this.state.undoable.filter((each) => undoKey(each) !== key || each !== undoable),
      cards: gone ? this.state.cards.filter((each) => each.id !== key) : this.state.cards,
    });
  }

  async openCard(kind: string, id: string): Promise<void> {
    const here = this.state.cards.find((card) => card.id === id);
    if (here) this.show({ at: 'card', card: here });
    const answer = await this.#client.call('card', { kind, id });
    if (answer.ok) this.show({ at: 'card', card: answer.value });
    else if (!here) this.#set({ trouble: { id: null, failure: answer.error } });
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
        if (this.#isOwn(event.tab)) this.#takeFates(event.fates);
        return;
      case 'changed':
        void this.#loadContext();
        void this.#loadDrafts();
        return;
      case 'status':
        this.#takeStatus(event.status);
        return;
    }
  }

  #takeFates(found: readonly MarkFate[]): void {
    const fates = new Map(this.state.fates);
    for (const { id, evidence, match } of found) {
      fates.set(id, new Map(fates.get(id)).set(evidence, match));
    }
    this.#set({ fates });
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
    this.#set({ context });
    await Promise.all([this.#loadCards(context), this.#loadStory(context)]);
  }

  async #loadCards(context: TabContext): Promise<void> {
    const messages = context.messages.slice(0, 500).map(known);
    const answer = await this.#latest.ask('cards', () => this.#client.call('cards', { messages }));
    if (!answer?.ok) return;
    // A note without a page belongs to no message; it stays in sight as long as it can be undone.
    const fresh = this.state.undoable.flatMap((each) =>
      each.did === 'discarded' ? [] : [each.card],
    );
    const ids = new Set(answer.value.cards.map((card) => card.id));
    const cards = [...fresh.filter((card) => !ids.has(card.id)), ...answer.value.cards];
    this.#set({ cards });
  }

  async #loadStory(context: TabContext): Promise<void> {
    const customer = context.guess.customer.id;
    if (customer === null) return this.#set({ story: null });
    if (this.state.story && this.state.story.customer.id !== customer) this.#set({ story: null });
    const answer = await this.#latest.ask('story', () => this.#client.call('story', { customer }));
    if (answer?.ok) this.#set({ story: answer.value });
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

  #with(undoable: Undoable): Undoable[] {
    const others = this.state.undoable.filter((each) => undoKey(each) !== undoKey(undoable));
    return [undoable, ...others];
  }

  #current(undoable: Undoable): boolean {
    return this.state.undoable.includes(undoable);
  }

  #set(patch: Partial<State>): void {
    const times = this.state.times + (patch.said === undefined ? 0 : 1);
    this.state = { ...this.state, ...patch, times };
    for (const hearer of this.#hearers) hearer();
  }
}
