// Improvements and a story of a server in memory, by the code that a real one reads them with. What it
// is asked for besides goes to the sample server behind it.
import type { ImprovementShown, OneImprovement } from '../../src/console/improvements/answer.ts';
import type { Ask } from '../../src/console/pokes.ts';
import { improvementOf, lateness } from '../../src/domain/improvements.ts';
import type { Fields } from '../../src/domain/index.ts';
import { MEMBERS, type SampleServer, sampleServer } from './sample-server.ts';

export const PROJECT = '00000000-0000-7000-8000-0000000000d1';
export const MAIL = '00000000-0000-7000-8000-0000000000e1';
const AT = '2027-02-01T08:12:00.000Z';

type Body = Fields<'improvement'>;
type Said = { changes: Body; at: string };

export class SampleImprovements {
  readonly behind: SampleServer = sampleServer(0);
  /** id → its changes, oldest first. */
  readonly all = new Map<string, Said[]>();
  /** Nothing gets through. */
  isDown = false;
  /** What the server says to the next write instead of taking it. */
  refusal: { status: number; message: string } | null = null;
  /** Every write that was taken, as "METHOD path-without-ids". */
  readonly writes: string[] = [];
  #clock = Date.parse('2027-02-24T09:00:00Z');

  add(id: string, body: Body): string {
    this.all.set(id, [{ changes: body, at: this.#now() }]);
    return id;
  }

  change(id: string, changes: Record<string, unknown>): void {
    this.all.get(id)?.push({ changes: changes as Body, at: this.#now() });
  }

  fields(id: string): Body {
    const merged: Record<string, unknown> = {};
    for (const { changes } of this.all.get(id) ?? []) Object.assign(merged, changes);
    return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as Body;
  }

  ask: Ask = async (path, init) => {
    const url = new URL(path, 'http://unsaid.example');
    const method = init?.method ?? 'GET';
    if (url.pathname.startsWith('/v1/improvements')) {
      if (this.isDown) throw new TypeError('offline');
      const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as never) : null;
      return this.#answer(method, url, body);
    }
    if (url.pathname === '/v1/story') {
      if (this.isDown) throw new TypeError('offline');
      return Response.json(STORY);
    }
    return this.behind.ask(path, init);
  };

  #answer(method: string, url: URL, body: Record<string, unknown> | null): Response {
    const [id, act] = url.pathname.split('/').slice(3);
    const today = url.searchParams.get('today') ?? '';
    if (method === 'GET' && id === 'about') {
      return Response.json({ title: 'Cold store', customer: 'Sample Foods' });
    }
    if (method === 'GET' && id === undefined) return this.#list(url.searchParams, today);
    if (method === 'GET' && id !== undefined) {
      if (!this.all.has(id)) return refused(404, 'There is no such improvement.');
      return Response.json(this.#one(id, today));
    }
    if (this.refusal !== null) {
      const { status, message } = this.refusal;
      this.refusal = null;
      return refused(status, message);
    }
    this.writes.push(
      `${method} ${['/v1/improvements', id && ':id', act].filter(Boolean).join('/')}`,
    );
    const name = id ?? String(body?.id);
    if (id === undefined) {
      const { id: _, about: __, ...said } = body ?? {};
      const place = { project: PROJECT };
      if (!this.all.has(name)) this.add(name, { ...place, ...said, state: 'open' } as Body);
    } else if (act === undefined) {
      const { seen, patch } = body as { seen?: string; patch: Body };
      if (seen !== undefined && seen !== this.#shown(name, today).seen) {
        return refused(409, 'Somebody has changed this in the meantime.');
      }
      this.change(name, patch);
    } else {
      const { text, reason, checkOn, effective } = body as Record<string, never>;
      const now = this.#now();
      const acts: Record<string, Record<string, unknown>> = {
        done: { state: 'done', doneText: text, doneAt: now, checkOn },
        check: { effective, effectText: text, checkedAt: now, checkedBy: MEMBERS[0].id },
        drop: { state: 'dropped', reason },
        reopen: { state: 'open', doneAt: null, reason: null },
      };
      this.change(name, acts[act] ?? {});
    }
    return Response.json(this.#one(name, today));
  }

  #list(query: URLSearchParams, today: string): Response {
    const shown = [...this.all.keys()].map((id) => this.#shown(id, today));
    const there = shown
      .filter(({ deleted }) => !deleted)
      .filter(({ session }) => !query.get('session') || session === query.get('session'))
      .filter(({ owner }) => !query.get('owner') || owner === query.get('owner'))
      // As the real one: what is late first.
      .sort((a, b) => Number(b.late !== null) - Number(a.late !== null));
    const is = {
      late: ({ late }: ImprovementShown) => late !== null,
      waiting: ({ state, late }: ImprovementShown) =>
        state === 'open' || state === 'done' || late !== null,
      all: () => true,
    } as Record<string, (one: ImprovementShown) => boolean>;
    const fits = (state: string) => is[state] ?? ((one: ImprovementShown) => one.state === state);
    const states = ['waiting', 'late', 'open', 'done', 'effective', 'not-effective'];
    const counts = Object.fromEntries(
      [...states, 'dropped', 'all'].map((state) => [state, there.filter(fits(state)).length]),
    );
    const improvements = there.filter(fits(query.get('state') ?? 'waiting'));
    const members = MEMBERS.map((member) => ({ ...member, active: true }));
    return Response.json({ improvements, next: null, counts, members });
  }

  #shown(id: string, today: string): ImprovementShown {
    const fields = this.fields(id);
    const improvement = improvementOf(id, fields);
    const followed = [...this.all.keys()].some((one) => this.fields(one).follows === id);
    const nameOf = (member: string | null) => MEMBERS.find((one) => one.id === member)?.name ?? '';
    return {
      ...improvement,
      quotes: [...improvement.quotes],
      ...{ seen: String(this.all.get(id)?.length), followed },
      late: lateness(improvement, today, followed),
      ...{ author: MEMBERS[0].id, authorName: MEMBERS[0].name, written: Date.parse(AT) },
      ...{ ownerName: nameOf(improvement.owner), ownerLeft: false },
      checkedByName: nameOf(improvement.checkedBy),
      ...{ projectName: 'Cold store', customerName: 'Sample Foods' },
    };
  }

  #one(id: string, today: string): OneImprovement {
    const fields = this.fields(id);
    const others = [...this.all.keys()].filter((one) => this.fields(one).follows === id);
    const { follows } = fields;
    return {
      improvement: this.#shown(id, today),
      finding:
        fields.finding === undefined
          ? null
          : {
              id: fields.finding,
              review: fields.review ?? null,
              type: 'nonconformity',
              text: 'Late',
            },
      moment:
        fields.subject === undefined
          ? null
          : { kind: 'interaction', id: fields.subject.id, quote: null, text: 'Alarms' },
      follows: follows !== undefined && this.all.has(follows) ? this.#shown(follows, today) : null,
      next: others.map((one) => this.#shown(one, today)),
      history: (this.all.get(id) ?? [])
        .map(({ changes, at }, seq) => ({
          ...{ seq, at, received: at, author: MEMBERS[0] },
          changes: Object.entries(changes).map(([field, value]) => ({
            ...{ field, old: null, new: value },
          })),
        }))
        .reverse(),
    };
  }

  #now(): string {
    this.#clock += 1_000;
    return new Date(this.#clock).toISOString();
  }
}

function refused(status: number, message: string): Response {
  return Response.json({ error: 'sample', message }, { status });
}

const moment = {
  ...{ key: `${MAIL}/mail`, at: Date.parse(AT), kind: 'mail', interaction: MAIL },
  ...{ record: { kind: 'interaction', id: MAIL }, title: 'Alarms at weekends', theirs: '' },
  ...{ ours: '', cut: false, standard: '', from: 'Sample Lee', url: null, by: MEMBERS[1] },
  ...{ channel: 'email', direction: 'inbound' },
};
const STORY = {
  unit: 'project',
  subject: { id: PROJECT, name: 'Cold store' },
  customer: { id: '00000000-0000-7000-8000-0000000000c1', name: 'Sample Foods' },
  ...{ owner: MEMBERS[1], blind: false, gaps: [], comments: [], hidden: 0 },
  moments: [
    moment,
    {
      ...moment,
      ...{ key: 'n1/grievance', at: moment.at + 60_000, kind: 'grievance', title: '' },
      record: { kind: 'note', id: '00000000-0000-7000-8000-0000000000f1' },
      theirs: 'nobody told us until Monday morning',
    },
  ],
};
