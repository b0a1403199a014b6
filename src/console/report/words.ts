// What the report of an audit says.
import type { Rate } from '../../audit/interval.ts';
import { USUAL_BOUND } from '../../domain/insight.ts';
import type { DrawAnswer } from '../api.ts';
import { say as draws } from '../draws/words.ts';
import { say as insight } from '../insight/words.ts';
import type { Spread } from './figures.ts';

type Unit = DrawAnswer['unit'];
const number = (value: number) => value.toLocaleString('en-GB');
const NOUNS = {
  project: ['project', 'projects'],
  customer: ['customer', 'customers'],
  call: ['call', 'calls'],
} as const satisfies Record<Unit, readonly [string, string]>;
const counted = (count: number, unit: Unit) =>
  `${number(count)} ${NOUNS[unit][count === 1 ? 0 : 1]}`;

export const say = {
  title: 'Audit report',
  of: (name: string) => `Audit report: ${name}`,
  choose: 'A report is of one draw. Choose it there.',
  toDraws: 'To the draws',
  toDraw: 'The draw',
  reading: 'Reading the report…',
  print: 'Print',
  printHint: 'or save it as a PDF, in the dialog that follows',
  counted,
  number,

  lead: {
    notDrawn: 'This draw was announced and is not drawn yet. There is nothing to report.',
    abandoned: (reason: string) => `This draw was abandoned: ${reason}`,
    empty: 'Nothing is to be reviewed in this draw.',
    none: (drawn: number, unit: Unit) =>
      `None of the ${counted(drawn, unit)} drawn is reviewed yet.`,
    some: (done: number, drawn: number, unit: Unit) =>
      done === drawn
        ? `All ${counted(drawn, unit)} drawn are reviewed.`
        : `${number(done)} of the ${counted(drawn, unit)} drawn ${done === 1 ? 'is' : 'are'} reviewed. The report goes by these.`,
    one: (unit: Unit) => `The one ${unit} drawn is reviewed.`,
    hidden: (count: number) =>
      `${number(count)} ${count === 1 ? 'review is' : 'reviews are'} not in this report: you have not finished your own of the same. Read it again afterwards.`,
    withdrawn: (count: number) =>
      `${number(count)} ${count === 1 ? 'review was' : 'reviews were'} withdrawn and ${count === 1 ? 'counts' : 'count'} for nothing.`,
    noPersons:
      'Figures about single people are switched off in this workspace: whose work it was, who reviewed which and how long it took is left out.',
  },

  facts: {
    workspace: 'Workspace',
    made: 'As of',
    by: 'Read by',
    announced: 'Announced',
    due: 'To be reviewed by',
    announcedBy: 'Drawn by',
    reviewers: 'Reviewed by',
    time: 'Time spent',
    how: 'How it was reviewed',
  },
  blind: 'blind: owner and satisfaction hidden until scored',
  open: 'openly: owner and satisfaction were known',
  calibration: 'a calibration: each by all of the reviewers, independently',
  minutes: (seconds: number) => {
    const minutes = Math.round(seconds / 60);
    return minutes < 90
      ? `${number(Math.max(1, minutes))} minutes`
      : `${(minutes / 60).toFixed(1)} hours`;
  },

  short: 'In short',
  byOurs: `By our standard (a score of ${USUAL_BOUND.ours} or more)`,
  below: 'Happy, but below our standard',
  nonconforming: 'With a nonconformity, or a critical standard missed',
  helped: 'Improvements that helped, of those looked at again',
  ours: 'Our score',
  theirs: 'The customer’s',
  /** "70 % (7 of 10; 40–89 %)"; "7 of 10" where all were looked at. */
  rate({ hits, n, rate, low, high }: Rate, all = false): string {
    if (rate === null) return 'nothing to go by';
    const of = `${number(hits)} of ${number(n)}`;
    if (all) return `${of} · ${insight.percent(rate)}`;
    return `${of} · ${Math.round(100 * low)}–${insight.percent(high)}`;
  },
  rateNote: (population: number, unit: Unit) =>
    `After each count its 95\u00a0% interval (Wilson’s, corrected for there being ${counted(population, unit)} in all): 95 times in 100 the share of all of them lies in it.`,
  grouped:
    'It was drawn in groups. Where small groups were drawn more often than their share, the counts lean towards them.',
  fewNote: 'With fewer than ten, read every share with care.',
  newest: 'Where one was reviewed several times, its newest review counts.',
  spread: ({ n, least, median, most }: Spread) =>
    n === 1
      ? `${score(median)} of 100`
      : `half are at ${score(median)} or above, from ${score(least)} to ${score(most)} (${number(n)})`,
  noScore: 'no score',

  drawing: 'How it was drawn',
  drawn: {
    population: 'All there were',
    filter: 'Only those with',
    method: 'Method',
    seed: 'Seed',
    sample: 'Drawn',
    replaced: 'Put out',
  },
  everything: 'no filter',
  methods: {
    simple: (size: number) => `simple random sample of ${number(size)}`,
    stratified: (size: number, groups: string) =>
      `random sample of ${number(size)}, a share of each group: ${groups}`,
    discovery: (size: number, among: number, confidence: number) =>
      `discovery sample of ${number(size)}: finds one with ${insight.percent(confidence)} confidence if ${number(among)} have it`,
  },
  groups: draws.stratas,
  seed: 'The hash of the list, the method and the hash of a hidden number went into the log before the draw. The seed is the hash of the checkpoint that the server signed next, followed by the hidden number: nobody could choose it. All of these are at the end.',
  replacedBy: (out: string, next: string | null, reason: string) =>
    next === null
      ? `${out}: nobody was left to come in. ${reason}`
      : `${out}, replaced by ${next}. ${reason}`,
  nobodyReplaced: 'none',
  cameIn: 'came in',

  satisfaction: 'How satisfied they are, against our own score',
  satisfactionSays: (shown: number, unit: Unit, below: string) =>
    `${counted(shown, unit)} with a word of the customer’s. Happy, but below our standard: ${below}.`,
  noWord: (count: number) =>
    `${number(count)} reviewed of which no customer has said how they see it, or that have no score.`,

  scores: 'Both scores',
  scoresSays: {
    each: 'The bar is our score, the ring the customer’s, each of 100. The distance between them is the message.',
    spread: 'How many have which score, in steps of 10: ours above, the customer’s below.',
  },
  scoresPart: (from: number, to: number, of: number) =>
    of <= to - from + 1 ? 'Both scores' : `Both scores, ${from} to ${to} of ${of}`,
  columns: {
    at: 'No.',
    what: { project: 'Project', customer: 'Customer', call: 'Call' } satisfies Record<Unit, string>,
    customer: 'Customer',
    satisfaction: 'Happy',
    ours: 'Ours',
    theirs: 'Theirs',
    findings: 'Found',
    reviewed: 'Reviewed',
    owner: 'Owner',
  },
  of100: 'All of 100. Happy: how satisfied they are, by the last word of the customer.',
  notReviewed: 'not reviewed yet',
  findingsShort: (major: number, all: number) =>
    all === 0
      ? 'nothing'
      : major === 0
        ? number(all)
        : `${number(all)}, ${number(major)} nonconforming`,
  unnamed: 'No name any more',
  somebody: 'a colleague',
  score,

  standards: 'Standard by standard',
  standardColumns: {
    name: 'Standard',
    target: 'Targets',
    ours: 'Ours met',
    theirs: 'Theirs met',
    not: 'Did not apply',
  },
  ourTarget: (target: string) => `ours: ${target}`,
  theirTarget: (target: string) => `theirs: ${target}`,
  noTarget: 'no target',
  version: (version: number) => `version ${number(version)}`,
  weight: (weight: number) => (weight === 0 ? 'counts for nothing' : `weight ${number(weight)}`),
  critical: 'critical',
  standardsSays:
    'Of those judged, how many met our target. The line is the 95\u00a0% interval of the share.',
  standardsPart: (from: number, to: number, of: number) =>
    of <= to - from + 1 ? 'Our targets met' : `Our targets met, ${from} to ${to} of ${of}`,

  findings: 'What was found',
  noFindings: 'Nothing was found.',
  types: {
    nonconformity: 'Nonconformity',
    observation: 'Observation',
    opportunity: 'Opportunity for improvement',
  },
  typeCount: {
    nonconformity: ['nonconformity', 'nonconformities'],
    observation: ['observation', 'observations'],
    opportunity: ['opportunity for improvement', 'opportunities for improvement'],
  } as const,
  countType: (type: 'nonconformity' | 'observation' | 'opportunity', count: number) =>
    `${number(count)} ${say.typeCount[type][count === 1 ? 0 : 1]}`,
  cause: 'Root cause:',
  reviewer: 'The reviewer:',
  corrected: (reason: string) => `Corrected after it was finished: ${reason}`,

  disputes: 'What was said to the reviews',
  noDisputes: 'Nobody disagreed.',
  disputesSays: (disputed: number, answered: number, changed: number) =>
    `${disputed === 1 ? '1 score was' : `${number(disputed)} scores were`} not agreed with. ${number(answered)} answered; ${number(changed)} changed.`,
  whole: 'The review as a whole',
  owner: 'The owner',
  aReviewer: 'The reviewer',
  said: { accept: 'agrees', partly: 'agrees partly', reject: 'does not agree' },
  results: { stands: 'it stands', changed: 'the score was changed' },
  waits: 'Not answered yet.',

  improvements: 'What is done about it',
  noImprovements: 'Nothing was begun from these reviews.',
  improvementsSays: (all: number, open: number, late: number) =>
    `${all === 1 ? '1 improvement' : `${number(all)} improvements`}, ${number(open)} not done yet, ${number(late)} late.`,
  improvementColumns: {
    what: 'What could be better',
    action: 'Action',
    owner: 'Owner',
    state: 'State',
  },
  states: {
    open: 'open',
    done: 'done; nobody has looked yet whether it helped',
    effective: 'it helped',
    'not-effective': 'it did not help',
    dropped: 'dropped',
  },
  late: {
    action: 'late',
    check: 'late: nobody has looked whether it helped',
    next: 'nothing was tried after it',
  },
  dueOn: (day: string) => `due ${day}`,
  noOwner: 'nobody yet',

  texts: 'The standards as they were',
  textsWhy: 'In the words, and in the versions, that the reviews went by.',

  proof: 'What proves it',
  proofWhy:
    'Reviews, findings, what was said to them and improvements are entries of an append-only log whose checkpoints the server signs. An evidence bundle (under Exports) has the entries with their proofs; anybody can verify it without this server.',
  proofDraw:
    'With these and the list anybody draws the same sample; “How projects are drawn” in the documentation says how.',
  proofFacts: {
    ...draws.facts,
    commitment: 'Hash of the hidden number, announced before',
    checkpoint: 'Checkpoint it was drawn by',
    now: 'Checkpoint when this report was read',
    list: 'The list, on this server',
  },
  noCheckpoint: 'It could not be read just now.',

  signatures: 'Signatures',
  signature: { auditor: 'For the audit', audited: 'For those who were audited' },
  place: 'Place and date',
};

function score(value: number): string {
  return number(Math.round(value));
}
