// What the page is asked to show: it stands in the address, so that it can be kept and sent on.
import type { DrawUnit, Id } from '../../domain/index.ts';

export const PERIODS = ['3m', '12m', 'all', 'between'] as const;
export type Period = (typeof PERIODS)[number];

export interface Wish {
  readonly unit: DrawUnit;
  readonly period: Period;
  /** ISO dates, of `between` alone; '' is open. */
  readonly from: string;
  readonly to: string;
  readonly customer: Id | '';
  readonly owner: Id | '';
  /** Our standard is kept from here on, of 100; '' is as usual. */
  readonly ours: string;
  /** What is listed below the chart: a quadrant, or a field of it. */
  readonly list: string;
}

export const USUAL: Wish = {
  ...{ unit: 'project', period: '12m', from: '', to: '', customer: '', owner: '', ours: '' },
  list: 'happy-below-ours',
};

const UNITS: readonly DrawUnit[] = ['project', 'customer', 'call'];
const TEXTS = ['from', 'to', 'customer', 'owner', 'ours', 'list'] as const;

export function readWish(query: URLSearchParams): Wish {
  const unit = UNITS.find((one) => one === query.get('unit')) ?? USUAL.unit;
  const period = PERIODS.find((one) => one === query.get('period')) ?? USUAL.period;
  const texts = Object.fromEntries(
    TEXTS.map((name) => [name, query.get(name) ?? USUAL[name]]),
  ) as Pick<Wish, (typeof TEXTS)[number]>;
  return { unit, period, ...texts };
}

/** The address of the page that shows it; what is as usual is left out. */
export function insightHref(wish: Wish): string {
  const query = new URLSearchParams();
  for (const name of ['unit', 'period', ...TEXTS] as const) {
    if (wish[name] !== USUAL[name]) query.set(name, wish[name]);
  }
  const text = query.toString();
  return `#/insight${text && `?${text}`}`;
}

/** As the server is asked; months back from today's date, UTC. */
export function askOf(wish: Wish, now: Date): string {
  const query = new URLSearchParams();
  if (wish.unit !== USUAL.unit) query.set('unit', wish.unit);
  const back = (months: number) => {
    const day = new Date(
      Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, now.getUTCDate() + 1),
    );
    return day.toISOString().slice(0, 10);
  };
  if (wish.period === '3m') query.set('from', back(3));
  if (wish.period === '12m') query.set('from', back(12));
  if (wish.period === 'between') {
    if (isDate(wish.from)) query.set('from', wish.from);
    if (isDate(wish.to)) query.set('to', wish.to);
  }
  if (wish.customer !== '') query.set('customer', wish.customer);
  if (wish.owner !== '') query.set('owner', wish.owner);
  if (isBound(wish.ours)) query.set('ours', wish.ours);
  return query.toString();
}

/** While one is being typed it is none. */
function isDate(text: string): boolean {
  return /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

export function isBound(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= 100;
}
