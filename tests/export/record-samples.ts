import * as fc from 'fast-check';
import type { Json, Kind } from '../../src/domain/index.ts';
import { normaliseText } from '../../src/domain/index.ts';
import type { ExportedRecord } from '../../src/export/exported-record.ts';
import type { RecordsHead } from '../../src/export/records-file.ts';
import { testId } from '../domain/arbitraries.ts';
import { NASTY } from '../server/every-kind.ts';

const ids = Array.from({ length: 8 }, testId);
export const AUTHOR = ids[0] ?? '';

export const text = fc
  .oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 30 }))
  .map(normaliseText);
const value: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(text, fc.boolean(), { maxKeys: 3, noNullPrototype: true }),
);
const quote = fc.record({ exact: text, prefix: text, suffix: text }).map((quote) => ({
  quote: quote.exact,
  selectors: [
    { type: 'TextQuoteSelector', ...quote },
    { type: 'TextPositionSelector', start: 3, end: 3 + quote.exact.length },
  ] as Json,
}));
const evidence = fc.oneof(
  quote,
  fc.record({ quote: text, url: fc.oneof(text, fc.webUrl()) }),
  fc.record({ offset: fc.integer({ min: -5_000, max: 9_000_000 }), interaction: id() }),
) as fc.Arbitrary<Json>;

function id(): fc.Arbitrary<string> {
  return fc.constantFrom(...ids);
}

const EVIDENCED: Kind[] = [
  ...(['expectation', 'note', 'commitment', 'probe', 'finding', 'improvement'] as const),
];

/** Records of these kinds with anything in their fields, those that files put first among them. */
export function recordOf(kinds: readonly string[] = [...EVIDENCED, 'customer', 'standard', 'x-1']) {
  const fields = fc
    .tuple(
      fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z]{0,8}$/), value, {
        maxKeys: 4,
        noNullPrototype: true,
      }),
      fc.record({ statement: text, text, question: text, label: text }, { requiredKeys: [] }),
      fc.record(
        {
          evidence: fc.dictionary(id(), evidence, { maxKeys: 3, noNullPrototype: true }),
          interaction: id(),
          customer: id(),
        },
        { requiredKeys: [] },
      ),
    )
    .map((parts) => Object.assign({}, ...parts) as { [field: string]: Json });
  return fc.record({
    kind: fc.constantFrom(...kinds),
    id: fc.uuid({ version: 7 }),
    author: id(),
    written: fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => new Date(ms).toISOString()),
    visibility: fc.constantFrom('workspace' as const, 'managers' as const),
    fields,
  }) satisfies fc.Arbitrary<ExportedRecord>;
}

export const head: RecordsHead = {
  workspace: { id: ids[1] ?? '', name: 'Sample workspace' },
  exportedAt: '2027-02-24T09:00:00.000Z',
  what: 'register',
  filter: { stage: 'asked' },
  members: { [AUTHOR]: 'Sample Member' },
};

/** A text in pieces that end anywhere. */
export function pieces(whole: string, lengths: readonly number[]): string[] {
  const all: string[] = [];
  let from = 0;
  for (let turn = 0; from < whole.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    all.push(whole.slice(from, from + length));
    from += length;
  }
  return all;
}
