// Cards that are being written: kept at each keystroke, saved, discarded.
import { redact } from '../../domain/redact.ts';
import type { Draft } from '../messages/draft.ts';
import type { Failure } from '../messages/result.ts';
import type { CaptureKind } from '../messages/shapes.ts';
import type { ContextMessage, SavedCard } from '../messages/views.ts';
import type { Core } from './core.ts';
import { sayCues } from './cues/words.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { known, mainField, readyToSave, textField, typedSince } from './draft-rules.ts';
import type { SavedCards } from './saved-cards.ts';
import type { Undoable } from './state.ts';
import { say } from './words.ts';

/** ms in which a card counts as the one that is being written */
const RECENT = 10 * 60_000;

type Deps = {
  core: Core;
  cards: SavedCards;
  /** ms since 1970 */
  now: () => number;
  /** This card was saved just now. */
  saved: (card: SavedCard) => void;
};

export class Drafts {
  readonly #core: Core;
  readonly #cards: SavedCards;
  readonly #now: () => number;
  readonly #saved: (card: SavedCard) => void;
  readonly #keeper: DraftKeeper;
  #beginning: CaptureKind | 'mail' | null = null;
  #entered = false;
  /** Typed while a new card was on its way; kept for the next one, where it did not come. */
  #typed: string[] = [];
  /** Typed for cards that are not here yet. */
  readonly #early = new Map<string, string>();
  /** Cards that have what was typed for them before they had the focus. */
  readonly #joined = new Set<string>();

  constructor({ core, cards, now, saved }: Deps) {
    this.#core = core;
    this.#cards = cards;
    this.#now = now;
    this.#saved = saved;
    this.#keeper = new DraftKeeper(core.call, (id, failure) => this.#kept(id, failure));
  }

  flush(): void {
    this.#keeper.flush();
  }

  async begin(kind: CaptureKind | 'mail', message: ContextMessage | null): Promise<void> {
    const payload = {
      kind,
      tab: this.#core.tab,
      message: message === null ? null : known(message),
    };
    this.#beginning = kind;
    const answer = await this.#core.call('newDraft', payload);
    const entered = this.#entered;
    [this.#beginning, this.#entered] = [null, false];
    if (!answer.ok) return this.#core.set({ trouble: { id: null, failure: answer.error } });
    const { draft } = answer.value;
    if (kind !== 'mail') {
      this.#early.set(draft.id, this.#typed.join(''));
      this.#typed = [];
    }
    this.open(draft);
    // A mail is logged as it is: Enter is all that it needs, whenever it is pressed.
    if (kind === 'mail' && entered) await this.save(draft.id);
  }

  /** A key while a new card is on its way, as a background that slept takes its time: no command. */
  takes(event: KeyboardEvent): boolean {
    if (this.#beginning === null || event.isComposing) return false;
    const isCommand = event.ctrlKey || event.metaKey || event.altKey;
    if (isCommand && !event.getModifierState('AltGraph')) return false;
    if (event.key === 'Enter') this.#entered = true;
    else if (event.key === 'Backspace') this.#typed.pop();
    else if ([...event.key].length > 1) return false;
    // There is no field for it in a mail's card.
    else if (this.#beginning !== 'mail') this.#typed.push(event.key);
    return true;
  }

  /** A keystroke or a choice in an unsaved card: kept at once. */
  type(id: string, patch: Partial<Draft>): void {
    const draft = this.#core.state.drafts.find((each) => each.id === id);
    if (!draft) return;
    const next = { ...draft, ...patch, changedAt: this.#now() };
    this.#core.set({
      drafts: this.#core.state.drafts.map((each) => (each.id === id ? next : each)),
    });
    // A state kept during the save would bring the saved card back as a draft.
    if (this.#core.state.saving !== id) this.#keeper.keep(next);
  }

  /** Typed for this card before it had the focus: it goes before what stands in it. */
  takeAhead(id: string, text: string): void {
    this.#early.set(id, text);
    const { drafts, cards } = this.#core.state;
    const draft = drafts.find((each) => each.id === id);
    if (draft) this.type(id, { fields: this.#join(draft).fields });
    const card = draft ? undefined : cards.find((each) => each.id === id);
    if (card === undefined || this.#joined.has(id)) return;
    // It was saved in that very moment.
    this.#joined.add(id);
    const name = mainField(card.kind);
    void this.#cards.patch(card.kind, id, { [name]: text + textField(card.fields, name) });
  }

  /** A card as the background has it, with what was typed ahead for it; that is kept then. */
  #whole(stored: Draft): Draft {
    const draft = this.#join(stored);
    if (draft.fields !== stored.fields) this.#keeper.keep(draft);
    return draft;
  }

  #join({ ahead, ...draft }: Draft): Draft {
    const { id, kind, fields } = draft;
    const text = this.#early.get(id) ?? ahead ?? '';
    this.#early.delete(id);
    if (text === '' || kind === 'mail' || this.#joined.has(id)) return draft;
    this.#joined.add(id);
    const name = mainField(kind);
    const joined = { ...fields, [name]: text + textField(fields, name) };
    return { ...draft, fields: joined, changedAt: this.#now() };
  }

  /** A colleague was chosen in the words of this card: they hear of it when it is saved. */
  mention(id: string, member: string): void {
    const draft = this.#core.state.drafts.find((each) => each.id === id);
    const others = draft?.mentions?.filter((each) => each !== member) ?? [];
    this.type(id, { mentions: [...others, member] });
  }

  /** Card and account numbers of the draft's quote, made unreadable. */
  blackOut(id: string): void {
    const draft = this.#core.state.drafts.find((each) => each.id === id);
    if (!draft) return;
    const { quote, selectors } = draft;
    this.type(id, redact(quote, selectors));
    const before = { quote, selectors };
    this.#core.set({
      undoable: this.#core.offer({ did: 'blacked-out', id, before }),
      said: say.blackedOut,
      focus: id,
    });
  }

  async save(id: string): Promise<void> {
    const draft = this.#core.state.drafts.find((each) => each.id === id);
    if (!draft || this.#core.state.saving !== null) return;
    const ready = readyToSave(draft);
    if ('problem' in ready) return this.refuse(id, ready.problem);
    this.#core.set({ saving: id, trouble: null });
    await this.#keeper.settle(id);
    const answer = await this.#core.call('save', { draft: ready.draft });
    const typed = this.#core.state.drafts.find((each) => each.id === id) ?? draft;
    if (!answer.ok) {
      this.#core.set({ saving: null, trouble: { id, failure: answer.error } });
      this.#keeper.keep(typed);
      return;
    }
    const { card, status } = answer.value;
    this.#saved(card);
    const isOpen = this.#core.state.view.at === 'draft' && this.#core.state.view.id === id;
    this.#core.set({
      saving: null,
      status,
      drafts: this.#core.state.drafts.filter((each) => each.id !== id),
      cards: [card, ...this.#core.state.cards.filter((each) => each.id !== card.id)],
      undoable: this.#core.offer({ did: 'saved', card }),
      said: card.keptHere ? say.keptHere : card.synced ? say.synced : say.saved,
      ...(isOpen ? { view: { at: 'list' } as const, focus: card.id } : {}),
    });
    const late = typedSince(draft, typed);
    if (Object.keys(late).length > 0) await this.#cards.patch(card.kind, card.id, late);
  }

  /** Says why a card is not saved, without asking anybody. */
  refuse(id: string, message: string): void {
    this.#core.set({ trouble: { id, failure: { code: 'bad-input', message } } });
  }

  /** `notOne`: the place it was made for was said to be no cue. */
  async discard(id: string, notOne = false): Promise<void> {
    const draft = this.#core.state.drafts.find((each) => each.id === id);
    if (!draft) return;
    await this.#keeper.settle(id);
    const answer = await this.#core.call('discardDraft', { id });
    if (!answer.ok) {
      this.#keeper.keep(draft);
      return this.#core.set({ trouble: { id, failure: answer.error } });
    }
    const at = this.#core.state.drafts.findIndex((each) => each.id === id);
    this.#core.set({
      drafts: this.#core.state.drafts.filter((each) => each.id !== id),
      undoable: this.#core.offer({
        ...{ did: 'discarded', draft, at },
        ...(notOne ? { notOne } : {}),
      }),
      view: { at: 'list' },
      trouble: null,
      said: notOne ? sayCues.notOne : say.discarded,
      focus: id,
    });
  }

