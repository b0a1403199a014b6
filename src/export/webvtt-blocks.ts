// The blocks of a WebVTT file (W3C WebVTT, "WebVTT parser algorithm"), with their lines' numbers.

/** As it stands in the file: payload escaped, times in ms. `line`: the one with its times. */
export type Cue = { id: string; start: number; end: number; text: string };
export type FileCue = Cue & { line: number };

export type Blocks = {
  cues: FileCue[];
  /** Lines of all comments. */
  comments: string[];
  /** Numbers of lines with an arrow and without times. */
  badLines: number[];
};

const TIMES =
  /^\s*(?:(\d+):)?(\d{2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d+):)?(\d{2}):(\d{2})[.,](\d{3})(?:\s|$)/;

export function blocksOf(text: string): Blocks {
  const lines = text.split(/\r\n|\r|\n/);
  const blocks: Blocks = { cues: [], comments: [], badLines: [] };
  const isBlank = (at: number) => at >= lines.length || lines[at] === '';
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (/^NOTE(\s|$)/.test(line)) {
      for (; !isBlank(at); at += 1) blocks.comments.push(lines[at] ?? '');
      continue;
    }
    if (!line.includes('-->')) continue;
    const times = timesOf(line);
    const before = lines[at - 1] ?? '';
    const payload: string[] = [];
    const timesAt = at;
    for (; !isBlank(at + 1) && !lines[at + 1]?.includes('-->'); at += 1) {
      payload.push(lines[at + 1] ?? '');
    }
    if (times === null) blocks.badLines.push(timesAt + 1);
    else blocks.cues.push({ id: before, ...times, text: payload.join('\n'), line: timesAt + 1 });
  }
  return blocks;
}

function timesOf(line: string): { start: number; end: number } | null {
  const [, ...parts] = TIMES.exec(line) ?? [];
  if (parts.length === 0) return null;
  const [h1 = 0, m1 = 0, s1 = 0, f1 = 0, h2 = 0, m2 = 0, s2 = 0, f2 = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  if (Math.max(m1, s1, m2, s2) > 59) return null;
  const ms = (hours: number, minutes: number, seconds: number, rest: number) =>
    ((hours * 60 + minutes) * 60 + seconds) * 1_000 + rest;
  return { start: ms(h1, m1, s1, f1), end: ms(h2, m2, s2, f2) };
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' },
  ...{ lrm: '\u200e', rlm: '\u200f' },
};

/** The text of a payload, without markup; who speaks stands before it. */
export function plainPayload(payload: string): string {
  const speaker = /<v(?:\.[^\s>]*)?\s+([^>]+)>/.exec(payload)?.[1];
  const text = payload
    .replace(/<[^>]*>?/g, '')
    .replace(/&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const point = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point).toWellFormed() : '\uFFFD';
    });
  return speaker === undefined ? text : `${plainPayload(speaker)}: ${text}`;
}
