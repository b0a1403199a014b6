// The questions to ask: who may change them, and that everybody's browser gets them.
import { expect, test } from 'vitest';
import { patterns } from '../../src/console/api.ts';
import { PATTERNS } from '../../src/domain/index.ts';
import type { PatternWish } from '../../src/domain/pattern-check.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const tom = await join(server, admin, 'tom');
  return { server, admin, mira, tom };
}

/** As the console reads it. */
async function read(visitor: Visitor) {
  const { json } = await visitor.call('GET', '/v1/patterns');
  return patterns.parse(json);
}

const write = (visitor: Visitor, list: readonly unknown[], seen: string) =>
  visitor.call('PUT', '/v1/patterns', { patterns: list, seen });

const own: PatternWish = {
  ...{ id: null, text: ' Which colour? ', reason: null },
  ...{ dimension: 'tangibles', retired: false },
};
const [first, second] = PATTERNS;

test('the built-in ones at first; reworded, retired, added and moved ones for everybody', async () => {
  const { server, mira, tom } = await office();
  const device = new Device(server.url, await connect(server, mira));
  await device.pullAll();
  const before = await read(tom);
  expect(before.patterns).toEqual(PATTERNS);
  const changed = before.patterns.map((pattern) => {
    if (pattern.id === first?.id) return { ...pattern, text: 'Tell me of “{words}”.' };
    return pattern.id === second?.id ? { ...pattern, retired: true } : pattern;
  });
  const written = await write(mira, [...changed, own], before.seen);
  expect(written.status).toBe(200);
  const after = await read(tom);
  expect(patterns.parse(written.json)).toEqual(after);
  expect(after.patterns[0]).toEqual({ ...first, text: 'Tell me of “{words}”.' });
  expect(after.patterns[1]).toEqual({ ...second, retired: true });
  expect(after.patterns.at(-1)).toMatchObject({ text: 'Which colour?', dimension: 'tangibles' });
  // Only what has changed is written, and everybody's browser gets it.
  const bodies = (await device.pullAll()).filter(({ leaf }) => leaf.kind === 'pattern');
  expect(bodies.map(({ body }) => body)).toEqual([
    { replaces: first?.id, text: 'Tell me of “{words}”.' },
    { replaces: second?.id, retired: true },
    expect.objectContaining({ text: 'Which colour?', dimension: 'tangibles' }),
  ]);
  // Its own words again: nothing of it is the workspace's any more.
  await write(mira, [...PATTERNS, after.patterns.at(-1)], after.seen);
  const again = await read(tom);
  expect(again.patterns.slice(0, PATTERNS.length)).toEqual(PATTERNS);
  const [last, ...rest] = [...again.patterns].reverse();
  await write(mira, [last, ...rest.reverse()], again.seen);
  expect((await read(tom)).patterns[0]?.text).toBe('Which colour?');
});

test('what is left out is retired and stays: questions name it for good', async () => {
  const { mira } = await office();
  const { patterns: list, seen } = await read(mira);
  await write(mira, [...list, own], seen);
  const added = await read(mira);
  await write(mira, list, added.seen);
  expect((await read(mira)).patterns.at(-1)).toMatchObject({
    text: 'Which colour?',
    retired: true,
  });
});

test('nobody overwrites what they have not seen; annotators and auditors read only', async () => {
  const { server, admin, mira, tom } = await office();
  const auditor = await join(server, admin, 'ana', 'auditor');
  const { patterns: list, seen } = await read(auditor);
  const both = await Promise.all([
    write(mira, [...list, own], seen),
    write(admin, [...list, { ...own, text: 'Which size?' }], seen),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const now = await read(tom);
  for (const who of [tom, auditor]) {
    expect((await write(who, now.patterns, now.seen)).status).toBe(403);
  }
});

test.each<[string, (list: readonly unknown[]) => unknown[]]>([
  ['one without words', (list) => [...list, { ...own, text: '  ' }]],
  ['a built-in one missing', (list) => list.slice(1)],
  ['two alike', (list) => [...list, own, { ...own, text: 'which  COLOUR?' }]],
  ['one twice', (list) => [...list, list[0]]],
  ['one nobody knows', (list) => [...list, { ...own, id: 'assumes/else' }]],
  ['another reason', (list) => [...list, { ...own, reason: 'shy' }]],
])('%s is refused', async (_what, change) => {
  const { mira } = await office();
  const { patterns: list, seen } = await read(mira);
  expect((await write(mira, change(list), seen)).status).toBe(400);
  expect((await read(mira)).patterns).toEqual(PATTERNS);
});
