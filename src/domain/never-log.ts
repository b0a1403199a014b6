// Mails that must not be read: lines that people write, and whether a message is on them. The page's
// script asks this before anything else, so it stands by itself: no schemas, no lists.
import { comparableText } from './text.ts';

/** What the lines say, ready to be asked. Domains and addresses are in lower case. */
export type NeverRules = {
  /** Of people at these or at a subdomain of these. */
  domains: ReadonlySet<string>;
  addresses: ReadonlySet<string>;
  /** The pieces between the asterisks of a pattern. */
  patterns: readonly { over: 'domain' | 'address' | 'subject'; pieces: readonly string[] }[];
};

/** A line that cannot be obeyed because it cannot be understood, with words for its writer. */
export type NeverProblem = { line: string; problem: string };

const SUBJECT = /^subject\s*[:：]/iu;
const NAME = /^[^\s@<>"(),:;[\]\\]+$/u;
const LABEL = /^[\p{L}\p{M}\p{N}*_-]+$/u;

/**
 * Reads the lines of a never-log list. A line is one of
 *
 *     example.org              everybody at this domain and its subdomains (also @example.org)
 *     name@example.org         one address, also with a "+tag"
 *     *@hr.*                   a pattern over addresses; * stands for anything
 *     payroll.*                a pattern over domains
 *     subject: payslip         mails whose subject has this in it; * stands for anything
 *     # a remark
 *
 * Case does not matter. Empty lines are passed over; lines that are none of these are told.
 */
export function parseNeverLog(lines: readonly string[]): {
  rules: NeverRules;
  problems: NeverProblem[];
} {
  const domains = new Set<string>();
  const addresses = new Set<string>();
  const patterns: NeverRules['patterns'][number][] = [];
  const problems: NeverProblem[] = [];
  for (const written of lines) {
    const line = plain(written);
    if (line === '' || line.startsWith('#')) continue;
    const problem = problemOf(line);
    if (problem !== null) problems.push({ line: written, problem });
    else if (SUBJECT.test(line)) {
      // Open at both ends: of "payslip" nobody means the mails with nothing else in the subject.
      const pieces = ['', ...piecesOf(line.replace(SUBJECT, '').trim()), ''];
      patterns.push({ over: 'subject', pieces });
    } else {
      const bare = line.replace(/^@/, '').replace(/\.$/, '');
      const over = bare.includes('@') ? 'address' : 'domain';
      if (bare.includes('*')) patterns.push({ over, pieces: piecesOf(bare) });
      else if (over === 'address') addresses.add(bare);
      else domains.add(bare);
    }
  }
  return { rules: { domains, addresses, patterns }, problems };
}

/**
 * Whether a message is on the list: by any of its people's addresses (sender and recipients alike,
 * as the page shows them) or by its subject.
 */
export function neverLogged(
  rules: NeverRules,
  { people, subject }: { people: readonly string[]; subject: string },
): boolean {
  const over = (kind: 'domain' | 'address' | 'subject', text: string) =>
    rules.patterns.some((pattern) => pattern.over === kind && fits(pattern.pieces, text));
  if (over('subject', plain(subject))) return true;
  return people.some((person) => {
    const address = plain(person);
    const at = address.lastIndexOf('@');
    if (at < 0) return false;
    const domain = address.slice(at + 1).replace(/\.$/, '');
    const name = address.slice(0, at);
    for (const one of new Set([name, name.replace(/\+.*$/s, '')])) {
      const whole = `${one}@${domain}`;
      if (rules.addresses.has(whole) || over('address', whole)) return true;
    }
    return above(domain).some((part) => rules.domains.has(part) || over('domain', part));
  });
}

/** Words for the writer of a line that is none of those above, or null. */
function problemOf(line: string): string | null {
  if (SUBJECT.test(line)) {
    const words = line.replace(SUBJECT, '');
    return /[^\s*]/u.test(words) ? null : 'Say which words in the subject: subject: payslip';
  }
  if (!/[^*@.]/u.test(line)) return 'This would be every mail.';
  if (/^[^@]*[:：]/u.test(line)) return 'Before a colon there can only be “subject”.';
  const [name, domain, ...more] = line.includes('@') ? line.split('@') : [null, line];
  const labels = domain?.replace(/\.$/, '').split('.') ?? [];
  const isDomain = labels.every((label) => LABEL.test(label));
  // One word alone is a slip of the pen: "payroll" is nobody's domain.
  const isBare = name === null && labels.length < 2 && !line.includes('*');
  const isName = name === null || name === '' || NAME.test(name ?? '');
  if (more.length === 0 && isDomain && isName && !isBare) return null;
  return 'Write a domain (example.org), an address (name@example.org), a pattern (*@hr.*) or subject: payslip.';
}

/** "a.b.c" → "a.b.c", "b.c", "c" */
function above(domain: string): string[] {
  const labels = domain.split('.');
  return labels.map((_label, at) => labels.slice(at).join('.'));
}

function piecesOf(pattern: string): string[] {
  return pattern.split(/\*+/u);
}

/** Whether the pieces stand in the text in this order, the first at its start, the last at its end. */
function fits(pieces: readonly string[], text: string): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

function plain(text: string): string {
  return comparableText(
    text.replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, ''),
  ).toLowerCase();
}
