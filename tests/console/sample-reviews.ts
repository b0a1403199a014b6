// Finished reviews and questions of the server in memory, beside sample-server.ts.

import { reviewScores } from '../../src/audit/review-score.ts';
import type { InquiryShown, OneInquiry } from '../../src/console/inquiries/answer.ts';
import type { Ask } from '../../src/console/pokes.ts';
import type {
  DisputeShown,
  FinishedReview,
  ReviewRow,
  SaidToReview,
} from '../../src/console/reviews/answer.ts';
import { inquiryState, isOverdue } from '../../src/domain/inquiries.ts';
import { MEMBERS, type SampleServer, sampleServer } from './sample-server.ts';

export const [MIRA, TOM] = MEMBERS;
export const REVIEW = '00000000-0000-7000-8000-0000000f0001';
const PROJECT = '00000000-0000-7000-8000-0000000000d0';
const CUSTOMER = '00000000-0000-7000-8000-0000000000c0';
const NOTE = '00000000-0000-7000-8000-0000000f0901';

const standard: FinishedReview['standards'][number] = {
  ...{ id: 's1', name: 'Certificates before the audit', version: 1 },
  ...{ text: 'They are in the customer’s hands before the audit.', unit: '', clause: '' },
  ...{ anchors: [], causes: [], ourTarget: 1, customerTarget: 1, weight: 3 },
  ...{ critical: true, mayNotApply: true },
  judgement: 'yes-no',
  better: 'more',
};

export const STANDARDS: FinishedReview['standards'] = [
  standard,
  {
    ...{ ...standard, id: 's2', name: 'Hours to the first answer', version: 2 },
    ...{ unit: 'working hours', ourTarget: 4, customerTarget: 8, weight: 2, critical: false },
    judgement: 'number',
    better: 'less',
    clause: 'ISO 9001:2015 8.2.1',
  },
  {
    ...{ ...standard, id: 's3', name: 'How we sound' },
    ...{ ourTarget: 4, customerTarget: null, weight: 0, critical: false },
    judgement: 'scale',
    anchors: ['rude', 'cool', 'civil', 'kind', 'warm'],
  },
  { ...standard, id: 's4', name: 'A named person', critical: false },
];

export function sampleReview(): FinishedReview {
  const scores = {
    s1: { applies: true, ours: 0, theirs: 1, text: 'Two of three came a day late.' },
    s2: { applies: true, ours: 6, theirs: 6, cause: 'Nobody was on duty' },
    s3: { applies: true, ours: 4, theirs: null },
    s4: { applies: false, ours: null, theirs: null },
  };
  return {
    review: {
      ...{ id: REVIEW, audit: 'a1', unit: 'project', subject: PROJECT, project: PROJECT },
      ...{ customer: CUSTOMER, interaction: null, reviewer: MIRA.id, scores },
      ...{ ours: 0, theirs: 100, text: 'A good project with one bad day.\nAsk about March.' },
      ...{ blind: true, startedAt: '2027-02-24T08:00:00Z', finishedAt: '2027-02-24T08:31:00Z' },
      ...{ seconds: 1_700, withdrawn: false, reason: '' },
    },
    standards: STANDARDS,
    findings: [
      {
        ...{
          id: 'f1',
          type: 'nonconformity',
          standard: 's1',
          cause: 'The mail went to an old list',
        },
        text: 'The certificates reached the customer after the audit had begun.',
        ...{ subject: { kind: 'note', id: NOTE }, at: '2027-02-01T09:00:00Z' },
      },
      {
        ...{ id: 'f2', type: 'opportunity', standard: null, cause: '', subject: null, at: null },
        text: 'Tell them beforehand who is on duty.',
      },
    ],
    ...{ title: 'Cold store for Sample Foods, phase 1', customer: 'Sample Foods' },
    ...{ reviewer: { ...MIRA }, draw: { id: 'a1', name: 'Spring audit' }, owner: { ...TOM } },
    satisfaction: {
      ...{ score: 9, scaleMin: 0, scaleMax: 10, text: 'smooth', at: '2027-02-20T08:00:00Z' },
    },
    may: { correct: true, withdraw: true },
  };
}

export function sampleInquiry(n: number, more: Partial<InquiryShown> = {}): InquiryShown {
  return {
    ...{ id: `00000000-0000-7000-8000-0000000f10${n}`, asks: 'answer' },
    question: 'Why did nobody call them on Monday?',
    ...{ by: MIRA.id, byName: MIRA.name, at: '2027-02-24T09:12:00Z' },
    ...{ to: TOM.id, toName: TOM.name, toLeft: false, due: '2027-03-10' },
    ...{ review: null, finding: null, standard: null, subject: { kind: 'note', id: NOTE } },
    ...{ customer: CUSTOMER, project: PROJECT, interaction: null },
    ...{ customerName: 'Sample Foods', projectName: 'Cold store for Sample Foods, phase 1' },
    ...{ state: 'open', answer: '', answeredAt: null, answeredBy: null, answeredByName: '' },
    ...more,
  };
}

