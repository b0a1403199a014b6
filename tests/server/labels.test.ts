// The tags of calls: who may change them, and that everybody's browser gets them.
import { describe, expect, test } from 'vitest';
import { labels } from '../../src/console/api.ts';
import type { TagWish } from '../../src/domain/codebook-check.ts';
import {
  BUILT_IN_TAGS,
  codebook,
  fieldsOf,
  fold,
  type Ranked,
  type Tag,
} from '../../src/domain/index.ts';
import type { PulledChange } from '../../src/ledger/index.ts';
import { freshId } from '../../src/server/ids.ts';
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
  const { json } = await visitor.call('GET', '/v1/labels');
  return labels.parse(json);
}

const write = (visitor: Visitor, tags: readonly unknown[], seen: string) =>
  visitor.call('PUT', '/v1/labels', { tags, seen });

const newTag: TagWish = {
  ...{ id: null, name: ' Price ', key: 'P', colour: 'risk', icon: 'question' },
  ...{ means: 'question', retired: false },
};

/** The codebook that a device folds from what it pulled. */
function codebookOf(changes: PulledChange[]): Tag[] {
  const ranked = changes
    .filter((one) => one.leaf.kind === 'label' && one.body !== null && one.problem === undefined)
    .map(({ leaf, body }) => ({ ...leaf, body }) as unknown as Ranked);
  return codebook(
    [...fold(ranked).values()].map((state) => ({ id: state.id, fields: fieldsOf<'label'>(state) })),
  );
}

