// The register as the console reads it: rows, facets, one record with its history.
import { Hono } from 'hono';
import { id, isKind } from '../../domain/index.ts';
import { type AskerEnv, membersOnly } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { readCodebook } from '../labels/store.ts';
import { refuse } from '../refusal.ts';

import { exportRoute, registerCsvRoute } from './export-route.ts';
import { facetsText } from './facets.ts';
import { readFilters, readPlace, writePlace } from './filters.ts';
import { historyOf } from './history.ts';
import { createPlaces } from './places.ts';
import { probesOf } from './probes.ts';
import { findPage, findRecord } from './query.ts';
import { rowOf } from './rows.ts';

const MOST_ROWS = 500;
const USUAL_ROWS = 100;

export function registerRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const { directories } = server;

  app.get('/register', member, async (c) => {
    const { asker } = c.var;
    const { cursor, limit, ...given } = c.req.query();
    const filters = readFilters(given);
    if (!filters)
      return refuse(c, 400, 'not-well-formed', 'One of the filters means nothing here.');
    const place = cursor ? readPlace(cursor) : null;
    if (cursor && !place)
      return refuse(c, 400, 'not-well-formed', 'The place to go on from is unknown.');
    const rows = Math.min(MOST_ROWS, Math.max(1, Math.trunc(Number(limit)) || USUAL_ROWS));

    const answer = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const directory = await directories.of(tx, asker);
      const known = { directory, listing: server.kept.listing };
      const { found, ...counted } = await findPage(tx, asker, known, filters, place, rows + 1);
      const names = await memberNames(tx, asker.workspace.id);
      const { tags } = await readCodebook(tx, asker.workspace.id);
      const page = found.slice(0, rows);
      const last = page.at(-1);
      return {
        rows: page.map((one) => rowOf(one, directory, names, tags)),
        next: last && found.length > rows ? writePlace(last) : null,
        ...counted,
      };
    });
    return c.json(answer);
  });

  app.get('/facets', member, async (c) => {
    const { asker } = c.var;
    const { facets, counted, members } = await inWorkspace(
      server.db,
      asker.workspace.id,
      async (tx) => {
        const directory = await directories.of(tx, asker);
        const counts = await server.kept.counts.of(tx, asker);
        return {
          facets: facetsText(directory, counts),
          counted: counts.at,
          members: await membersOf(tx, asker.workspace.id),
        };
      },
    );
    const others = { members: members.map(({ id: key, name }) => ({ id: key, name })), counted };
    c.header('Content-Type', 'application/json');
    return c.body(`{${facets},${JSON.stringify(others).slice(1)}`);
  });

  app.get('/records/:kind/:id', member, async (c) => {
    const { asker } = c.var;
    const { kind, id: name } = c.req.param();
    const known = isKind(kind) && id.safeParse(name).success;
    const answer = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const found = known ? await findRecord(tx, asker, kind, name) : null;
      if (!found) return null;
      const directory = await directories.of(tx, asker);
      const names = await memberNames(tx, asker.workspace.id);
      const { tags } = await readCodebook(tx, asker.workspace.id);
      const { entries, conflicts } = await historyOf(tx, asker, kind, name, names);
      return {
        row: rowOf(found, directory, names, tags),
        fields: found.fields,
        deleted: found.deleted,
        interaction: found.interaction,
        history: entries,
        conflicts,
        ...(kind === 'expectation' ? { probes: await probesOf(tx, asker, name, names) } : {}),
      };
    });
    if (!answer)
      return refuse(c, 404, 'not-found', 'There is no such entry, or it is not for you.');
    return c.json(answer);
  });

  const places = createPlaces();
  app.get('/export', member, exportRoute(server, directories, places));
  app.get('/export.csv', member, registerCsvRoute(server, directories, places));

  return app;
}

async function memberNames(tx: Tx, workspace: string): Promise<Map<string, string>> {
  const members = await membersOf(tx, workspace);
  return new Map(members.map(({ id: key, name }) => [key, name]));
}
