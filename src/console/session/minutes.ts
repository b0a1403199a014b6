import type { Line } from './lines.ts';
import { say } from './words.ts';

export interface MinutesOf {
  readonly title: string;
  readonly customer: string;
  /** In words. */
  readonly day: string;
  readonly lines: readonly Line[];
  readonly ownerOf: (id: string | null) => string;
  /** An ISO date, and an ISO instant, in words. */
  readonly sayDate: (day: string) => string;
  readonly sayWhen: (instant: string) => string;
}

/** What is said of one line besides its words. */
export function besides(
  line: Line,
  { ownerOf, sayDate, sayWhen }: Pick<MinutesOf, 'ownerOf' | 'sayDate' | 'sayWhen'>,
): string[] {
  return [
    say.minutesOf.owner(ownerOf(line.owner)),
    ...(line.due === null ? [] : [say.minutesOf.due(sayDate(line.due))]),
    ...(line.at === null ? [] : [say.minutesOf.about(sayWhen(line.at))]),
  ];
}

/** The minutes as plain text, for a mail or a file. What was taken back is not in them. */
export function minutesText(minutes: MinutesOf): string {
  const { title, customer, day, lines } = minutes;
  const kept = lines.filter(({ deleted }) => !deleted);
  const said = kept.map((line, at) => {
    const rest = [besides(line, minutes).join(' · '), line.quote === null ? '' : `“${line.quote}”`];
    const indent = ' '.repeat(String(at + 1).length + 2);
    return [line.text, ...rest.filter(Boolean)]
      .join('\n')
      .split('\n')
      .map((text, row) => (row === 0 ? `${at + 1}. ${text}` : `${indent}${text}`))
      .join('\n');
  });
  const head = [say.title(title), say.of(customer, day)].filter(Boolean).join('\n');
  return `${[head, ...(said.length === 0 ? [say.minutesOf.none] : said)].join('\n\n')}\n`;
}
