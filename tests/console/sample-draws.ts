// The draws of the server in memory (sample-server.ts): forty projects, of which the first are drawn.

import { coverageOf } from '../../src/audit/coverage.ts';
import type { DrawAnnouncement, DrawWish } from '../../src/console/draws/wish.ts';
import { type Draw, drawOf, membersOf } from '../../src/domain/draws.ts';

const FITTING = 40;
const idOf = (at: number) => `00000000-0000-7000-8000-0000000f${String(at).padStart(4, '0')}`;

export class SampleDraws {
  all: Draw[] = [];
  asked: DrawWish[] = [];
  /** How many fit. */
  fitting = FITTING;
  periods = coverageOf(
    [{ id: idOf(900), at: Date.UTC(2027, 4, 3), abandoned: true }],
    [
      { draw: idOf(900), project: idOf(0), customer: idOf(600), reviewed: true },
      { draw: idOf(900), project: idOf(1), customer: idOf(600), reviewed: false },
    ],
    { projects: FITTING, customers: 8 },
    Date.UTC(2027, 4, 31),
  );

  /** null: it is about something else. */
  answer(line: string, body: unknown): Response | null {
    if (line === 'GET /v1/draws') return Response.json({ draws: this.all });
    if (line === 'GET /v1/draws/coverage') return Response.json({ periods: this.periods });
    if (line === 'POST /v1/draws/preview') return this.#preview(body as DrawWish);
    if (line === 'POST /v1/draws')
      return this.#announce(body as DrawAnnouncement & { id?: string });
    const [, id, act] = /^\w+ \/v1\/draws\/([^/]+)(?:\/(\w+))?$/.exec(line) ?? [];
    const at = this.all.findIndex((draw) => draw.id === id);
    const draw = this.all[at];
    if (draw === undefined) return null;
    if (act === undefined) return Response.json({ draw, names: this.#names(draw) });
    this.all[at] = this.#acted(draw, act, body as { reason: string; out: string });
    return Response.json({ draw: this.all[at] });
  }

  #preview(wish: DrawWish): Response {
    this.asked.push(wish);
    const strata = [
      { name: 'happy', count: 20 },
      { name: 'unhappy', count: 20 },
    ];
    return Response.json({
      ...{ size: this.fitting, leftOut: wish.calibration ? 3 : 0 },
      nobodys: !wish.calibration && wish.reviewers.length === 1 ? 2 : 0,
      strata: wish.strata === 'none' ? [{ name: '', count: this.fitting }] : strata,
      planned: { margin: 29, discovery: 31, among: 2 },
    });
  }

  #announce(wish: DrawAnnouncement & { id?: string }): Response {
    const present = this.all.find(({ id }) => id === wish.id);
    if (present !== undefined) return Response.json({ draw: present }, { status: 201 });
    const sample = Array.from({ length: wish.method.size }, (_, at) => idOf(at));
    const draw = drawOf(wish.id ?? idOf(900 + this.all.length), {
      ...{ name: wish.name, unit: wish.unit, strata: wish.strata, method: wish.method },
      filter: Object.fromEntries(Object.entries(wish.filter).map(([name, to]) => [name, [...to]])),
      ...{ population: 'aa'.repeat(32), populationSize: FITTING, commitment: 'bb'.repeat(32) },
      ...{ state: 'drawn', sample, nonce: 'cc'.repeat(32), blind: wish.blind },
      ...{ reviewers: [...wish.reviewers], calibration: wish.calibration },
      checkpoint: 'sample.example/log\n7\nAAAA\n\n— sample.example/log BBBB\n',
    });
    if (draw === null) throw new Error('no draw');
    this.all.unshift(draw);
    return Response.json({ draw }, { status: 201 });
  }

  #acted(draw: Draw, act: string, { reason, out }: { reason: string; out: string }): Draw {
    if (act === 'abandon') return { ...draw, state: 'abandoned', reason };
    const next = { out, in: idOf(500), reason, at: '2027-01-04T08:00:00Z', by: idOf(0) };
    const replacements = [...draw.replacements, next];
    return { ...draw, replacements, members: membersOf(draw.sample, replacements) };
  }

  #names({ sample, members }: Draw) {
    return [...new Set([...sample, ...members])].map((id) => ({
      ...{ id, name: `Sample project ${Number(id.slice(-4))}`, customer: 'Sample Foods' },
    }));
  }
}
