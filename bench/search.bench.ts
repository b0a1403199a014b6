// Searching everything on the device, in a real Chromium: questions of several sorts, a worker that
// just woke up, memory, how fast notes are indexed, and what that costs a capture. Beside it the
// plainest search: all texts as one string in memory.
import type { CDPSession, Page } from 'playwright-core';
import { type Figure, figure } from './figure.ts';
import { inChromium } from './in-chromium.ts';
import { between, seeded } from './random.ts';
import { inRounds, median } from './rounds.ts';
import { wordOf } from './search.corpus.ts';
import type { SearchBench } from './search.page.ts';

declare const searchBench: SearchBench;

/** Notes of one sort of question: words by how frequent they are, 0 the most frequent. */
const SORTS: { [sort: string]: (random: () => number) => string } = {
  'a rare word': (random) => `${wordOf(between(random, 5_000, 30_000))} `,
  'a frequent word': (random) => `${wordOf(between(random, 0, 30))} `,
  'a word being typed, two letters': (random) => wordOf(between(random, 0, 19)).slice(0, 2),
  'a word being typed, five letters': (random) => wordOf(between(random, 400, 4_000)).slice(0, 5),
  'three words': (random) => `${[0, 1, 2].map(() => wordOf(between(random, 0, 200))).join(' ')} `,
  'a phrase of frequent words': (random) =>
    `"${wordOf(between(random, 0, 5))} ${wordOf(between(random, 0, 5))}"`,
  'one word without another': (random) =>
    `${wordOf(between(random, 0, 100))} -${wordOf(between(random, 0, 100))}`,
  'in a script without spaces': (random) =>
    ['証明書', '校正', '思います', '証'][between(random, 0, 3)] ?? '',
};

export async function run({
  quick,
  seed = 1,
}: {
  quick: boolean;
  seed?: number;
}): Promise<Figure[]> {
  const notes = quick ? 5_000 : 100_000;
  return inChromium('search.page.ts', async (page) => {
    const client = await page.context().newCDPSession(page);
    await page.evaluate(([many, from]) => searchBench.fill(many, from), [notes, seed] as const);
    const indexed = await page.evaluate(() => searchBench.index());
    const figures = [
      figure(
        { name: 'notes indexed after a long pull', value: (notes * 1000) / indexed, unit: '/s' },
        null,
        { of: 'value', at: 'least', bound: 2_000 },
      ),
    ];
    figures.push(...(await memory(page, client, notes)));
    figures.push(...(await cold(page, notes, quick ? 3 : 11)));
    figures.push(...(await questions(page, notes, seed, quick ? 10 : 60)));
    figures.push(...(await captures(page, notes, quick ? 41 : 201)));
    return figures;
  });
}

/** From the start of a page that knows nothing to the first answer. */
async function cold(page: Page, notes: number, rounds: number): Promise<Figure[]> {
  const once = (which: 'ask' | 'scan') => async () => {
    await page.reload();
    const word = wordOf(700);
    return (await page.evaluate(([how, asked]) => searchBench[how](asked), [which, word] as const))
      .ms;
  };
  const took = await inRounds(rounds, { ask: once('ask'), scan: once('scan') });
  return [
    figure(
      {
        name: `the first answer of a worker that just woke up, ${notes} notes`,
        value: took.ask,
        unit: 'ms',
      },
      { name: 'one string in memory, read first', value: took.scan },
      { of: 'value', at: 'most', bound: 300 },
    ),
  ];
}

