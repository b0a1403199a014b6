// What the server answers about exports: jobs that go on when they are told to, schedules, saved
// choices. All names are samples.
import type { Job, SavedChoice, Schedule } from '../../src/console/exports/calls.ts';
import type { ExportWish } from '../../src/console/exports/wish.ts';
import type { Ask } from '../../src/console/pokes.ts';

export const MIRA = { id: '00000000-0000-7000-8000-0000000000a1', name: 'Sample Mira' };
export const TOM = { id: '00000000-0000-7000-8000-0000000000a2', name: 'Sample Tom' };

export const wishOf = (change: Partial<ExportWish> = {}): ExportWish => ({
  ...{ what: 'register', format: 'csv', filter: {}, language: 'en', zone: 'UTC' },
  ...{ separator: ',', bom: true, machine: false },
  ...change,
});

export class SampleExports {
  jobs: Job[] = [];
  schedules: Schedule[] = [];
  choices: SavedChoice[] = [];
  log: object[] = [];
  /** What starting one answers instead. */
  refuses: Response | 'offline' | null = null;
  private made = 0;

  /** Every request as "POST /v1/export-jobs", with what it brought. */
  readonly asked: { readonly line: string; readonly body: unknown }[] = [];

  bodies(line: string): unknown[] {
    return this.asked.filter((one) => one.line === line).map(({ body }) => body);
  }

  id(): string {
    this.made += 1;
    return `j${this.made}`;
  }

  /** The newest job, from now on. */
  now(change: Partial<Job>): void {
    const [newest, ...others] = this.jobs;
    if (!newest) throw new Error('nothing was asked for');
    this.jobs = [{ ...newest, ...change }, ...others];
  }

  job(change: Partial<Job> = {}): Job {
    const made = {
      ...{ id: this.id(), wish: wishOf(), state: 'waiting' as const, rows: 0, of: null, bytes: 0 },
      ...{ secondsLeft: null, fileName: null, words: null, startedAt: null, endsAt: null },
      createdAt: '2027-02-24T14:10:00Z',
    };
    return { ...made, ...change };
  }

  /** Answers what is of exports; everything else goes on to `ask`. */
  over(ask: Ask): Ask {
    return async (path, init) => {
      const line = `${init?.method ?? 'GET'} ${String(path)}`;
      if (!/ \/v1\/export/.test(line)) return ask(path, init);
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
      this.asked.push({ line, body });
      await Promise.resolve();
      return this.answer(line, body);
    };
  }

  private answer(line: string, body: unknown): Response {
    const [, , , id = ''] = line.split('/');
    if (line === 'POST /v1/export-jobs') {
      if (this.refuses === 'offline') throw new TypeError('Failed to fetch');
      if (this.refuses) return this.refuses.clone();
      const job = this.job({ wish: (body as { wish: ExportWish }).wish });
      this.jobs = [job, ...this.jobs];
      return Response.json({ id: job.id }, { status: 201 });
    }
    if (line === 'GET /v1/export-jobs') return Response.json({ jobs: this.jobs });
    if (line.startsWith('GET /v1/export-jobs/')) {
      const job = this.jobs.find((one) => one.id === id);
      return job ? Response.json(job) : gone();
    }
    if (line.startsWith('DELETE /v1/export-jobs/')) {
      this.jobs = this.jobs.flatMap((one) => {
        if (one.id !== id) return [one];
        return one.state === 'running' || one.state === 'waiting'
          ? [{ ...one, state: 'cancelled' as const }]
          : [];
      });
      return Response.json({ cancelled: true });
    }
    if (/^POST .*\/runs$/.test(line)) return Response.json({ asked: true }, { status: 201 });
    if (line === 'GET /v1/export-schedules') return Response.json({ schedules: this.schedules });
    if (line === 'POST /v1/export-schedules') {
      const plan = body as Schedule;
      this.schedules = [
        ...this.schedules,
        { ...plan, id: this.id(), paused: false, by: MIRA, last: null, next: null },
      ];
      return Response.json({ id: 's' }, { status: 201 });
    }
    if (line.startsWith('PATCH /v1/export-schedules/')) {
      this.schedules = this.schedules.map((one) =>
        one.id === id ? { ...one, ...(body as object) } : one,
      );
      return Response.json({ id });
    }
    if (line.startsWith('DELETE /v1/export-schedules/')) {
      this.schedules = this.schedules.filter((one) => one.id !== id);
      return Response.json({ removed: true });
    }
    if (line === 'GET /v1/export-choices') return Response.json({ choices: this.choices });
    if (line === 'POST /v1/export-choices') {
      const one = { ...(body as SavedChoice), id: this.id(), by: MIRA };
      this.choices = [...this.choices, one];
      return Response.json({ id: one.id }, { status: 201 });
    }
    if (line.startsWith('PATCH /v1/export-choices/')) {
      this.choices = this.choices.map((one) =>
        one.id === id ? { ...one, ...(body as object) } : one,
      );
      return Response.json({ id });
    }
    if (line.startsWith('DELETE /v1/export-choices/')) {
      this.choices = this.choices.filter((one) => one.id !== id);
      return Response.json({ removed: true });
    }
    if (line.startsWith('GET /v1/exports')) {
      return Response.json({ exports: this.log, names: {}, next: null });
    }
    return gone();
  }
}

function gone(): Response {
  return Response.json(
    { error: 'not-found', message: 'There is no such export.' },
    { status: 404 },
  );
}
