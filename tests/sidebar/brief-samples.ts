// Made-up briefs: what the background tells of them, from made-up records.
import { type BriefRecord, brief } from '../../src/domain/brief.ts';
import { PATTERNS } from '../../src/domain/patterns.ts';
import type { BriefView } from '../../src/extension/messages/brief-calls.ts';
import { CUSTOMER, QUOTE, sampleId } from './samples.ts';

export const ME = sampleId(2);
export const TOM = sampleId(3);
export const MEMBERS = [
  { id: ME, name: 'Jonas Sample', me: true },
  { id: TOM, name: 'Tom Sample', me: false },
];
const NOW = Date.UTC(2027, 1, 24, 12);
const TODAY = '2027-02-24';

export type Made<K extends BriefRecord['kind']> = Extract<BriefRecord, { kind: K }>['fields'];

export function made<K extends BriefRecord['kind']>(
  kind: K,
  n: number,
  fields: Made<K>,
  savedAt = NOW - n * 86_400_000,
): BriefRecord {
  const own = { customer: CUSTOMER, ...fields };
  return { kind, id: sampleId(0x7000 + n), author: ME, savedAt, fields: own } as BriefRecord;
}

const words = (quote: string) => ({ evidence: { [sampleId(0x7f00)]: { quote } } });
const PROJECT = sampleId(0xe1);

/** Something of everything, as a real file has it. */
export function fullRecords(): BriefRecord[] {
  return [
    made('expectation', 1, {
      ...{ statement: 'Certificates are in their hands before the audit.', ...words(QUOTE) },
      ...{ unstatedBecause: 'assumes', dimension: 'reliability', project: PROJECT },
    }),
    made('expectation', 2, {
      ...{ statement: 'Somebody calls them before a delivery is late.', stage: 'asked' },
      ...{ unstatedBecause: 'cannot-say', owner: TOM },
    }),
    made('expectation', 3, {
      ...{ statement: 'The night shift can do it alone.', unstatedBecause: 'does-not-know' },
    }),
    made('probe', 4, {
      ...{ expectation: sampleId(0x7002), question: 'When did you last hear too late?' },
      ...{ askedAt: '2027-02-10T10:00:00Z', askedBy: TOM },
    }),
    made('probe', 5, {
      ...{ expectation: sampleId(0x7003), question: 'Who starts the machine at night?' },
      due: '2027-02-26',
    }),
    made('commitment', 6, { text: 'Send the floor plan', by: 'us', due: '2027-02-20' }),
    made('commitment', 7, { text: 'Second sensor at our cost', by: 'us', due: '2027-02-27' }),
    made('commitment', 8, { text: 'Name a contact for the audit', by: 'them', due: '2027-02-24' }),
    made('commitment', 9, {
      text: 'Answer within a day',
      by: 'us',
      state: 'broken',
      due: '2027-01-15',
    }),
    made('note', 10, {
      ...{
        label: 'grievance',
        text: 'The invoice came twice',
        ...words('Again two invoices, sigh.'),
      },
    }),
    made('note', 11, { label: 'praise', ...words('Your fitter was wonderful with our people.') }),
    made('perception', 12, {
      ...{
        form: 'survey',
        score: 9,
        scaleMin: 0,
        scaleMax: 10,
        observedAt: '2027-01-20T00:00:00Z',
      },
    }),
    made('interaction', 13, { wentWell: 3, startedAt: '2027-02-01T10:00:00Z' }),
  ];
}

export function briefView(records: readonly BriefRecord[]): BriefView {
  return {
    customer: { id: CUSTOMER, name: 'Halden Foods' },
    brief: brief(records, {
      ...{ now: NOW, today: TODAY, book: PATTERNS, customers: [CUSTOMER] },
    }),
    names: {
      ...Object.fromEntries(MEMBERS.map(({ id, name }) => [id, name])),
      [PROJECT]: 'Cold store Moss, phase 2',
    },
    ...{ me: ME, today: TODAY },
  };
}

/** So many hunches, and nothing else. */
export function manyHunches(count: number): BriefRecord[] {
  return Array.from({ length: count }, (_, n) =>
    made('expectation', n, { statement: `Sample expectation ${n}`, unstatedBecause: 'assumes' }),
  );
}
