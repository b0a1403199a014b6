// What waits for the person as the sidebar holds it: dealt with, a line stays in its place as long as
// it can be undone.
import type { Failure, Result } from '../../messages/result.ts';
import type { InboxView, InquiryView, MentionView } from '../../messages/story-calls.ts';
import type { Core } from '../core.ts';
import { sayInbox as say } from './words.ts';

export class Waiting {
  mentions: readonly MentionView[] = [];
  inquiries: readonly InquiryView[] = [];
  dues: InboxView['dues'] = [];
  /** null: not answered yet. */
  state: 'loading' | 'here' = 'loading';
  failure: Failure | null = null;
  /** Ids of what was seen or answered here, to be undone for a while. */
  readonly done = new Set<string>();
  /** Answers as they are typed, by inquiry. */
  readonly typed = new Map<string, string>();
  /** Whose row or line takes the focus next. */
  focus: string | null = null;
  readonly #core: Core;
  #turn = 0;
  readonly #hearers = new Set<() => void>();

  constructor(core: Core) {
    this.#core = core;
  }

  subscribe(hearer: () => void): () => void {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    const answer = await this.#core.call('inbox', {});
    if (turn !== this.#turn) return;
    if (answer.ok) {
      const { mentions, inquiries, dues } = answer.value;
      this.mentions = inPlace(this.mentions, mentions, this.done);
      this.inquiries = inPlace(this.inquiries, inquiries, this.done);
      this.dues = dues;
      this.state = 'here';
    }
    this.failure = answer.ok ? null : answer.error;
    this.tell();
  }

  /** Its card was opened, or it was said so. */
  async see(mention: string): Promise<void> {
    await this.#deal(mention, say.isSeen, () =>
      this.#core.call('mentionSeen', { id: mention, on: true }),
    );
  }

  typing(inquiry: string, text: string): void {
    this.typed.set(inquiry, text);
    this.tell();
    void this.#core.call('keepAnswer', { inquiry, text });
  }

  async answer(inquiry: string): Promise<void> {
    const answer = this.textOf(inquiry).trim();
    if (answer === '') {
      this.failure = { code: 'bad-input', message: say.noAnswer };
      return this.tell();
    }
    await this.#deal(inquiry, say.answered, () =>
      this.#core.call('answerInquiry', { inquiry, answer }),
    );
    // What was typed on meanwhile belongs to the answer: its field is gone.
    const now = this.textOf(inquiry).trim();
    if (this.done.has(inquiry) && now !== '' && now !== answer) await this.answer(inquiry);
  }

  /** They have read the review that they were asked to read. */
  async read(inquiry: string): Promise<void> {
    await this.#deal(inquiry, say.isRead, () =>
      this.#core.call('reviewRead', { inquiry, on: true }),
    );
  }

  textOf(inquiry: string): string {
    const draft = this.inquiries.find(({ id }) => id === inquiry)?.draft ?? '';
    return this.typed.get(inquiry) ?? draft;
  }

  async undo(id: string): Promise<void> {
    const inquiry = this.inquiries.find((one) => one.id === id);
    const isAnswer = inquiry?.asks === 'answer';
    const text = this.textOf(id);
    const answer = isAnswer
      ? await this.#core.call('answerInquiry', { inquiry: id, answer: '' })
      : inquiry !== undefined
        ? await this.#core.call('reviewRead', { inquiry: id, on: false })
        : await this.#core.call('mentionSeen', { id, on: false });
    if (!answer.ok) {
      this.failure = answer.error;
      return this.tell();
    }
    this.done.delete(id);
    this.focus = id;
    // What was written is in the field again.
    if (isAnswer) this.typing(id, text);
    this.tell();
  }

  /** It cannot be undone any more. */
  forget(id: string): void {
    this.done.delete(id);
    this.typed.delete(id);
    this.mentions = this.mentions.filter((one) => one.id !== id);
    this.inquiries = this.inquiries.filter((one) => one.id !== id);
    this.tell();
  }

  async #deal(id: string, said: string, call: () => Promise<Result<null>>): Promise<void> {
    const answer = await call();
    if (answer.ok) {
      this.done.add(id);
      this.focus = id;
      this.#core.set({ said });
    }
    this.failure = answer.ok ? null : answer.error;
    this.tell();
  }

  tell(): void {
    for (const hearer of this.#hearers) hearer();
  }
}

/** The new ones with what was dealt with where it stood. */
function inPlace<T extends { id: string }>(
  old: readonly T[],
  fresh: readonly T[],
  done: ReadonlySet<string>,
): readonly T[] {
  const all = [...fresh];
  for (const [at, one] of old.entries()) {
    if (done.has(one.id) && !all.some(({ id }) => id === one.id)) all.splice(at, 0, one);
  }
  return all;
}

const waiting = new WeakMap<Core, Waiting>();

/** One for each sidebar: it stays as it is while a card is open. */
export function waitingOf(core: Core): Waiting {
  const present = waiting.get(core) ?? new Waiting(core);
  waiting.set(core, present);
  return present;
}
