// What /v1/reports/<draw> answers of a draw with as many projects as a test wants, visibly made up:
// long German words, a customer from right to left, one not reviewed, one disputed.
import type {
  DisputeTold,
  FindingTold,
  Report,
  ReviewTold,
  SubjectTold,
} from '../../src/console/report/answer.ts';

export const DRAW = '00000000-0000-7000-8000-000000ad0001';
const idOf = (kind: string, at: number) =>
  `00000000-0000-7000-8000-${kind}${String(at).padStart(12 - kind.length, '0')}`;

const NAMES = [
  'Kühlhaus Nord, zweiter Bauabschnitt',
  'Donaudampfschifffahrtsgesellschaftskapitänskajütenklimaanlagenwartungsvertrag',
  'محطة التبريد الثانية',
  'Cold store for Sample Foods',
  '=HYPERLINK("http://sample.example")',
  'Retrofit <b>hall 7</b> & loading dock, with a name that goes on for as long as a name of a project ever does in a list',
];
const CUSTOMERS = ['Sample Foods', 'Muster Lebensmittelverarbeitungs GmbH & Co. KG', 'مصنع العينة'];

const standard: Report['standards'][number] = {
  ...{ id: 's1', name: 'Certificates before the audit', version: 2 },
  ...{ text: 'They are in the customer’s hands two days before the audit.', unit: '', clause: '' },
  ...{ anchors: [], causes: [], ourTarget: 1, customerTarget: 1, weight: 3 },
  ...{ critical: true, mayNotApply: true, judgement: 'yes-no', better: 'more' },
};
export const STANDARDS: Report['standards'] = [
  standard,
  {
    ...{ ...standard, id: 's2', name: 'Hours to the first answer', version: 1, critical: false },
    ...{ text: 'Somebody who knows answers, no machine.', unit: 'working hours', weight: 2 },
    ...{ ourTarget: 4, customerTarget: 8, judgement: 'number', better: 'less' },
    clause: 'ISO 9001:2015 8.2.1',
  },
  {
    ...{ ...standard, id: 's3', name: 'Wie wir klingen: Freundlichkeitsselbstverständlichkeit' },
    ...{ ourTarget: 4, customerTarget: null, weight: 1, critical: false, judgement: 'scale' },
    ...{ text: 'As one would speak to a neighbour.', mayNotApply: false },
    anchors: ['rude', 'cool', 'civil', 'kind', 'warm'],
  },
];

export function sampleReport(projects: number, reviewed = projects): Report {
  const subjects = Array.from({ length: projects }, (_, at) => subjectAt(at, at < reviewed));
  const members = subjects.map(({ id }) => id);
  const [first] = subjects;
  const [found] = first?.reviews[0]?.findings ?? [];
  return {
    draw: {
      ...{ id: DRAW, name: 'Spring audit', unit: 'project', strata: 'satisfaction', filter: {} },
      method: { kind: 'stratified', size: projects, least: 1 },
      population: { hash: 'aa'.repeat(32), size: Math.max(40, 5 * projects) },
      ...{ commitment: 'bb'.repeat(32), state: 'drawn', reason: '', sample: members, members },
      replacements: [],
      ...{ nonce: 'cc'.repeat(32), blind: true, due: '2027-03-31', auditor: idOf('ee', 1) },
      checkpoint:
        'sample.example/log\n50000\nqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=\n\n— sample.example/log BBBBCCCC\n',
      ...{ reviewers: [], calibration: false, programme: null, at: '2027-02-01T08:00:00Z' },
    },
    ...{ perPerson: true, announcedBy: 'Sample Mira', reviewers: ['Sample Mira', 'Sample Tom'] },
    ...{ subjects, out: [], standards: reviewed === 0 ? [] : STANDARDS, withdrawn: 0, hidden: 0 },
    improvements:
      found === undefined
        ? []
        : [
            improvement(1, found.id, { state: 'effective', effectText: 'Not one was late since.' }),
            improvement(2, found.id, { late: 'action', due: '2027-02-20' }),
          ],
  };
}

