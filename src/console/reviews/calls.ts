import type { DraftScore } from '../../domain/reviews.ts';
import type { Client } from '../client.ts';
import { finishedReview, type ReviewList, reviewList, saidToReview } from './answer.ts';

export type Stance = 'accept' | 'partly' | 'reject';

export interface Statement {
  /** The version of the standard; null: the whole review. */
  readonly standard: string | null;
  readonly stance: Stance;
  readonly reason: string;
}

export interface Reply {
  readonly result: 'stands' | 'changed';
  readonly text: string;
  readonly score: DraftScore | null;
}

export interface ListWish {
  readonly which: keyof ReviewList['counts'];
  /** All of them in the names of what was reviewed, its customer, or the reviewer. */
  readonly words: string;
  readonly most: number;
}

export function reviewCalls({ call, send }: Pick<Client, 'call' | 'send'>) {
  const at = (id: string, act = '') => `/v1/reviews/${encodeURIComponent(id)}${act}`;
  return {
    list(only: URLSearchParams, wish: ListWish) {
      const query = new URLSearchParams();
      for (const name of ['audit', 'subject', 'project', 'customer']) {
        const value = only.get(name);
        if (value) query.set(name, value);
      }
      if (wish.which !== 'all') query.set('which', wish.which);
      if (wish.words.trim() !== '') query.set('q', wish.words.trim());
      query.set('limit', String(wish.most));
      return call(reviewList, `/v1/reviews?${query}`);
    },
    one: (id: string) => call(finishedReview, at(id)),
    said: (id: string) => call(saidToReview, at(id, '/disputes')),
    acknowledge: (id: string) => send('POST', saidToReview, at(id, '/acknowledge'), {}),
    say: (id: string, statement: Statement) =>
      send('POST', saidToReview, at(id, '/disputes'), statement),
    reply: (dispute: string, reply: Reply) =>
      send('POST', saidToReview, at('disputes', `/${encodeURIComponent(dispute)}/answer`), reply),
    withdraw: (id: string, reason: string) =>
      send('POST', finishedReview, at(id, '/withdraw'), { reason }),
    correct: (id: string, scores: object, reason: string) =>
      send('POST', finishedReview, at(id, '/correct'), { scores, reason }),
  };
}
export type ReviewCalls = ReturnType<typeof reviewCalls>;

export function reviewHref(id: string): string {
  return `#/reviews/${encodeURIComponent(id)}`;
}
