// What this page and the dialog ask the server.
import * as z from 'zod/mini';
import type { ExportWish } from '../../server/exports/wish.ts';
import type { Answer, Client } from '../client.ts';

const exported = z.object({
  ...{ id: z.string(), at: z.string(), what: z.string(), format: z.string(), rows: z.number() },
  by: z.object({ id: z.string(), name: z.string() }),
  filter: z.record(z.string(), z.string()),
  columns: z.array(z.string()),
});
export type Exported = z.output<typeof exported>;

const exportsPage = z.object({
  /** Newest first. */
  exports: z.array(exported),
  /** Of people, customers and projects that filters name. */
  names: z.record(z.string(), z.string()),
  next: z.nullable(z.string()),
});
export type ExportsPageAnswer = z.output<typeof exportsPage>;

export function readExports(
  client: Client,
  cursor: string | null,
): Promise<Answer<ExportsPageAnswer>> {
  const query = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  return client.call(exportsPage, `/v1/exports${query}`);
}

/** As it was asked for: what is not shown is handed back as it came. */
const wish = z.custom<ExportWish>((given) => {
  const shown = z.object({ what: z.string(), format: z.string() });
  return shown.safeParse(given).success;
});

const job = z.object({
  ...{ id: z.string(), wish },
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** Written so far, of so many; null where nobody counted. */
  rows: z.number(),
  of: z.nullish(z.number()),
  bytes: z.nullish(z.number()),
  secondsLeft: z.nullish(z.number()),
  fileName: z.nullish(z.string()),
  /** Why it failed, for a person. */
  words: z.nullish(z.string()),
  /** When it was asked for, and begun. */
  createdAt: z.nullish(z.string()),
  startedAt: z.nullish(z.string()),
  /** Until when the file is kept. */
  endsAt: z.nullish(z.string()),
});
export type Job = z.output<typeof job>;

const jobs = z.object({ jobs: z.array(job) });
const made = z.object({ id: z.string() });
const done = z.looseObject({});

const one = (id: string) => `/v1/export-jobs/${encodeURIComponent(id)}`;

export const startJob = (client: Client, wish: ExportWish) =>
  client.send('POST', made, '/v1/export-jobs', { wish });
export const readJobs = (client: Client) => client.call(jobs, '/v1/export-jobs');
export const readJob = (client: Client, id: string) => client.call(job, one(id));
/** Stops it, or throws its file away. */
export const endJob = (client: Client, id: string) =>
  client.call(done, one(id), { method: 'DELETE' });
export const fileHref = (id: string) => `${one(id)}/file`;

const by = z.object({ id: z.string(), name: z.string() });

const schedule = z.object({
  ...{ id: z.string(), name: z.string(), wish },
  every: z.enum(['day', 'week', 'month']),
  /** Of a week 1–7 (Monday first), of a month 1–31, of days 0. */
  onDay: z.number(),
  hour: z.number(),
  /** IANA name */
  zone: z.string(),
  /** How many files stay. */
  keep: z.number(),
  paused: z.boolean(),
  by: z.nullish(by),
  /** Under the server's folder of exports. */
  folder: z.nullish(z.string()),
  /** When it is made the next time. */
  next: z.nullish(z.string()),
  last: z.nullish(
    z.object({
      id: z.string(),
      state: z.string(),
      rows: z.number(),
      words: z.nullish(z.string()),
      startedAt: z.nullish(z.string()),
      /** null: its file is gone by now. */
      path: z.nullish(z.string()),
    }),
  ),
});
export type Schedule = z.output<typeof schedule>;

export type ScheduleWish = Pick<
  Schedule,
  'name' | 'wish' | 'every' | 'onDay' | 'hour' | 'zone' | 'keep'
>;

const schedules = z.object({ schedules: z.array(schedule) });
const SCHEDULES = '/v1/export-schedules';

export const readSchedules = (client: Client) => client.call(schedules, SCHEDULES);
export const addSchedule = (client: Client, wish: ScheduleWish) =>
  client.send('POST', done, SCHEDULES, wish);
export const changeSchedule = (
  client: Client,
  id: string,
  change: Partial<ScheduleWish> & { paused?: boolean },
) => client.send('PATCH', done, `${SCHEDULES}/${encodeURIComponent(id)}`, change);
export const runSchedule = (client: Client, id: string) =>
  client.send('POST', done, `${SCHEDULES}/${encodeURIComponent(id)}/runs`, {});
export const endSchedule = (client: Client, id: string) =>
  client.call(done, `${SCHEDULES}/${encodeURIComponent(id)}`, { method: 'DELETE' });

const choice = z.object({
  ...{ id: z.string(), name: z.string(), shared: z.boolean(), wish },
  by: z.nullish(by),
});
export type SavedChoice = z.output<typeof choice>;
const choices = z.object({ choices: z.array(choice) });
const CHOICES = '/v1/export-choices';

export const readChoices = (client: Client) => client.call(choices, CHOICES);
export const keepChoice = (
  client: Client,
  choice: { readonly name: string; readonly shared: boolean; readonly wish: ExportWish },
) => client.send('POST', made, CHOICES, choice);
export const changeChoice = (client: Client, id: string, wish: ExportWish) =>
  client.send('PATCH', done, `${CHOICES}/${encodeURIComponent(id)}`, { wish });
export const endChoice = (client: Client, id: string) =>
  client.call(done, `${CHOICES}/${encodeURIComponent(id)}`, { method: 'DELETE' });
