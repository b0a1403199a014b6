import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeText } from '../../src/anchor/describe.ts';
import { find, findAll } from '../../src/anchor/find.ts';
import type { Selectors } from '../../src/anchor/types.ts';
import { distinctText, edited, wordsOf } from './texts.ts';

/** Selectors of places all over a text, some of them edited since. */
function quotesOf(text: string, seed: number): Selectors[] {
  const quotes: Selectors[] = [];
  for (let at = 0; at + 20 < text.length; at += 97) {
    const selectors = describeText({ text }, at, at + 20 + (at % 90));
    if (selectors === null) continue;
    const [quote, position] = selectors;
    const exact = at % 2 ? quote.exact : edited(quote.exact, 0.1, seed + at);
    quotes.push([{ ...quote, exact }, position]);
  }
  return quotes;
}

/** A clock that goes on by 1 ms whenever somebody looks at it. */
function ticking() {
  let time = 0;
  return () => {
    time += 1;
    return time;
  };
}

describe('findAll', () => {
  it('answers as find does, with and without pauses', async () => {
    await fc.assert(
      fc.asyncProperty(
        distinctText,
        wordsOf(1, 40),
        fc.integer(),
        fc.constantFrom(0, 3, 1e9),
        async (text, banner, seed, slice) => {
          const quotes = quotesOf(text, seed);
          const now = `${banner}\n${text.slice(0, text.length >> 1)}${text.slice((text.length >> 1) + 50)}`;
          const pause = () => Promise.resolve();
          const all = await findAll({ text: now }, quotes, { slice, pause, now: ticking() });
          expect(all).toEqual(quotes.map((selectors) => find({ text: now }, selectors)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('pauses whenever its time is over, also within one long search', async () => {
    const line = 'Dos señoras – “viajes” por día, c’est déjà prévu. ';
    const text = Array.from({ length: 4_000 }, (_, at) => `${at} ${line}`).join('\n');
    const selectors = describeText({ text }, 60_000, 60_120) as Selectors;
    const gone: Selectors = [
      { ...selectors[0], exact: 'words that never stood in there' },
      selectors[1],
    ];
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    const found = await findAll({ text }, [gone], { slice: 0, pause, now: ticking() });
    expect(found).toEqual([null]);
    // Normalising alone comes to thousands of clusters.
    expect(pauses).toBeGreaterThan(20);
  });

  it('lets other tasks go first when nothing else is said', async () => {
    const { text } = { text: 'A sample text with a few words. '.repeat(3_000) };
    const selectors = describeText({ text: `${text}and one that is gone` }, 96_000, 96_020);
    let others = 0;
    const timer = setInterval(() => {
      others += 1;
    }, 0);
    const many = Array.from({ length: 40 }, () => selectors as Selectors);
    await findAll({ text }, many, { slice: 0 });
    clearInterval(timer);
    expect(others).toBeGreaterThan(0);
  });

  it('gives up when the text changes meanwhile', async () => {
    const indexed = {
      text: 'we assume that somebody is on site within four hours, weekends included',
    };
    const selectors = describeText(indexed, 3, 30) as Selectors;
    const pause = async () => {
      indexed.text = 'something else';
    };
    const options = { slice: 0, pause, now: ticking() };
    expect(await findAll(indexed, [selectors, selectors], options)).toBeNull();
  });

  it('stops when told to', async () => {
    const indexed = { text: 'we assume that somebody is on site within four hours' };
    const selectors = describeText(indexed, 3, 30) as Selectors;
    const stop = new AbortController();
    const pause = async () => stop.abort(new Error('enough'));
    const running = findAll(indexed, [selectors, selectors], {
      signal: stop.signal,
      slice: 0,
      pause,
      now: ticking(),
    });
    await expect(running).rejects.toThrow('enough');
    const late = findAll(indexed, [selectors], { signal: stop.signal });
    await expect(late).rejects.toThrow('enough');
  });
});
