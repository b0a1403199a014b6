// Settings of a workspace that are lists of lines: what may stand in them. One check for the console,
// where they are written, and the server, which takes them. Not in index.ts: no page needs it.
import { thresholdProblem } from './blind-spots.ts';
import { domainOf } from './email.ts';
import { isFreeMail } from './free-mail.ts';
import { parseNeverLog } from './never-log.ts';
import { perPersonProblem } from './per-person.ts';

/**
 * `never-log`: mails that nobody's browser reads (never-log.ts). `own-domains`: mail domains, or
 * whole addresses, of one's own people, who are no customers. `blind-spots`: from when on a customer
 * is listed (blind-spots.ts). `per-person-figures`: off where a works council says so
 * (per-person.ts).
 */
export const SETTINGS = ['never-log', 'own-domains', 'blind-spots', 'per-person-figures'] as const;
export type SettingName = (typeof SETTINGS)[number];

export const MOST_LINES = 2_000;
export const LONGEST_LINE = 300;
/** What the field of a record holds. */
const LONGEST_LIST = 200_000;

/** `line` counts from 1, as the eye does; null where it is about the whole list. */
export type LineProblem = { line: number | null; text: string; problem: string };

export function isSettingName(name: string): name is SettingName {
  return (SETTINGS as readonly string[]).includes(name);
}

/** What is wrong with the lines of a setting, in words, in their order. */
export function lineProblems(name: SettingName, lines: readonly string[]): LineProblem[] {
  if (lines.length > MOST_LINES) {
    const problem = `These are more than ${MOST_LINES.toLocaleString('en-GB')} lines.`;
    return [{ line: null, text: '', problem }];
  }
  if (lines.join('\n').length > LONGEST_LIST) {
    const problem = `These are more than ${LONGEST_LIST.toLocaleString('en-GB')} characters.`;
    return [{ line: null, text: '', problem }];
  }
  return lines.flatMap((text, index) => {
    const problem = problemOf(name, text);
    return problem === null ? [] : [{ line: index + 1, text, problem }];
  });
}

/** The lines of a text as they are kept: trimmed, none empty, none twice. */
export function keptLines(text: string): string[] {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

function problemOf(name: SettingName, text: string): string | null {
  if (text.length > LONGEST_LINE) return `This is longer than ${LONGEST_LINE} characters.`;
  if (/\p{Cc}/u.test(text)) return 'There is a character in it that cannot be seen.';
  if (name === 'never-log') return parseNeverLog([text]).problems[0]?.problem ?? null;
  if (name === 'blind-spots') return thresholdProblem(text);
  if (name === 'per-person-figures') return perPersonProblem(text);
  const line = text.trim().toLowerCase();
  if (line === '' || line.startsWith('#')) return null;
  return ownProblem(line.replace(/^@/, ''));
}

const DOMAIN =
  /^(?=.{4,253}$)([\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,}$/u;
const NAME = /^[^\s@<>"(),:;[\]\\*]+$/u;

function ownProblem(line: string): string | null {
  const domain = line.includes('@') ? domainOf(line) : line;
  if (
    !DOMAIN.test(domain) ||
    (line.includes('@') && !NAME.test(line.slice(0, line.lastIndexOf('@'))))
  )
    return 'Write a mail domain (example.org) or a whole address (name@example.org).';
  if (line !== domain || !isFreeMail(domain)) return null;
  return `Anybody can have an address at ${domain}. Write your people’s whole addresses.`;
}
