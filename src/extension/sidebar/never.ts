// The never-log list as the sidebar adds to it: one line at a time, and back again.
import type { Core } from './core.ts';
import { say } from './words.ts';

export class Never {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Nothing that this line names is read or stored from now on. */
  async add(line: string): Promise<void> {
    const done = await this.#change((mine) => (mine.includes(line) ? mine : [...mine, line]));
    if (!done) return;
    this.#core.set({
      undoable: this.#core.offer({ did: 'never-log', line }),
      said: say.neverAdded(line),
      focus: line,
    });
  }

  /** Takes the line out again; others that were added since stay. */
  async takeOut(line: string): Promise<boolean> {
    return this.#change((mine) => mine.filter((each) => each !== line));
  }

  async #change(next: (mine: string[]) => string[]): Promise<boolean> {
    const now = await this.#core.call('neverLog', {});
    const answer = now.ok
      ? await this.#core.call('setNeverLog', { lines: next(now.value.mine) })
      : now;
    if (!answer.ok) this.#core.set({ trouble: { id: null, failure: answer.error } });
    return answer.ok;
  }
}
