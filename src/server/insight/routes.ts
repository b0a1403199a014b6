// /v1/insight: what all reviews and records together say. For those who audit; they read everything.
import { type Context, Hono } from 'hono';
import { sql } from 'kysely';
import type { Quadrant } from '../../audit/index.ts';
import { thresholdsFrom } from '../../domain/blind-spots.ts';
import { type DrawUnit, type Id, id } from '../../domain/index.ts';
import { dayOf, fieldOf, USUAL_BOUND } from '../../domain/insight.ts';
import { BYTE_ORDER_MARK, csvRow } from '../../export/csv.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { keepExport } from '../exports/store.ts';
import { refuse } from '../refusal.ts';
import { readPerPerson } from '../settings/per-person.ts';
import { readSetting } from '../settings/store.ts';
import { type Dot, named, placesOf, shownOf, storyOf, sumsOf, type Wish } from './answer.ts';
import { hiddenFrom } from './hidden.ts';
import { TABLES, tableOf } from './tables.ts';

type C = Context<AskerEnv>;

const UNITS: readonly DrawUnit[] = ['project', 'customer', 'call'];
const QUADRANTS: readonly Quadrant[] = ['good', 'happy-below-ours', 'unhappy-above-ours', 'poor'];
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Dots of a list at once. */
const MOST_LISTED = 100;

export function insightRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const auditors = (c: C) => roleRefusal(c, 'manager', 'admin', 'auditor');

  app.get('/', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const wish = wishOf(c.req.query(), Date.now());
    if (wish === null) return misfit(c);
    const { asker } = c.var;
    return inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const found = await summed(tx, c, wish);
      if (found === null) return switchedOff(c);
      const { story: all, directory, ...sums } = found;
      const story = shownOf(all);
      const { dots } = story;
      return c.json({
        ...{ unit: wish.unit, bound: wish.bound, span: wish.span, ...sums },
        story: { ...story, dots: dots && (await names(tx, c, wish.unit, dots, directory)) },
      });
    });
  });

  // One of the page's tables, whole, as a file; that it was taken is written down.
  app.get('/table.csv', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const { table: name, ...given } = c.req.query();
    const wish = wishOf(given, Date.now());
    const table = TABLES.find((one) => one === name);
    if (wish === null || table === undefined) return misfit(c);
    const { asker } = c.var;
    const made = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const found = await summed(tx, c, wish);
      if (found === null) return null;
      const { story, directory, ...sums } = found;
      const isNamed = table === 'reviewed';
      const dots = isNamed ? await names(tx, c, wish.unit, story.dots, directory) : story.dots;
      return tableOf(table, { ...sums, unit: wish.unit, story: { ...story, dots } });
    });
    if (made === null) return switchedOff(c);
    const [columns = [], ...rows] = made;
    const filter = { table, ...given };
    await keepExport(server, asker, {
      ...{ what: 'insight', format: 'csv', filter, columns: [...columns], rows: rows.length },
    });
    const today = new Date().toISOString().slice(0, 10);
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', `attachment; filename="unsaid-${table}-${today}.csv"`);
    return c.body(BYTE_ORDER_MARK + made.map((row) => csvRow(row)).join(''));
  });

  // Those in one quarter of the chart, or in one field of it, the furthest below our standard first.
  app.get('/reviewed', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const { quadrant, field, offset, ...given } = c.req.query();
    const wish = wishOf(given, Date.now());
    const chosen = choiceOf(quadrant, field);
    const from = Number(offset ?? 0);
    if (wish === null || chosen === null || !Number.isSafeInteger(from) || from < 0) {
      return misfit(c);
    }
    const { asker } = c.var;
    return inWorkspace(server.db, asker.workspace.id, async (tx) => {
      if (wish.owner !== null && !(await readPerPerson(tx, asker.workspace.id))) {
        return switchedOff(c);
      }
      const facts = await server.kept.facts.of(tx, asker);
      const hidden = await hiddenFrom(tx, asker, facts);
      const story = storyOf(facts, wish, placesOf(facts.directory), hidden);
      const found = story.dots.filter(chosen).sort((a, b) => a.ours - b.ours);
      const some = found.slice(from, from + MOST_LISTED);
      return c.json({
        total: found.length,
        dots: await names(tx, c, wish.unit, some, facts.directory),
      });
    });
  });

  /** null: one person is asked about where that is switched off. */
  async function summed(tx: Tx, c: C, wish: Wish) {
    const { asker } = c.var;
    const perPerson = await readPerPerson(tx, asker.workspace.id);
    if (wish.owner !== null && !perPerson) return null;
    const { lines } = await readSetting(tx, asker.workspace.id, 'blind-spots');
    const { grievance: days } = thresholdsFrom(lines);
    const facts = await server.kept.facts.of(tx, asker);
    const { directory } = facts;
    const places = placesOf(directory);
    const story = storyOf(facts, wish, places, await hiddenFrom(tx, asker, facts));
    return {
      ...{ now: wish.now, perPerson, days, directory, story },
      ...sumsOf(facts, wish, places, days),
    };
  }

  return app;
}

