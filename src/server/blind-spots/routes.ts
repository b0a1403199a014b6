// /v1/blind-spots: customers of whom nobody knows what they expect, and why each is listed. Whoever
// reads everything gets all of them; others those whom they follow.
import { Hono } from 'hono';
import {
  BLIND_SPOTS,
  type BlindSpotKind,
  blindSpotsOf,
  byUrgency,
  type Listed,
  thresholdsFrom,
} from '../../domain/blind-spots.ts';
import { readsAll } from '../../domain/index.ts';
import { type Asker, type AskerEnv, membersOnly } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { viewOf } from '../following/view.ts';
import { refuse } from '../refusal.ts';
import { readSetting } from '../settings/store.ts';
import { type Facts, factsIn } from './facts.ts';

/** The most urgent ones; a list of more is nobody's to work through. */
const MOST_ROWS = 2_000;
const DAY_MS = 86_400_000;

export function blindSpotRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const kept = keepFacts();

  app.get('/', membersOnly(server), async (c) => {
    const kinds = kindsOf(c.req.query('kind'));
    // Whoever wants the counts alone.
    const most = c.req.query('rows') === '0' ? 0 : MOST_ROWS;
    if (kinds === null) return refuse(c, 400, 'not-well-formed', 'There is no such reason.');
    const { asker } = c.var;
    const now = Date.now();
    const { facts, followed, thresholds } = await inWorkspace(
      server.db,
      asker.workspace.id,
      async (tx) => {
        const { lines } = await readSetting(tx, asker.workspace.id, 'blind-spots');
        const limits = thresholdsFrom(lines);
        return {
          thresholds: limits,
          facts: await kept.of(tx, asker, now - limits.contact * DAY_MS),
          followed: await followedBy(tx, server, asker),
        };
      },
    );
    const all = [...facts].flatMap(([id, known]): Listed[] => {
      if (followed !== null && !followed.has(id)) return [];
      const spots = blindSpotsOf(known.facts, thresholds, now);
      return spots.length === 0 ? [] : [{ id, name: known.name, spots }];
    });
    const counts = Object.fromEntries(
      BLIND_SPOTS.map((kind) => [kind, all.filter(({ spots }) => has(spots, [kind])).length]),
    );
    const rows = all.filter(({ spots }) => kinds.length === 0 || has(spots, kinds));
    return c.json({
      now,
      thresholds,
      customers: facts.size,
      counts,
      total: rows.length,
      rows: rows.sort(byUrgency).slice(0, most),
    });
  });

  return app;
}

/** null: one of them is none. */
function kindsOf(given: string | undefined): BlindSpotKind[] | null {
  const names = (given ?? '').split(',').filter(Boolean);
  const known = BLIND_SPOTS.filter((kind) => names.includes(kind));
  return known.length === new Set(names).size ? known : null;
}

function has(spots: Listed['spots'], kinds: readonly BlindSpotKind[]): boolean {
  return spots.some(({ kind }) => kinds.includes(kind));
}

/** null: all. */
async function followedBy(
  tx: Tx,
  { customers }: ServerContext,
  { workspace, member }: Asker,
): Promise<Set<string> | null> {
  if (readsAll(member.role)) return null;
  const { followed } = await viewOf(tx, workspace.id, member, customers);
  return followed === null ? null : new Set(followed.withAll);
}

const MOST_KEPT = 16;

/** What facts are counted from; other kinds change none of them. */
const COUNTED = [
  ...['customer', 'contact', 'interaction', 'probe', 'expectation', 'perception', 'note'],
  'erasure',
];

/**
 * Counts again only once something that is counted has come into the log: the page asks at each poke,
 * and what was new then is no newer later.
 */
function keepFacts(): { of(tx: Tx, asker: Asker, newSince: number): Promise<Facts> } {
  const kept = new Map<string, { size: number; facts: Facts }>();
  return {
    async of(tx, asker, newSince) {
      const { seq: size, epoch } = await tx
        .selectFrom('workspace')
        .select(['seq', 'epoch'])
        .where('id', '=', asker.workspace.id)
        .executeTakeFirstOrThrow();
      const whose = readsAll(asker.member.role) ? 'all' : asker.member.id;
      const key = `${asker.workspace.id}/${epoch}/${whose}`;
      const present = kept.get(key);
      if (present && (await isSame(tx, asker.workspace.id, present.size, size))) {
        present.size = size;
        return present.facts;
      }
      const facts = await factsIn(tx, asker, newSince);
      kept.delete(key);
      kept.set(key, { size, facts });
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return facts;
    },
  };
}

/** Whether nothing that is counted came after the first `from` leaves. */
async function isSame(tx: Tx, workspace: string, from: number, to: number): Promise<boolean> {
  if (from === to) return true;
  if (to < from) return false;
  const row = await tx
    .selectFrom('log_leaf')
    .select('seq')
    .where('workspace_id', '=', workspace)
    .where('seq', '>=', from)
    .where('kind', 'in', COUNTED)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row === undefined;
}
