// Cues: how often a marked sentence of real mail is one, how many are found, how fast, how big.
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Cue, findCues } from '../src/cues/index.ts';
import { keywords, modalOrNegative } from './cues.baselines.ts';
import { type Interval, intervalsOf, type Judged, type Scores, scoresOf } from './cues.score.ts';
import { HINTS, hasCue, type Labelled, labelledSentences } from './cues.sentences.ts';
import { type Figure, figure, type Goal } from './figure.ts';
import { bundle } from './in-chromium.ts';
import { seeded } from './random.ts';
import { median } from './rounds.ts';
import type { Options } from './run.ts';

const DATA = resolve(import.meta.dirname, '../../shared/cues/dev.jsonl');
const MAIL = 2_000;

/** Without a file of labelled sentences, size and speed alone. `seed`: of the intervals' draws. */
export async function run({ quick, seed = 1, data = DATA }: Options): Promise<Figure[]> {
  let sentences: Labelled[] = [];
  try {
    sentences = labelledSentences(data);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(`Nothing is judged: ${data} cannot be read (${why}). Name a file with --data.\n`);
  }
  const judged = sentences.length === 0 ? [] : judge(sentences, quick ? 300 : 2_000, seed);
  return [...judged, ...speed(sentences, quick), await size()];
}

function judge(sentences: Labelled[], draws: number, seed: number): Figure[] {
  const found = new Map(sentences.map((one) => [one, cuesIn(one, '\n\n')]));
  const cues = (one: Labelled) => found.get(one) ?? [];
  const hints = (one: Labelled) => cues(one).filter(({ kind }) => kind !== 'commitment');
  const judged = (
    some: Labelled[],
    is: (one: Labelled) => boolean,
    by: (one: Labelled) => boolean,
  ) => some.map((one): Judged => ({ is: is(one), found: by(one), thread: one.thread }));
  const lines = (name: string, ours: Judged[], goals: Goals = {}, peers: Judged[][] = []) =>
    figuresOf(name, ours, intervalsOf(ours, draws, seeded(seed)), goals, peers);

  const marked = (one: Labelled) => hints(one).length > 0;
  const anywhere = (name: string, some: Labelled[], goals: Goals) =>
    lines(name, judged(some, hasCue, marked), goals, [
      judged(some, hasCue, ({ text }) => keywords(text)),
      judged(some, hasCue, ({ text }) => modalOrNegative(text)),
    ]);
  const random = sentences.filter(({ stratum }) => stratum === 'random');
  const kinds = [...HINTS, 'commitment' as const].flatMap((kind) =>
    lines(
      `${kind}`,
      judged(
        sentences,
        ({ labels }) => labels.includes(kind),
        (one) => cues(one).some((cue) => cue.kind === kind),
      ),
    ),
  );
  const running = judged(sentences, hasCue, (one) =>
    cuesIn(one, ' ').some(({ kind }) => kind !== 'commitment'),
  );
  return [
    figure({ name: 'sentences judged', value: sentences.length, unit: '' }, null, null),
    figure(
      { name: 'of them with a cue', value: sentences.filter(hasCue).length, unit: '' },
      null,
      null,
    ),
    ...anywhere('has a cue', sentences, { precision: 0.7, recall: 0.45 }),
    ...(random.length === 0
      ? []
      : anywhere(`has a cue, ${random.length} drawn at random`, random, { precision: 0.6 })),
    ...lines('has a cue, in one paragraph with its neighbours', running),
    ...kinds,
  ];
}

type Goals = Partial<Scores>;

/** Precision, recall and F1 of one question, each beside the two simple ways where there are. */
function figuresOf(
  name: string,
  ours: Judged[],
  intervals: { [score in keyof Scores]: Interval },
  goals: Goals,
  peers: Judged[][],
): Figure[] {
  const [scores, words, simple] = [ours, ...peers].map(scoresOf);
  if (scores === undefined) return [];
  return (['precision', 'recall', 'f1'] as const).flatMap((score) => {
    const [low, high] = intervals[score].map((share) => share.toFixed(2));
    const bound = goals[score];
    const goal: Goal | null = bound === undefined ? null : { of: 'value', at: 'least', bound };
    const measured = {
      name: `${name}: ${score === 'f1' ? 'F1' : score} (${low}–${high})`,
      value: scores[score],
      unit: '',
    };
    const beside = (peer: string, theirs: Scores | undefined, of: Goal | null) =>
      figure(measured, theirs === undefined ? null : { name: peer, value: theirs[score] }, of);
    const first = beside('48 keywords', words, goal);
    return simple === undefined
      ? [first]
      : [first, beside('modal, negation or negative, unasked', simple, null)];
  });
}

/** The cues that begin in the sentence itself, looked for in the mail around it. */
function cuesIn({ before, text, after, direction }: Labelled, gap: string): Cue[] {
  const start = before.map((one) => one + gap).join('').length;
  const mail = [...before, text, ...after].join(gap);
  return findCues(mail, { direction }).filter(
    (cue) => cue.start >= start && cue.start < start + text.length,
  );
}

/** In processor time, which others on the machine move less than the clock's. */
function speed(sentences: Labelled[], quick: boolean): Figure[] {
  const mails = mailsOf(sentences.length === 0 ? [MADE_UP] : sentences.map(inItsMail));
  const rounds = Array.from({ length: quick ? 5 : 15 }, () =>
    processorTime(() => {
      for (const mail of mails) findCues(mail, { sentAt: 0 });
    }),
  );
  const long = 'we hope that, of course, '.repeat(40_000);
  const most: Goal = { of: 'value', at: 'most', bound: 5 };
  return [
    figure(
      { name: `a mail of ${MAIL} characters`, value: median(rounds) / mails.length, unit: 'ms' },
      null,
      most,
    ),
    figure(
      {
        name: 'a sentence of 1 MB',
        value: processorTime(() => findCues(long, { sentAt: 0 })),
        unit: 'ms',
      },
      null,
      null,
    ),
  ];
}

/** Of this process, in ms. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const MADE_UP =
  'We hope that the sample parts fit this time. I will send the drawing of the made-up bracket by Friday.';

function inItsMail({ before, text, after }: Labelled): string {
  return [...before, text, ...after].join(' ');
}

function mailsOf(texts: string[]): string[] {
  const all = texts.join('\n\n');
  const enough = all.repeat(Math.ceil((20 * MAIL) / all.length));
  const many = Math.min(100, Math.floor(enough.length / MAIL));
  return Array.from({ length: many }, (_, at) => enough.slice(at * MAIL, (at + 1) * MAIL));
}

async function size(): Promise<Figure> {
  const bytes = gzipSync(await bundle('cues.page.ts'), { level: 9 }).length;
  return figure(
    { name: 'all of src/cues, minified, gzip', value: bytes / 1_000, unit: 'KB' },
    null,
    { of: 'value', at: 'most', bound: 20 },
  );
}
