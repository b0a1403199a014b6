// Every figure of the page of insight against a small workspace that is counted here by hand.
import { describe, expect, test } from 'vitest';
import { wilson } from '../../src/audit/index.ts';
import type { Body } from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { secondWorkspace } from './second-workspace.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();
const DAY = 86_400_000;
const noon = (date: string) => `${date}T12:00:00.000Z`;
/** So many days from today, ISO date. */
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

type Counts = Record<string, number>;
type Dot = Record<string, unknown> & { name: string };
type Answer = {
  perPerson: boolean;
  days: number;
  step: string;
  story: Counts & { quadrants: Counts; dots: Dot[] | null; fields: Counts[] | null };
  classes: (Counts & { group: string })[];
  dimensions: (Counts & { group: string })[];
  promises: Counts[];
  grievances: Counts[];
  improvements: Counts;
};

async function start() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = new Device(server.url, await connect(server, admin));
  return { server, admin, mira };
}

async function read(visitor: Visitor, query = ''): Promise<Answer> {
  const answer = await visitor.call('GET', `/v1/insight${query}`);
  expect(answer.status).toBe(200);
  return answer.json as Answer;
}

async function listed(visitor: Visitor, query: string): Promise<{ total: number; dots: Dot[] }> {
  const answer = await visitor.call('GET', `/v1/insight/reviewed?${query}`);
  expect(answer.status).toBe(200);
  return answer.json as { total: number; dots: Dot[] };
}

async function put(device: Device, kind: string, body: Body, record = freshId()): Promise<string> {
  const [result] = await device.push(device.change(kind, body, record));
  expect(result?.result, JSON.stringify(result)).toBe('accepted');
  return record;
}

/** Two customers; Halden has two projects of two owners, Northwind one. */
async function people(mira: Device) {
  const [ann, ben] = [freshId(), freshId()];
  const halden = await put(mira, 'customer', { name: 'Halden' });
  const north = await put(mira, 'customer', { name: 'Northwind' });
  const one = await put(mira, 'project', { name: 'One', customer: halden, owner: ann });
  const two = await put(mira, 'project', { name: 'Two', customer: halden, owner: ben });
  const three = await put(mira, 'project', { name: 'Three', customer: north, owner: ben });
  return { ann, ben, halden, north, one, two, three };
}

const seen = (score: number, day: string, about: Body): Body => ({
  ...{ form: 'survey', score, scaleMin: 0, scaleMax: 10, observedAt: noon(day), ...about },
});
const review = (subject: string, ours: number | null, day: string, more: Body = {}): Body => ({
  ...{ unit: 'project', subject, project: subject, finishedAt: noon(day) },
  ...(ours === null ? {} : { ours }),
  ...more,
});

