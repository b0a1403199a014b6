// A file that can be fetched in parts (RFC 9110, 13 and 14): a download that broke off goes on where
// it was, and only where the file is the same.
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { refuse } from '../refusal.ts';

export type SentFile = {
  /** A path of the system's. */
  file: string;
  name: string;
  type: string;
  /** In hex: what tells versions apart. */
  sha256: string;
  made: Date;
  /** For a person, where it is not there. */
  gone: string;
};

/** Answers GET and HEAD. */
export async function sendFile(c: Context, sent: SentFile): Promise<Response> {
  const handle = await openThere(sent.file);
  if (handle === null) return refuse(c, 404, 'not-found', sent.gone);
  try {
    const { size } = await handle.stat();
    const tag = `"${sent.sha256}"`;
    const changed = new Date(Math.floor(sent.made.getTime() / 1_000) * 1_000);
    c.header('ETag', tag);
    c.header('Last-Modified', changed.toUTCString());
    c.header('Accept-Ranges', 'bytes');
    const answer = answerOf(c, { size, tag, changed });
    if (!('from' in answer)) {
      await handle.close();
      if (answer.status !== 416) return c.body(null, answer.status);
      c.header('Content-Range', `bytes */${size}`);
      return refuse(c, 416, 'not-in-file', 'The file has no such part.');
    }
    const { from, to } = answer;
    if (answer.status === 206) c.header('Content-Range', `bytes ${from}-${to}/${size}`);
    c.header('Content-Length', String(to - from + 1));
    c.header('Content-Type', sent.type);
    c.header('Content-Disposition', disposition(sent.name));
    // Nothing on the way may unpack or pack it: the ranges are of these bytes.
    c.header('Cache-Control', 'private, no-store, no-transform');
    if (c.req.method === 'HEAD' || size === 0) {
      await handle.close();
      return c.body(null, answer.status);
    }
    const stream = handle.createReadStream({ start: from, end: to, highWaterMark: 256 * 1024 });
    return c.body(Readable.toWeb(stream) as ReadableStream<Uint8Array>, answer.status);
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}

type Answer = { status: 200 | 206; from: number; to: number } | { status: 304 | 412 | 416 };

function answerOf(
  c: Context,
  { size, tag, changed }: { size: number; tag: string; changed: Date },
): Answer {
  const match = c.req.header('if-match');
  if (match !== undefined && match !== '*' && !tagsIn(match).includes(tag)) return { status: 412 };
  const noneMatch = c.req.header('if-none-match');
  if (noneMatch !== undefined && (noneMatch === '*' || tagsIn(noneMatch).includes(tag))) {
    return { status: 304 };
  }
  const whole: Answer = { status: 200, from: 0, to: size - 1 };
  const range = c.req.header('range');
  if (range === undefined) return whole;
  const condition = c.req.header('if-range');
  // A weak tag, or another moment: the whole file, since parts of two would make none.
  if (condition !== undefined && condition !== tag && condition !== changed.toUTCString()) {
    return whole;
  }
  const part = partOf(range, size);
  if (part === null) return whole;
  return part === 'outside' ? { status: 416 } : { status: 206, ...part };
}

/** `W/"…"` is compared without its W: what is the same here is the same to the byte. */
function tagsIn(header: string): string[] {
  return header.split(',').map((one) => one.trim().replace(/^W\//, ''));
}

/** The one part asked for; null where none, several or another unit is: then the whole is sent. */
function partOf(range: string, size: number): { from: number; to: number } | 'outside' | null {
  const [, first = '', last = ''] = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/.exec(range) ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'outside' : { from: size - length, to: size - 1 };
  }
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return null;
  return from >= size ? 'outside' : { from, to };
}

/** A name in ASCII for old readers, and as it is (RFC 6266). */
function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

async function openThere(file: string): Promise<FileHandle | null> {
  return open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
