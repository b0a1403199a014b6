// A record's state comes back from its fields and what is said of who wrote them.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange, type Ranked, type RecordState } from '../../src/domain/index.ts';
import { openDatabase, openPool } from '../../src/server/database.ts';
import { freshId } from '../../src/server/ids.ts';
import { migrate, readMigrations } from '../../src/server/migrate.ts';
import { columnsOf, STATE, type StateRow, stateOf } from '../../src/server/sync/provenance.ts';
import { one } from './pair.ts';
import { usePostgres, withClient } from './postgres.ts';

const postgres = usePostgres();

const ids = Array.from({ length: 8 }, () => freshId()).sort();
const record = freshId();
const author = freshId();

const path = fc.constantFrom('text', 'label', 'evidence', 'identifiers', 'a/b', 'evidence/x', '');
const value = fc.oneof(
  fc.constantFrom(null, 'x', 7, true, {}, { y: 1, z: null }, { 'a/b': { c: [] } }, []),
  fc.dictionary(fc.string(), fc.constantFrom(null, 'q', { deep: 'x' })),
);
const base = fc.dictionary(
  fc.constantFrom('text', 'label', 'evidence/y', 'a/b'),
  fc.constantFrom(...ids),
);
const change = fc.record({
  at: fc.nat({ max: 7 }),
  body: fc.dictionary(path, value),
  base: fc.option(base, { nil: undefined }),
});

/** The server gives a change its rank once. */
const ranks = fc.array(
  fc.nat({ max: 9 }).map((n) => String(n).padStart(16, '0')),
  { minLength: 8, maxLength: 8 },
);

const changes = fc
  .tuple(ranks, fc.array(change, { minLength: 1, maxLength: 7 }))
  .map(([rank, all]): Ranked[] =>
    all.map(({ at, body, base }) => ({
      ...{ id: ids[at] ?? '', kind: 'note', record, author, rank: rank[at] ?? '' },
      ...{ body: body as Ranked['body'], base },
    })),
  );

/** As it comes out of the database. */
function rowOf(state: RecordState): StateRow {
  const { kind, id, origin, latest } = state;
  const columns = { kind, id, author: origin.author, updated: latest, ...columnsOf(state) };
  return JSON.parse(JSON.stringify(columns)) as StateRow;
}

test('whatever was folded', () => {
  let told = 0;
  fc.assert(
    fc.property(changes, (all) => {
      let state: RecordState | undefined;
      for (const one of all) state = applyChange(state, one);
      if (state === undefined) throw new Error('there is one change at least');
      const row = rowOf(state);
      if (row.provenance !== null) told += 1;
      expect(stateOf(row)).toEqual(JSON.parse(JSON.stringify(state)));
    }),
    { numRuns: 500 },
  );
  expect(told).toBeGreaterThan(40);
});

test('a record of one change is told in one pair', () => {
  const body = { text: 'as it was said', label: 'note' };
  const first = { id: ids[0] ?? '', kind: 'note', record, author, rank: '0'.repeat(16), body };
  const state = applyChange(undefined, first);
  expect(columnsOf(state)).toEqual({
    fields: body,
    provenance: JSON.stringify({ by: [[first.id, first.rank]] }),
    state: null,
  });
});

test('records from before there was one are read as they were, and written anew when they change', async () => {
  const { server, device } = await one(postgres);
  const first = device.change('note', { text: 'first', remark: 'stays' });
  const { record: note } = first.envelope;
  await device.push(first);
  const old = (text: string) =>
    applyChange(undefined, {
      ...{ id: first.envelope.id, kind: 'note', record: note },
      ...{
        author: first.envelope.author,
        rank: first.envelope.at,
        body: { text, remark: 'stays' },
      },
    });
  await withClient(server.database, (client) =>
    client.query('UPDATE record SET state = $1, provenance = NULL WHERE id = $2', [
      old('first'),
      note,
    ]),
  );
  const second = device.change('note', { text: 'second' }, note);
  await device.push(second);
  const db = openDatabase(openPool(server.database, () => undefined));
  try {
    const row = await db
      .selectFrom('record')
      .select(STATE)
      .where('workspace_id', '=', device.who.workspace)
      .where('id', '=', note)
      .executeTakeFirstOrThrow();
    expect(row.state).toBeNull();
    expect(row.fields).toEqual({ text: 'second', remark: 'stays' });
    const { registers } = stateOf(row);
    expect([registers.text?.change, registers.remark?.change]).toEqual([
      second.envelope.id,
      first.envelope.id,
    ]);
    // Neither names the other: both stand.
    expect(registers.text?.others?.map(({ value }) => value)).toEqual(['first']);
  } finally {
    await db.destroy();
  }
});

test('the migration leaves them as they are', async () => {
  const migrations = await readMigrations();
  const body = { text: 'written before' };
  const state = applyChange(undefined, {
    ...{ id: ids[0] ?? '', kind: 'note', record, author, rank: '0'.repeat(16), body },
  });
  await withClient(await postgres.emptyDatabase(), async (client) => {
    await migrate(client, migrations.slice(0, 6));
    await client.query(
      `INSERT INTO record (workspace_id, kind, id, state, fields, visibility, author, deleted,
         written, updated, words)
       VALUES ($1, 'note', $2, $3, $4, 'workspace', $5, false, $6, $6, '')`,
      [freshId(), record, state, body, author, state.latest],
    );
    await migrate(client, migrations);
    const { rows } = await client.query<StateRow>(`SELECT ${STATE.join()} FROM record`);
    expect(rows.map(stateOf)).toEqual([state]);
  });
});
