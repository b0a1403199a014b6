import { describeText } from '../../anchor/index.ts';
import type { PageEventHandlers } from '../messages/hear.ts';
import type { Mark } from '../messages/shapes.ts';
import type { Capture } from './capture.ts';
import type { PageDeps } from './deps.ts';
import type { PageMarks } from './marks.ts';
import type { Reader } from './reader.ts';
import type { Texts } from './texts.ts';

type Picked = NonNullable<Parameters<PageEventHandlers['pickPlace']>[0]['mark']>;
type Which = Pick<Mark, 'kind' | 'id' | 'evidence'>;

/** Puts a mark to the words that the person points out, where its own were lost or have changed. */
export class Places {
  readonly #call: PageDeps['call'];
  readonly #reader: Reader;
  readonly #texts: Texts;
  readonly #marks: PageMarks;
  readonly #capture: Capture;

  constructor(
    call: PageDeps['call'],
    reader: Reader,
    texts: Texts,
    marks: PageMarks,
    capture: Capture,
  ) {
    this.#call = call;
    this.#reader = reader;
    this.#texts = texts;
    this.#marks = marks;
    this.#capture = capture;
  }

  /** The next words selected are the mark's place; null: not any more. */
  pick(mark: Picked | null): void {
    if (mark === null) {
      this.#capture.giveTo(null);
      return;
    }
    const { kind, id, evidence, summary } = mark;
    this.#capture.giveTo({
      label: 'Put the mark here',
      ask: `Select the words that belong to “${short(summary)}”. Escape ends this.`,
      take: async ({ selectors, message }) => {
        const result = await this.#call('reattach', { kind, id, evidence, selectors, message });
        return result.ok ? null : result.error.message;
      },
      ended: () => void this.#call('pickEnded', {}),
    });
  }

  /** Where the mark is drawn now is its place. */
  async accept({ kind, id, evidence }: Which): Promise<void> {
    const shown = this.#marks.placeOf(id, evidence);
    const told = await this.#reader.told(shown?.message ?? null);
    if (shown === null || !told.ok) return;
    const body = this.#reader.messages[shown.message]?.body;
    const message = told.value.messages[shown.message];
    if (!body || !message) return;
    const selectors = describeText(this.#texts.index(body), shown.start, shown.end);
    if (selectors) await this.#call('reattach', { kind, id, evidence, selectors, message });
  }
}

function short(summary: string): string {
  return summary.length > 80 ? `${summary.slice(0, 79).trimEnd()}…` : summary;
}