const MOMENT = {
  ...{ kind: 'note', id: NOTE, at: '2027-02-01T09:00:00Z' },
  ...{ quote: 'nobody told us until Monday morning', text: 'They want to hear of a standstill.' },
};

/** A server with one review of Tom's project by Mira; who is signed in is Mira, or `me`. */
export class SampleReviews {
  readonly server: SampleServer = sampleServer(0);
  me: { id: string; name: string } = MIRA;
  role = 'manager';
  found = sampleReview();
  disputes: DisputeShown[] = [];
  /** Newest first. */
  inquiries: InquiryShown[] = [
    sampleInquiry(1, {
      ...{ asks: 'acknowledge', review: REVIEW, subject: null, due: '2027-03-03' },
      question: '“Cold store” was reviewed (Spring audit). Read the review.',
    }),
  ];
  /** Bodies of what was sent, by "POST /v1/…". */
  readonly sent: { readonly line: string; readonly body: unknown }[] = [];
  instead: ((line: string) => Response | 'offline' | null) | null = null;

  ask: Ask = async (path, init) => {
    const url = new URL(path, 'http://console.example');
    const line = `${init?.method ?? 'GET'} ${url.pathname}`;
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
    if (init?.method !== undefined && init.method !== 'GET') this.sent.push({ line, body });
    const other = this.instead?.(line);
    if (other === 'offline') throw new TypeError('Failed to fetch');
    return other ?? this.answer(line, url.searchParams, body) ?? this.server.ask(path, init);
  };

  answer(line: string, query: URLSearchParams, body: unknown): Response | null {
    if (line === 'GET /v1/me') {
      const member = { ...this.me, email: 'somebody@brightwater.example', role: this.role };
      return Response.json({ member, workspace: { id: 'w', name: 'Brightwater Sample' } });
    }
    if (line.startsWith('GET /v1/improvements')) {
      const none = ['waiting', 'late', 'open', 'done', 'effective', 'not-effective', 'dropped'];
      const counts = Object.fromEntries([...none, 'all'].map((name) => [name, 0]));
      return Response.json({ improvements: [], next: null, counts, members: [] });
    }
    return this.#reviews(line, query, body) ?? this.#inquiries(line, query, body);
  }