  /** A discarded card is there again as it was. */
  bringBack(undoable: Extract<Undoable, { did: 'discarded' }>): void {
    const draft = { ...undoable.draft, changedAt: this.#now() };
    this.#keeper.keep(draft);
    this.#core.drop(undoable);
    this.open(draft);
  }

  async load(): Promise<void> {
    const answer = await this.#core.latest.ask('drafts', () => this.#core.call('drafts', {}));
    if (!answer?.ok) return;
    const own = new Map(this.#core.state.drafts.map((draft) => [draft.id, draft]));
    const open = this.#core.state.view.at === 'draft' ? this.#core.state.view.id : null;
    const drafts = answer.value.drafts.map((draft) => {
      const mine = own.get(draft.id);
      const { ahead } = draft;
      const newer = mine && mine.changedAt >= draft.changedAt ? mine : draft;
      return this.#whole(ahead === undefined ? newer : { ...newer, ahead });
    });
    const lost = open !== null && !drafts.some((draft) => draft.id === open) && own.get(open);
    this.#core.take({ drafts: lost ? [lost, ...drafts] : drafts });
  }

  /** After a reload, the card one was writing in this tab is open again; an old one waits in the list. */
  openOwn(): void {
    const own = this.#core.tab ?? this.#core.state.context?.tab ?? null;
    const since = this.#now() - RECENT;
    const draft = this.#core.state.drafts.find(
      (each) => own !== null && each.tab === own && each.changedAt > since,
    );
    if (draft && this.#core.state.view.at === 'list') {
      this.#core.set({ view: { at: 'draft', id: draft.id }, trouble: null });
    }
  }

  open(stored: Draft): void {
    const draft = this.#whole(stored);
    const others = this.#core.state.drafts.filter((each) => each.id !== draft.id);
    this.#core.set({
      drafts: [draft, ...others],
      view: { at: 'draft', id: draft.id },
      trouble: null,
    });
  }

  #kept(id: string, failure: Failure | null): void {
    const { trouble } = this.#core.state;
    // What a save said stays until the next save; it says more than a keystroke's.
    const said = trouble?.id === id && trouble.keeping === undefined;
    if (failure && !said) this.#core.set({ trouble: { id, failure, keeping: true } });
    else if (!failure && trouble?.id === id && !said) this.#core.set({ trouble: null });
  }
}
