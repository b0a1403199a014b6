// Exports that come again: when they are due, with whose rights, how many stay; and liked choices.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folderName } from '../../src/server/exports/files.ts';
import { lastDue, nextDueAt, type Recurrence } from '../../src/server/exports/schedule-times.ts';
import { readSchedule, runNow } from '../../src/server/exports/schedules.ts';
import { localTime } from '../../src/server/reminders/local-time.ts';
import { type Job, office, REGISTER } from './export-office.ts';
import { usePostgres } from './postgres.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();
const at = (text: string) => Date.parse(text);

describe('when a schedule is due', () => {
  const daily: Recurrence = { every: 'day', onDay: 0, hour: 3, zone: 'Europe/Berlin' };
  const weekly: Recurrence = { every: 'week', onDay: 1, hour: 6, zone: 'America/New_York' };
  const monthly: Recurrence = { every: 'month', onDay: 31, hour: 0, zone: 'Asia/Kathmandu' };

  test('the last time is the newest whose hour has come where it is', () => {
    expect(lastDue(daily, at('2027-01-10T01:59:00Z'))).toBe('2027-01-09');
    expect(lastDue(daily, at('2027-01-10T02:00:00Z'))).toBe('2027-01-10');
    // 2027-01-11 is a Monday.
    expect(lastDue(weekly, at('2027-01-11T10:59:00Z'))).toBe('2027-01-04');
    expect(lastDue(weekly, at('2027-01-11T11:00:00Z'))).toBe('2027-01-11');
    expect(lastDue(monthly, at('2027-03-01T12:00:00Z'))).toBe('2027-02-28');
    expect(lastDue({ ...monthly, onDay: 30 }, at('2028-03-01T12:00:00Z'))).toBe('2028-02-29');
  });

  test('the next time is at that hour of that place, summer or winter', () => {
    expect(nextDueAt(daily, '2027-01-10')).toBe(at('2027-01-11T02:00:00Z'));
    expect(nextDueAt(daily, '2027-07-10')).toBe(at('2027-07-11T01:00:00Z'));
    expect(nextDueAt(weekly, '2027-01-11')).toBe(at('2027-01-18T11:00:00Z'));
    expect(nextDueAt(monthly, '2027-02-28')).toBe(at('2027-03-30T18:15:00Z'));
    // An hour that the clock skips: as soon as it is past.
    expect(nextDueAt({ ...daily, hour: 2 }, '2027-03-27')).toBe(at('2027-03-28T01:00:00Z'));
  });

  test('then it is the last time, and a moment before it was not', () => {
    const recurrence = fc.record({
      every: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
      onDay: fc.integer({ min: 1, max: 7 }),
      hour: fc.integer({ min: 0, max: 23 }),
      zone: fc.constantFrom(
        'UTC',
        'Europe/Berlin',
        'America/St_Johns',
        'Pacific/Apia',
        'Asia/Tokyo',
      ),
    });
    const moment = fc.integer({ min: at('2026-01-01'), max: at('2029-01-01') });
    fc.assert(
      fc.property(recurrence, moment, (given, now) => {
        const last = lastDue(given, now);
        const next = nextDueAt(given, last);
        expect(next).toBeGreaterThan(now);
        expect(lastDue(given, next) > last).toBe(true);
        expect(lastDue(given, next - 1)).toBe(last);
        expect(localTime(next, given.zone).hour).toBeGreaterThanOrEqual(given.hour);
      }),
      { numRuns: 100 },
    );
  });
});

test('a schedule’s folder has a name that any system takes', () => {
  expect(folderName('Für die Geschäftsleitung')).toBe('für-die-geschäftsleitung');
  expect(folderName('../../etc/passwd')).toBe('etc-passwd');
  expect(folderName('…')).toBe('export');
  expect(Array.from(folderName('Wort '.repeat(50)))).toHaveLength(40);
});

type Listed = {
  id: string;
  name: string;
  by: { name: string };
  folder: string;
  next: string | null;
  paused: boolean;
  last: (Job & { path: string | null }) | null;
};

const PLAN = {
  ...{ name: 'For the board', wish: REGISTER, every: 'week', onDay: 1, hour: 6 },
  ...{ zone: 'Europe/Oslo', keep: 2 },
};
const DAY_MS = 24 * 3_600_000;

