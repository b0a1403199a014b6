// The folder of exports on this server's disk:
//   store                                          an id by which servers tell their folders apart
//   <workspace>/<job>                              a file, whole
//   <workspace>/<job>.<runner>.part                one that is being written
//   scheduled/<workspace>/<schedule>/<day>-<job>.csv
// A file has its own name only when all of it is on the disk.
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { keptSecret } from '../postgres/cluster.ts';

export type ExportFolder = {
  /** Which folder this is: servers may share one, or have one each. */
  store: string;
  dir: string;
};

export async function openExportFolder(dir: string): Promise<ExportFolder> {
  const resolved = path.resolve(dir);
  await mkdir(resolved, { recursive: true, mode: 0o700 });
  return { dir: resolved, store: await keptSecret(path.join(resolved, 'store'), randomUUID) };
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PART = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.part$/;
const DATED = /^\d{4}-\d{2}-\d{2}-([0-9a-f-]{36})\.\w+$/;
const SCHEDULED = 'scheduled';

export function jobPath(workspace: string, job: string): string {
  return path.posix.join(workspace, job);
}

/** `day` as ISO 8601; `ending` without its dot. */
export function scheduledPath(
  { workspace, folder }: { workspace: string; folder: string },
  { job, day, ending }: { job: string; day: string; ending: string },
): string {
  return path.posix.join(scheduledFolder(workspace, folder), `${day}-${job}.${ending}`);
}

export function scheduledFolder(workspace: string, folder: string): string {
  return path.posix.join(SCHEDULED, workspace, folder);
}

/** A name that people chose as one for a folder, on any system. */
export function folderName(name: string): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return Array.from(plain).slice(0, 40).join('') || 'export';
}

export function absolute({ dir }: ExportFolder, relative: string): string {
  return path.join(dir, ...relative.split('/'));
}

export type FoundFile = {
  workspace: string;
  job: string;
  /** Of the process that writes it; null: it has the name of a whole one. */
  runner: string | null;
  path: string;
};

/** Files of exports; whatever else lies there is nobody's business. */
export async function listFiles(folder: ExportFolder): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const workspace of await namesIn(folder.dir)) {
    if (!ID.test(workspace)) continue;
    for (const name of await namesIn(path.join(folder.dir, workspace))) {
      const [, job, runner] = PART.exec(name) ?? (ID.test(name) ? [name, name] : []);
      if (job === undefined) continue;
      found.push({ workspace, job, runner: runner ?? null, path: `${workspace}/${name}` });
    }
  }
  for (const workspace of await namesIn(path.join(folder.dir, SCHEDULED))) {
    for (const one of await namesIn(path.join(folder.dir, SCHEDULED, workspace))) {
      const relative = scheduledFolder(workspace, one);
      for (const name of await namesIn(absolute(folder, relative))) {
        const job = DATED.exec(name)?.[1];
        if (job === undefined) continue;
        found.push({ workspace, job, runner: null, path: `${relative}/${name}` });
      }
    }
  }
  return found;
}

async function namesIn(dir: string): Promise<string[]> {
  return readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}

export async function removeFile(folder: ExportFolder, relative: string): Promise<void> {
  await rm(absolute(folder, relative), { force: true });
}

/** Pieces smaller than this are gathered: each writing is a call of the system. */
const GATHERED = 256 * 1024;

/** A file that is being written, under the name `…part`. */
export type Part = {
  write(bytes: Uint8Array): Promise<void>;
  bytes(): number;
  /** Resolves when all of it is on the disk. SHA-256 in hex. */
  end(): Promise<{ bytes: number; sha256: string }>;
  /** Gives it its name. After `end`. */
  nameWhole(whole: string): Promise<void>;
  /** Nothing is left of it. */
  discard(): Promise<void>;
};

export type OpenFile = (file: string) => Promise<Pick<FileHandle, 'appendFile' | 'sync' | 'close'>>;

const openNew: OpenFile = (file) => open(file, 'wx', 0o600);

/** Rejects where there is one of this name. `file` is a path of the system's. */
export async function createPart(file: string, openFile: OpenFile = openNew): Promise<Part> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await openFile(file);
  const hash = createHash('sha256');
  let waiting: Uint8Array[] = [];
  let waits = 0;
  let bytes = 0;
  let isOpen = true;
  async function flush() {
    const gathered = waiting.length === 1 && waiting[0] ? waiting[0] : Buffer.concat(waiting);
    [waiting, waits] = [[], 0];
    hash.update(gathered);
    await handle.appendFile(gathered);
  }
  async function close() {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  }
  return {
    async write(piece) {
      waiting.push(piece);
      waits += piece.length;
      bytes += piece.length;
      if (waits >= GATHERED) await flush();
    },
    bytes: () => bytes,
    async end() {
      await flush();
      await handle.sync();
      await close();
      return { bytes, sha256: hash.digest('hex') };
    },
    async nameWhole(whole) {
      await mkdir(path.dirname(whole), { recursive: true, mode: 0o700 });
      await rename(file, whole);
      await syncFolder(path.dirname(whole));
    },
    async discard() {
      await close();
      await rm(file, { force: true });
    },
  };
}

/** A name is on the disk when its folder is; Windows knows no such thing. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The disk is full, or what this account may have of it. */
export function isFull(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}
