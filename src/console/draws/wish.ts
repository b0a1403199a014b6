// A draw as it is being planned.
import { FILTERS_OF, MOST_DRAWN } from '../../domain/draws.ts';
import type { DrawAnswer, DrawPreview } from '../api.ts';

export type DrawWish = {
  readonly unit: DrawAnswer['unit'];
  readonly filter: Readonly<Record<string, readonly string[]>>;
  readonly strata: DrawAnswer['strata'];
  /** 0 to 1 */
  readonly margin: number;
  readonly confidence: number;
  /** Part of all that are to have what one of is to be found. */
  readonly among: number;
  /** Ids; empty: whoever may. */
  readonly reviewers: readonly string[];
  readonly calibration: boolean;
};

export type DrawAnnouncement = Pick<
  DrawWish,
  'unit' | 'filter' | 'strata' | 'reviewers' | 'calibration'
> & {
  readonly name: string;
  readonly method: DrawAnswer['method'];
  readonly blind: boolean;
  readonly due: string | null;
};

/** The fields of the form, as they are typed and chosen. */
export type DrawForm = {
  readonly name: string;
  readonly unit: DrawAnswer['unit'];
  readonly state: string;
  readonly owner: string;
  readonly strata: DrawAnswer['strata'];
  readonly method: 'simple' | 'discovery';
  /** '' for what is planned. */
  readonly size: string;
  readonly margin: string;
  readonly confidence: string;
  readonly among: string;
  readonly blind: boolean;
  readonly due: string;
  readonly reviewers: readonly string[];
  readonly calibration: boolean;
};

export const EMPTY_FORM: DrawForm = {
  ...{ name: '', unit: 'project', state: '', owner: '', strata: 'satisfaction' },
  ...{ method: 'simple', size: '', margin: '10', confidence: '0.95', among: '5' },
  ...{ blind: true, due: '', reviewers: [], calibration: false },
};

export function wishOf(form: DrawForm): DrawWish {
  const chosen = { state: form.state, owner: form.owner };
  const filter = Object.fromEntries(
    Object.entries(chosen)
      .filter(([name, value]) => value !== '' && FILTERS_OF[form.unit].some((one) => one === name))
      .map(([name, value]) => [name, [value]]),
  );
  return {
    ...{ unit: form.unit, filter, strata: form.method === 'discovery' ? 'none' : form.strata },
    ...{ margin: partOf(form.margin, 0.1), confidence: Number(form.confidence) },
    among: partOf(form.among, 0.05),
    // With fewer than two it would be refused; what fits is counted all the same.
    ...{ reviewers: form.reviewers, calibration: form.calibration && form.reviewers.length > 1 },
  };
}

/** How many can be drawn. */
export function mostOf({ size }: DrawPreview): number {
  return Math.min(size, MOST_DRAWN);
}

/** What is typed, else what is planned; null for what is no number or more than can be drawn. */
export function sizeOf(form: DrawForm, preview: DrawPreview): number | null {
  const typed = form.size.trim();
  if (typed === '') {
    const { discovery, margin } = preview.planned;
    const planned = form.method === 'discovery' ? discovery : margin;
    return planned <= MOST_DRAWN ? planned : null;
  }
  const size = Number(typed);
  return /^\d+$/.test(typed) && size >= 1 && size <= mostOf(preview) ? size : null;
}

export function announcementOf(
  form: DrawForm,
  preview: DrawPreview,
  size: number,
): DrawAnnouncement {
  const { unit, filter, strata, confidence, reviewers, calibration } = wishOf(form);
  const method: DrawAnswer['method'] =
    form.method === 'discovery'
      ? { kind: 'discovery', size, among: preview.planned.among, confidence }
      : strata === 'none'
        ? { kind: 'simple', size }
        : // Each stratum is seen, as far as the sample has room for all.
          { kind: 'stratified', size, least: preview.strata.length <= size ? 1 : 0 };
  const due = form.due === '' ? null : form.due;
  return {
    ...{ unit, filter, strata, method, due, reviewers, calibration },
    ...{ name: form.name.trim(), blind: form.blind },
  };
}

function partOf(percent: string, otherwise: number): number {
  const part = Number(percent.trim().replace(',', '.')) / 100;
  return part > 0 && part < 1 ? part : otherwise;
}
