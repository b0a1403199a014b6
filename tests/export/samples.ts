import * as fc from 'fast-check';
import {
  codebook,
  MEANINGS,
  type Meaning,
  type Pause,
  tidyPauses,
} from '../../src/domain/index.ts';
import {
  type CallExport,
  callWords,
  type ExportedTag,
  type ImportedCall,
  type TagFileOptions,
  type TagFileResult,
} from '../../src/export/index.ts';
import { testId } from '../domain/arbitraries.ts';

export const START = Date.parse('2027-02-24T09:00:00.000Z');
export const UPSELL = testId();
export const book = codebook([
  { id: UPSELL, fields: { name: 'Up-sell: "now"', key: 'u', means: 'expectation' } },
  { id: testId(), fields: { replaces: 'risk', retired: true } },
  { id: testId(), fields: { replaces: 'praise', name: 'Delight' } },
]);

/** German words for what tags mean, as a second language of files. */
export const germanMeans: Readonly<Record<Meaning, string>> = {
  expectation: 'Erwartung',
  note: 'Notiz',
  grievance: 'Beschwerde',
  praise: 'Lob',
  'promise-ours': 'Unsere Zusage',
  'promise-theirs': 'Deren Zusage',
  question: 'Frage',
  decision: 'Entscheidung',
  risk: 'Risiko',
  'ask-later': 'Später fragen',
};

export function options(given: Partial<TagFileOptions> = {}): TagFileOptions {
  return {
    fileName: 'call.csv',
    codebook: book,
    names: [callWords.means, germanMeans],
    words: callWords,
    newId: testId,
    startedAt: START,
    ...given,
  };
}

export function sampleTag(fields: Partial<ExportedTag> = {}): ExportedTag {
  const { offset = 0 } = fields;
  return {
    ...{ id: testId(), tag: 'praise', span: null, text: '', pressedAt: START + offset },
    ...{ deleted: false, ...fields, offset },
  };
}

export function sampleCall(
  tags: readonly ExportedTag[] = [],
  call: Partial<CallExport['call']> = {},
): CallExport {
  return {
    call: {
      id: testId(),
      clock: { startedAt: START, pauses: [], endedAt: START + 1_800_000 },
      ...{ shift: 0, channel: 'call', subject: 'Renewal', customer: null, project: null },
      ...{ participants: [], wentWell: null, seemed: null, ...call },
    },
    tags,
    codebook: book,
  };
}

/** What a file of the call is read back as. */
export function asImported({ call, tags }: CallExport): TagFileResult {
  const { id, clock, subject, channel, shift } = call;
  const { startedAt, endedAt } = clock;
  const whole: ImportedCall = {
    ...{ id, startedAt, endedAt, subject, channel, shift },
    pauses: clock.pauses.map(({ from, to }) => ({ from, to })),
  };
  return {
    ok: true,
    preview: {
      call: whole,
      isStartKnown: true,
      tags: tags
        .filter(({ deleted }) => !deleted)
        .map(({ deleted: _, ...tag }) => tag)
        .sort((a, b) => a.offset - b.offset),
      problems: [],
    },
  };
}

/** Texts that break formats. */
export const nastyText = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '\n', '\r\n\r\n', 'two\r\nlines', 'two\n\nblocks', 'WEBVTT', 'NOTE', '-->'],
    ...['00:00:01.000 --> 00:00:02.000', '<v Roger>&amp;</v>', '&lt;b&gt;', '"', '""', "'=1+1"],
    ...['=1+1', '-2', '@x', '\t', ',', ';', 'a;b,c\td', 'שלום \u202eabc', 'مرحبا', '\u2028\u2029'],
    ...['\ufeff', 'e\u0301 👩‍👩‍👧', 'Praise: so quick', 'unsaid-webvtt {"a":1}', '{"a":1}', 'N/A'],
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc
    .string({ unit: 'binary', maxLength: 20 })
    .map((text) => text.toWellFormed().replaceAll('\0', '')),
);

const ms = fc.oneof(
  fc.integer({ min: -20_000, max: 10_800_000 }),
  fc.integer({ min: 0, max: 10_000 }).map((n) => n + 0.1 + 0.2),
);
const pauses: fc.Arbitrary<Pause[]> = fc
  .array(
    fc.record({
      from: fc.integer({ min: START, max: START + 3_600_000 }),
      to: fc.option(fc.integer({ min: START, max: START + 3_600_000 }), { freq: 6 }),
    }),
    { maxLength: 4 },
  )
  .map((written) => tidyPauses(written, START));

export const tags: fc.Arbitrary<ExportedTag> = fc
  .record({
    tag: fc.constantFrom(...MEANINGS, UPSELL, 'a-newer-tag'),
    offset: ms,
    span: fc.option(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true }))),
    text: nastyText,
    pressedAt: fc.option(fc.integer({ min: START, max: START + 10_800_000 })),
    deleted: fc.boolean(),
  })
  .map(sampleTag);

export const calls: fc.Arbitrary<CallExport> = fc
  .record({
    tags: fc.array(tags, { maxLength: 12 }),
    pauses,
    endedAt: fc.option(fc.integer({ min: START, max: START + 10_800_000 })),
    // No file keeps the sign of a zero.
    shift: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((shift) => shift + 0),
    subject: nastyText,
    channel: fc.constantFrom('call', 'meeting'),
  })
  .map(({ tags, pauses, endedAt, ...call }) =>
    sampleCall(tags, { ...call, clock: { startedAt: START, pauses, endedAt } }),
  );
