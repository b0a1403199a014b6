import type { Figure } from './figure.ts';

/** Figures as lines of a table; numbers stand right. */
export function asTable(figures: Figure[]): string {
  const head = ['', 'ours', 'unit', 'beside', 'theirs', 'ratio', 'goal', ''];
  const rows = figures.map((one) => [
    one.name,
    sayNumber(one.value),
    one.unit,
    one.peer ?? '',
    one.peerValue === undefined ? '' : sayNumber(one.peerValue),
    one.ratio === undefined ? '' : one.ratio.toFixed(2),
    one.goal ?? '',
    one.goal === undefined ? '' : one.ok ? 'ok' : 'MISSED',
  ]);
  const right = new Set([1, 4, 5]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => [...(row[column] ?? '')].length)),
  );
  const line = (row: string[]) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return right.has(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [head, ...rows].map(line).join('\n');
}

/** Three digits that count; whole numbers from a thousand on. */
function sayNumber(value: number): string {
  const digits = value >= 1000 ? 0 : value >= 100 ? 1 : value >= 1 ? 2 : 4;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}