  /** As the server lists them: by what was said to them, and by names. */
  #list(query: URLSearchParams): Response {
    const { review, title, customer } = this.found;
    const waiting = this.disputes.filter(({ answered }) => answered === null).length;
    const isRead = this.inquiries.some(({ answeredAt }) => answeredAt);
    const row: ReviewRow = {
      ...{ ...review, title, customerName: customer, reviewerName: MIRA.name },
      standing: { read: isRead ? 'read' : 'waits', disputed: this.disputes.length, waiting },
    };
    const older: ReviewRow = {
      ...{ ...row, id: 'r2', title: 'Depot for Acme Sample', customerName: 'Acme Sample' },
      ...{ withdrawn: true, ours: null, theirs: null },
    };
    const fits: Record<string, (one: ReviewRow) => boolean> = {
      all: () => true,
      unread: ({ withdrawn, standing }) => !withdrawn && standing.read === 'waits',
      disputed: ({ withdrawn, standing }) => !withdrawn && standing.disputed > 0,
      waiting: ({ withdrawn, standing }) => !withdrawn && standing.waiting > 0,
      withdrawn: ({ withdrawn }) => withdrawn,
    };
    const all = [row, older];
    const words = (query.get('q') ?? '').toLowerCase();
    const found = all
      .filter((one) => fits[query.get('which') ?? 'all']?.(one))
      .filter((one) => `${one.title} ${one.customerName}`.toLowerCase().includes(words));
    const counts = Object.fromEntries(
      Object.entries(fits).map(([name, fit]) => [name, all.filter(fit).length]),
    );
    const reviews = found.slice(0, Number(query.get('limit')));
    return Response.json({ reviews, total: found.length, counts });
  }

  #reviews(line: string, query: URLSearchParams, body: unknown): Response | null {
    const { review } = this.found;
    switch (line) {
      case 'GET /v1/reviews':
        return this.#list(query);
      case `GET /v1/reviews/${REVIEW}`:
        return Response.json(this.found);
      case `GET /v1/reviews/${REVIEW}/disputes`:
        return this.#said();
      case `POST /v1/reviews/${REVIEW}/acknowledge`:
        this.#read();
        return this.#said();
      case `POST /v1/reviews/${REVIEW}/disputes`: {
        this.#read();
        const said = body as Pick<DisputeShown, 'standard' | 'stance' | 'reason'>;
        this.disputes.push({
          ...{ id: `d${this.disputes.length}`, review: REVIEW, answered: null, ...said },
          ...{ by: this.me.id, byName: this.me.name, answeredByName: '' },
          at: new Date(Date.UTC(2027, 1, 25, 8, this.disputes.length)).toISOString(),
        });
        return this.#said();
      }
      case `POST /v1/reviews/${REVIEW}/withdraw`:
        this.found.review = { ...review, withdrawn: true, ...(body as { reason: string }) };
        this.found.may = { correct: false, withdraw: false };
        return Response.json(this.found);
    }
    const [, dispute] = /^POST \/v1\/reviews\/disputes\/([^/]+)\/answer$/.exec(line) ?? [];
    if (dispute === undefined) return null;
    const { result, text, score } = body as {
      result: 'stands' | 'changed';
      text: string;
      score: { ours: number; theirs: number } | null;
    };
    this.disputes = this.disputes.map((one) => {
      if (one.id !== dispute) return one;
      if (score !== null && one.standard !== null) {
        const { ours, theirs } = score;
        const scores = { ...review.scores, [one.standard]: { applies: true, ours, theirs } };
        const next = reviewScores(this.found.standards, scores);
        const both = { ours: next.ours.score, theirs: next.theirs.score };
        this.found.review = { ...review, scores, ...both, reason: text };
      }
      const answered = { result, text, at: '2027-02-26T08:00:00Z', by: this.me.id };
      return { ...one, answered, answeredByName: this.me.name };
    });
    return this.#said();
  }

  #said(): Response {
    const speaks = this.me.id === TOM.id;
    return Response.json({
      disputes: this.disputes,
      requests: this.inquiries.filter(({ asks }) => asks === 'acknowledge'),
      moments: [MOMENT],
      ...{ speaks, answers: !speaks },
    } satisfies SaidToReview);
  }

  #read(): void {
    const read = { answeredAt: '2027-02-25T08:00:00Z', answeredBy: TOM.id };
    this.#change(({ asks }) => asks === 'acknowledge', {
      ...{ ...read, answeredByName: TOM.name, state: 'answered' },
    });
  }

  #change(which: (one: InquiryShown) => boolean, patch: Partial<InquiryShown>): void {
    this.inquiries = this.inquiries.map((one) => (which(one) ? { ...one, ...patch } : one));
  }

  #inquiries(line: string, query: URLSearchParams, body: unknown): Response | null {
    const today = query.get('today') ?? '';
    if (line === 'GET /v1/inquiries') {
      const mine = query.get('mine') === '1';
      const review = query.get('review');
      const all = this.inquiries.filter(
        (one) => (!mine || one.to === this.me.id) && (review === null || one.review === review),
      );
      const state = query.get('state') ?? 'open';
      const fits = (one: InquiryShown, wanted: string) =>
        wanted === 'all' || (wanted === 'overdue' ? isOverdue(one, today) : one.state === wanted);
      const count = (wanted: string) => all.filter((one) => fits(one, wanted)).length;
      return Response.json({
        inquiries: all.filter((one) => fits(one, state)),
        next: null,
        counts: { open: count('open'), overdue: count('overdue'), answered: count('answered') },
      });
    }
    if (line === 'POST /v1/inquiries') {
      const { id, question, due, review, finding } = body as InquiryShown;
      const asked = sampleInquiry(10 + this.inquiries.length, {
        id,
        question,
        due,
        review,
        finding,
      });
      const isThere = this.inquiries.some((one) => one.id === id);
      if (!isThere) this.inquiries = [asked, ...this.inquiries];
      return Response.json({ id: asked.id }, { status: 201 });
    }
    const [, name, act] = /^\w+ \/v1\/inquiries\/([^/]+)(?:\/(\w+))?$/.exec(line) ?? [];
    if (name === undefined || !this.inquiries.some(({ id }) => id === name)) return null;
    if (act === 'answer') {
      const answer = (body as { text: string }).text.trim();
      this.#change(({ id }) => id === name, {
        ...{ answer, answeredAt: '2027-02-25T08:00:00Z', answeredBy: this.me.id },
        ...{ answeredByName: this.me.name, state: 'answered' },
      });
    }
    if (act === 'withdraw') {
      const withdrawn = inquiryState({ withdrawn: true });
      this.#change(({ id }) => id === name, { state: withdrawn });
    }
    const inquiry = this.inquiries.find(({ id }) => id === name) as InquiryShown;
    return Response.json({
      ...{ inquiry, moment: inquiry.subject && MOMENT },
      mayOpenReview: inquiry.review !== null,
    } satisfies OneInquiry);
  }
}
