// Cues of the mail that is open: shown, made into cards, said to be none, switched off.
import type { CueView } from '../../messages/cue-calls.ts';
import type { CueOrigin, Draft } from '../../messages/draft.ts';
import type { Failure } from '../../messages/result.ts';
import type { Core } from '../core.ts';
import type { Drafts } from '../drafts.ts';
import type { Sidebar } from '../model.ts';
import type { Undoable } from '../state.ts';
import { sayCues } from './words.ts';

export class Cues {
  readonly #core: Core;
  readonly #drafts: Drafts;

  constructor(core: Core, drafts: Drafts) {
    this.#core = core;
    this.#drafts = drafts;
  }

  async load(): Promise<void> {
    const { tab } = this.#core;
    const answer = await this.#core.latest.ask('cues', () => this.#core.call('cues', { tab }));
    if (answer?.ok) this.#core.take({ cues: answer.value });
  }

  /** Opens a card for it, filled in. */
  async open({ id }: CueView): Promise<void> {
    const { tab } = this.#core;
    const answer = await this.#core.call('cueDraft', { tab, cue: id });
    if (!answer.ok) return this.#fail(answer.error);
    this.#drafts.open(answer.value.draft);
  }

  /** It is none, as its card says or its line in the list. */
  async notOne(cue: CueOrigin, draft: Draft | null): Promise<void> {
    if (!(await this.teach(cue, true))) return;
    if (draft !== null) return this.#drafts.discard(draft.id, true);
    this.#core.set({
      undoable: this.#core.offer({ did: 'not-one', cue }),
      said: sayCues.notOne,
      focus: cue.print,
    });
  }

  /** Whether a rule could be taught that its place was none (`on`), or that it was one after all. */
  async teach(cue: CueOrigin | undefined, on: boolean): Promise<boolean> {
    if (cue === undefined) return true;
    const { rule, why, print, language, measured } = cue;
    const answer = await this.#core.call('cueNot', {
      ...{ cue: { rule, why, print, language, measured }, on },
    });
    if (!answer.ok) this.#fail(answer.error);
    else await this.load();
    return answer.ok;
  }

  async switchOff(): Promise<void> {
    if (!(await this.#switch(false))) return;
    this.#core.set({
      undoable: this.#core.offer({ did: 'cues-off' }),
      said: sayCues.off,
      focus: 'cues',
    });
  }

  async undo(undoable: Extract<Undoable, { did: 'not-one' | 'cues-off' }>): Promise<void> {
    const isTaught = undoable.did === 'not-one';
    if (!(await (isTaught ? this.teach(undoable.cue, false) : this.#switch(true)))) return;
    this.#core.drop(undoable);
    this.#core.set({ said: isTaught ? sayCues.backAgain : sayCues.onAgain });
  }

  async #switch(on: boolean): Promise<boolean> {
    const answer = await this.#core.call('setCues', { on });
    if (!answer.ok) this.#fail(answer.error);
    else await this.load();
    return answer.ok;
  }

  #fail(failure: Failure): void {
    this.#core.set({ trouble: { id: null, failure } });
  }
}

/** Whether the list of what is here has anything to say of cues. */
export function hasCues({ state: { cues, undoable } }: Sidebar): boolean {
  return (
    (cues !== null && cues.cues.length > 0) ||
    undoable.some(({ did }) => did === 'not-one' || did === 'cues-off')
  );
}
