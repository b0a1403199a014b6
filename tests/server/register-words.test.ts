// What the register finds from memory is, for everybody and after whatever was written, what the
// table itself says: exports of the register read nothing but that.
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Body } from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

/** By the pages of the register, three rows each. */
async function listed(visitor: Visitor, filter: Record<string, string>) {
  const ids: string[] = [];
  let cursor: string | null = '';
  let total = 0;
  while (cursor !== null) {
    const query = new URLSearchParams({ ...filter, limit: '3', cursor });
    const answer = await visitor.call('GET', `/v1/register?${query}`);
    const page = answer.json as { rows: { id: string }[]; next: string | null; total: number };
    ids.push(...page.rows.map(({ id }) => id));
    ({ next: cursor, total } = page);
  }
  expect(total).toBe(ids.length);
  return ids;
}

async function exported(visitor: Visitor, filter: Record<string, string>): Promise<string[]> {
  const wish = { what: 'register', format: 'csv', language: 'keys', columns: ['id'], filter };
  const query = new URLSearchParams({ wish: JSON.stringify({ ...wish, bom: false }) });
  const { text } = await visitor.get(`/v1/export?${query}`);
  return (parse(text, { columns: true }) as { id: string }[]).map(({ id }) => id);
}

const PIECES = [
  'a',
  'A',
  'ab',
  '%',
  '_',
  '\\',
  '"',
  "'",
  'Ü',
  'ü',
  'Straße',
  'ß',
  '日本',
  'é',
  'e\u0301',
];
const word = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 })
  .map((pieces) => pieces.join(''));
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const sought = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 2 })
  .chain((pieces) => fc.constantFrom(' ', ' ', '').map((space) => pieces.join(space)));
const visibility = fc.constantFrom('workspace', 'managers');
const place = fc.nat({ max: 3 });

const step = fc.oneof(
  fc.record({ kind: fc.constant('customer'), which: place, name: text }),
  fc.record({ kind: fc.constant('project'), which: place, name: text, customer: place }),
  fc.record({
    ...{ kind: fc.constant('interaction'), which: place, subject: text, visibility },
    logged: fc.boolean(),
    customer: fc.option(place, { nil: null }),
  }),
  fc.record({
    ...{ kind: fc.constant('note'), which: place, text, visibility },
    label: fc.constantFrom('note', 'risk', 'grievance'),
    interaction: fc.option(place, { nil: null }),
    project: fc.option(place, { nil: null }),
  }),
  fc.record({
    ...{ kind: fc.constant('expectation'), which: place, statement: text },
    class: fc.constantFrom('stated', 'unstated'),
    stage: fc.constantFrom('hunch', 'confirmed'),
    quote: fc.option(word, { nil: undefined }),
    interaction: fc.option(place, { nil: null }),
  }),
  fc.record({
    kind: fc.constantFrom('note', 'interaction', 'customer'),
    which: place,
    deleted: fc.boolean(),
  }),
);

test('the same rows for words of every sort, for those who read everything and those who do not', async () => {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = new Device(server.url, await connect(server, admin));
  const tom = await join(server, admin, 'tom');
  const toms = new Device(server.url, await connect(server, tom));
  const pool = Object.fromEntries(
    ['customer', 'project', 'interaction', 'note', 'expectation'].map((kind) => [
      kind,
      Array.from({ length: 4 }, () => freshId()),
    ]),
  );
  const idOf = (kind: string, which: unknown) =>
    typeof which === 'number' ? (pool[kind]?.[which] ?? null) : null;
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.boolean()), { minLength: 4, maxLength: 14 }),
      fc.array(
        fc.tuple(
          sought,
          fc.constantFrom('', '', 'class=stated', 'kind=note,interaction', 'author'),
        ),
        { minLength: 4, maxLength: 6 },
      ),
      async (steps, questions) => {
        for (const [{ kind, which, ...given }, isToms] of steps) {
          const { customer, project, interaction, quote, ...rest } = given as Body & {
            quote?: string;
          };
          const body: Body = { ...rest };
          if (customer !== undefined) body.customer = idOf('customer', customer);
          if (project !== undefined) body.project = idOf('project', project);
          if (kind === 'note') body.interaction = idOf('interaction', interaction);
          const mail = idOf('interaction', interaction);
          if (kind === 'expectation' && mail !== null) {
            body.evidence = { [freshId()]: { interaction: mail, quote: quote ?? '' } };
          }
          const device = isToms ? toms : mira;
          const [result] = await device.push(device.change(kind, body, idOf(kind, which) ?? ''));
          expect(result?.result, JSON.stringify(body)).toBe('accepted');
        }
        for (const [q, also] of questions) {
          const filter: Record<string, string> = { q };
          const [name = '', value = mira.who.member] = also.split('=');
          if (name !== '') filter[name] = value;
          for (const visitor of [admin, tom]) {
            const rows = await exported(visitor, filter);
            expect(await listed(visitor, filter), JSON.stringify(filter)).toEqual(rows);
            found += rows.length;
          }
        }
        for (const visitor of [admin, tom]) {
          expect(await listed(visitor, {})).toEqual(await exported(visitor, {}));
        }
      },
    ),
    { numRuns: 6, seed: 7 },
  );
  expect(found).toBeGreaterThan(30);
});
