// How each kind of mark looks, on light and on dark ground: a line style and colour per kind, so
// that colour is never the only sign. Only the expectation is filled; an approximate mark is a
// fill without a line.

export const KINDS = [
  'expectation',
  'note',
  'commitment',
  'grievance',
  'praise',
  'question',
  'decision',
  'risk',
  // No mark of anybody's: a place to look at, weaker than each of them.
  'cue',
] as const;

export type Kind = (typeof KINDS)[number];

type Look = {
  line: string;
  colours: readonly [string, string];
  grounds: readonly [string, string];
};

const LOOKS: Record<Kind, Look> = {
  expectation: look('underline solid 2px', '8A4A06', 'FCE8B6', 'EBB35C', '4B3710'),
  note: look('underline dotted 2px', '5C5850', 'EAE7DE', 'B5AFA2', '33312B'),
  commitment: look('underline double 2px', '3149A6', 'E4E8F8', 'A3B5F6', '262D4A'),
  grievance: look('underline wavy 1.5px', 'AE2A20', 'FAE3DF', 'F1988D', '4A2420'),
  praise: look('overline solid 2px', '2C6A35', 'E0EFE0', '8CC793', '1F3823'),
  question: look('underline dashed 2px', '0F5F96', 'DDECF6', '85C0EC', '17344A'),
  decision: look('underline overline solid 1px', '6B3A8F', 'EFE4F5', 'CDA6EA', '38264A'),
  risk: look('overline dashed 2px', '97295F', 'F9E2EC', 'F09BC2', '482036'),
  cue: look('underline dotted 1px', '8B8678', 'EAE7DE', '8B867A', '33312B'),
};

function look(line: string, light: string, pale: string, dark: string, deep: string): Look {
  return { line, colours: [`#${light}`, `#${dark}`], grounds: [`#${pale}`, `#${deep}`] };
}

/** The registry's name of a look. Pages can list the names, so they say nothing. */
export function nameOf(kind: Kind, dark: boolean, approximate: boolean): string {
  return `m-${KINDS.indexOf(kind) * 4 + (dark ? 2 : 0) + (approximate ? 1 : 0) + 1}`;
}

/**
 * The rules of one look, by its registry name. Written for the root element alone where highlights
 * inherit: a rule for every element takes the browser ten times as long to work out (measured on
 * 4,900 elements: 740 ms against 72). In forced colours lines keep their shape and fills use the
 * mark's pair.
 */
export function rulesOf(name: string, on: ':root' | ''): string[] {
  const number = Number(name.slice(2)) - 1;
  const kind = KINDS[number >> 2];
  if (kind === undefined) return [];
  const { line, colours, grounds } = LOOKS[kind];
  const side = number & 2 ? 1 : 0;
  const fill = `background-color:${grounds[side]};`;
  const of = `${on}::highlight(${name})`;
  if (number & 1) {
    return [
      `${of}{${fill}}`,
      `@media (forced-colors:active){${of}{background-color:Mark;color:MarkText}}`,
    ];
  }
  const filled = kind === 'expectation' ? fill : '';
  return [`${of}{${filled}text-decoration:${line} ${colours[side]};}`];
}

/** What a rule of `rulesOf` gives to any element that it reaches. */
export function reaches(style: CSSStyleDeclaration): boolean {
  return style.textDecorationLine !== 'none' || style.backgroundColor !== 'rgba(0, 0, 0, 0)';
}
