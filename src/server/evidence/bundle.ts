// Makes an evidence bundle out of one snapshot of the log (SPEC 16).
import type { Json } from '../../domain/index.ts';
import {
  type BundleFile,
  type BundleSource,
  type ChangeLine,
  shownFields,
  writeBundle,
} from '../../evidence/index.ts';
import {
  parseCheckpoint,
  parseNote,
  signNote,
  TILE_WIDTH,
  writeNoteKey,
} from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { nodeHasher, nodeHashing } from '../hasher.ts';
import { signLog } from '../log/checkpoints.ts';
import { readTile } from '../log/hashes.ts';
import { MOST_ROWS, type ReportRow, reportText } from './report.ts';
import { leftOutOf, lineOf, type Row, rowsOf, seqsOf, type Wish } from './rows.ts';

export type Made = { ok: true; changes: number } | { ok: false; words: string };

export type EvidenceWish = Wish & {
  /** What was asked for and left out, in words for the manifest. */
  filter: { [name: string]: string };
  leftOut: string[];
};

export const README = `This is evidence from a log of Unsaid: part of a workspace's log, or all of it, with what proves it.

report.html      to read
changes.ndjson   the changes themselves, one in a line
checkpoint.txt   what the server committed to (c2sp.org/tlog-checkpoint)
proofs, tile     that each change is in the log (c2sp.org/tlog-proof, c2sp.org/tlog-tiles)
manifest.json    what belongs to it, with the hash of each file
signature.txt    the log's signature on the manifest (c2sp.org/signed-note)

npx unsaid verify BUNDLE --key KEY    says what is proven, what was left out, and what does not fit.
Get the key from the server's keeper by another way than this file.
`;

/** Each file that is told is to be written before the next one is; `progress`: changes so far. */
export async function makeBundle(
  server: Pick<ServerContext, 'db' | 'checkpoints' | 'logKey'>,
  asker: Pick<Asker, 'workspace' | 'member'>,
  wish: EvidenceWish,
  write: (file: BundleFile) => Promise<void>,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<Made> {
  const { workspace, member } = asker;
  const before = server.checkpoints.before(workspace.id);
  return inWorkspace(
    server.db,
    workspace.id,
    async (tx) => {
      const signed = await signLog(tx, server, before);
      if (!signed.ok) return { ok: false, words: signed.words };
      const checkpoint = parseCheckpoint(parseNote(signed.checkpoint)?.text ?? '');
      if (checkpoint === null) throw new Error('the server signs checkpoints');
      const { size, origin } = checkpoint;
      const seqs = await seqsOf(tx, workspace.id, wish);
      const left = await leftOutOf(tx, workspace.id, wish);
      const names = new Map((await membersOf(tx, workspace.id)).map(({ id, name }) => [id, name]));
      const of = seqs?.length ?? size;
      const rows: ReportRow[] = [];
      let done = 0;
      const about = {
        made: `${new Date().toISOString().slice(0, 19)}Z`,
        by: { id: member.id, name: names.get(member.id) ?? '' },
        workspace: { id: workspace.id, name: workspace.name },
        filter: wish.filter,
        leftOut: wish.leftOut,
        log: { origin, size, key: writeNoteKey(server.logKey) },
      };
      const source: BundleSource = {
        ...about,
        checkpoint: signed.checkpoint,
        seqs,
        changes: (async function* () {
          for await (const row of rowsOf(tx, workspace.id, { size, seqs })) {
            const written = lineOf(row, { hide: wish.hide, left });
            if (rows.length < MOST_ROWS) rows.push(reportRow(row, written.line, names));
            done += 1;
            if (done % TILE_WIDTH === 0 || done === of) progress(done, of);
            yield written;
          }
        })(),
        tile: (level, index, width) => readTile(tx, workspace.id, { level, index, width }),
        more: [
          { name: 'report.html', text: () => reportText(about, rows, of) },
          { name: 'README.txt', text: () => [README] },
        ],
        sign: (text) => signNote(text, server.logKey),
      };
      for await (const file of writeBundle(source, { hasher: nodeHasher, hashing: nodeHashing })) {
        await write(file);
      }
      return { ok: true, changes: done };
    },
    { snapshot: true },
  );
}

function reportRow(
  row: Row & { erasure: number | null },
  line: ChangeLine | null,
  names: ReadonlyMap<string, string>,
): ReportRow {
  const { seq, kind, record, author } = row;
  const fields =
    line === null
      ? (JSON.parse(Buffer.from(row.body ?? []).toString('utf8')) as { [field: string]: Json })
      : 'missing' in line
        ? null
        : shownFields(line);
  const hidden =
    line !== null && 'fields' in line
      ? line.fields.flatMap((field) => ('digest' in field ? [field.name] : []))
      : [];
  const why =
    row.erasure !== null
      ? `Erased by change ${row.erasure}.`
      : row.body === null
        ? 'The server does not have its contents.'
        : 'Left out.';
  return {
    ...{ seq, kind, record, fields, hidden, why, at: receivedIn(row.leaf) },
    by: names.get(author) ?? author,
  };
}

function receivedIn(leaf: Uint8Array): string {
  const { received } = JSON.parse(Buffer.from(leaf).toString('utf8')) as { received: string };
  return received;
}
