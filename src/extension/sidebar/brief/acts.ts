// What is done in a brief. Each act says in words what came of it, and how to take it back.
import { newId } from '../../../domain/new-id.ts';
import type { BriefLine, BriefQuestion } from '../../../ui/brief/sections.ts';
import type { Result } from '../../messages/result.ts';
import type { Sidebar } from '../model.ts';
import { sayFailure } from '../words.ts';
import { copyText } from './copy.ts';
import { sayHere as say } from './words.ts';

/** What came of an act: shown at its line. `undo` answers in words too. */
export type Done = { key: string; said: string; undo: (() => Promise<string>) | null };

const source = {
  now: Date.now,
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
};

export class BriefActs {
  readonly #sidebar: Sidebar;

  constructor(sidebar: Sidebar) {
    this.#sidebar = sidebar;
  }

  /** The question; of what has none, the words. */
  async copy(line: BriefLine): Promise<Done> {
    const text = line.question?.text ?? (line.text || line.quote);
    const done = await copyText(text);
    return { key: line.key, said: done ? say.copied : say.notCopied, undo: null };
  }

  /** Where the person writes in the page; else onto the clipboard, and that is said. */
  async reply(line: BriefLine, question: BriefQuestion): Promise<Done> {
    const { core } = this.#sidebar;
    const answer = await core.call('putIntoReply', { tab: core.tab, text: question.text });
    if (answer.ok && answer.value.put) return { key: line.key, said: say.put, undo: null };
    const done = await copyText(question.text);
    return { key: line.key, said: done ? say.noBox : say.notCopied, undo: null };
  }

  /** `customer`: whose brief it is. What is asked of them while one talks to them belongs to the call. */
  async asked(line: BriefLine, question: BriefQuestion, customer: string): Promise<Done> {
    const { core } = this.#sidebar;
    const running = this.#sidebar.state.calls?.running ?? null;
    const isTheirs = running !== null && (running.customer?.id ?? customer) === customer;
    const answer = await core.call('ask', {
      ...{ expectation: line.id, record: question.probe ?? newId(source), at: Date.now() },
      ...{ question: question.text, pattern: question.pattern },
      ...(isTheirs ? { interaction: running.id } : {}),
    });
    return this.#done(line.key, answer, say.askedDone, ({ before }) =>
      core.call('ladderBack', { before }),
    );
  }

  async answer(line: BriefLine, words: string): Promise<Done> {
    const { core } = this.#sidebar;
    const answer = await core.call('answerGrievance', { id: line.id, answer: words });
    return this.#done(line.key, answer, say.answered, () =>
      core.call('answerGrievance', { id: line.id, answer: null }),
    );
  }

  async handOver(line: BriefLine, to: string | null, name: string): Promise<Done> {
    const { core } = this.#sidebar;
    const { kind, id } = line;
    if (kind === 'note') return { key: line.key, said: '', undo: null };
    const answer = await core.call('handOver', { kind, id, to });
    const said = to === null ? say.takenBackOwner : say.handedOver(name);
    return this.#done(line.key, answer, said, ({ before }) =>
      core.call('handOver', { kind, id, to: before }),
    );
  }

  #done<T>(
    key: string,
    answer: Result<T>,
    said: string,
    back: (value: T) => Promise<Result<unknown>>,
  ): Done {
    if (!answer.ok) return { key, said: sayFailure(answer.error, '').what, undo: null };
    const { value } = answer;
    return {
      ...{ key, said },
      undo: async () => {
        const undone = await back(value);
        return undone.ok ? say.putBack : sayFailure(undone.error, '').what;
      },
    };
  }
}
