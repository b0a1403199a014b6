// Exports taken at once, as a stream: /v1/export?wish=…, and /v1/export.csv for the register.
import type { Context } from 'hono';
import type { AskerEnv } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { openExport } from '../exports/open.ts';
import { type ExportWish, exportWish } from '../exports/wish.ts';
import { refuse } from '../refusal.ts';
import type { Directories } from './directory.ts';
import { isFilter } from './filters.ts';

const STATUS = { 'not-allowed': 403, 'not-well-formed': 400, 'not-found': 404 } as const;

/** `bom=0` leaves out the byte order mark, which tells Excel that the file is UTF-8. */
export function registerCsvRoute(server: ServerContext, directories: Directories) {
  return (c: Context<AskerEnv>): Promise<Response> => {
    const { bom, ...given } = c.req.query();
    const filter = Object.fromEntries(Object.entries(given).filter(([name]) => isFilter(name)));
    const wish = { what: 'register', format: 'csv', filter, bom: bom !== '0' };
    return sent(server, directories, c, wish);
  };
}

/** `wish`: an ExportWish as JSON. */
export function exportRoute(server: ServerContext, directories: Directories) {
  return (c: Context<AskerEnv>): Promise<Response> =>
    sent(server, directories, c, jsonIn(c.req.query('wish') ?? ''));
}

async function sent(
  server: ServerContext,
  directories: Directories,
  c: Context<AskerEnv>,
  given: unknown,
): Promise<Response> {
  const parsed = exportWish.safeParse(given);
  if (!parsed.success) {
    return refuse(c, 400, 'not-well-formed', 'What is to be exported is not said as it has to be.');
  }
  const wish: ExportWish = parsed.data;
  const stop = new AbortController();
  const opened = await openExport(server, directories, c.var.asker, wish, stop.signal);
  if ('refused' in opened) {
    return refuse(c, STATUS[opened.refused], opened.refused, opened.words);
  }
  c.header('Content-Type', opened.contentType);
  c.header('Content-Disposition', `attachment; filename="${opened.fileName}"`);
  c.header('Cache-Control', 'no-store');
  return c.body(streamOf(opened.bytes));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Reads on only as fast as the other side takes it. */
function streamOf(bytes: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await bytes.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await bytes.return(undefined);
    },
  });
}