async function scheduled() {
  const made = await office(await postgres.database());
  const { mira, workspace, exportsDir, secondProcess } = made;
  await made.notes(3);
  const added = await mira.call('POST', '/v1/export-schedules', PLAN);
  expect(added.status, JSON.stringify(added.json)).toBe(201);
  const { id } = added.json as { id: string };
  const all = async (visitor: Visitor = mira) =>
    ((await visitor.call('GET', '/v1/export-schedules')).json as { schedules: Listed[] }).schedules;
  return {
    ...made,
    id,
    all,
    folder: path.join(exportsDir, 'scheduled', workspace, 'for-the-board'),
    /** As a server finds it so many days from now; resolves with what is last then. */
    async later(days: number, visitor: Visitor = mira): Promise<Listed['last']> {
      const newest = async () => (await all(visitor))[0]?.last ?? null;
      const before = (await newest())?.id;
      const second = await secondProcess({ now: () => Date.now() + days * DAY_MS });
      await second.sweep();
      await expect
        .poll(async () => (await newest())?.state ?? 'none', { timeout: 20_000 })
        .not.toMatch(/waiting|running/);
      await second.close();
      const last = await newest();
      return last?.id === before ? null : last;
    },
  };
}

describe('a schedule', () => {
  test('makes a file each time, keeps the newest, and shows what the last one became', async () => {
    const { all, later, files, exportsDir, admin, id } = await scheduled();
    const [fresh] = await all();
    expect(fresh).toMatchObject({ id, name: 'For the board', by: { name: 'mira' }, last: null });
    const next = new Date(fresh?.next ?? '');
    expect(next.getTime() - Date.now()).toBeLessThan(8 * DAY_MS);
    expect(localTime(next.getTime(), 'Europe/Oslo').hour).toBe(6);

    expect(await later(0)).toBeNull();
    const first = await later(7);
    expect(first).toMatchObject({ state: 'done', rows: 3 });
    // Looked at again, it is done already.
    expect(await later(7)).toBeNull();
    const second = await later(14);
    const third = await later(21);
    await later(21);
    expect(files().toSorted()).toEqual([second?.path, third?.path].toSorted());
    const [name = ''] = files();
    expect(name).toMatch(/^scheduled\/[0-9a-f-]{36}\/for-the-board\/\d{4}-\d\d-\d\d-.{36}\.csv$/);
    expect(readFileSync(path.join(exportsDir, name), 'utf8')).toContain('2 xxxxxxxx');
    const { exports } = (await admin.call('GET', '/v1/exports')).json as {
      exports: { by: { name: string } }[];
    };
    expect(exports).toHaveLength(3);
    expect(exports.every(({ by }) => by.name === 'mira')).toBe(true);
  });

  test('makes one at once when a manager says so, also when it is paused; its next day stays', async () => {
    const { mira, tom, all, id, files } = await scheduled();
    await mira.call('PATCH', `/v1/export-schedules/${id}`, { paused: true });
    const run = (visitor: Visitor) => visitor.call('POST', `/v1/export-schedules/${id}/runs`, {});
    expect((await run(tom)).status).toBe(403);
    expect((await all())[0]?.last).toBeNull();
    expect((await run(mira)).status).toBe(201);
    await expect.poll(async () => (await all())[0]?.last?.state, { timeout: 20_000 }).toBe('done');
    const [after] = await all();
    expect(after).toMatchObject({ paused: true, next: null, last: { rows: 3 } });
    expect(files()).toEqual([after?.last?.path]);
  });

  test('is asked once however many say so at the same moment', async () => {
    const { workspace, within, id } = await scheduled();
    const plan = await within((tx) => readSchedule(tx, workspace, id));
    if (plan === null) throw new Error('it is not there');
    const run = () => within((tx) => runNow(tx, workspace, plan, Date.now()));
    const said = await Promise.all(Array.from({ length: 4 }, run));
    expect(said.toSorted()).toEqual(['asked', 'running', 'running', 'running']);
  });

  test('that is paused makes nothing, and catches up with nothing afterwards', async () => {
    const { mira, all, later, id } = await scheduled();
    await mira.call('PATCH', `/v1/export-schedules/${id}`, { paused: true });
    expect((await all())[0]).toMatchObject({ paused: true, next: null });
    expect(await later(7)).toBeNull();
    await mira.call('PATCH', `/v1/export-schedules/${id}`, { paused: false });
    expect(await later(0)).toBeNull();
    expect(await later(7)).toMatchObject({ state: 'done' });
  });

  test('of somebody who manages nothing any more says so, until a manager makes it theirs', async () => {
    const { admin, mira, memberOf, all, later, id, files } = await scheduled();
    const { member } = await memberOf(mira);
    await admin.call('PUT', `/v1/members/${member.id}`, { role: 'annotator' });
    expect((await mira.call('GET', '/v1/export-schedules')).status).toBe(403);
    const asAdmin = () => all(admin);
    const last = await later(7, admin);
    expect(last?.state).toBe('failed');
    expect(last?.words).toMatch(/left, or manages/);
    expect(files()).toEqual([]);
    const { name, hour } = PLAN;
    await admin.call('PATCH', `/v1/export-schedules/${id}`, { name, hour });
    expect((await asAdmin())[0]?.by.name).toBe('Ada Sample');
  });

  test('loses its files to an erasure, like everything from before', async () => {
    const { admin, later, files, all, notes } = await scheduled();
    const [target] = await notes(1);
    expect(await later(7)).toMatchObject({ state: 'done' });
    expect(files()).toHaveLength(1);
    await admin.call('POST', '/v1/erasures', {
      targets: [{ kind: 'note', id: target }],
      reason: 'asked for',
    });
    expect(files()).toEqual([]);
    expect((await all())[0]?.last).toMatchObject({ state: 'failed' });
  });

  test('is refused where it says no time, or what may not be', async () => {
    const { mira, tom, id } = await scheduled();
    const status = async (change: object) =>
      (await mira.call('POST', '/v1/export-schedules', { ...PLAN, ...change })).status;
    expect(await status({ onDay: 8 })).toBe(400);
    expect(await status({ every: 'day', onDay: 3 })).toBe(400);
    expect(await status({ hour: 24 })).toBe(400);
    expect(await status({ zone: 'Nowhere/City' })).toBe(400);
    expect(await status({ keep: 0 })).toBe(400);
    expect(await status({ wish: { what: 'evidence', format: 'csv' } })).toBe(400);
    const patched = await mira.call('PATCH', `/v1/export-schedules/${id}`, { every: 'day' });
    expect(patched.status).toBe(400);
    expect((await tom.call('POST', '/v1/export-schedules', PLAN)).status).toBe(403);
    // The same name again has a folder of its own.
    expect(await status({})).toBe(201);
    expect((await mira.call('DELETE', `/v1/export-schedules/${id}`)).status).toBe(200);
    expect((await mira.call('DELETE', `/v1/export-schedules/${id}`)).status).toBe(404);
  });
});

