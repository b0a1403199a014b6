// Writes what was asked for, piece by piece, into whatever takes it.
import { mayExport } from '../../domain/permissions.ts';
import type { Asker } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { makeBundle } from '../evidence/bundle.ts';
import { wishOf } from '../evidence/wish.ts';
import { createZip } from '../evidence/write-zip.ts';
import type { Directories } from '../register/directory.ts';
import { openExport } from './open.ts';
import { keepExport } from './store.ts';
import { unrevealedRecords } from './unrevealed.ts';
import type { ExportWish } from './wish.ts';

export type Producing = Pick<ServerContext, 'db' | 'pokes' | 'checkpoints' | 'logKey'>;

export type Sink = {
  /** Waited for, so that nothing piles up. */
  write(bytes: Uint8Array): Promise<void>;
  /** `of`: rows to come; null where nobody counted. */
  tell(rows: number, of: number | null): void;
  /** Rejects what writes as soon as it is aborted. */
  signal: AbortSignal;
};

export type Produced =
  | { ok: true; fileName: string; contentType: string; rows: number }
  /** `words` are for a person. */
  | { ok: false; words: string };

/** Rejects with what the sink rejects with. Also then the export is in the log, with its rows. */
export async function produce(
  server: Producing,
  directories: Directories,
  asker: Asker,
  wish: ExportWish,
  sink: Sink,
): Promise<Produced> {
  if (wish.what === 'evidence') return produceEvidence(server, directories, asker, wish, sink);
  const opened = await openExport(server, directories, asker, wish, sink.signal);
  if ('refused' in opened) return { ok: false, words: opened.words };
  const { fileName, contentType, of } = opened;
  sink.tell(0, of);
  for await (const bytes of opened.bytes) {
    sink.signal.throwIfAborted();
    await sink.write(bytes);
    sink.tell(opened.rows(), of);
  }
  return { ok: true, fileName, contentType, rows: opened.rows() };
}

/** Rows are changes here. `filter.customer`: ids, with commas between. */
async function produceEvidence(
  server: Producing,
  directories: Directories,
  asker: Asker,
  wish: ExportWish,
  { write, tell, signal }: Sink,
): Promise<Produced> {
  if (!mayExport(asker.member.role, 'evidence')) {
    return { ok: false, words: 'Managers can export this. Ask one of them.' };
  }
  const asked = {
    customers: listOf(wish.filter.customer),
    hide: wish.hide ?? [],
    without: wish.without ?? [],
    withoutCustomers: wish.withoutCustomers ?? [],
  };
  const read = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
    const directory = await directories.of(tx, asker);
    const unread = await unrevealedRecords({ tx, asker, directory });
    return wishOf(directory, asked, unread);
  });
  if (!read.ok) return read;
  let rows = 0;
  const zip = createZip(async (bytes) => {
    signal.throwIfAborted();
    await write(bytes);
  });
  try {
    const made = await makeBundle(
      server,
      asker,
      read.wish,
      async (file) => {
        signal.throwIfAborted();
        await zip.add(file);
      },
      (done, of) => {
        rows = done;
        tell(done, of);
      },
    );
    if (!made.ok) return made;
    await zip.end();
  } finally {
    // Where nothing was written, nothing was exported.
    if (rows > 0) await keep();
  }
  const day = new Date().toISOString().slice(0, 10);
  const fileName = `unsaid-evidence-${day}.zip`;
  return { ok: true, fileName, contentType: 'application/zip', rows };

  async function keep() {
    const { customers, ...left } = asked;
    const said = Object.entries({ customer: customers, ...left });
    const filled = said.filter(([, ids]) => ids.length > 0);
    await keepExport(server, asker, {
      ...{ what: 'evidence', format: 'zip', columns: [], rows },
      filter: Object.fromEntries(filled.map(([name, ids]) => [name, shortened(ids.join(','))])),
    });
  }
}

function listOf(text: string | undefined): string[] {
  return (text ?? '').split(',').flatMap((part) => part.trim() || []);
}

/** As long as a filter may be in the log. */
const LONGEST = 20_000;

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
