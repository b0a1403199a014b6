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

/** The most urgent ones; a list of more is nobody's to work through. */
const MOST_ROWS = 2_000;

export function blindSpotRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();

  app.get('/', membersOnly(server), async (c) => {
    const kinds = kindsOf(c.req.query('kind'));
    // Whoever wants the counts alone.
    const most = c.req.query('rows') === '0' ? 0 : MOST_ROWS;
    if (kinds === null) return refuse(c, 400, 'not-well-formed', 'There is no such reason.');
    const { asker } = c.var;
    const now = Date.now();
    const { counted, followed, thresholds } = await inWorkspace(
      server.db,
      asker.workspace.id,
      async (tx) => {
        const { lines } = await readSetting(tx, asker.workspace.id, 'blind-spots');
        const limits = thresholdsFrom(lines);
        return {
          thresholds: limits,
          counted: await server.kept.blindSpots.of(tx, asker),
          followed: await followedBy(tx, server, asker),
        };
      },
    );
    const facts = counted.value;
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
      /** When the records were counted: in a large workspace not at each question. */
      counted: counted.at,
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
