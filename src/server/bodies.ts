// Bodies on the wire, compressed where that saves something.
import { promisify } from 'node:util';
import { gunzip, gunzipSync, gzip } from 'node:zlib';
import type { Context } from 'hono';
import { refuse } from './refusal.ts';

const unpack = promisify(gunzip);
const pack = promisify(gzip);

/** Notes take a twentieth less than at the fastest level, for a few microseconds more. */
export const LEVEL = 5;
/** Below this an answer fits a packet or two as it is. */
const WORTH_PACKING = 1_024;
/** Below this a body is unpacked sooner than a thread is asked to. */
const WORTH_A_THREAD = 16_384;
/** Bytes that deflate packs into one at most. */
const MOST_PACKED = 1_032;
const SMALLEST_PIECE = 1_024;
const LARGEST_PIECE = 1_048_576;

export type ReadJson = { ok: true; json: unknown } | { ok: false; response: Response };

/**
 * The request's JSON, of at most `limit` bytes however small it was packed. `turn` is waited for once
 * all of it has come, and before it is unpacked.
 */
export async function readJson(
  c: Context,
  limit: number,
  turn?: (sent: Uint8Array) => Promise<void>,
): Promise<ReadJson> {
  const encoding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') {
    const words = 'The request is packed in a way this server does not know. It takes gzip.';
    return { ok: false, response: refuse(c, 415, 'unknown-encoding', words) };
  }
  const sent = Buffer.from(await c.req.arrayBuffer());
  await turn?.(sent);
  try {
    const bytes = encoding === 'gzip' ? await unpacked(sent, limit) : sent;
    return { ok: true, json: JSON.parse(bytes.toString('utf8')) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const words = `This is larger than ${limit / 1024} KB.`;
      return { ok: false, response: refuse(c, 413, 'too-large', words) };
    }
    return { ok: false, response: refuse(c, 400, 'not-json', 'The request is no JSON.') };
  }
}

async function unpacked(sent: Buffer, limit: number): Promise<Buffer> {
  const chunkSize = pieceFor(sent);
  // What is small may still become large.
  if (sent.length < WORTH_A_THREAD) {
    try {
      return gunzipSync(sent, { maxOutputLength: Math.min(limit, 20 * WORTH_A_THREAD), chunkSize });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error;
    }
  }
  return unpack(sent, { maxOutputLength: limit, chunkSize });
}

/**
 * Bytes that are unpacked at once: all of them, if it is true what gzip says at its end (RFC 1952,
 * 2.3.1). It is believed as far as deflate packs at all, and up to a large batch's size.
 */
function pieceFor(sent: Buffer): number {
  const told = sent.length < 4 ? 0 : sent.readUInt32LE(sent.length - 4);
  const most = Math.min(sent.length * MOST_PACKED, LARGEST_PIECE);
  // And more than there are: a piece that is full is asked whether there is more.
  return Math.max(SMALLEST_PIECE, Math.min(told + SMALLEST_PIECE, most));
}

/**
 * Answers with JSON, packed for whoever takes that. Fast before small: it is sent once. `level`: lower
 * where it is mostly ids, of which nothing packs much.
 */
export async function answerJson(c: Context, value: unknown, level = LEVEL): Promise<Response> {
  const bytes = Buffer.from(JSON.stringify(value));
  c.header('Content-Type', 'application/json');
  c.header('Vary', 'Accept-Encoding', { append: true });
  if (bytes.length < WORTH_PACKING || !takesGzip(c)) return c.body(bytes);
  c.header('Content-Encoding', 'gzip');
  return c.body(await pack(bytes, { level }));
}

function takesGzip(c: Context): boolean {
  const taken = (c.req.header('accept-encoding') ?? '').toLowerCase().split(',');
  return taken.some((one) => /^\s*gzip\s*(?:;\s*q=(?:1|0?\.\d*[1-9]\d*|1\.0*)\s*)?$/.test(one));
}
