// Calibration: who may see the scores and when, and what is counted of them.
import { expect, test } from 'vitest';
import type { Draw, ScoreEntry, Standard } from '../../src/domain/index.ts';
import { STARTER_STANDARDS } from '../../src/domain/starter-standards.ts';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { type Connected, connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

type Shown = {
  calibration: {
    id: string;
    waits: string | null;
    done: number;
    subjects: number;
    gone: number;
  } & {
    reviewers: { id: string; name?: string; done?: number; letter: string; left: boolean }[];
  };
  report: null | {
    subjects: number;
    reviewers: string[];
    standards: { id: string }[];
    ours: { overall: { agreement: { n: number; kappa: number | null; why: string | null } } };
    differences: { subject: string; said: (ScoreEntry | null)[] }[];
  };
};

/** Twenty projects; Mira and Tom review four of them, Ada (an admin) only looks. */
async function office(reviewersCount: 2 | 3 = 2) {
  const server = await serverOn(await postgres.database());
  const ada = await setUp(server);
  const people: { visitor: Visitor; who: Connected; device: Device }[] = [];
  for (const name of ['mira', 'tom', 'uma'].slice(0, reviewersCount)) {
    const visitor = await join(server, ada, name, name === 'tom' ? 'auditor' : 'manager');
    const who = await connect(server, visitor);
    people.push({ visitor, who, device: new Device(server.url, who) });
  }
  const owner = new Device(server.url, await connect(server, ada));
  await owner.push(
    ...Array.from({ length: 20 }, (_, at) =>
      owner.change('project', { name: `Project ${at}`, state: 'open' }),
    ),
  );
  const made = await ada.call('POST', '/v1/standards', { standards: STARTER_STANDARDS });
  const { standards } = made.json as { standards: Standard[] };
  const yesNo = standards.find(({ current }) => current.judgement === 'yes-no')?.current;
  const scale = standards.find(({ current }) => current.judgement === 'scale')?.current;
  if (yesNo === undefined || scale === undefined) throw new Error('the starter set has both');
  const drawn = await ada.call('POST', '/v1/draws', {
    ...{ name: 'Sample calibration', unit: 'project', filter: {}, strata: 'none', blind: true },
    ...{ method: { kind: 'simple', size: 4 }, due: null, calibration: true },
    reviewers: people.map(({ who }) => who.member),
  });
  const { draw } = drawn.json as { draw: Draw };
  /** One review, as finishing it writes it. */
  const review = async (at: number, subject: string, yes: 0 | 1, points: number) => {
    const { device, who } = people[at] as (typeof people)[number];
    const said = (ours: number) => ({ applies: true, ours, theirs: ours, text: `By ${at}.` });
    const change = device.change('review', {
      ...{ audit: draw.id, unit: 'project', subject, project: subject, reviewer: who.member },
      scores: { [yesNo.id]: said(yes), [scale.id]: said(points) },
      ...{ startedAt: '2027-01-04T08:00:00Z', finishedAt: '2027-01-04T09:00:00Z' },
      visibility: 'managers',
    });
    await device.push(change);
    return change.envelope.record;
  };
  return { server, ada, people, owner, draw, review };
}

const see = async (visitor: Visitor, id: string) => {
  const { status, json } = await visitor.call('GET', `/v1/calibration/${id}`);
  return { status, ...(json as Shown) };
};

test('nobody sees the others’ scores before their own are finished; who only looks, before all are', async () => {
  const { ada, people, draw, review } = await office();
  const [mira, tom] = people.map(({ visitor }) => visitor) as [Visitor, Visitor];
  const [a, b, c, d] = draw.sample as [string, string, string, string];
  for (const subject of [a, b, c, d]) await review(0, subject, 1, 4);
  expect(await see(mira, draw.id)).toMatchObject({
    calibration: { waits: 'others', done: 4, subjects: 4 },
    report: null,
  });
  await review(1, a, 1, 4);
  await review(1, b, 0, 1);
  await review(1, c, 1, 5);
  expect(await see(tom, draw.id)).toMatchObject({ calibration: { waits: 'own' }, report: null });
  expect(await see(ada, draw.id)).toMatchObject({ calibration: { waits: 'others' }, report: null });
  await review(1, d, 1, 4);
  for (const visitor of [mira, tom, ada]) {
    const { calibration, report } = await see(visitor, draw.id);
    expect(calibration.waits).toBeNull();
    expect(report).toMatchObject({ subjects: 4 });
    expect(report?.ours.overall.agreement.n).toBe(8);
    // Furthest apart first, with the words of both.
    const [first] = report?.differences ?? [];
    expect(first?.subject).toBe(b);
    const reviewers = report?.reviewers ?? [];
    expect(first?.said.map((one) => one?.text)).toEqual(
      reviewers.map((one) => (one === people[0]?.who.member ? 'By 0.' : 'By 1.')),
    );
  }
});

test('three reviewers; one leaves: nobody waits for them, and what they did not finish does not count', async () => {
  const { ada, people, draw, review } = await office(3);
  for (const subject of draw.sample) {
    await review(0, subject, 1, 3);
    await review(1, subject, subject === draw.sample[0] ? 0 : 1, 3);
  }
  await review(2, draw.sample[0] ?? '', 0, 1);
  expect((await see(ada, draw.id)).calibration.waits).toBe('others');
  await ada.call('PUT', `/v1/members/${people[2]?.who.member}`, { active: false });
  const { calibration, report } = await see(ada, draw.id);
  expect(calibration.reviewers.find(({ name }) => name === 'uma')).toMatchObject({
    ...{ left: true, done: 1 },
  });
  expect(report?.reviewers).toHaveLength(2);
  expect(report?.differences).toHaveLength(1);
});

test('all but one leave: said so, not counted', async () => {
  const { ada, people, draw, review } = await office();
  for (const subject of draw.sample) await review(0, subject, 1, 3);
  await ada.call('PUT', `/v1/members/${people[1]?.who.member}`, { active: false });
  expect(await see(ada, draw.id)).toMatchObject({
    calibration: { waits: 'too-few' },
    report: null,
  });
});

test('erased in between, withdrawn, and reviewed twice', async () => {
  const { ada, owner, draw, review, people } = await office();
  const [a, b, c, d] = draw.sample as [string, string, string, string];
  for (const at of [0, 1]) for (const subject of [a, b, c]) await review(at, subject, 1, 3);
  await owner.push(owner.change('project', { deleted: true }, d));
  expect((await see(ada, draw.id)).calibration).toMatchObject({
    waits: null,
    subjects: 3,
    gone: 1,
  });
  // Once more, as two tabs do: the newest counts, and nothing is counted twice.
  await review(0, a, 0, 3);
  const { report } = await see(ada, draw.id);
  expect(report?.subjects).toBe(3);
  expect(report?.differences.map(({ subject }) => subject)).toEqual([a]);
  const record = await review(1, b, 0, 3);
  const [, tom] = people;
  await tom?.device.push(tom.device.change('review', { withdrawn: true, reason: 's' }, record));
  // The one before it counts again.
  expect((await see(ada, draw.id)).report?.differences.map(({ subject }) => subject)).toEqual([a]);
});

test('where figures about one person are off, nobody is named', async () => {
  const { ada, draw, review, people } = await office();
  for (const at of [0, 1]) for (const subject of draw.sample) await review(at, subject, 1, 3);
  await ada.call('PUT', '/v1/settings/per-person-figures', { lines: ['off'], seen: '' });
  const shown = await see(ada, draw.id);
  expect(shown.calibration.reviewers.map(({ id }) => id).sort()).toEqual(['A', 'B']);
  expect(shown.report?.reviewers.toSorted()).toEqual(['A', 'B']);
  const text = JSON.stringify(shown);
  for (const { who } of people) expect(text).not.toContain(who.member);
  expect(text).not.toMatch(/"(mira|tom)"/);
  expect(shown.calibration.done).toBe(8);
});

test('a draw that is none is not shown, nor is one that is unknown; abandoned is said', async () => {
  const { ada, draw } = await office();
  await ada.call('POST', `/v1/draws/${draw.id}/abandon`, { reason: 'Sample' });
  expect((await see(ada, draw.id)).calibration.waits).toBe('abandoned');
  const plain = await ada.call('POST', '/v1/draws', {
    ...{ name: 'Plain', unit: 'project', filter: {}, strata: 'none', blind: true, due: null },
    method: { kind: 'simple', size: 2 },
  });
  expect((await see(ada, (plain.json as { draw: Draw }).draw.id)).status).toBe(404);
  expect((await see(ada, freshId())).status).toBe(404);
  expect((await see(ada, 'nonsense')).status).toBe(404);
  const { json } = await ada.call('GET', '/v1/calibration');
  expect((json as { calibrations: object[] }).calibrations).toHaveLength(1);
});