describe('in the console', () => {
  test('the built-in tags at first; renamed, re-keyed, retired, added and moved ones for everybody', async () => {
    const { mira, tom } = await office();
    const first = await read(tom);
    expect(first.tags).toEqual(BUILT_IN_TAGS);
    const [expectation, ...others] = first.tags;
    const written = await write(
      mira,
      [
        ...others.map((tag) => (tag.id === 'risk' ? { ...tag, retired: true } : tag)),
        newTag,
        { ...expectation, name: 'They expect', key: 'x', colour: 'praise' },
      ],
      first.seen,
    );
    expect(written.status).toBe(200);
    const { tags } = await read(tom);
    expect(labels.parse(written.json).tags).toEqual(tags);
    expect(tags.map(({ id }) => id).slice(0, 8)).toEqual(
      BUILT_IN_TAGS.slice(1).map(({ id }) => id),
    );
    expect(tags[8]).toMatchObject({ name: 'Price', key: 'p', colour: 'risk', icon: 'question' });
    expect(tags[9]).toEqual({
      ...{ id: 'expectation', name: 'They expect', key: 'x', colour: 'praise' },
      ...{ icon: 'expectation', means: 'expectation', retired: false },
    });
    // A retired one gives its key free.
    expect(tags[6]).toMatchObject({ id: 'risk', retired: true, key: '' });
  });

  test('only what has changed is written', async () => {
    const { server, mira } = await office();
    const device = new Device(server.url, await connect(server, mira));
    await device.pullAll();
    const { tags, seen } = await read(mira);
    expect((await write(mira, tags, seen)).status).toBe(200);
    await write(mira, [...tags, newTag], seen);
    const added = await read(mira);
    await write(
      mira,
      added.tags.map((tag) => (tag.id === 'praise' ? { ...tag, key: 'l' } : tag)),
      added.seen,
    );
    const bodies = (await device.pullAll()).filter(({ leaf }) => leaf.kind === 'label');
    expect(bodies.map(({ body }) => body)).toEqual([
      expect.objectContaining({ name: 'Price', key: 'p', order: 9 }),
      { replaces: 'praise', key: 'l' },
    ]);
  });

  test('a retired tag has its key again when it is used again, unless another one took it', async () => {
    const { mira } = await office();
    const change = async (id: string, patch: Partial<Tag>) => {
      const { tags, seen } = await read(mira);
      const changed = tags.map((tag) => (tag.id === id ? { ...tag, ...patch } : tag));
      expect((await write(mira, changed, seen)).status).toBe(200);
      return (await read(mira)).tags;
    };
    const keyOf = (tags: readonly Tag[], id: string) => tags.find((tag) => tag.id === id)?.key;
    await change('expectation', { retired: true });
    await change('risk', { name: 'Danger' });
    expect(keyOf(await change('expectation', { retired: false }), 'expectation')).toBe('1');
    await change('expectation', { retired: true });
    await change('risk', { key: '1' });
    const tags = await change('expectation', { retired: false });
    expect([keyOf(tags, 'expectation'), keyOf(tags, 'risk')]).toEqual(['', '1']);
  });

  test('what it was comes back by writing it again; a tag that is left out stays and is retired', async () => {
    const { mira } = await office();
    const before = await read(mira);
    const renamed = before.tags.map((tag) =>
      tag.id === 'risk' ? { ...tag, name: 'Danger' } : tag,
    );
    await write(mira, [...renamed, newTag], before.seen);
    const { seen } = await read(mira);
    await write(mira, before.tags, seen);
    const { tags } = await read(mira);
    expect(tags.slice(0, 9)).toEqual(BUILT_IN_TAGS);
    expect(tags[9]).toMatchObject({ name: 'Price', retired: true });
  });

  test('nobody overwrites what they have not seen', async () => {
    const { admin, mira } = await office();
    const { tags, seen } = await read(mira);
    const both = await Promise.all([
      write(mira, [...tags, newTag], seen),
      write(admin, [...tags, { ...newTag, key: 'q' }], seen),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await read(mira)).tags).toHaveLength(10);
  });

  test('annotators and auditors read and do not write; a stranger does neither', async () => {
    const { server, admin, tom } = await office();
    const auditor = await join(server, admin, 'ana', 'auditor');
    const { tags, seen } = await read(tom);
    for (const visitor of [tom, auditor]) {
      const refused = await write(visitor, [...tags, newTag], seen);
      expect(refused).toMatchObject({ status: 403, json: { error: 'not-allowed' } });
    }
    expect((await read(auditor)).tags).toEqual(BUILT_IN_TAGS);
    expect((await fetch(`${server.url}/v1/labels`)).status).toBe(401);
  });

  test('what cannot be used is refused, and nothing is written', async () => {
    const { mira } = await office();
    const { tags, seen } = await read(mira);
    const bad: unknown[][] = [
      [...tags, { ...newTag, key: '1' }],
      [...tags, { ...newTag, key: 'H' }],
      [...tags, { ...newTag, key: 'ab' }],
      [...tags, { ...newTag, name: '  ' }],
      [...tags, { ...newTag, name: null }],
      [...tags, { ...newTag, colour: 'url(x)' }],
      [...tags, { ...newTag, id: freshId() }],
      [...tags, tags[0]],
      tags.slice(1),
      tags.map((tag) => ({ ...tag, retired: true })),
      Array.from({ length: 300 }, () => ({ ...newTag, key: '' })),
    ];
    for (const one of bad) expect((await write(mira, one, seen)).status).toBe(400);
    expect((await mira.call('PUT', '/v1/labels', { tags: 'x' })).status).toBe(400);
    expect(await read(mira)).toEqual({ tags: BUILT_IN_TAGS, seen });
  });
});

test('every member’s device has them with the next pull, and an annotator’s changes none', async () => {
  const { server, mira, tom } = await office();
  const { tags, seen } = await read(mira);
  await write(mira, [newTag, ...tags], seen);
  const device = new Device(server.url, await connect(server, tom));
  const pulled = await device.pullAll();
  expect(codebookOf(pulled)).toEqual((await read(mira)).tags);
  expect(codebookOf(pulled)[0]).toMatchObject({ name: 'Price', key: 'p' });
  const label = pulled.find(({ leaf }) => leaf.kind === 'label')?.leaf.record;
  const [result] = await device.push(device.change('label', { name: 'Other' }, label));
  expect(result?.result).toBe('needs-attention');
  expect((await read(mira)).tags[0]).toMatchObject({ name: 'Price' });
});