describe('satisfaction against our own score', () => {
  test('a dot for each project: its newest review, what its customer said last', async () => {
    const { admin, mira } = await start();
    const { halden, north, one, two, three } = await people(mira);
    // One: 9 of 10 after 4 of 10. Two has no word of its own: Halden’s last one counts. Three: 2.
    await put(mira, 'perception', seen(4, '2024-01-10', { customer: halden, project: one }));
    await put(mira, 'perception', seen(9, '2024-03-10', { customer: halden, project: one }));
    await put(mira, 'perception', seen(8, '2024-04-10', { customer: halden }));
    await put(mira, 'perception', seen(2, '2024-02-10', { customer: north, project: three }));
    // What we think they feel is no word of theirs.
    const felt = seen(10, '2024-05-01', { customer: north, project: three });
    await put(mira, 'perception', { ...felt, form: 'impression' });
    await put(mira, 'review', review(one, 95, '2024-04-01'));
    await put(mira, 'review', review(one, 55, '2024-05-01', { theirs: 100 }));
    await put(mira, 'review', review(two, 80, '2024-05-02'));
    await put(mira, 'review', review(three, 90, '2024-05-03'));
    // Neither finished nor standing.
    await put(mira, 'review', { unit: 'project', subject: two, project: two, ours: 5 });
    await put(
      mira,
      'review',
      review(two, 5, '2024-06-01', { withdrawn: true, reason: 'mixed up' }),
    );

    const { story } = await read(admin);
    expect(
      story.dots?.map(({ name, satisfaction, ours, theirs, quadrant }) => [
        ...[name, satisfaction, ours, theirs, quadrant],
      ]),
    ).toEqual([
      ['Three', 20, 90, null, 'unhappy-above-ours'],
      ['Two', 80, 80, null, 'good'],
      ['One', 90, 55, 100, 'happy-below-ours'],
    ]);
    expect(story.dots?.[2]).toMatchObject({ id: one, customer: 'Halden' });
    expect(story).toMatchObject({
      ...{ population: 3, reviewed: 3, placed: 3, noScore: 0, noWord: 0, gone: 0 },
      quadrants: { good: 1, 'happy-below-ours': 1, 'unhappy-above-ours': 1, poor: 0 },
    });
    const below = await listed(admin, 'quadrant=happy-below-ours');
    expect([below.total, below.dots.map(({ name }) => name)]).toEqual([1, ['One']]);
    // One that asks for 85 of itself: Two falls short, too, and comes second, by our score.
    const strict = await listed(admin, 'quadrant=happy-below-ours&ours=85');
    expect(strict.dots.map(({ name }) => name)).toEqual(['One', 'Two']);
    const field = await listed(admin, 'field=90-55');
    expect(field.dots.map(({ name }) => name)).toEqual(['One']);
  });

  test('those that cannot be shown are counted, and said why', async () => {
    const { admin, mira } = await start();
    const { north, one, two, three } = await people(mira);
    await put(mira, 'perception', seen(2, '2024-02-10', { customer: north }));
    await put(mira, 'review', review(one, 70, '2024-05-01'));
    await put(mira, 'review', review(three, null, '2024-05-01'));
    await put(mira, 'review', review(two, 70, '2024-05-01'));
    await put(mira, 'review', review(freshId(), 70, '2024-05-01'));
    const { story } = await read(admin);
    expect(story).toMatchObject({
      ...{ population: 3, reviewed: 4, placed: 0, noWord: 2, noScore: 1, gone: 1, dots: [] },
    });
  });

  test('says which were chosen by chance, and which within strata', async () => {
    const { admin, mira } = await start();
    const { halden, one, two, three, north } = await people(mira);
    for (const customer of [halden, north]) {
      await put(mira, 'perception', seen(9, '2024-02-10', { customer }));
    }
    const announced = await admin.call('POST', '/v1/draws', {
      ...{ unit: 'project', filter: {}, strata: 'owner', name: 'Spring', blind: true, due: null },
      method: { kind: 'stratified', size: 2, least: 1 },
    });
    expect(announced.status).toBe(201);
    const { draw } = announced.json as { draw: { id: string } };
    await put(mira, 'review', review(one, 90, '2024-05-01', { audit: draw.id }));
    await put(mira, 'review', review(two, 90, '2024-05-01', { audit: draw.id }));
    await put(mira, 'review', review(three, 90, '2024-05-01'));
    expect((await read(admin)).story).toMatchObject({ placed: 3, undrawn: 1, strata: 2 });
  });

  test('customers and calls have dots of their own', async () => {
    const { admin, mira } = await start();
    const { halden, north, one } = await people(mira);
    await put(mira, 'perception', seen(9, '2024-02-10', { customer: halden }));
    const call = await put(mira, 'interaction', {
      ...{ channel: 'call', subject: 'About the handover', customer: halden, project: one },
    });
    const about = { unit: 'call', interaction: call, project: one };
    await put(mira, 'review', { ...review(call, 40, '2024-05-01'), ...about, customer: halden });
    const whole = { unit: 'customer', customer: halden };
    const { project: _none, ...ofHalden } = review(halden, 60, '2024-05-01');
    await put(mira, 'review', { ...ofHalden, ...whole });
    const calls = await read(admin, '?unit=call');
    expect(calls.story).toMatchObject({ population: null, placed: 1 });
    expect(calls.story.dots).toMatchObject([
      { id: call, name: 'About the handover', customer: 'Halden', satisfaction: 90, ours: 40 },
    ]);
    const customers = await read(admin, '?unit=customer');
    expect(customers.story).toMatchObject({ population: 2, placed: 1 });
    expect(customers.story.dots).toMatchObject([{ id: halden, name: 'Halden', ours: 60 }]);
    expect((await read(admin, `?unit=customer&customer=${north}`)).story.placed).toBe(0);
  });
});

