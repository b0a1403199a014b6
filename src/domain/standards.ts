// A company's own service standards. What a standard says is never changed: who changes one writes a
// new version, a record of its own, and a review goes on naming the version that it was made by.
import type { Fields } from './fields.ts';

export type Judgement = 'yes-no' | 'scale' | 'number';

/** What a standard says. */
export type StandardText = {
  name: string;
  text: string;
  judgement: Judgement;
  /** Of a scale: words for 1 to 5, worst first; else empty. */
  anchors: readonly string[];
  /** Of a number; else ''. */
  unit: string;
  /** Of a number; else 'more'. */
  better: 'more' | 'less';
  /** yes-no: 1 is yes, 0 no. scale: 1–5. number: in its unit. null: none is set. */
  ourTarget: number | null;
  customerTarget: number | null;
  /** 0 or more; 0 counts for nothing, but is judged and shown. */
  weight: number;
  /** Missed wholly, it makes the whole score 0. */
  critical: boolean;
  mayNotApply: boolean;
  /** Root causes to choose from. */
  causes: readonly string[];
  /** '' without one. */
  clause: string;
};

export type StandardVersion = StandardText & { id: string; version: number };

/** All versions of one standard, the newest last. */
export type Standard = {
  series: string;
  current: StandardVersion;
  versions: readonly StandardVersion[];
  retired: boolean;
};

export type StandardRecord = { id: string; fields: Fields<'standard'> };

/** The standards of a workspace by name, retired ones too. */
export function standardsOf(records: readonly StandardRecord[]): Standard[] {
  const series = new Map<string, StandardRecord[]>();
  for (const record of records) {
    if (record.fields.deleted === true) continue;
    const key = record.fields.series ?? record.id;
    series.set(key, [...(series.get(key) ?? []), record]);
  }
  return [...series]
    .map(([key, versions]) => {
      // Two that were written at once have one number: the later id is the current one.
      versions.sort((a, b) => versionOf(a) - versionOf(b) || (a.id < b.id ? -1 : 1));
      const [newest] = versions.slice(-1);
      if (newest === undefined) throw new Error('a series has a version');
      return {
        series: key,
        current: readVersion(newest),
        versions: versions.map(readVersion),
        // Retiring is said of the newest; a version written after it brings the standard back.
        retired: newest.fields.retired === true,
      };
    })
    .sort((a, b) => a.current.name.localeCompare(b.current.name) || (a.series < b.series ? -1 : 1));
}

function versionOf({ fields }: StandardRecord): number {
  return fields.version ?? 1;
}

function readVersion(record: StandardRecord): StandardVersion {
  const { fields } = record;
  return {
    ...{ id: record.id, version: versionOf(record) },
    ...{ name: fields.name ?? '', text: fields.text ?? '' },
    judgement: fields.judgement ?? 'yes-no',
    anchors: fields.anchors ?? [],
    ...{ unit: fields.unit ?? '', better: fields.better ?? 'more' },
    ...{ ourTarget: fields.ourTarget ?? null, customerTarget: fields.customerTarget ?? null },
    ...{ weight: fields.weight ?? 1, critical: fields.critical ?? false },
    mayNotApply: fields.mayNotApply ?? true,
    ...{ causes: fields.causes ?? [], clause: fields.clause ?? '' },
  };
}

export const LONGEST_STANDARD = { name: 120, text: 5_000, anchor: 300, cause: 120, clause: 120 };
export const MOST_CAUSES = 50;

export type StandardProblem = {
  field: keyof StandardText;
  problem:
    | 'missing'
    | 'too-long'
    | 'too-many'
    | 'not-five'
    | 'not-a-number'
    | 'out-of-scale'
    | 'below-zero'
    | 'ours-below-theirs';
};

/** What is wrong with it, field by field; empty when nothing is. */
export function standardProblems(wish: StandardText): StandardProblem[] {
  const found: StandardProblem[] = [];
  const add = (field: StandardProblem['field'], problem: StandardProblem['problem']) =>
    found.push({ field, problem });
  const isLong = (text: string, most: number) => text.trim().length > most;
  if (wish.name.trim() === '') add('name', 'missing');
  if (isLong(wish.name, LONGEST_STANDARD.name)) add('name', 'too-long');
  if (wish.text.trim() === '') add('text', 'missing');
  if (isLong(wish.text, LONGEST_STANDARD.text)) add('text', 'too-long');
  if (wish.judgement === 'scale') {
    const words = wish.anchors.filter((anchor) => anchor.trim() !== '');
    if (wish.anchors.length !== 5 || words.length !== 5) add('anchors', 'not-five');
    if (words.some((anchor) => isLong(anchor, LONGEST_STANDARD.anchor))) add('anchors', 'too-long');
  }
  if (wish.judgement === 'number' && wish.unit.trim() === '') add('unit', 'missing');
  for (const field of ['ourTarget', 'customerTarget'] as const) {
    const target = wish[field];
    if (target === null) continue;
    if (!Number.isFinite(target)) add(field, 'not-a-number');
    else if (!isOnScale(wish.judgement, target)) add(field, 'out-of-scale');
  }
  if (!Number.isFinite(wish.weight)) add('weight', 'not-a-number');
  else if (wish.weight < 0) add('weight', 'below-zero');
  if (found.length === 0 && !isHigher(wish)) add('ourTarget', 'ours-below-theirs');
  if (wish.causes.length > MOST_CAUSES) add('causes', 'too-many');
  if (wish.causes.some((cause) => isLong(cause, LONGEST_STANDARD.cause))) add('causes', 'too-long');
  if (isLong(wish.clause, LONGEST_STANDARD.clause)) add('clause', 'too-long');
  return found;
}

function isOnScale(judgement: Judgement, target: number): boolean {
  if (judgement === 'yes-no') return target === 0 || target === 1;
  return judgement === 'number' || (target >= 1 && target <= 5);
}

/** Ours is to be at least as high as the customer's: else the customer would set the standard. */
function isHigher({ better, judgement, ourTarget, customerTarget }: StandardText): boolean {
  if (ourTarget === null || customerTarget === null) return true;
  const isLess = judgement === 'number' && better === 'less';
  return isLess ? ourTarget <= customerTarget : ourTarget >= customerTarget;
}

/** As it is stored: trimmed, and without what its judgement does not use. */
export function storedStandard(wish: StandardText): StandardText {
  const { judgement } = wish;
  return {
    ...wish,
    ...{ name: wish.name.trim(), text: wish.text.trim(), clause: wish.clause.trim() },
    anchors: judgement === 'scale' ? wish.anchors.map((anchor) => anchor.trim()) : [],
    unit: judgement === 'number' ? wish.unit.trim() : '',
    better: judgement === 'number' ? wish.better : 'more',
    causes: wish.causes.map((cause) => cause.trim()).filter((cause) => cause !== ''),
  };
}

/** Worst and best of what can be said, for scores; of a number, the far end is twice its target. */
export function scaleOf(standard: StandardText, target: number | null): [number, number] {
  switch (standard.judgement) {
    case 'yes-no':
      return [0, 1];
    case 'scale':
      return [1, 5];
    case 'number': {
      const best = target ?? 1;
      if (standard.better === 'more') return [0, best === 0 ? 1 : best];
      // Nothing at all is as good as the target; twice as much is as bad as can be.
      return [best === 0 ? 1 : 2 * best, best];
    }
  }
}