describe('a choice', () => {
  test('is one’s own until a manager shares it; what was filtered by is no part of it', async () => {
    const { mira, tom } = await office(await postgres.database());
    const wish = { ...REGISTER, columns: ['text', 'customer'], filter: { q: 'Lee Sample' } };
    const kept = { name: 'Short', shared: false, wish };
    const { json } = await tom.call('POST', '/v1/export-choices', kept);
    const { id } = json as { id: string };
    type Choices = { choices: { id: string; shared: boolean; wish: object; by: object }[] };
    const all = async (visitor: Visitor) =>
      ((await visitor.call('GET', '/v1/export-choices')).json as Choices).choices;
    expect(await all(tom)).toMatchObject([{ id, name: 'Short', by: { name: 'tom' } }]);
    expect(JSON.stringify(await all(tom))).not.toContain('Lee');
    expect(await all(mira)).toEqual([]);
    const change = (visitor: Visitor, which: string, body: object) =>
      visitor.call('PATCH', `/v1/export-choices/${which}`, body);
    expect((await change(tom, id, { shared: true })).status).toBe(403);
    expect((await tom.call('POST', '/v1/export-choices', { ...kept, shared: true })).status).toBe(
      403,
    );
    expect((await change(mira, id, { name: 'Theirs' })).status).toBe(404);
    expect((await change(tom, id, { name: 'Shorter' })).status).toBe(200);

    const shared = await mira.call('POST', '/v1/export-choices', { ...kept, shared: true });
    const other = (shared.json as { id: string }).id;
    expect((await all(tom)).map((one) => one.id).toSorted()).toEqual([id, other].toSorted());
    expect((await change(tom, other, { name: 'Mine' })).status).toBe(403);
    expect((await tom.call('DELETE', `/v1/export-choices/${other}`)).status).toBe(403);
    expect((await mira.call('DELETE', `/v1/export-choices/${other}`)).status).toBe(200);
    expect((await tom.call('DELETE', `/v1/export-choices/${id}`)).status).toBe(200);
    expect(await all(tom)).toEqual([]);
  });
});