function misfit(c: C) {
  return refuse(c, 400, 'not-well-formed', 'One of the filters means nothing here.');
}

function switchedOff(c: C) {
  return refuse(c, 400, 'not-well-formed', 'Figures about one person are switched off here.');
}

/** null: one of them means nothing. */
function wishOf(given: Record<string, string>, now: number): Wish | null {
  const { unit = 'project', from, to, customer, owner, ours, ...others } = given;
  const known = UNITS.find((one) => one === unit);
  const ids = [customer, owner].filter((one) => one !== undefined);
  const begin = from === undefined ? null : beginOf(from);
  const end = to === undefined ? now + 1 : beginOf(to);
  const bound = ours === undefined ? USUAL_BOUND.ours : Number(ours);
  if (known === undefined || Object.keys(others).length > 0) return null;
  if (Number.isNaN(begin) || Number.isNaN(end) || ours === '') return null;
  if (ids.some((one) => !id.safeParse(one).success)) return null;
  if (!(bound >= 0 && bound <= 100)) return null;
  return {
    now,
    unit: known,
    // The last day is in it.
    span: { from: begin, to: Math.min(now + 1, to === undefined ? end : end + 86_400_000) },
    ...{ customer: customer ?? null, owner: owner ?? null },
    bound: { ...USUAL_BOUND, ours: bound },
  };
}

function beginOf(date: string): number {
  return DATE.test(date) ? dayOf(date)[0] : Number.NaN;
}

/** Which dots are asked for: "poor", or the corner of a field, "90-55"; null: it means nothing. */
function choiceOf(
  quadrant: string | undefined,
  field: string | undefined,
): ((dot: Dot) => boolean) | null {
  const known = QUADRANTS.find((one) => one === quadrant);
  if (known !== undefined) return (dot) => dot.quadrant === known;
  const [, satisfaction, ours] = /^(\d{1,3})-(\d{1,3})$/.exec(field ?? '') ?? [];
  if (quadrant !== undefined || satisfaction === undefined || ours === undefined) return null;
  return (dot) => {
    const corner = fieldOf(dot);
    return corner.satisfaction === Number(satisfaction) && corner.ours === Number(ours);
  };
}

async function names(
  tx: Tx,
  c: C,
  unit: DrawUnit,
  dots: readonly Dot[],
  directory: Parameters<typeof named>[2],
): Promise<Dot[]> {
  const calls = new Map<Id, { name: string; customer: Id | null }>();
  if (unit === 'call' && dots.length > 0) {
    const rows = await tx
      .selectFrom('record')
      .select(['id', 'customer', 'fields'])
      .where('workspace_id', '=', c.var.asker.workspace.id)
      .where('kind', '=', 'interaction')
      .where('deleted', '=', false)
      .where(sql<boolean>`id = ANY(${dots.map((dot) => dot.id)}::uuid[])`)
      .execute();
    for (const { id: call, customer, fields } of rows) {
      calls.set(call, { name: String(fields.subject ?? ''), customer });
    }
  }
  return named(dots, unit, directory, calls);
}
