// What binds values to a statement in pieces is, end to end, what the driver would have sent.
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { type Bind, type Binding, bindInPieces } from '../../src/server/bind.ts';
import { openPool } from '../../src/server/database.ts';
import { usePostgres } from './postgres.ts';

const postgres = usePostgres();

/** A connection of the driver's, and what it has sent. */
function connection(): { own: Binding; sent(): { all: Buffer; pieces: number } } {
  const stream = new PassThrough();
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  const own = new pg.Connection({ stream: stream as never }) as unknown as Binding;
  return {
    own,
    sent() {
      stream.read();
      return { all: Buffer.concat(pieces), pieces: pieces.length };
    },
  };
}

const value = fc.oneof(
  fc.constant(null),
  fc.constant(undefined),
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
  fc.nat(9_000).map((length) => Buffer.alloc(length, length)),
);
const config: fc.Arbitrary<Bind> = fc.record({
  portal: fc.constantFrom('', undefined),
  statement: fc.constantFrom('', 'unsaid_7', undefined),
  binary: fc.boolean(),
  values: fc.array(value, { maxLength: 20 }),
  // As the driver's own: bytes stay bytes, all else is text.
  valueMapper: fc.constant((one: unknown) =>
    one === null || one === undefined ? null : Buffer.isBuffer(one) ? one : String(one),
  ),
});

test('it is byte for byte the driver’s message', async () => {
  await fc.assert(
    fc.asyncProperty(config, async (given) => {
      const [theirs, ours] = [connection(), connection()];
      theirs.own.bind(given);
      bindInPieces(ours.own);
      ours.own.bind(given);
      await new Promise((done) => setImmediate(done));
      expect(ours.sent().all).toEqual(theirs.sent().all);
    }),
    { numRuns: 300 },
  );
});

test('a long value is sent as it lies in memory, what is short goes as ever', async () => {
  const { own, sent } = connection();
  bindInPieces(own);
  const mapped = { valueMapper: (one: unknown) => one };
  own.bind({ values: [Buffer.alloc(50_000, 1), 'short', Buffer.alloc(50_000, 2)], ...mapped });
  await new Promise((done) => setImmediate(done));
  expect(sent().pieces).toBe(5);
  own.bind({ values: ['short'], ...mapped });
  await new Promise((done) => setImmediate(done));
  expect(sent().pieces).toBe(6);
});

test('PostgreSQL gets all of it, between other questions on the same connection', async () => {
  const pool = openPool(await postgres.database(), () => undefined);
  const client = await pool.connect();
  try {
    const sizes = [10, 4_095, 4_096, 100_000, 3_000_000];
    const asked = sizes.map((size) => {
      const bytes = Buffer.alloc(size, size % 251);
      return client
        .query('SELECT $1::bytea AS bytes, $2::text AS text, $3::int AS n', [bytes, 'Grüße', size])
        .then(({ rows: [row] }) => {
          expect(row.n).toBe(size);
          expect(row.text).toBe('Grüße');
          expect(bytes.equals(row.bytes)).toBe(true);
        });
    });
    await Promise.all(asked);
  } finally {
    client.release();
    await pool.end();
  }
});
