// Leaves and records as rows: in arrays on one machine, as VALUES where Citus may be, the same either way.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { binaryArray, type Element, type ElementType } from '../../src/server/arrays.ts';
import { layoutOf } from '../../src/server/citus.ts';
import { type Db, inWorkspace, openDatabase, openPool } from '../../src/server/database.ts';
import { freshId } from '../../src/server/ids.ts';
import {
  insertLeaves,
  insertRecords,
  type LeafRow,
  type RecordRow,
  replaceRecords,
} from '../../src/server/sync/rows.ts';
import { usePostgres, withClient } from './postgres.ts';
import { problemsOf } from './statement-rules.ts';

const postgres = usePostgres();
let database: string;
let spread: Db;
let whole: Db;

beforeAll(async () => {
  database = await postgres.database();
  spread = openDatabase(openPool(database, () => undefined));
  whole = openDatabase(
    openPool(database, () => undefined),
    { oneMachine: true },
  );
});

afterAll(async () => {
  await spread.destroy();
  await whole.destroy();
});

const TEXTS = [
  '',
  'plain',
  'ä\u{1F600}\u2028"\\',
  '{NULL,"x"}',
  '\\x00',
  'NULL',
  'x'.repeat(70_000),
];
const text = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'grapheme' }).map((one) => one.replaceAll('\0', '')),
);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });

const leaf = fc.record({
  envelope: fc.record({
    id: fc.constant(null).map(() => freshId()),
    device: fc.constantFrom(freshId(), freshId()),
    n: fc.maxSafeNat(),
    author: fc.uuid({ version: 7 }),
    kind: text,
    record: fc.uuid({ version: 7 }),
  }),
  leaf: text,
  body: maybe(text),
  salt: maybe(text),
  folded: fc.boolean(),
  problem: maybe(text),
  reveals: fc.boolean(),
});

const record = fc.record({
  of: fc.record({
    kind: fc.constantFrom('note', 'x'),
    id: fc.constant(null).map(() => freshId()),
    origin: fc.record({ author: fc.uuid({ version: 7 }) }),
    latest: text,
  }),
  fields: fc
    .dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null)))
    .map((fields) => JSON.stringify(fields)),
  state: maybe(fc.constant({ kind: 'note', registers: {} })),
  provenance: maybe(text),
  visibility: fc.constantFrom('workspace', 'managers'),
  deleted: fc.boolean(),
  written: text,
  customer: maybe(fc.uuid({ version: 7 })),
  project: maybe(fc.uuid({ version: 7 })),
  interaction: maybe(fc.uuid({ version: 7 })),
  words: text,
});

/** Rows as they are there afterwards, without their workspace. */
async function written(
  db: Db,
  table: 'log_leaf' | 'record',
  write: Parameters<typeof inWorkspace<void>>[2] extends (tx: infer T, ...rest: never) => unknown
    ? (tx: T, workspace: string) => Promise<void>
    : never,
): Promise<unknown[]> {
  const workspace = freshId();
  await inWorkspace(db, workspace, (tx) => write(tx, workspace));
  const rows = await inWorkspace(db, workspace, (tx) =>
    tx
      .selectFrom(table)
      .selectAll()
      .where('workspace_id', '=', workspace)
      .orderBy(table === 'log_leaf' ? ('seq' as never) : ('id' as never))
      .execute(),
  );
  return rows.map(({ workspace_id: _, ...row }) => row);
}

test('leaves are the same by both ways, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(leaf, { minLength: 1, maxLength: 30 }), async (leaves) => {
      const rows = leaves.map((one, seq) => ({
        ...one,
        seq: seq * 2 ** 40,
        envelope: { ...one.envelope, n: seq },
      })) as unknown as LeafRow[];
      const both = await Promise.all(
        [spread, whole].map((db) =>
          written(db, 'log_leaf', async (tx, workspace) => {
            for (const query of insertLeaves(tx, workspace, rows))
              await tx.executeQuery(query.compile());
          }),
        ),
      );
      expect(both[0]).toHaveLength(rows.length);
      expect(both[1]).toEqual(both[0]);
      expect(both[1]?.[0]).toMatchObject({
        id: rows[0]?.envelope.id,
        leaf: Buffer.from(rows[0]?.leaf ?? ''),
        body: rows[0]?.body == null ? null : Buffer.from(rows[0].body),
      });
    }),
    { numRuns: 60 },
  );
});

