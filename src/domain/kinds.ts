// The kinds of records and the fields of each. A field may always be null (cleared) and is always
// optional: a change carries only what it changes.
import * as z from 'zod/mini';
import { evidence } from './evidence.ts';
import { id } from './id.ts';

const line = z.string().check(z.maxLength(2_000));
const prose = z.string().check(z.maxLength(200_000));
const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();
const rating = z.int().check(z.gte(1), z.lte(5));
const score = z.number();
const count = z.int().check(z.gte(1));
const ref = z.object({ kind: line, id });
const flags = z.record(z.string().check(z.maxLength(1_000)), z.nullable(z.boolean()));
const person = z.object({ name: line, address: line });

/** Null: not judged, or nothing was asked for. Of a number both are what was measured. */
const judged = z.object({
  applies: z.boolean(),
  /** Against ours, and against what the customer asked for (standards.ts says in what). */
  ours: z.nullable(score),
  theirs: z.nullable(score),
  text: z.optional(prose),
  cause: z.optional(line),
});
const pause = z.object({ from: instant, to: z.nullable(instant) });

const common = {
  deleted: z.boolean(),
  visibility: z.enum(['workspace', 'managers']),
  /** True time of writing where it differs from the change's, e.g. shared later from a device. */
  writtenAt: instant,
  /** Who wrote it, in words, where somebody else brought it in from a file. */
  writtenBy: line,
};
const about = { customer: id, contact: id, project: id, interaction: id };
const evidenced = { evidence: z.record(id, z.nullable(evidence)) };
const identified = { identifiers: flags, mergedInto: id };

export const expectationClass = z.enum(['stated', 'implied', 'unstated']);
export const impliedBy = z.enum(['law', 'practice', 'own-standard']);
export const unstatedBecause = z.enum(['cannot-say', 'assumes', 'does-not-know']);
export const stage = z.enum(['hunch', 'asked', 'confirmed', 'refuted']);
export const outcome = z.enum(['open', 'missed', 'met', 'exceeded']);
export const noteLabel = z.enum(['note', 'praise', 'grievance', 'question', 'decision', 'risk']);
export const channel = z.enum(['email', 'call', 'meeting', 'chat', 'ticket', 'visit']);
// SERVQUAL: Parasuraman, Zeithaml and Berry (1988).
export const dimension = z.enum([
  'tangibles',
  'reliability',
  'responsiveness',
  'assurance',
  'empathy',
]);
// Kano, Seraku, Takahashi and Tsuji (1984).
export const kano = z.enum([
  'must-be',
  'one-dimensional',
  'attractive',
  'indifferent',
  'reverse',
  'questionable',
]);

/** Where a hunch comes from: words, a moment of a call, or that nobody said anything. */
export const hunchFrom = z.enum(['words', 'moment', 'silence']);
// The five answers to each of Kano's two questions: Kano, Seraku, Takahashi and Tsuji (1984).
export const kanoAnswer = z.enum(['like', 'must-be', 'neutral', 'live-with', 'dislike']);