describe('what was missed, met and exceeded', () => {
  test('by class and by dimension, in the month in which it was settled', async () => {
    const { admin, mira } = await start();
    const { halden, north, three } = await people(mira);
    const settle = (outcome: string, day: string, more: Body) =>
      put(mira, 'expectation', { outcome, outcomeAt: noon(day), ...more });
    const unsaid = { class: 'unstated', dimension: 'reliability', customer: halden };
    await settle('missed', '2024-03-31', unsaid);
    await settle('met', '2024-03-01', unsaid);
    await settle('exceeded', '2024-03-15', { ...unsaid, dimension: 'empathy' });
    await settle('missed', '2024-04-01', { class: 'stated', customer: north });
    // Of Northwind by its project alone.
    await settle('met', '2024-04-30', { class: 'stated', project: three });
    await settle('open', '2024-04-30', { class: 'stated', customer: north });
    await settle('met', '2023-12-31', { class: 'implied', customer: north });

    const span = '?from=2024-01-01&to=2024-06-30';
    const all = await read(admin, span);
    const march = { begin: Date.UTC(2024, 2, 1) };
    const april = { begin: Date.UTC(2024, 3, 1) };
    expect(all.step).toBe('month');
    expect(all.classes).toEqual([
      { ...march, group: 'unstated', missed: 1, met: 1, exceeded: 1 },
      { ...april, group: 'stated', missed: 1, met: 1, exceeded: 0 },
    ]);
    expect(all.dimensions).toEqual([
      { ...march, group: 'empathy', missed: 0, met: 0, exceeded: 1 },
      { ...march, group: 'reliability', missed: 1, met: 1, exceeded: 0 },
      { ...april, group: '', missed: 1, met: 1, exceeded: 0 },
    ]);
    const norths = await read(admin, `${span}&customer=${north}`);
    expect(norths.classes).toEqual([{ ...april, group: 'stated', missed: 1, met: 1, exceeded: 0 }]);
    // Without a beginning the year before is in it, and steps stay months.
    expect((await read(admin, '?to=2024-06-30')).classes).toHaveLength(3);
  });
});

