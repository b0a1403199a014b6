// Where in a record's texts the words are that were asked for.
import { type Clause, spansOf } from './query.ts';
import type { FieldText } from './texts.ts';
import { wordsOf } from './words.ts';

/** Some words of a field; `marks` are UTF-16 offsets in `text`. `cut`: there is more before, behind. */
export type Excerpt = {
  field: string;
  text: string;
  marks: [number, number][];
  cut: { before: boolean; behind: boolean };
};

const LENGTH = 160;
const BEFORE = 48;

/** The field in which most of what was asked for is, around its first place; null: no texts. */
export function excerptOf(texts: readonly FieldText[], clauses: readonly Clause[]): Excerpt | null {
  let best: { text: FieldText; marks: [number, number][]; asked: number } | null = null;
  for (const text of texts) {
    const { marks, asked } = marksIn(text.text, clauses);
    if (best === null || asked > best.asked) best = { text, marks, asked };
  }
  return best === null ? null : around(best.text, best.marks);
}

function marksIn(
  text: string,
  clauses: readonly Clause[],
): { marks: [number, number][]; asked: number } {
  const words = wordsOf(text);
  const all: [number, number][] = [];
  let asked = 0;
  for (const clause of clauses) {
    if (clause.without) continue;
    const spans = spansOf(clause, words);
    if (spans.length > 0) asked += 1;
    for (const { first, last } of spans) {
      // Words of a phrase are marked each by itself, pairs of letters as the run they are.
      for (let at = first; at <= last; at += 1) {
        const word = words[at];
        if (word !== undefined) all.push([word.start, word.end]);
      }
    }
  }
  return { marks: joined(all), asked };
}

/** Sorted, and none over another. */
function joined(marks: [number, number][]): [number, number][] {
  const found: [number, number][] = [];
  for (const [start, end] of marks.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = found.at(-1);
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
}

function around({ field, text }: FieldText, marks: [number, number][]): Excerpt {
  const [first] = marks;
  const start = first === undefined ? 0 : wordBegin(text, Math.max(0, first[0] - BEFORE));
  const end = start + LENGTH >= text.length ? text.length : wordBegin(text, start + LENGTH);
  const inside = marks
    .filter(([from, to]) => from >= start && to <= end)
    .map(([from, to]): [number, number] => [from - start, to - start]);
  return {
    field,
    text: text.slice(start, end),
    marks: inside,
    cut: { before: start > 0, behind: end < text.length },
  };
}

/** The nearest place after a blank, a little further back; at least between two characters. */
function wordBegin(text: string, at: number): number {
  if (at === 0) return 0;
  const blank = text.lastIndexOf(' ', at);
  if (blank > at - 24 && blank > 0) return blank + 1;
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
