// /v1/settings: the never-log list and the own mail domains of a workspace, for the console.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import {
  isSettingName,
  keptLines,
  LONGEST_LINE,
  lineProblems,
  MOST_LINES,
  SETTINGS,
  type SettingName,
} from '../../domain/setting-lines.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { refuse } from '../refusal.ts';
import { type HistoryEntry, historyOf } from '../register/history.ts';
import { readSetting, writeSetting } from './store.ts';

const request = z.object({
  lines: z.array(z.string().check(z.maxLength(10 * LONGEST_LINE))).check(z.maxLength(MOST_LINES)),
  seen: z.string(),
});

export function settingRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);

  app.get('/', member, async (c) => {
    const settings = await inWorkspace(server.db, c.var.asker.workspace.id, (tx) =>
      Promise.all(SETTINGS.map((name) => shown(tx, c, name))),
    );
    return c.json({ settings });
  });

  app.put('/:name', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin');
    if (refused) return refused;
    const { name } = c.req.param();
    if (!isSettingName(name)) return refuse(c, 404, 'not-found', 'There is no such setting.');
    const parsed = request.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return refuse(c, 400, 'not-well-formed', 'The request does not fit.');
    const lines = keptLines(parsed.data.lines.join('\n'));
    const [problem] = lineProblems(name, lines);
    if (problem) {
      const where = problem.line === null ? '' : `“${problem.text.slice(0, 80)}”: `;
      return refuse(c, 400, 'bad-line', where + problem.problem);
    }
    const { asker } = c.var;
    const written = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const done = await writeSetting(tx, asker, name, lines, parsed.data.seen);
      return done.ok ? { ...done, shown: await shown(tx, c, name) } : done;
    });
    if (!written.ok) {
      return refuse(c, 409, 'changed', 'Somebody has changed this list in the meantime.');
    }
    server.pokes.poke(asker.workspace.id, written.size);
    return c.json(written.shown);
  });

  return app;
}

type Shown = { name: SettingName; lines: string[]; seen: string; history: HistoryEntry[] };

async function shown(tx: Tx, c: Context<AskerEnv>, name: SettingName): Promise<Shown> {
  const { asker } = c.var;
  const { lines, seen, records, gone } = await readSetting(tx, asker.workspace.id, name);
  const members = await membersOf(tx, asker.workspace.id);
  const names = new Map(members.map((one) => [one.id, one.name]));
  const histories = await Promise.all(
    [...records, ...gone].map(({ id }) => historyOf(tx, asker, 'setting', id, names)),
  );
  return {
    name,
    lines,
    seen,
    history: histories.flatMap(({ entries }) => entries).sort((a, b) => b.seq - a.seq),
  };
}
