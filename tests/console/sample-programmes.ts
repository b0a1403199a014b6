// Programmes and calibrations of the server in memory (sample-server.ts), which answers the rest.

import { type Calibration, calibrationOf } from '../../src/audit/calibration.ts';
import type { CalibrationHead, OneCalibration } from '../../src/console/calibration/calls.ts';
import type { Ask } from '../../src/console/pokes.ts';
import type { ProgrammeShown } from '../../src/console/programmes/calls.ts';
import type { ProgrammePlan } from '../../src/domain/programmes.ts';
import { STARTER_STANDARDS } from '../../src/domain/starter-standards.ts';
import { MEMBERS, type SampleServer, sampleServer } from './sample-server.ts';

const id = (at: number) => `00000000-0000-7000-8000-0000000e${String(at).padStart(4, '0')}`;

export class SampleProgrammes {
  readonly behind: SampleServer = sampleServer(0);
  all: ProgrammeShown[] = [];
  calibrations: OneCalibration[] = [];
  /** What is refused, once: somebody wrote in the meantime. */
  clash = false;
  /** Ids that new ones were sent under. */
  readonly #made = new Set<string>();

  ask: Ask = async (path, init) => {
    const url = new URL(path, 'http://console.example');
    const line = `${init?.method ?? 'GET'} ${url.pathname}`;
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : null;
    if (url.pathname.startsWith('/v1/programmes')) return this.#programmes(line, body);
    if (line === 'GET /v1/calibration') {
      return Response.json({ calibrations: this.calibrations.map((one) => one.calibration) });
    }
    if (line.startsWith('GET /v1/calibration/')) {
      const found = this.calibrations.find((one) => line.endsWith(one.calibration.id));
      return found ? Response.json(found) : Response.json(NOT_FOUND, { status: 404 });
    }
    return this.behind.ask(path, init);
  };

  #programmes(line: string, body: unknown): Response {
    if (this.clash && !line.startsWith('GET')) {
      this.clash = false;
      this.all = this.all.map((one) => ({
        ...one,
        seen: `${one.seen}+`,
        name: `${one.name}, theirs`,
      }));
      return Response.json({ error: 'changed', message: 'Changed.' }, { status: 409 });
    }
    const [, method, of, act] =
      /^(\w+) \/v1\/programmes(?:\/([^/]+))?(?:\/(\w+))?$/.exec(line) ?? [];
    if (act === 'stop') {
      const { stopped } = body as { stopped: boolean };
      const next = stopped ? null : '2027-03-24';
      this.all = this.all.map((one) => (one.id === of ? { ...one, stopped, next } : one));
    } else if (method === 'POST') {
      const { id: called, ...plan } = body as ProgrammePlan & { id?: string };
      if (called === undefined || !this.#made.has(called)) {
        this.all.push(programme(this.all.length, plan));
      }
      if (called !== undefined) this.#made.add(called);
    } else if (method === 'PUT') {
      this.all = this.all.map((one) =>
        one.id === of ? programme(Number(one.id.slice(-4)), body as ProgrammePlan) : one,
      );
    }
    return Response.json({ programmes: this.all });
  }
}

const NOT_FOUND = { error: 'not-found', message: 'There is no such calibration.' };

/** As the server shows it, saved by the first member. */
export function programme(
  at: number,
  plan: Partial<ProgrammePlan>,
  more: Partial<ProgrammeShown> = {},
): ProgrammeShown {
  const [mira] = MEMBERS;
  return {
    ...{
      id: id(at),
      seen: 's',
      name: plan.name ?? `Programme ${at}`,
      unit: plan.unit ?? 'project',
    },
    filter: Object.fromEntries(Object.entries(plan.filter ?? {}).map(([n, to]) => [n, [...to]])),
    ...{ strata: plan.strata ?? 'none', size: plan.size ?? 4, blind: plan.blind ?? true },
    ...{ every: plan.every ?? 'month', from: plan.from ?? '2027-02-24', dueIn: plan.dueIn ?? 30 },
    ...{ stopped: false, mayDraw: true, auditor: { ...mira, active: true } },
    reviewers: (plan.reviewers ?? []).map((one) => ({
      ...{ id: one, name: MEMBERS.find((member) => member.id === one)?.name ?? '' },
      ...{ active: true, mayReview: true },
    })),
    ...{ fits: 40, owed: null, next: '2027-03-24', draws: [] },
    ...more,
  };
}

/** A calibration of two reviewers; `rows[project][reviewer]`: yes or no, of the first such standard. */
export function calibration(
  rows: readonly (readonly [boolean, boolean])[],
  more: Partial<CalibrationHead> = {},
): OneCalibration {
  const yesNo = STARTER_STANDARDS.find(({ judgement }) => judgement === 'yes-no');
  if (yesNo === undefined) throw new Error('the starter set has a yes and no');
  const standard = { ...yesNo, id: id(700), version: 1 };
  const reviewers = MEMBERS.map((member) => member.id);
  const reviews = rows.flatMap((row, subject) =>
    row.map((yes, at) => ({
      ...{ subject: id(subject), reviewer: reviewers[at] ?? null },
      scores: {
        [standard.id]: {
          ...{ applies: true, ours: yes ? 1 : 0, theirs: null },
          ...(yes ? {} : { text: `Nobody asked in ${subject}.` }),
        },
      },
    })),
  );
  const found: Calibration = calibrationOf({
    reviewers,
    reviews,
    standards: [standard],
    population: 400,
  });
  const calibrated: CalibrationHead = {
    ...{ id: id(900), name: 'Sample calibration', unit: 'project', state: 'drawn', due: null },
    ...{ at: '2027-02-01T08:00:00Z', blind: true, waits: null, subjects: rows.length, gone: 0 },
    ...{ names: true, done: 2 * rows.length },
    reviewers: MEMBERS.map((member, at) => ({
      ...{ ...member, letter: 'AB'[at] ?? '', left: false, done: rows.length },
    })),
    ...more,
  };
  const names = rows.map((_, at) => ({ id: id(at), name: `Sample project ${at}`, customer: null }));
  const report = {
    ...{ ...found, reviewers, names },
    standards: [{ ...standard, anchors: [...standard.anchors] }],
  };
  return { calibration: calibrated, report: calibrated.waits === null ? report : null };
}