function subjectAt(at: number, isReviewed: boolean): SubjectTold {
  const name = `${NAMES[at % NAMES.length]}${at < NAMES.length ? '' : ` ${at + 1}`}`;
  return {
    ...{ id: idOf('d0', at), name, customer: CUSTOMERS[at % CUSTOMERS.length] ?? null },
    ...{ owner: isReviewed ? 'Sample Tom' : null },
    satisfaction: isReviewed && at % 5 !== 4 ? (at * 37) % 101 : null,
    reviews: isReviewed ? [reviewAt(at)] : [],
  };
}

function reviewAt(at: number): ReviewTold {
  const measured = 2 + (at % 7);
  return {
    ...{ id: idOf('e0', at), reviewer: at % 2 === 0 ? 'Sample Mira' : 'Sample Tom', blind: true },
    ...{
      finishedAt: `2027-02-${String((at % 27) + 1).padStart(2, '0')}T09:00:00Z`,
      seconds: 1_500,
    },
    ...{ ours: at % 9 === 0 ? 0 : (at * 29) % 101, theirs: at % 4 === 3 ? null : (at * 53) % 101 },
    text: at % 3 === 0 ? 'A good project with one bad day.\nAsk about March.' : '',
    reason: at % 8 === 1 ? 'The certificates were in an older mail.' : '',
    scores: {
      s1: { applies: at % 6 !== 5, ours: at % 6 === 5 ? null : at % 3 === 0 ? 0 : 1, theirs: 1 },
      s2: { applies: true, ours: measured, theirs: measured },
      s3: { applies: true, ours: 1 + (at % 5), theirs: null },
    },
    findings: at % 3 === 0 ? findingsAt(at) : [],
    disputes: at % 12 === 0 ? disputesAt(at) : [],
  };
}

function findingsAt(at: number): FindingTold[] {
  return [
    {
      ...{ id: idOf('f0', at), type: 'nonconformity', standard: 's1', at: '2027-01-11T09:00:00Z' },
      text: 'The certificates reached the customer after the audit had begun.',
      ...{ cause: 'The mail went to an old list', quote: QUOTES[(at / 3) % QUOTES.length] ?? null },
    },
    {
      ...{ id: idOf('f1', at), type: 'opportunity', standard: null, at: null, quote: null },
      ...{ text: 'Tell them beforehand who is on duty.', cause: '' },
    },
  ];
}

const QUOTES = [
  'nobody told us until Monday morning, we had assumed somebody would',
  'لم يخبرنا أحد حتى صباح الاثنين',
  'Wir sind selbstverständlich davon ausgegangen, dass die Kalibrierzertifikate vorliegen.',
];

function disputesAt(at: number): DisputeTold[] {
  const review = idOf('e0', at);
  return [
    {
      ...{ id: idOf('a0', at), review, standard: 's1', by: 'm', byName: 'Sample Tom' },
      ...{
        at: '2027-02-25T08:00:00Z',
        stance: 'reject',
        reason: 'They were in the mail of 4 May.',
      },
      answered: {
        ...{ result: at === 0 ? 'changed' : 'stands', text: 'Two of three were.' },
        ...{ at: '2027-02-26T08:00:00Z', by: 'n' },
      },
      answeredByName: 'Sample Mira',
    },
  ];
}

function improvement(
  n: number,
  finding: string,
  more: Partial<Report['improvements'][number]>,
): Report['improvements'][number] {
  return {
    ...{ id: idOf('b0', n), state: 'open', late: null, ownerName: 'Sample Tom' },
    ...{ text: 'Certificates come too late', cause: 'An old list of addresses' },
    ...{ action: 'Send them a week before, to the list in the CRM', due: null, checkOn: null },
    ...{ doneAt: '2027-03-01T08:00:00Z', doneText: '', checkedAt: '2027-04-02T08:00:00Z' },
    ...{ effectText: '', reason: '', review: idOf('e0', 0), finding, follows: null },
    ...more,
  };
}
