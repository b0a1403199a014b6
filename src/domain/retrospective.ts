// Looking back on a customer whose requirements were hard to get: what is on file for it, and lines
// that become questions for next time.
import type { Fields } from './fields.ts';

/** The lines of a text, without bullets, numbers and repetitions. */
export function linesOf(text: string): string[] {
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replace(/^\s*(?:[-*•–—]|\d+[.)])\s+/, '').trim())
    .filter((line) => line !== '');
  return [...new Set(lines)];
}

/** The text with these lines at its end, each once. */
export function withLines(text: string, lines: readonly string[]): string {
  const plain = (line: string) => line.replace(/\s+/g, ' ').trim();
  const known = new Set(linesOf(text).map(plain));
  const more = lines.map(plain).filter(Boolean);
  const added = [...new Set(more)].filter((line) => !known.has(line));
  if (added.length === 0) return text;
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return start + added.join('\n');
}

/** The line is a question of the workspace already, but for case and spaces. */
export function isKnownQuestion(line: string, questions: readonly string[]): boolean {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();
  return questions.some((question) => plain(question) === plain(line));
}

type Told = { id: string; fields: Fields<'expectation'> };

/**
 * Expectations that came out late: missed before anybody had asked about them, or asked about only
 * after that.
 */
export function cameOutLate<E extends Told>(
  expectations: readonly E[],
  probes: readonly { fields: Fields<'probe'> }[],
): E[] {
  const first = new Map<string, number>();
  for (const { fields } of probes) {
    const at = Date.parse(fields.askedAt ?? '');
    if (fields.expectation === undefined || Number.isNaN(at)) continue;
    first.set(fields.expectation, Math.min(at, first.get(fields.expectation) ?? at));
  }
  return expectations.filter(({ id, fields }) => {
    if (fields.outcome !== 'missed') return false;
    const asked = first.get(id);
    const missed = Date.parse(fields.outcomeAt ?? '');
    return asked === undefined || (!Number.isNaN(missed) && asked > missed);
  });
}