describe('promises, grievances, improvements', () => {
  test('a promise counts on its day; past it an open one is not kept', async () => {
    const { admin, mira } = await start();
    const { halden, ben, one, two } = await people(mira);
    const promise = (state: string | null, due: string | null, more: Body = {}) =>
      put(mira, 'commitment', {
        ...{ text: 'Call back', by: 'us', customer: halden, ...more },
        ...(state === null ? {} : { state }),
        ...(due === null ? {} : { due }),
      });
    await promise('kept', inDays(-10));
    await promise('kept', inDays(-9), { project: two });
    // Kept before its day: counts today.
    await promise('kept', inDays(20));
    await promise('broken', inDays(-10), { project: one });
    await promise('open', inDays(-1));
    await promise(null, inDays(-2));
    // Today is not over, and these say nothing yet.
    await promise('open', inDays(0));
    await promise('open', null);
    // None of ours, and none any more.
    await promise('broken', inDays(-10), { by: 'them' });
    await promise('withdrawn', inDays(-10));
    const span = `?from=${inDays(-60)}`;
    expect(sum((await read(admin, span)).promises)).toMatchObject({
      ...{ kept: 3, broken: 1, overdue: 2, open: 2 },
    });
    expect(sum((await read(admin, `${span}&owner=${ben}`)).promises)).toMatchObject({
      ...{ kept: 1, broken: 0, overdue: 0, open: 0 },
    });
    expect(wilson(3, 6)).toMatchObject({ rate: 0.5 });
  });

  test('a grievance is answered in time, too late, or still waits', async () => {
    const { admin, mira } = await start();
    const { halden } = await people(mira);
    const aired = (days: number, more: Body = {}) =>
      put(mira, 'note', {
        ...{ label: 'grievance', text: 'late', customer: halden },
        writtenAt: new Date(Date.now() - days * DAY).toISOString(),
        ...more,
      });
    const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
    await aired(20, { answeredAt: ago(14) });
    await aired(20, { answeredAt: ago(2) });
    await aired(8);
    await aired(6);
    await aired(20, { handled: true });
    await aired(20, { label: 'note' });
    const span = `?from=${inDays(-60)}`;
    const usual = await read(admin, span);
    expect([usual.days, sum(usual.grievances)]).toEqual([
      7,
      expect.objectContaining({ inTime: 1, late: 2, waiting: 1, over: 1 }),
    ]);
    const lines = ['grievance: 30 days'];
    const saved = await admin.call('PUT', '/v1/settings/blind-spots', { lines, seen: '' });
    expect(saved.status).toBe(200);
    const slow = await read(admin, span);
    expect([slow.days, sum(slow.grievances)]).toEqual([
      30,
      expect.objectContaining({ inTime: 2, late: 0, waiting: 2, over: 1 }),
    ]);
  });

  test('an improvement helped, did not, or nobody has looked', async () => {
    const { admin, mira } = await start();
    const improve = (more: Body) => put(mira, 'improvement', { text: 'Call first', ...more });
    await improve({ state: 'done', effective: true });
    await improve({ state: 'done', effective: true });
    await improve({ state: 'done', effective: false });
    await improve({ state: 'done' });
    await improve({ state: 'open', due: inDays(-1) });
    await improve({ due: inDays(5) });
    await improve({ state: 'dropped' });
    expect((await read(admin)).improvements).toEqual({
      ...{ open: 2, overdue: 1, unchecked: 1, effective: 2, ineffective: 1, dropped: 1 },
    });
  });
});

describe('kept up to date', () => {
  test('what is written, changed, merged and erased afterwards counts at once', async () => {
    const { admin, mira } = await start();
    const { halden, north, one, two, three } = await people(mira);
    const none = await read(admin);
    expect([none.story.placed, none.classes, none.promises]).toEqual([0, [], []]);

    await put(mira, 'perception', seen(9, '2024-02-10', { customer: halden }));
    const first = await put(mira, 'review', review(one, 50, '2024-05-01'));
    expect((await read(admin)).story.quadrants['happy-below-ours']).toBe(1);
    await put(mira, 'review', { withdrawn: true, reason: 'the wrong project' }, first);
    expect((await read(admin)).story.reviewed).toBe(0);

    // Noticed in a mail whose customer is found out later.
    const mail = await put(mira, 'interaction', { channel: 'email', subject: 'Dates' });
    const evidence = { [freshId()]: { interaction: mail, quote: 'we assume' } };
    const met = { outcome: 'met', outcomeAt: noon('2024-05-01'), class: 'stated', evidence };
    const record = await put(mira, 'expectation', met as Body);
    const ofHalden = async () => (await read(admin, `?customer=${halden}`)).classes;
    expect(await ofHalden()).toEqual([]);
    await put(mira, 'interaction', { customer: north }, mail);
    expect(await ofHalden()).toEqual([]);
    await put(mira, 'customer', { mergedInto: halden }, north);
    expect(await ofHalden()).toMatchObject([{ group: 'stated', met: 1 }]);
    await put(mira, 'expectation', { outcome: 'missed' }, record);
    expect(await ofHalden()).toMatchObject([{ met: 0, missed: 1 }]);

    const second = await put(mira, 'review', review(two, 50, '2024-05-01'));
    const third = await put(mira, 'review', review(three, 50, '2024-05-01'));
    expect((await read(admin)).story.placed).toBe(2);
    const targets = [
      { kind: 'expectation', id: record },
      { kind: 'review', id: second },
    ];
    const erased = await admin.call('POST', '/v1/erasures', { targets, reason: 'asked for' });
    expect(erased.status, JSON.stringify(erased.json)).toBe(200);
    expect(await ofHalden()).toEqual([]);
    expect((await read(admin)).story.dots).toMatchObject([{ review: third }]);
  });

  test('many at once ask while it is written', async () => {
    const { admin, mira } = await start();
    const { halden } = await people(mira);
    const write = (count: number) =>
      Array.from({ length: count }, () =>
        mira.change('commitment', { by: 'us', state: 'kept', due: inDays(-3), customer: halden }),
      );
    for (let round = 1; round <= 5; round += 1) {
      const changes = write(20);
      const answers = await Promise.all([
        ...Array.from({ length: 4 }, () => read(admin)),
        mira.push(...changes),
        ...Array.from({ length: 4 }, () => read(admin)),
      ]);
      expect(answers).toHaveLength(9);
      expect(sum((await read(admin)).promises).kept).toBe(20 * round);
    }
  });
});

