// Writing a review on the server in memory (sample-server.ts): one drawn project, its draft, which is
// kept, and a story of three moments.
import { reviewScores } from '../../src/audit/review-score.ts';
import type { FinishedAnswer, Sheet } from '../../src/console/review/calls.ts';
import type { StoryAnswer } from '../../src/console/story/calls.ts';
import { type DraftContent, EMPTY_CONTENT, scoreEntryOf } from '../../src/domain/reviews.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';

const idOf = (at: number) => `00000000-0000-7000-8000-0000000e${String(at).padStart(4, '0')}`;
export const DRAW = idOf(1);
export const SUBJECT = idOf(2);
const DRAFT = idOf(3);
const OWNER = { id: idOf(4), name: 'Sample Owner' };

const standard = (at: number, name: string, more: Partial<Sheet['standards'][number]> = {}) => ({
  ...{
    id: idOf(10 + at),
    version: 1,
    newer: null,
    retired: false,
    name,
    text: `${name}, in full.`,
  },
  ...{ judgement: 'yes-no' as const, anchors: [], unit: '', better: 'more' as const },
  ...{ ourTarget: 1, customerTarget: 1, weight: 1, critical: false, mayNotApply: true },
  ...{ causes: ['Not known', 'Handed over badly'], clause: 'ISO 9001:2015 8.2.1', ...more },
});

export const STANDARDS: Sheet['standards'] = [
  standard(1, 'Certificates in time', { critical: true }),
  standard(2, 'First answer', {
    ...{ judgement: 'number', unit: 'hours', better: 'less', ourTarget: 4, customerTarget: 8 },
    weight: 2,
  }),
  standard(3, 'Tone', {
    ...{ judgement: 'scale', ourTarget: 4, customerTarget: null },
    anchors: ['Rude', 'Cool', 'Civil', 'Kind', 'Warm'],
  }),
];

const AT = Date.UTC(2027, 0, 4, 8, 12);
const moment = (at: number, title: string): StoryAnswer['moments'][number] => ({
  ...{ key: `${idOf(50 + at)}/note`, at: AT + at * 86_400_000, kind: 'note' },
  record: { kind: 'note', id: idOf(50 + at) },
  ...{ interaction: null, title, theirs: '', ours: title, cut: false, standard: '', from: '' },
  ...{ url: null, by: null },
});

export class SampleDesk {
  content: DraftContent = EMPTY_CONTENT;
  seen = 0;
  finished: FinishedAnswer | null = null;
  discarded = 0;
  sheet: Omit<Sheet, 'draft'> = {
    draw: { id: DRAW, name: 'Spring audit', due: '2027-03-01', calibration: false },
    ...{ title: 'Cold store, phase 2', customer: 'Sample Foods', gone: null, changes: [] },
    ...{ notIndependent: [], standards: STANDARDS, others: [], times: true, shown: null },
  };
  /** The reason why nothing is begun. */
  refuses: string | null = null;
  /** Nothing reaches it. */
  away = false;
  /** Waited for before a call is answered. */
  on: (line: string) => Promise<void> = async () => {};
  readonly server: SampleServer = sampleServer(0);

  constructor() {
    this.server.role = 'manager';
  }

  ask: SampleServer['ask'] = async (path, init) => {
    const url = new URL(path, 'http://console.example');
    const method = init?.method ?? 'GET';
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
    const isOurs = url.pathname.startsWith('/v1/reviews') || url.pathname.startsWith('/v1/story');
    if (!isOurs) return this.server.ask(path, init);
    await this.on(`${method} ${url.pathname}`);
    if (this.away) throw new TypeError('Failed to fetch');
    return this.#answer(`${method} ${url.pathname}`, body);
  };

  /** As another tab or machine does. */
  write(content: Partial<DraftContent>): void {
    this.content = { ...this.content, ...content };
    this.seen += 1;
  }

  #answer(line: string, body: unknown): Response {
    const draft = `/v1/reviews/drafts/${DRAFT}`;
    switch (line) {
      case 'POST /v1/reviews/start':
        return this.refuses === null ? Response.json(this.#sheet()) : refusal(this.refuses);
      case `GET ${draft}`:
        return Response.json(this.#sheet());
      case `PUT ${draft}`: {
        const { content, seen } = body as { content: DraftContent; seen: number };
        if (seen !== this.seen) return refusal('It was written to somewhere else.');
        this.content = content;
        this.seen += 1;
        return Response.json({ seen: this.seen });
      }
      case `DELETE ${draft}`:
        this.discarded += 1;
        return Response.json({ changed: true });
      case `POST ${draft}/finish`:
        return Response.json(this.#finish());
      case 'GET /v1/reviews/drafts':
        return Response.json({ drafts: [this.#row()] });
      case 'GET /v1/story':
        return Response.json(this.#story());
      default:
        return Response.json({ error: 'not-found', message: 'Nothing here.' }, { status: 404 });
    }
  }

  #sheet(): Sheet {
    return {
      ...this.sheet,
      draft: {
        ...{ id: DRAFT, audit: DRAW, unit: 'project', subject: SUBJECT, blind: true },
        content: structuredClone(this.content) as Sheet['draft']['content'],
        ...{ seen: this.seen, startedAt: '2027-02-01T08:00:00Z' },
      },
    };
  }

  #row() {
    return {
      ...{ id: DRAFT, audit: DRAW, unit: 'project', subject: SUBJECT, mine: true, left: false },
      ...{ reviewer: { id: OWNER.id, name: 'Sample Mira' }, startedAt: '2027-02-01T08:00:00Z' },
      ...{ progress: { scored: 1, of: 3 }, title: this.sheet.title, customer: 'Sample Foods' },
    };
  }

  #finish(): FinishedAnswer {
    const scores = Object.fromEntries(
      STANDARDS.map((one) => {
        const said = this.content.scores[one.id];
        if (said === undefined) throw new Error('not scored');
        return [one.id, scoreEntryOf(one, said)];
      }),
    );
    const { ours, theirs } = reviewScores(STANDARDS, scores);
    this.finished = {
      review: { id: DRAFT, ours: ours.score, theirs: theirs.score, blind: true },
      owner: OWNER,
      satisfaction: {
        ...{ score: 9, scaleMin: 0, scaleMax: 10, text: 'Smooth' },
        at: '2027-01-20T08:00:00Z',
      },
    };
    return this.finished;
  }

  #story(): StoryAnswer {
    return {
      ...{ unit: 'project', subject: { id: SUBJECT, name: this.sheet.title } },
      ...{ customer: { id: idOf(5), name: 'Sample Foods' }, owner: null, blind: true },
      moments: [moment(0, 'Asked for certificates'), moment(20, 'Sent them'), moment(40, 'Audit')],
      ...{ gaps: [], comments: [], hidden: 1 },
    };
  }
}

function refusal(message: string): Response {
  return Response.json({ error: 'not-possible', message }, { status: 409 });
}
