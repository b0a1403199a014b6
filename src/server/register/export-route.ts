// Exports taken at once, as a stream: /v1/export?wish=…, and /v1/export.csv for the register.
import type { Context } from 'hono';
import type { AskerEnv } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { openExport } from '../exports/open.ts';
import { type ExportWish, exportWish } from '../exports/wish.ts';
import { refuse } from '../refusal.ts';
import type { Directories } from './directory.ts';
import { isFilter } from './filters.ts';
import type { Places } from './places.ts';
import { takenStream } from './taken.ts';

const STATUS = { 'not-allowed': 403, 'not-well-formed': 400, 'not-found': 404 } as const;

/** `bom=0` leaves out the byte order mark, which tells Excel that the file is UTF-8. */
export function registerCsvRoute(server: ServerContext, directories: Directories, places: Places) {
  return (c: Context<AskerEnv>): Promise<Response> => {
    const { bom, ...given } = c.req.query();
    const filter = Object.fromEntries(Object.entries(given).filter(([name]) => isFilter(name)));
    const wish = { what: 'register', format: 'csv', filter, bom: bom !== '0' };
    return sent({ server, directories, places }, c, wish);
  };
}

/** `wish`: an ExportWish as JSON. */
export function exportRoute(server: ServerContext, directories: Directories, places: Places) {
  return (c: Context<AskerEnv>): Promise<Response> =>
    sent({ server, directories, places }, c, jsonIn(c.req.query('wish') ?? ''));
}

type Serving = { server: ServerContext; directories: Directories; places: Places };

async function sent(
  { server, directories, places }: Serving,
  c: Context<AskerEnv>,
  given: unknown,
): Promise<Response> {
  const parsed = exportWish.safeParse(given);
  if (!parsed.success) {
    return refuse(c, 400, 'not-well-formed', 'What is to be exported is not said as it has to be.');
  }
  const wish: ExportWish = parsed.data;
  const stop = new AbortController();
  if (!(await places.take(c.req.raw.signal))) {
    c.header('Retry-After', String(BUSY_SECONDS));
    return refuse(c, 429, 'too-many', BUSY);
  }
  const opened = await openExport(server, directories, c.var.asker, wish, stop.signal).catch(
    (error: unknown) => {
      places.leave();
      throw error;
    },
  );
  if ('refused' in opened) {
    places.leave();
    return refuse(c, STATUS[opened.refused], opened.refused, opened.words);
  }
  c.header('Content-Type', opened.contentType);
  c.header('Content-Disposition', `attachment; filename="${opened.fileName}"`);
  c.header('Cache-Control', 'no-store');
  return c.body(takenStream(opened.bytes, () => places.leave()));
}

/** Seconds after which to try again. */
const BUSY_SECONDS = 60;
const BUSY =
  'Other downloads are under way, as many as run at the same time. Try again in a minute, or have the file prepared under Exports.';

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
