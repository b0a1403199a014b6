// Cards that are saved: changed, taken back, shown, and the lists they stand in.
import type { Base } from '../../domain/change.ts';
import type { Json } from '../../domain/json.ts';
import type { Draft } from '../messages/draft.ts';
import type { SavedCard, TabContext, Version } from '../messages/views.ts';
import type { Core } from './core.ts';
import { known } from './draft-rules.ts';
import type { CardPart, Undoable } from './state.ts';
import { say } from './words.ts';

/** Cards of a customer that come at once. */
const STORY = 100;

export class SavedCards {
  readonly #core: Core;
  /** Colleagues who were chosen in the words of a card and do not know of it yet. */
  readonly #named = new Map<string, string[]>();

  /** Cards of the customer that are asked for, and whose they are. */
  #most = STORY;
  #storyOf: string | null = null;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Changes fields of a saved card, as `card` shows them; `before` are their values until now. */
  async edit(
    card: SavedCard,
    patch: Draft['fields'],
    part: CardPart,
    before: Draft['fields'],
  ): Promise<boolean> {
    const { kind, id, seen } = card;
    const named = this.#namedIn(id, patch);
    const answer = await this.#core.call('edit', {
      ...{ kind, id, patch },
      ...(seen === undefined ? {} : { seen: ofFields(seen, patch) }),
      ...(named.length === 0 ? {} : { mentions: named }),
    });
    if (!answer.ok) {
      this.#core.set({ trouble: { id: card.id, failure: answer.error } });
      return false;
    }
    if (named.length > 0) this.#named.delete(id);
    const beside = othersBeside(card, patch);
    const undoable = this.#core.offer({
      ...{ did: 'changed', card, part, before },
      ...(Object.keys(beside).length === 0 ? {} : { beside }),
    });
    this.#core.set({ undoable, said: say.changeSaved, trouble: null });
    return true;
  }

  /** A colleague was chosen in the words of this card: with these words they hear of it. */
  mention(card: string, member: string): void {
    this.#named.set(card, [...(this.#named.get(card) ?? []), member]);
  }

  #namedIn(card: string, patch: Draft['fields']): string[] {
    const isNaming = Object.values(patch).some((it) => typeof it === 'string' && it.includes('@'));
    return isNaming ? (this.#named.get(card) ?? []) : [];
  }

  /** Not undone by a click: what has been sent is in the log. */
  async share(card: SavedCard): Promise<boolean> {
    const { kind, id } = card;
    const answer = await this.#core.call('share', { kind, id });
    if (!answer.ok) {
      this.#core.set({ trouble: { id, failure: answer.error } });
      return false;
    }
    this.#core.set({ said: say.shared, trouble: null, focus: id });
    this.#show(answer.value);
    return true;
  }

  async takeBack(card: SavedCard): Promise<void> {
    const answer = await this.#remove(card, true);
    if (!answer.ok) return this.#core.set({ trouble: { id: card.id, failure: answer.error } });
    this.#core.set({
      undoable: this.#core.offer({ did: 'took-back', card }),
      view: { at: 'list' },
      trouble: null,
      said: say.takenBack,
      focus: card.id,
    });
  }

  /** Something of this card is as it was before. */
  putBack(undoable: Undoable, id: string): void {
    this.#core.drop(undoable);
    this.#core.set({ said: say.putBack, focus: id });
    void this.loadOpen();
  }

  /** A step, a question or an answer is as if it had not been. */
  async stepBack(undoable: Extract<Undoable, { did: 'stepped' }>): Promise<void> {
    const { card, before } = undoable;
    const answer = await this.#core.call('ladderBack', { before });
    if (!answer.ok) return this.#core.set({ trouble: { id: card.id, failure: answer.error } });
    this.putBack(undoable, card.id);
  }

  async bringBack(undoable: Extract<Undoable, { did: 'took-back' }>): Promise<void> {
    const { card } = undoable;
    const answer = await this.#remove(card, false);
    if (!answer.ok) return this.#core.set({ trouble: { id: null, failure: answer.error } });
    this.#core.drop(undoable);
    const cards = this.#core.state.cards;
    const listed = [...cards, ...(this.#core.state.story?.cards ?? [])].some(
      ({ id }) => id === card.id,
    );
    this.#core.set({
      said: say.backInList,
      focus: card.id,
      cards: listed ? cards : [card, ...cards],
    });
  }

  /** One of the values that were written at the same time is the right one. */
  take(card: SavedCard, field: string, part: CardPart, version: Version): Promise<boolean> {
    const before = card.versions?.[field]?.[0]?.value ?? null;
    return this.edit(card, { [field]: version.value }, part, { [field]: before });
  }

  /** Without saying what was seen: this goes over what is stored now. */
  async patch(
    kind: string,
    id: string,
    patch: Draft['fields'],
    beside?: { [field: string]: Json[] },
  ): Promise<boolean> {
    const answer = await this.#core.call('edit', {
      ...{ kind, id, patch },
      ...(beside === undefined ? {} : { beside }),
    });
    this.#core.set({ trouble: answer.ok ? null : { id, failure: answer.error } });
    return answer.ok;
  }

  /** A mail is no longer logged, but stays as the place of what was captured in it. */
  #remove(card: SavedCard, on: boolean) {
    const { kind, id } = card;
    if (kind === 'interaction') {
      return this.#core.call('edit', { kind, id, patch: { logged: on ? null : true } });
    }
    return this.#core.call('remove', { kind, id, on });
  }

  async open(kind: string, id: string): Promise<void> {
    const here = this.#core.state.cards.find((card) => card.id === id);
    if (here) {
      this.#show(here);
      return this.loadOpen();
    }
    const answer = await this.#core.call('card', { kind, id });
    if (answer.ok) this.#show(answer.value);
    else this.#core.set({ trouble: { id: null, failure: answer.error } });
  }

  async reveal(card: SavedCard): Promise<void> {
    const answer = await this.#core.call('reveal', { tab: this.#core.tab, id: card.id });
    if (!answer.ok) this.#core.set({ trouble: { id: card.id, failure: answer.error } });
  }

  #show(card: SavedCard): void {
    this.#core.set({ view: { at: 'card', card }, trouble: null });
  }

  /**
   * The lists that this context is about: first what the page itself shows. Asked for both at once,
   * the background would have neither before it has both.
   */
  async load(context: TabContext): Promise<void> {
    const { story } = this.#core.state;
    // Another customer's does not stay for so long.
    if (story !== null && story.customer.id !== context.guess.customer.id) {
      this.#core.set({ story: null });
    }
    if (await this.loadHere(context)) await this.loadStory(context);
  }

  /** What the page itself shows. False when a newer question overtook it, which then goes on itself. */
  async loadHere(context: TabContext): Promise<boolean> {
    const messages = context.messages.slice(0, 500).map(known);
    const answer = await this.#core.latest.ask('cards', () =>
      this.#core.call('cards', { messages }),
    );
    if (answer?.ok) {
      this.#core.take({
        cards: inPlace(this.#core.state.cards, answer.value.cards, this.#undoableCards()),
      });
    }
    return answer !== null;
  }

  /** A note without a page belongs to no message; it stays in sight as long as it can be undone. */
  #undoableCards(): SavedCard[] {
    return this.#core.state.undoable.flatMap((each) =>
      each.did === 'saved' || each.did === 'took-back' ? [each.card] : [],
    );
  }

  /** Somebody has come to the end of what is here of the customer. */
  async moreStory(): Promise<void> {
    const { story, context } = this.#core.state;
    if (story === null || context === null || story.cards.length >= story.total) return;
    this.#most = story.cards.length + STORY;
    await this.loadStory(context);
  }

  async loadStory(context: TabContext): Promise<void> {
    const customer = context.guess.customer.id;
    if (customer === null) return;
    if (this.#storyOf !== customer) this.#most = STORY;
    this.#storyOf = customer;
    const most = this.#most;
    const answer = await this.#core.latest.ask('story', () =>
      this.#core.call('story', { customer, most }),
    );
    if (!answer?.ok) return;
    const cards = inPlace(
      this.#core.state.story?.cards ?? [],
      answer.value.cards,
      this.#undoableCards(),
    );
    this.#core.take({ story: { ...answer.value, cards } });
  }

  /** The card that is open, as it is now. */
  async loadOpen(): Promise<void> {
    const { view } = this.#core.state;
    if (view.at !== 'card') return;
    const { kind, id } = view.card;
    const answer = await this.#core.latest.ask('card', () => this.#core.call('card', { kind, id }));
    const now = this.#core.state.view;
    if (!answer?.ok || now.at !== 'card' || now.card.id !== id) return;
    this.#core.set({ view: { at: 'card', card: answer.value } });
  }
}

/** What was seen of the fields that a patch changes. */
function ofFields(seen: Base, patch: Draft['fields']): Base {
  const own = Object.entries(seen).filter(([path]) => Object.hasOwn(patch, path));
  return Object.fromEntries(own);
}

/** The values of these fields that a card shows beside its own. */
function othersBeside(card: SavedCard, patch: Draft['fields']): { [field: string]: Json[] } {
  const shown = Object.entries(card.versions ?? {}).filter(([field]) => field in patch);
  return Object.fromEntries(
    shown.map(([field, versions]) => [field, versions.slice(1).map(({ value }) => value)]),
  );
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
