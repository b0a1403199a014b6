// What a verification tells, for a person: what is wrong and where, and what is to be known.

export type BundleFinding = {
  is: 'wrong' | 'notice';
  /** One sentence or two. */
  words: string;
  /** The file of the bundle, and the line in it as an editor counts. */
  file?: string;
  line?: number;
  /** The change's number in the log. */
  seq?: number;
};

export type Verdict = {
  /** Nothing is wrong. */
  sound: boolean;
  /** Whether the log's key was given by whoever asked; else only the bundle vouches for itself. */
  keyGiven: boolean;
  wrongs: number;
  /** Changes that are proven to be in the log, by how much of their contents is shown and fits. */
  proven: { open: number; partly: number; leftOut: number; erased: number };
  /** null when there is no checkpoint that can be read. */
  log: { origin: string; size: number; root: string } | null;
  whole: boolean;
};

export type TellFinding = (finding: BundleFinding) => void;

/** A change in the bundle. */
export type Place = { file: string; line: number; seq: number };

/** So many are told one by one; the verdict counts all. */
const MOST_TOLD = 200;

/** What is told on the way, and how much of it is wrong. */
export class Told {
  wrongs = 0;
  readonly #tell: TellFinding;

  constructor(tell: TellFinding) {
    this.#tell = tell;
  }

  wrong(finding: Omit<BundleFinding, 'is'>) {
    this.wrongs += 1;
    if (this.wrongs <= MOST_TOLD) this.#tell({ is: 'wrong', ...finding });
  }

  notice(finding: Omit<BundleFinding, 'is'>) {
    this.#tell({ is: 'notice', ...finding });
  }
}

/** How much is proven, in plain lines, for whoever shows a verdict. */
export function sayProven({ open, partly, leftOut, erased }: Verdict['proven']): string[] {
  const count = (number: number) => number.toLocaleString('en-GB');
  return [
    `${count(open + partly + leftOut + erased)} changes are proven to be in the log: ${count(open)} with all their contents, ${count(partly)} with some fields left out, ${count(leftOut)} without contents, ${count(erased)} erased.`,
    ...(partly === 0
      ? []
      : [
          'Where fields were left out, the log proves the values that are shown; what their fields are called, the server’s signature alone says.',
        ]),
  ];
}