test('records are the same by both ways, written over too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 20 }),
      record,
      async (all, next) => {
        const rows = all as unknown as RecordRow[];
        const over = rows.map(({ of }) => ({ ...(next as unknown as RecordRow), of }));
        const both = await Promise.all(
          [spread, whole].map((db) =>
            written(db, 'record', async (tx, workspace) => {
              for (const query of insertRecords(tx, workspace, rows))
                await tx.executeQuery(query.compile());
              const first = over.slice(0, Math.ceil(over.length / 2));
              for (const query of replaceRecords(tx, workspace, first)) {
                await tx.executeQuery(query.compile());
              }
            }),
          ),
        );
        expect(both[0]).toHaveLength(rows.length);
        expect(both[1]).toEqual(both[0]);
      },
    ),
    { numRuns: 60 },
  );
});

test('where Citus may be, rows go in as VALUES, which keep its rules; else in arrays', async () => {
  const tables = await withClient(database, async (client) => (await layoutOf(client)).distributed);
  const [one] = fc.sample(leaf, 1);
  const [two] = fc.sample(record, 1);
  const statementsOf = (db: Db) =>
    inWorkspace(db, freshId(), async (tx) =>
      [
        ...insertLeaves(tx, freshId(), [{ ...one, seq: 0 } as unknown as LeafRow]),
        ...insertRecords(tx, freshId(), [two as unknown as RecordRow]),
        ...replaceRecords(tx, freshId(), [two as unknown as RecordRow]),
      ].map((query) => query.compile().sql),
    );
  const values = await statementsOf(spread);
  expect(values).toHaveLength(3);
  for (const statement of values) {
    expect(problemsOf(statement, tables)).toEqual([]);
    expect(statement).toContain('VALUES');
  }
  for (const statement of await statementsOf(whole)) expect(statement).toContain('unnest(');
});

test('arrays are read as what was put into them', async () => {
  const cases: [ElementType, Element[]][] = [
    [
      'bigint',
      [0, 1, -1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, null],
    ],
    ['boolean', [true, false, null]],
    ['text', [...TEXTS, null]],
    [
      'uuid',
      ['00000000-0000-7000-8000-000000000001', 'FFFFFFFF-ffff-7fff-bfff-fFfFfFfFfFfF', null],
    ],
    ['jsonb', ['{"a":[1,null,"ä"]}', 'null', '"x"', null]],
    ['bytea', [new Uint8Array([0, 255]), 'ä', new Uint8Array(0), null]],
    ['text', []],
  ];
  await withClient(database, async (client) => {
    for (const [type, elements] of cases) {
      const { rows } = await client.query(
        `SELECT array_agg(one::text ORDER BY at) AS all
         FROM unnest($1::${type}[]) WITH ORDINALITY AS u(one, at)`,
        [binaryArray(type, elements)],
      );
      const wanted = elements.map((one) => {
        if (one === null) return null;
        if (type === 'uuid') return String(one).toLowerCase();
        if (type === 'jsonb') return String(one).replaceAll(',', ', ').replaceAll(':', ': ');
        if (type !== 'bytea') return String(one);
        return `\\x${Buffer.from(one as string | Uint8Array).toString('hex')}`;
      });
      expect(rows[0]?.all, type).toEqual(elements.length === 0 ? null : wanted);
    }
  });
});

test.each<[ElementType, Element]>([
  ['uuid', 'no id'],
  ['uuid', '0000000g-0000-7000-8000-000000000001'],
  ['uuid', '0000000é-0000-7000-8000-000000000001'],
  ['bigint', 1.5],
  ['bigint', 2 ** 53],
  ['bigint', '1'],
  ['text', 1],
  ['boolean', 'true'],
  ['bytea', 1],
])('an array of %s takes no %j', (type, element) => {
  expect(() => binaryArray(type, [element])).toThrow(/^no /);
});
