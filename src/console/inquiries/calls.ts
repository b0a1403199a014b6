import type { Client } from '../client.ts';
import { askedInquiry, inquiryList, oneInquiry } from './answer.ts';

/** What a question is about; what it belongs to besides, the server fills in. */
export interface AskAbout {
  readonly review?: string | null;
  readonly finding?: string | null;
  /** The version of the standard. */
  readonly standard?: string | null;
  readonly subject?: { readonly kind: string; readonly id: string } | null;
  readonly customer?: string | null;
  readonly project?: string | null;
  readonly interaction?: string | null;
}

export interface AskWish extends AskAbout {
  /** Made here: sent twice, it is asked once. */
  readonly id: string;
  /** A member's id, or 'owner': whoever owns the project. */
  readonly to: string;
  readonly question: string;
  /** ISO date */
  readonly due: string | null;
}

export const SHOWN = ['open', 'overdue', 'answered', 'all'] as const;
export type Shown = (typeof SHOWN)[number];
export type Whose = 'all' | 'to-me' | 'by-me';

export interface InquiryFilter {
  readonly state: Shown;
  readonly whose: Whose;
  /** ISO date where the person is. */
  readonly today: string;
  readonly before?: string | null;
  readonly review?: string;
}

export function inquiryCalls({ call, send }: Pick<Client, 'call' | 'send'>) {
  const at = (id: string) => `/v1/inquiries/${encodeURIComponent(id)}`;
  return {
    list({ state, whose, today, before, review }: InquiryFilter) {
      const query = new URLSearchParams({ state, today });
      if (whose !== 'all') query.set('mine', whose === 'to-me' ? '1' : 'asked');
      if (before) query.set('before', before);
      if (review) query.set('review', review);
      return call(inquiryList, `/v1/inquiries?${query}`);
    },
    one: (id: string) => call(oneInquiry, at(id)),
    ask: (wish: AskWish) => send('POST', askedInquiry, '/v1/inquiries', wish),
    answer: (id: string, text: string) => send('POST', oneInquiry, `${at(id)}/answer`, { text }),
    withdraw: (id: string) => send('POST', oneInquiry, `${at(id)}/withdraw`, {}),
  };
}
