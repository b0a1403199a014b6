// The stories of the server in memory (sample-server.ts): as many moments as a test wants.
import type { StoryAnswer, StoryComment } from '../../src/console/story/calls.ts';
import type { StoryMoment } from '../../src/domain/story-told.ts';

export const idAt = (at: number) =>
  `00000000-0000-7000-8000-0000000e${at.toString(16).padStart(4, '0')}`;
export const PROJECT = '00000000-0000-7000-8000-0000000d0001';
const START = Date.UTC(2025, 0, 6, 8);
const HOUR = 3_600_000;
const MIRA = { id: '00000000-0000-7000-8000-0000000000a1', name: 'Sample Mira' };

const KINDS = [
  ...(['mail', 'expectation', 'note', 'call', 'grievance', 'commitment'] as const),
  ...(['probe', 'answer', 'perception', 'breach'] as const),
];
const RECORDS: { readonly [kind in (typeof KINDS)[number]]: string } = {
  ...{ mail: 'interaction', call: 'interaction', expectation: 'expectation', note: 'note' },
  ...{ grievance: 'note', commitment: 'commitment', probe: 'probe', answer: 'probe' },
  ...{ perception: 'perception', breach: 'finding' },
};

/** The n-th moment, an hour after the one before. */
export function sampleMoment(n: number, patch: Partial<StoryMoment> = {}): StoryMoment {
  const kind = KINDS[n % KINDS.length] ?? 'note';
  const id = idAt(n);
  return {
    ...{ key: `${id}/${kind}`, at: START + n * HOUR, kind, record: { kind: RECORDS[kind], id } },
    ...{ interaction: null, cut: false, standard: kind === 'breach' ? 'Answered in a day' : '' },
    title: kind === 'mail' || kind === 'call' ? `Delivery ${n}` : '',
    theirs: kind === 'expectation' ? 'I assume the certificates will simply be there.' : '',
    ours: kind === 'mail' ? '' : `What was noted as number ${n}.`,
    url: kind === 'mail' ? `https://mail.example/?uid=${n}` : null,
    from: 'Sample Buyer',
    by: MIRA,
    ...(kind === 'expectation' ? { stage: 'confirmed', outcome: 'met' } : {}),
    ...(kind === 'perception' ? { form: 'survey', score: { value: 4, min: 1, max: 5 } } : {}),
    ...patch,
  };
}

export class SampleStory {
  story: StoryAnswer;
  /** Records in whose texts the server finds these words. */
  found: { readonly [words: string]: readonly string[] } = {};
  /** Of moments that are read whole, by the record. */
  whole = new Map<string, string>();
  subjects: { unit: 'project' | 'customer'; id: string; name: string }[] = [
    { unit: 'project', id: PROJECT, name: 'Cold store' },
    { unit: 'customer', id: idAt(0xffff), name: 'Sample Works Zürich' },
  ];

  constructor(count: number) {
    this.story = {
      ...{ unit: 'project', subject: { id: PROJECT, name: 'Cold store' }, blind: false },
      customer: { id: idAt(0xffff), name: 'Sample Works Zürich' },
      owner: MIRA,
      moments: Array.from({ length: count }, (_, n) => sampleMoment(n)),
      ...{ gaps: [], comments: [], hidden: 0 },
    };
  }

  /** null: it is about something else. */
  answer(line: string, query: URLSearchParams, body: unknown): Response | null {
    if (line === 'GET /v1/story/subjects') return this.#subjects(query.get('q') ?? '');
    if (!line.includes(' /v1/story')) return null;
    const { story } = this;
    if (line === 'GET /v1/story') {
      const blind = story.blind || query.get('blind') === '1';
      const moments = query.has('whole')
        ? story.moments.map((one) => this.#whole(one))
        : story.moments;
      return Response.json({ ...story, moments, blind });
    }
    if (line === 'GET /v1/story/words') {
      return Response.json({ records: this.found[query.get('q') ?? ''] ?? [] });
    }
    if (line === 'GET /v1/story/record') {
      const moments = story.moments.filter(({ record }) => record.id === query.get('id'));
      return Response.json({ moments: moments.map((one) => this.#whole(one)) });
    }
    if (line === 'POST /v1/story/comments') this.#write(body as WrittenComment);
    const changed = /^PUT \/v1\/story\/comments\/(.+)$/.exec(line)?.[1];
    if (changed !== undefined) {
      const change = body as { settled?: boolean; deleted?: boolean };
      story.comments = story.comments.flatMap((one) => {
        if (one.id !== changed) return [one];
        return change.deleted === true ? [] : [{ ...one, settled: change.settled === true }];
      });
    }
    return Response.json({ comments: this.story.comments });
  }

  #write({ id, record, at, text, visibility }: WrittenComment): void {
    const comments = [...this.story.comments];
    if (comments.some((one) => one.id === id)) return;
    comments.push({
      ...{ id, record, at: Date.parse(at), text, visibility },
      ...{ by: MIRA, written: START, settled: false, mine: true },
    });
    this.story = { ...this.story, comments };
  }

  #whole(moment: StoryMoment): StoryMoment {
    const ours = this.whole.get(moment.record.id);
    return ours === undefined ? moment : { ...moment, ours, cut: false };
  }

  #subjects(words: string): Response {
    const subjects = this.subjects
      .filter(({ name }) => name.toLowerCase().includes(words.toLowerCase()))
      .map((one) => ({ ...one, customer: null }));
    return Response.json({ subjects, more: false });
  }
}

type WrittenComment = Pick<StoryComment, 'id' | 'record' | 'text' | 'visibility'> & { at: string };