/** kind → field → schema of a non-null value. */
export const KINDS = {
  customer: { ...common, ...identified, name: line, remark: prose },
  contact: { ...common, ...identified, name: line, role: line, customer: id },
  project: {
    ...common,
    ...identified,
    name: line,
    customer: id,
    state: z.enum(['open', 'won', 'lost', 'delivered', 'closed']),
    owner: id,
    remark: prose,
  },
  interaction: {
    ...common,
    ...identified,
    channel,
    subject: line,
    startedAt: instant,
    endedAt: instant,
    sender: person,
    recipients: z.array(person).check(z.maxLength(1_000)),
    direction: z.enum(['inbound', 'outbound']),
    text: prose,
    site: line,
    url: z.string().check(z.maxLength(4_000)),
    /** True when somebody logged it on purpose, not only as the place a capture was made in. */
    logged: z.boolean(),
    /** It logged itself: a mail of a followed customer that was opened. */
    byItself: z.boolean(),
    customer: id,
    contact: id,
    project: id,
    /** Of a call that is tagged (call.ts). `parked`: set aside for another one. */
    callState: z.enum(['running', 'parked', 'ended']),
    /** While its clock stood; `to` null: it still does. In order, apart from each other. */
    pauses: z.array(pause).check(z.maxLength(1_000)),
    /** In ms, added to the times of all its tags, to line up with a recording made elsewhere. */
    shift: z.number(),
    /** How we think it went. */
    wentWell: rating,
    /** Times at which the computer's clock was set, and by how many ms. */
    clockSet: z.array(z.object({ at: instant, by: z.number() })).check(z.maxLength(100)),
  },
  note: {
    ...common,
    ...about,
    ...evidenced,
    label: noteLabel,
    text: prose,
    /** Of a grievance: what was done or said about it, and when; without `answeredAt` it waits. */
    answer: prose,
    answeredAt: instant,
    answeredBy: id,
    /** Of a tag: ms on its call's clock, from the start, pauses left out, `shift` not yet added. */
    offset: z.number(),
    /** Of a tag that was held: ms. */
    span: z.number().check(z.gte(0)),
    /** Of a tag: which one of the codebook's (codebook.ts). */
    tag: line,
    /** Of a tag: when its key was pressed, by the call's clock; never mended. */
    pressedAt: instant,
    /** Of a tag: somebody has dealt with it. */
    handled: z.boolean(),
    /** Of a tag: the record it became. */
    became: ref,
  },
  expectation: {
    ...common,
    ...about,
    ...evidenced,
    statement: prose,
    class: expectationClass,
    impliedBy,
    unstatedBecause,
    stage,
    dimension,
    kano,
    value: rating,
    effort: rating,
    likelihood: rating,
    decision: z.enum(['exceed', 'meet', 'decline']),
    decisionReason: prose,
    decidedBy: id,
    decidedAt: instant,
    /** When to look at the decision again. */
    reviewOn: day,
    owner: id,
    due: day,
    outcome,
    outcomeAt: instant,
    /** What it was seen by. */
    outcomeText: prose,
    /** Of a miss: what it cost; of one that was exceeded: what that brought. In `currency`. */
    outcomeValue: score,
    /** ISO 4217 */
    currency: line,
    /** Of a miss: which of the five gaps, Parasuraman, Zeithaml and Berry (1985). */
    gap: rating,
    // Zone of tolerance, Zeithaml, Berry and Parasuraman (1993): three numbers in `unit`.
    adequate: score,
    desired: score,
    perceived: score,
    unit: line,
    hunchFrom,
    /** Why it is thought so, where no words can be pointed at. */
    hunchText: prose,
    /** The rule that proposed it (cues). */
    cue: line,
  },
  /** A question, or (without one) what was said unasked. Its evidence: the moment of a call. */
  probe: {
    ...common,
    ...about,
    ...evidenced,
    expectation: id,
    question: prose,
    askedAt: instant,
    askedBy: id,
    /** Who is to ask it, and until when. */
    owner: id,
    due: day,
    /** The pattern it was made of: a record's id, or the name of a built-in one. */
    pattern: line,
    answer: prose,
    answeredAt: instant,
    /** What the answer says of the expectation. */
    says: z.enum(['confirmed', 'refuted', 'unclear']),
    /** Kano's two questions, asked of `contact`: if it were so, if it were not so. */
    functional: kanoAnswer,
    dysfunctional: kanoAnswer,
  },
  commitment: {
    ...common,
    ...about,
    ...evidenced,
    text: prose,
    by: z.enum(['us', 'them']),
    due: day,
    state: z.enum(['open', 'kept', 'broken', 'withdrawn']),
    owner: id,
  },
  perception: {
    ...common,
    ...about,
    /** `impression`: what we think they feel, after talking to them. */
    form: z.enum(['survey', 'remark', 'renewal', 'complaint', 'impression']),
    score,
    scaleMin: score,
    scaleMax: score,
    text: prose,
    observedAt: instant,
    /** The row of a file it came from: by that it is known when the file is imported again. */
    imported: line,
  },
  /** One version of a service standard; its content is never changed (standards.ts). */
  standard: {
    ...common,
    /** What all its versions have in common: the id of the first. */
    series: id,
    version: z.int().check(z.gte(1)),
    name: line,
    text: prose,
    judgement: z.enum(['yes-no', 'scale', 'number']),
    /** Of a scale: words for 1 to 5. */
    anchors: z.array(line).check(z.maxLength(5)),
    /** Of a number, e.g. "hours". */
    unit: line,
    /** Of a number: whether more is better, or less. */
    better: z.enum(['more', 'less']),
    ourTarget: score,
    customerTarget: score,
    weight: score.check(z.gte(0)),
    critical: z.boolean(),
    mayNotApply: z.boolean(),
    /** Root causes to choose from where it was missed. */
    causes: z.array(line).check(z.maxLength(50)),
    /** E.g. "ISO 9001:2015 8.2.1". */
    clause: line,
    retired: z.boolean(),
  },
  /** A draw of what is to be reviewed (docs/drawing.md). What is said of it is said once. */
  audit: {
    ...common,
    name: line,
    /** What is drawn. */
    unit: z.enum(['project', 'customer', 'call']),
    /** Which of these: name of a filter → values, any of which fits. */
    filter: z.record(line, z.array(line).check(z.maxLength(1_000))),
    strata: z.enum(['none', 'satisfaction', 'owner', 'size']),
    method: z.union([
      z.object({ kind: z.literal('simple'), size: count }),
      z.object({ kind: z.literal('stratified'), size: count, least: z.int().check(z.gte(0)) }),
      z.object({ kind: z.literal('discovery'), size: count, among: count, confidence: score }),
    ]),
    /** SHA-256 of the population's list, in hex. */
    population: line,
    populationSize: count,
    /** SHA-256 of the nonce, in hex. */
    commitment: line,
    /** 32 bytes in hex; shown when it is drawn. */
    nonce: line,
    /** The signed note that the seed was made with. */
    checkpoint: prose,
    /** In the order in which they were drawn. */
    sample: z.array(id).check(z.maxLength(10_000)),
    replacements: z
      .array(z.object({ out: id, in: z.nullable(id), reason: prose, at: instant, by: id }))
      .check(z.maxLength(1_000)),
    state: z.enum(['announced', 'drawn', 'abandoned']),
    /** Why it was abandoned. */
    reason: prose,
    blind: z.boolean(),
    due: day,
    auditor: id,
    /** Who is to review; absent: whoever may. */
    reviewers: z.array(id).check(z.maxLength(100)),
    /** Each of the reviewers reviews all of it, none seeing the others' before. */
    calibration: z.boolean(),
    /** The programme that it was drawn by, and the day it was due on. */
    programme: id,
    programmeDay: day,
  },
  /** Draws that come again (ISO 19011, 5: an audit programme). What is drawn: see audit. */
  programme: {
    ...common,
    name: line,
    unit: z.enum(['project', 'customer', 'call']),
    filter: z.record(line, z.array(line).check(z.maxLength(1_000))),
    strata: z.enum(['none', 'satisfaction', 'owner', 'size']),
    /** How many each time; all, where there are fewer. */
    size: count,
    blind: z.boolean(),
    reviewers: z.array(id).check(z.maxLength(100)),
    every: z.enum(['week', 'month', 'quarter']),
    /** The day of the first draw; later ones a whole number of `every` after it. */
    from: day,
    /** Days after the draw until which its reviews are due. */
    dueIn: count,
    stopped: z.boolean(),
  },
  /** One project (or customer, or call) held against the company's standards by one reviewer. */
  review: {
    ...common,
    audit: id,
    unit: z.enum(['project', 'customer', 'call']),
    /** What was drawn. */
    subject: id,
    /** What the subject belongs to, or is itself. */
    project: id,
    customer: id,
    interaction: id,
    reviewer: id,
    /** By the id of the standard's version (reviews.ts). */
    scores: z.record(id, z.nullable(judged)),
    /** 0–100 (scores.ts); absent where nothing that counts was applicable. */
    ours: score,
    theirs: score,
    text: prose,
    blind: z.boolean(),
    startedAt: instant,
    finishedAt: instant,
    /** Seconds that were spent on it, pauses left out; absent where they are not to be kept. */
    seconds: z.number().check(z.gte(0)),
    /** Taken back, with the reason; it counts for nothing then. */
    withdrawn: z.boolean(),
    reason: prose,
  },
  /** What a review found (ISO 19011, 3.10), pinned to a moment of the story. */
  finding: {
    ...common,
    ...about,
    ...evidenced,
    review: id,
    /** The version of the standard. */
    standard: id,
    type: z.enum(['nonconformity', 'observation', 'opportunity']),
    text: prose,
    cause: line,
    /** The moment: its record, and when it was. */
    subject: ref,
    at: instant,
  },
  /** A question to whoever answers for a project, or the request to read a review. */
  inquiry: {
    ...common,
    ...about,
    review: id,
    finding: id,
    standard: id,
    /** The moment it is about. */
    subject: ref,
    to: id,
    asks: z.enum(['answer', 'acknowledge']),
    question: prose,
    answer: prose,
    answeredAt: instant,
    answeredBy: id,
    due: day,
    /** Nobody waits for the answer any more. */
    withdrawn: z.boolean(),
  },
  /** What the owner says to a review, or to one standard in it; what was said before stays. */
  dispute: {
    ...common,
    ...about,
    review: id,
    /** The version of the standard; absent: the whole review. */
    standard: id,
    by: id,
    stance: z.enum(['accept', 'partly', 'reject']),
    reason: prose,
    at: instant,
    /** The reviewer's: it stands, or the score was changed. */
    result: z.enum(['stands', 'changed']),
    answer: prose,
    answeredAt: instant,
    answeredBy: id,
  },
  /** What is done so that it does not happen again, and whether that helped (ISO 9001, 10.2). */
  improvement: {
    ...common,
    ...about,
    ...evidenced,
    review: id,
    finding: id,
    /** The moment it is about: its record, and when it was. */
    subject: ref,
    at: instant,
    /** The improvement before it, which did not help. */
    follows: id,
    /** What could have been better, as it was said. */
    text: prose,
    cause: prose,
    action: prose,
    owner: id,
    due: day,
    state: z.enum(['open', 'done', 'dropped']),
    /** Why it was dropped. */
    reason: prose,
    doneAt: instant,
    doneText: prose,
    /** When to look whether it helped. */
    checkOn: day,
    checkedAt: instant,
    checkedBy: id,
    effective: z.boolean(),
    effectText: prose,
    /** What was captured in one team session has one. */
    session: id,
  },
  /** Said about a moment of the story. */
  comment: { ...common, ...about, subject: ref, at: instant, text: prose, settled: z.boolean() },
  /** What was exported, by whom, and how much. */
  export: {
    ...common,
    what: line,
    format: line,
    /** As it was asked for. */
    filter: z.record(line, z.string().check(z.maxLength(20_000))),
    columns: z.array(line).check(z.maxLength(200)),
    rows: z.int().check(z.gte(0)),
  },
  /** What was brought in from a file, by whom; and taken back again. Its changes are found by these. */
  import: {
    ...common,
    /** Of the file. */
    name: line,
    format: line,
    /** Whose chain its changes stand in, and the first and last numbers of each run of them. */
    device: id,
    runs: z
      .array(z.tuple([z.int().check(z.gte(0)), z.int().check(z.gte(0))]))
      .check(z.maxLength(10_000)),
    /** Parts of the file that were taken, so that none is taken twice. */
    parts: z.int().check(z.gte(0)),
    /** Records that were new, changed, as they are here, and otherwise here where ours stayed. */
    created: z.int().check(z.gte(0)),
    changed: z.int().check(z.gte(0)),
    same: z.int().check(z.gte(0)),
    differs: z.int().check(z.gte(0)),
    /** Those with a problem, and those of kinds that are not taken. */
    wrong: z.int().check(z.gte(0)),
    left: z.int().check(z.gte(0)),
    endedAt: instant,
    /** How far taking it back has come: the pass, and the number below which changes still stand. */
    undoing: z.tuple([z.int().check(z.gte(0)), z.int().check(z.gte(0))]),
    undoneAt: instant,
    /** Records taken back, and those that stay because of what was written since. */
    undone: z.int().check(z.gte(0)),
    kept: z.int().check(z.gte(0)),
  },
  mention: { ...common, member: id, subject: ref, text: prose, seen: z.boolean() },
  label: {
    ...common,
    name: line,
    key: line,
    colour: line,
    icon: line,
    /** What a call's tag with it is about (codebook.ts). */
    means: line,
    /** The built-in tag that this one stands for. */
    replaces: line,
    order: z.number(),
    retired: z.boolean(),
  },
  /** A question to ask; `replaces`: the built-in one that it stands for. */
  pattern: {
    ...common,
    text: prose,
    reason: unstatedBecause,
    dimension,
    replaces: line,
    order: z.number(),
    retired: z.boolean(),
  },
  /** Looking back on a customer whose requirements were hard to get. */
  retrospective: {
    ...common,
    customer: id,
    project: id,
    /** What was asked. */
    asked: prose,
    /** What came out late. */
    late: prose,
    /** What would be done differently. */
    differently: prose,
    heldAt: instant,
  },
  setting: { ...common, name: line, value: prose },
  member: {
    ...common,
    name: line,
    role: z.enum(['annotator', 'manager', 'admin', 'auditor']),
    /** Left, or is not let in for now. */
    deactivated: z.boolean(),
  },
  device: {
    ...common,
    name: line,
    member: id,
    /** Ed25519, 32 bytes in base64; a device without one does not sign. */
    publicKey: line,
    /** The member's other device that vouched for this one. */
    attestedBy: id,
    revoked: z.boolean(),
  },
  erasure: {
    ...common,
    targets: z.array(ref).check(z.maxLength(10_000)),
    reason: prose,
    /** Asked for by a person, or due by the retention rules. */
    cause: z.enum(['request', 'retention']),
  },
} as const satisfies Record<string, Record<string, z.ZodMiniType>>;

export type Kind = keyof typeof KINDS;

export const kind = z.enum(Object.keys(KINDS) as [Kind, ...Kind[]]);

export function isKind(name: string): name is Kind {
  return Object.hasOwn(KINDS, name);
}
