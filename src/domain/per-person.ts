// The setting "per-person-figures": whether times and rates are kept and shown for one person at a
// time. A works council may say no (in Germany BetrVG § 87 (1) 6). Pure.

/** On unless a line says off. */
export function perPerson(lines: readonly string[]): boolean {
  return !lines.some((line) => line.trim().toLowerCase() === 'off');
}

/** What is wrong with a line, in words for its writer, or null. */
export function perPersonProblem(line: string): string | null {
  const text = line.trim().toLowerCase();
  if (text === '' || text === 'off' || text === 'on' || text.startsWith('#')) return null;
  return 'Write off or on, or begin a remark with #.';
}