describe('who gets what', () => {
  test('figures of one person are refused where they are switched off', async () => {
    const { admin, mira } = await start();
    const { ben } = await people(mira);
    expect((await read(admin, `?owner=${ben}`)).perPerson).toBe(true);
    const off = { lines: ['off'], seen: '' };
    const saved = await admin.call('PUT', '/v1/settings/per-person-figures', off);
    expect(saved.status).toBe(200);
    expect((await read(admin)).perPerson).toBe(false);
    for (const path of ['', '/reviewed']) {
      const query = `?quadrant=poor&owner=${ben}`.slice(path === '' ? 14 : 0);
      const where = path === '' ? `?${query}` : query;
      const answer = await admin.call('GET', `/v1/insight${path}${where}`);
      expect(answer).toMatchObject({
        status: 400,
        json: { message: 'Figures about one person are switched off here.' },
      });
    }
  });

  test('whoever is to judge a project in a calibration does not see it before', async () => {
    const { server, admin, mira } = await start();
    const { halden, one, two } = await people(mira);
    await put(mira, 'perception', seen(9, '2024-02-10', { customer: halden }));
    const max = await join(server, admin, 'max', 'manager');
    const { who } = new Device(server.url, await connect(server, max));
    const draw = await put(mira, 'audit', {
      ...{ name: 'Calibrating', unit: 'project', calibration: true },
      reviewers: [mira.who.member, who.member],
    });
    const by = (reviewer: string) => ({ audit: draw, reviewer });
    await put(mira, 'review', review(one, 50, '2024-05-01', by(mira.who.member)));
    await put(mira, 'review', review(two, 60, '2024-05-01'));
    const names = async (visitor: Visitor) => {
      const { story } = await read(visitor);
      return [story.hidden, ...(story.dots ?? []).map(({ name }) => name)];
    };
    expect(await names(admin)).toEqual([0, 'One', 'Two']);
    expect(await names(max)).toEqual([1, 'Two']);
    expect((await listed(max, 'quadrant=happy-below-ours')).total).toBe(1);
    await put(mira, 'review', review(one, 70, '2024-05-02', by(who.member)));
    expect(await names(max)).toEqual([0, 'Two', 'One']);
  });

  test('auditors read it, annotators do not; nothing of another workspace', async () => {
    const { server, admin, mira } = await start();
    const { halden, one } = await people(mira);
    await put(mira, 'perception', seen(9, '2024-02-10', { customer: halden }));
    await put(mira, 'review', review(one, 50, '2024-05-01', { visibility: 'managers' }));
    const audrey = await join(server, admin, 'audrey', 'auditor');
    const tom = await join(server, admin, 'tom');
    expect((await read(audrey)).story.placed).toBe(1);
    expect((await tom.call('GET', '/v1/insight')).status).toBe(403);
    const otto = await secondWorkspace(server, 'otto');
    expect((await read(otto)).story).toMatchObject({ population: 0, reviewed: 0, dots: [] });
  });

  test.each([
    'unit=house',
    'from=yesterday',
    'from=2026-13-40',
    'to=',
    'customer=somebody',
    'owner=1',
    'ours=101',
    'ours=',
    'ours=x',
    'colour=red',
  ])('%s means nothing', async (query) => {
    const { admin } = await start();
    const answer = await admin.call('GET', `/v1/insight?${query}`);
    expect(answer.status).toBe(400);
    const list = await admin.call('GET', `/v1/insight/reviewed?quadrant=poor&${query}`);
    expect(list.status).toBe(400);
  });
});

