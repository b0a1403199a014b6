// GET /v1/pokes: an event stream that says how many leaves the workspace has, whenever that changes.
import type { Context } from 'hono';
import { type AskerEnv, askerOf } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';

const HEARTBEAT_MS = 25_000;
/** A reader who takes nothing for so long is gone, or is not reading. */
const STUCK_MS = 60_000;
/** Open sidebars and consoles of one member; one more ends the oldest. */
const MOST_OF_A_MEMBER = 16;

/** The open streams of each member, oldest first, each as what ends it. */
export type Streams = Map<string, Set<() => void>>;

export function createStreams(): Streams {
  return new Map();
}

export async function pokeStream(
  server: ServerContext,
  streams: Streams,
  c: Context<AskerEnv>,
): Promise<Response> {
  const { workspace, member } = c.var.asker;
  const encoder = new TextEncoder();
  let newest = -1;
  let told = -1;
  let stop = () => {};
  let tell = () => {};

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let lastTaken = Date.now();
        const end = () => {
          stop();
          try {
            controller.close();
          } catch {
            // It is closed already.
          }
        };
        const write = (text: string) => {
          try {
            controller.enqueue(encoder.encode(text));
          } catch {
            stop();
          }
        };
        /** Sizes wait while the reader does not take them: only the newest counts. */
        tell = () => {
          if (newest <= told || (controller.desiredSize ?? 0) <= 0) return;
          told = newest; // first: taking it asks for more
          write(`data: ${JSON.stringify({ size: newest })}\n\n`);
        };
        const say = (size: number) => {
          newest = Math.max(size, newest);
          tell();
        };
        const ask = () => sizeOf(server, workspace.id).then(say, end);
        /** 0: something may have been missed. */
        const hear = (size: number) => (size === 0 ? void ask() : say(size));
        const beat = async () => {
          const taken = (controller.desiredSize ?? 0) > 0;
          if (taken) lastTaken = Date.now();
          else if (Date.now() - lastTaken > STUCK_MS) {
            stop();
            return controller.error(new Error('nobody reads this stream'));
          }
          // Still allowed? A device may have been revoked, a person signed out.
          if (!(await askerOf(server, c).catch(() => null))) return end();
          if (taken) write(': still here\n\n');
          tell();
        };
        const timer = setInterval(() => void beat(), HEARTBEAT_MS);
        const unlisten = server.pokes.listen(workspace.id, hear);
        server.pokes.closed.addEventListener('abort', end);
        const leave = enter(streams, member.id, end);
        stop = () => {
          stop = () => {};
          clearInterval(timer);
          unlisten();
          leave();
          server.pokes.closed.removeEventListener('abort', end);
        };
        if (server.pokes.closed.aborted) end();
        else void ask();
      },
      // The reader takes more: what waited goes out.
      pull: () => tell(),
      cancel() {
        stop();
      },
    },
    { highWaterMark: 4 },
  );
  return c.body(body, 200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    'X-Accel-Buffering': 'no',
  });
}

function enter(streams: Streams, member: string, end: () => void): () => void {
  const open = streams.get(member) ?? new Set();
  streams.set(member, open.add(end));
  const [oldest] = open;
  if (open.size > MOST_OF_A_MEMBER) oldest?.();
  return () => {
    open.delete(end);
    if (open.size === 0) streams.delete(member);
  };
}

async function sizeOf(server: ServerContext, workspace: string): Promise<number> {
  const row = await inWorkspace(server.db, workspace, (tx) =>
    tx.selectFrom('workspace').select('seq').where('id', '=', workspace).executeTakeFirst(),
  );
  return row?.seq ?? 0;
}
