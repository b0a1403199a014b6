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
  await places.take();
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
  return c.body(streamOf(opened.bytes, () => places.leave()));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Reads on only as fast as the other side takes it; `done` is told once, however it ends. */
function streamOf(bytes: AsyncGenerator<Uint8Array>, done: () => void): ReadableStream<Uint8Array> {
  let untaken: NodeJS.Timeout | undefined;
  const end = async () => {
    clearTimeout(untaken);
    await bytes.return(undefined).finally(done);
  };
  return new ReadableStream({
    async pull(controller) {
      clearTimeout(untaken);
      const next = await bytes.next().catch((error: unknown) => {
        done();
        throw error;
      });
      if (next.done) {
        done();
        controller.close();
        return;
      }
      controller.enqueue(next.value);
      untaken = setTimeout(() => {
        controller.error(new Error('Nobody takes it.'));
        end().catch(() => undefined);
      }, UNTAKEN_MS).unref();
    },
    cancel: end,
  });
}

/** Each holds a connection to the database while it is taken: others have to wait for their turn. */
const MOST_AT_ONCE = 4;
/** Who takes nothing for so long has gone, or asked for the head alone. */
const UNTAKEN_MS = 60_000;

type Places = { take(): Promise<void>; leave(): void };

export function createPlaces(): Places {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return {
    async take() {
      if (taken < MOST_AT_ONCE) taken += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next) next();
      else taken -= 1;
    },
  };
}
