import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BYTE_ORDER_MARK,
  callToCsv,
  callToJson,
  callToWebVtt,
  callWords,
  readTagFile,
} from '../../src/export/index.ts';
import { asImported, calls, germanMeans, options, sampleCall, sampleTag, tags } from './samples.ts';

const german = { ...callWords, lang: 'de', means: germanMeans };

const FORMATS = {
  JSON: callToJson,
  CSV: callToCsv,
  'WebVTT, pauses counted': (...[call, words]: Parameters<typeof callToJson>) =>
    callToWebVtt(call, words, { withPauses: true }).text,
  'WebVTT, pauses left out': (...[call, words]: Parameters<typeof callToJson>) =>
    callToWebVtt(call, words, { withPauses: false }).text,
};

describe.each(Object.entries(FORMATS))('a file imported from its own export: %s', (name, write) => {
  test('is the same call, whatever was said in it', () => {
    fc.assert(
      fc.property(calls, fc.boolean(), (call, isGerman) => {
        const file = write(call, isGerman ? german : callWords);
        expect(readTagFile(file, options())).toEqual(asImported(call));
        expect(readTagFile(BYTE_ORDER_MARK + file, options())).toEqual(asImported(call));
      }),
    );
  });

  test('is the same call after three hours and 2,000 tags', () => {
    const many = fc.sample(tags, { numRuns: 2_000, seed: 5 });
    const call = sampleCall(many);
    expect(readTagFile(write(call, callWords), options())).toEqual(asImported(call));
  });

  test('is the same call with line ends of another system', () => {
    const call = sampleCall([
      sampleTag({ offset: 1_000, text: 'quick' }),
      sampleTag({ offset: 5 }),
    ]);
    const file = write(call, callWords).replace(/\r?\n/g, name === 'CSV' ? '\n' : '\r\n');
    expect(readTagFile(file, options())).toEqual(asImported(call));
  });

  test('keeps a tag that this workspace does not have as a note with its name', () => {
    const own = sampleTag({ tag: 'praise', text: 'quick' });
    const strange = sampleTag({ tag: 'their-own', offset: 5, text: 'when?' });
    const elsewhere = {
      ...sampleCall([own, strange]),
      codebook: [
        ...options().codebook,
        { ...options().codebook[0], id: 'their-own', name: 'Deal <3' },
      ],
    } as ReturnType<typeof sampleCall>;
    const result = readTagFile(write(elsewhere, callWords), options());
    expect(result.ok && result.preview.tags).toMatchObject([
      { id: own.id, tag: 'praise', text: 'quick' },
      { id: strange.id, tag: 'note', text: 'Deal <3: when?' },
    ]);
    expect(result.ok && result.preview.problems.map(({ words }) => words)).toEqual([
      callWords.file.unknownTag('Deal <3'),
    ]);
  });
});
