// Where the marks of saved cards are in the page: found, moved, or lost and put back by hand.
import type { Json } from '../../domain/json.ts';
import type { SidebarEvent } from '../messages/calls.ts';
import type { MarkFate } from '../messages/shapes.ts';
import type { Core } from './core.ts';
import type { MarkRef, Undoable } from './state.ts';
import { say } from './words.ts';

const BEST: readonly MarkFate['match'][] = ['exact', 'normalised', 'approximate', 'orphan'];

type Replaced = Extract<SidebarEvent, { event: 'replaced' }>;

export class Places {
  readonly #core: Core;
  /** Evidence whose place was said to be right; the page's answer is on its way. */
  readonly #accepted = new Set<string>();
  /** What each frame told last. */
  readonly #told = new Map<number, readonly MarkFate[]>();

  constructor(core: Core) {
    this.#core = core;
  }

  /**
   * A frame of the page tells how it found its marks. Words in a quotation are not the card's own
   * place; words that one frame has are not lost because another lacks them.
   */
  take(frame: number, found: readonly MarkFate[]): void {
    this.#told.set(frame, found);
    const fates = new Map<string, Map<string, MarkFate['match']>>();
    const quotedHere = new Set<string>();
    for (const { id, evidence, match, earlier } of [...this.#told.values()].flat()) {
      if (earlier && match !== 'orphan') quotedHere.add(id);
      if (earlier) continue;
      const known = fates.get(id) ?? new Map();
      const better = BEST.indexOf(match) < BEST.indexOf(known.get(evidence) ?? 'orphan');
      if (better || !known.has(evidence)) known.set(evidence, match);
      fates.set(id, known);
    }
    this.#core.set({ fates, quotedHere });
  }

  /** In the page the person gave it up. */
  ended(): void {
    this.#core.set({ picking: null });
  }

  /** The next words selected in the page become its place; null ends the waiting. */
  async pick(mark: MarkRef | null): Promise<void> {
    this.#core.set({ picking: mark });
    const answer = await this.#core.call('pickPlace', { tab: this.#core.tab, mark });
    if (answer.ok || mark === null) return;
    this.#core.set({ picking: null, trouble: { id: mark.id, failure: answer.error } });
  }

  /** Nobody chooses a place any more; the focus goes back to the card. */
  async cancel(): Promise<void> {
    this.#core.set({ focus: this.#core.state.picking?.id ?? null });
    await this.pick(null);
  }

  /** The nearest place is the right one. */
  async accept(mark: MarkRef): Promise<void> {
    this.#accepted.add(mark.evidence);
    const answer = await this.#core.call('acceptPlace', { tab: this.#core.tab, ...mark });
    if (answer.ok) return;
    this.#accepted.delete(mark.evidence);
    this.#core.set({ trouble: { id: mark.id, failure: answer.error } });
  }

  /** The mark has another place now. */
  replaced({ kind, id, evidence, before }: Replaced): void {
    const { state } = this.#core;
    const { picking } = state;
    const mark = { kind: kind as MarkRef['kind'], id, evidence };
    const accepted = this.#accepted.delete(evidence);
    this.#core.set({
      picking: picking?.evidence === evidence ? null : picking,
      // The page tells again what it finds; until then it is where it was just put.
      fates: new Map(state.fates).set(id, new Map(state.fates.get(id)).set(evidence, 'exact')),
      undoable: this.#core.offer({ did: 'moved', mark, before: before as Json, accepted }),
      said: accepted ? say.placeKept : say.moved,
      // The button that said so is gone. After choosing in the page, the focus stays there.
      ...(accepted ? { focus: id } : {}),
    });
  }

  /** The page is another one: nobody waits for words there, and it quotes others. */
  left(): void {
    this.#told.clear();
    this.#core.set({ fates: new Map(), quotedHere: new Set() });
    if (this.#core.state.picking !== null) void this.pick(null);
  }
}

/** The evidence as it was, as a patch of the record. */
export function placeBefore({ mark, before }: Extract<Undoable, { did: 'moved' }>) {
  return { evidence: { [mark.evidence]: before } };
}
