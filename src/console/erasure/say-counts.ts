import type { ConsoleWords } from '../words.ts';

/** "1 contact, 2 conversations and 3 notes"; kinds of a later version by their own name. */
export function sayCounts(counts: Readonly<Record<string, number>>, words: ConsoleWords): string {
  const say = words.erasure;
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => {
      const [one, many] = say.records[kind] ?? [kind, kind];
      return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
    });
  const last = parts.pop();
  if (last === undefined) return '';
  return parts.length === 0 ? last : `${parts.join(', ')} ${say.and} ${last}`;
}

export function countByKind(records: readonly { kind: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of records) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
