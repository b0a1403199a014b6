// Names of sheets: 31 characters, some of them forbidden, each name once whatever its case.

const LONGEST = 31;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const FORBIDDEN = /[[\]:*?/\\\u0000-\u001f]/g;

/** Gives each name its sheet's; "History" is Excel's own. */
export function sheetNames(): (wanted: string) => string {
  const taken = new Set<string>(['history']);
  return (wanted) => {
    const plain =
      wanted
        .replace(FORBIDDEN, ' ')
        .replace(/^'+|'+$/g, '')
        .trim() || 'Sheet';
    for (let n = 1; ; n += 1) {
      const end = n === 1 ? '' : ` (${n})`;
      const name = `${plain
        .slice(0, LONGEST - end.length)
        .toWellFormed()
        .replace(/[\s']+$/, '')}${end}`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}
