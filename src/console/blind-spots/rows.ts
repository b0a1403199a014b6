// Which of the customers are shown, and in which order.
import { type BlindSpotKind, byUrgency, type Listed } from '../../domain/blind-spots.ts';

export const ORDERS = ['urgency', 'days', 'name'] as const;
export type Order = (typeof ORDERS)[number];

export interface Choice {
  /** None: all of them. */
  readonly kinds: readonly BlindSpotKind[];
  readonly words: string;
  readonly order: Order;
}

export const ALL: Choice = { kinds: [], words: '', order: 'urgency' };

export function shownOf(rows: readonly Listed[], { kinds, words, order }: Choice): Listed[] {
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows
    .filter(({ spots }) => kinds.length === 0 || spots.some(({ kind }) => kinds.includes(kind)))
    .filter(({ name }) => asked.every((word) => name.toLowerCase().includes(word)))
    .sort((a, b) => compare(a, b, order));
}

function compare(a: Listed, b: Listed, order: Order): number {
  const first =
    order === 'name'
      ? a.name.localeCompare(b.name)
      : order === 'days'
        ? longest(b) - longest(a)
        : 0;
  return first || byUrgency(a, b);
}

function longest({ spots }: Listed): number {
  return Math.max(...spots.map(({ days }) => days));
}