describe('tables as files', () => {
  const rows = async (visitor: Visitor, query: string) => {
    const answer = await fetch(`${visitor.url}/v1/insight/table.csv?${query}`, {
      headers: { cookie: visitor.cookie },
    });
    expect(answer.status).toBe(200);
    const text = await answer.text();
    return text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
  };

  test('hold what the page shows, with its filters, and are written down', async () => {
    const { admin, mira } = await start();
    const { halden, north, one, two } = await people(mira);
    await put(mira, 'perception', seen(9, '2024-02-10', { customer: halden }));
    await put(mira, 'review', review(one, 50, '2024-05-01'));
    for (const [outcome, customer] of [
      ...(['missed', 'met', 'met'] as const).map((name) => [name, halden] as const),
      ['exceeded', north] as const,
    ]) {
      const settled = { outcome, class: 'stated', outcomeAt: noon('2024-04-02'), customer };
      await put(mira, 'expectation', settled);
    }
    await put(mira, 'review', review(two, 90, '2024-05-01'));
    // Wilson's interval of 1 of 2 among 3 projects, which counts as 1 of 2 looked at four times; and
    // of 3 of 4 without an end.
    const glance = await rows(admin, 'table=glance');
    expect(glance.slice(1, 3)).toEqual([
      ['"Happy', ' but below our standard"', '1', '0.5', '2', '0.15', '0.85'],
      ['Expectations met or exceeded', '3', '0.75', '4', '0.3006', '0.9544'],
    ]);
    const classes = await rows(
      admin,
      `table=classes&from=2024-04-01&to=2024-04-30&customer=${halden}`,
    );
    expect(classes.slice(1)).toEqual([
      ['2024-04-01', 'week', 'stated', '1', '2', '0', '0.3333', '3', '0.0615', '0.7923'],
    ]);
    const reviewed = await rows(admin, 'table=reviewed');
    expect(reviewed.find((row) => row[1] === one)?.slice(0, 8)).toEqual([
      ...['project', one, 'One', 'Halden', '90', '50', '', 'happy-below-ours'],
    ]);
    const kept = await admin.call('GET', '/v1/exports');
    expect((kept.json as { exports: unknown[] }).exports).toMatchObject([
      { what: 'insight', rows: 2, filter: { table: 'reviewed' } },
      { what: 'insight', rows: 1, filter: { table: 'classes', customer: halden } },
      { what: 'insight', rows: 5, filter: { table: 'glance' } },
    ]);
  });
});

test('more dots than can be told apart are told as fields, and listed by a hundred', async () => {
  const { admin, mira } = await start();
  const { halden } = await people(mira);
  await put(mira, 'perception', seen(9, '2024-02-10', { customer: halden }));
  const projects = Array.from({ length: 520 }, () => freshId());
  for (const some of [projects.slice(0, 400), projects.slice(400)]) {
    await mira.push(
      ...some.map((id, n) =>
        mira.change('project', { name: `Project ${n}`, customer: halden }, id),
      ),
    );
    await mira.push(
      ...some.map((id, n) => mira.change('review', review(id, n % 2 ? 51 : 100, '2024-05-01'))),
    );
  }
  const { story } = await read(admin);
  expect(story.dots).toBeNull();
  expect(story).toMatchObject({ population: 523, placed: 520 });
  expect(story.fields).toEqual([
    { satisfaction: 90, ours: 50, count: 260 },
    { satisfaction: 90, ours: 95, count: 260 },
  ]);
  const ids = new Set<string>();
  for (const offset of [0, 100, 200]) {
    const { total, dots } = await listed(admin, `quadrant=happy-below-ours&offset=${offset}`);
    expect([total, dots.length]).toEqual([260, Math.min(100, 260 - offset)]);
    for (const { id } of dots) ids.add(String(id));
  }
  expect(ids.size).toBe(260);
});

function sum(rows: readonly Counts[]): Counts {
  const all: Counts = {};
  for (const { begin: _begin, ...row } of rows) {
    for (const [name, count] of Object.entries(row)) all[name] = (all[name] ?? 0) + count;
  }
  return all;
}