/** What stays, and what there is at most between two tidyings. */
async function memory(page: Page, client: CDPSession, notes: number): Promise<Figure[]> {
  const used = async (tidied: boolean) => {
    if (tidied) await client.send('HeapProfiler.collectGarbage');
    const usage = (await client.send('Runtime.getHeapUsage')) as {
      usedSize: number;
      embedderHeapUsedSize?: number;
      backingStorageSize?: number;
    };
    const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = usage;
    return (usedSize + embedderHeapUsedSize + backingStorageSize) / 2 ** 20;
  };
  const after = async (which: 'ask' | 'scan') => {
    await page.reload();
    await page.evaluate(() => searchBench.open());
    const before = await used(true);
    let most = 0;
    for (const sort of Object.values(SORTS)) {
      const random = seeded(7);
      for (let turn = 0; turn < 4; turn += 1) {
        await page.evaluate(([how, words]) => searchBench[how](words), [
          which,
          sort(random),
        ] as const);
        most = Math.max(most, (await used(false)) - before);
      }
    }
    return { most, stays: (await used(true)) - before };
  };
  const [ours, plain] = [await after('ask'), await after('scan')];
  const peer = 'one string in memory';
  return [
    figure(
      { name: `memory that searching keeps, ${notes} notes`, value: ours.stays, unit: 'MB' },
      { name: peer, value: plain.stays },
      { of: 'value', at: 'most', bound: 60 },
    ),
    figure(
      { name: 'memory in the midst of it, at most', value: ours.most, unit: 'MB' },
      { name: peer, value: plain.most },
      { of: 'value', at: 'most', bound: 60 },
    ),
  ];
}

async function questions(
  page: Page,
  notes: number,
  seed: number,
  rounds: number,
): Promise<Figure[]> {
  await page.reload();
  // Once warm: the first answers are measured by themselves.
  for (const how of ['ask', 'scan'] as const) {
    await page.evaluate((which) => searchBench[which]('warm'), how);
  }
  const figures: Figure[] = [];
  const all: number[] = [];
  for (const [sort, make] of Object.entries(SORTS)) {
    const random = seeded(seed + 1);
    const times = { ask: [] as number[], scan: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const words = make(random);
      for (const how of ['ask', 'scan'] as const) {
        // The plain one knows neither quotes nor minus: it gets the words.
        const asked = how === 'ask' ? words : words.replace(/["-]/g, '').trim();
        const { ms } = await page.evaluate(([which, text]) => searchBench[which](text), [
          how,
          asked,
        ] as const);
        times[how].push(ms);
      }
    }
    all.push(...times.ask);
    figures.push(
      figure(
        { name: `${sort}, p50`, value: median(times.ask), unit: 'ms' },
        { name: 'one string in memory', value: median(times.scan) },
        null,
      ),
      figure(
        { name: `${sort}, p95`, value: slow(times.ask), unit: 'ms' },
        { name: 'one string in memory', value: slow(times.scan) },
        { of: 'value', at: 'most', bound: 50 },
      ),
    );
  }
  const listed: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { ms } = await page.evaluate(() => searchBench.ask('', { looks: ['praise'] }));
    listed.push(ms);
  }
  return [
    figure({ name: `all questions, ${notes} notes, p95`, value: slow(all), unit: 'ms' }, null, {
      of: 'value',
      at: 'most',
      bound: 50,
    }),
    ...figures,
    figure(
      { name: 'no words, all praise, newest first, p95', value: slow(listed), unit: 'ms' },
      null,
      { of: 'value', at: 'most', bound: 50 },
    ),
  ];
}

async function captures(page: Page, notes: number, rounds: number): Promise<Figure[]> {
  await page.reload();
  const once = (isSearched: boolean) => () =>
    page.evaluate((which) => searchBench.capture(which), isSearched);
  await once(true)();
  const took = await inRounds(rounds, { indexed: once(true), not: once(false) });
  const figures = [
    figure(
      {
        name: `a durable capture that the index hears of, ${notes} notes, p50`,
        value: took.indexed,
        unit: 'ms',
      },
      { name: 'the same of a kind that is not searched', value: took.not },
      { of: 'ratio', at: 'most', bound: 1.25 },
    ),
  ];
  // While the index is at work, in the same thread: a pull brought as many again as a segment takes.
  await page.evaluate((from) => searchBench.fill(4_096, from), notes);
  const times = await page.evaluate(async () => {
    const times: number[] = [];
    let working = true;
    const work = searchBench.index().finally(() => {
      working = false;
    });
    while (working) times.push(await searchBench.capture(true));
    await work;
    return times;
  });
  figures.push(
    figure(
      { name: 'a durable capture while the index is written, p95', value: slow(times), unit: 'ms' },
      { name: 'while it is not', value: took.indexed },
      { of: 'value', at: 'most', bound: 30 },
    ),
  );
  return figures;
}

/** The 95th of a hundred. */
function slow(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;
}
