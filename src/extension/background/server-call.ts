// Talking to the server. What it answers is parsed; whatever else comes back is told in words.
import * as z from 'zod/mini';
import { refusal } from '../../ledger/index.ts';

export type ServerFailure =
  | { kind: 'away'; message: string }
  | { kind: 'signed-out'; message: string }
  /** `retryAfter` in seconds, when the server said so */
  | { kind: 'refused'; status: number; code: string; message: string; retryAfter: number | null }
  | { kind: 'not-understood'; message: string };

export type ServerAnswer<T> = { ok: true; value: T } | { ok: false; failure: ServerFailure };

const TIMEOUT_MS = 30_000;

/** Bodies below this are sent as they are: a packet is a packet. */
const WORTH_GZIP = 1_024;

/** What an answer is read with. */
export type Schema<T> = {
  safeParse(data: unknown): { success: true; data: T } | { success: false };
};

/**
 * Sends JSON and parses the answer. Never throws for anything the network or a server can do.
 * `gzip`: the server is known to take it.
 */
export async function post<T>(
  send: typeof fetch,
  url: string,
  payload: unknown,
  schema: Schema<T>,
  token?: string,
  options: { method?: 'POST' | 'PUT'; gzip?: boolean } = {},
): Promise<ServerAnswer<T>> {
  let response: Response;
  let text: string;
  const { method = 'POST', gzip = false } = options;
  const json = JSON.stringify(payload);
  const packed = gzip && json.length > WORTH_GZIP;
  try {
    response = await send(url, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(packed ? { 'Content-Encoding': 'gzip' } : {}),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: packed ? await gzipped(json) : json,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch {
    return no({ kind: 'away', message: 'The server cannot be reached.' });
  }
  const data = parseJson(text);
  if (!response.ok) return no(refused(response, data));
  const parsed = schema.safeParse(data);
  if (parsed.success) return { ok: true, value: parsed.data };
  return no({ kind: 'not-understood', message: whyNotUnderstood(response, data) });
}

/** GETs bytes, as post() sends JSON. */
export async function getBytes(
  send: typeof fetch,
  url: string,
  token: string,
): Promise<ServerAnswer<Uint8Array>> {
  try {
    const response = await send(url, {
      headers: { Authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return no(refused(response, parseJson(await response.text())));
    return { ok: true, value: new Uint8Array(await response.arrayBuffer()) };
  } catch {
    return no({ kind: 'away', message: 'The server cannot be reached.' });
  }
}

function refused(response: Response, data: unknown): ServerFailure {
  const told = refusal.safeParse(data);
  const oauth = z.object({ error: z.string() }).safeParse(data);
  if (response.status === 401) {
    const message = 'This device is signed out. Connect it again; nothing is lost.';
    return { kind: 'signed-out', message };
  }
  return {
    kind: 'refused',
    status: response.status,
    code: told.data?.error ?? oauth.data?.error ?? '',
    message: told.data?.message ?? `The server answered ${response.status}.`,
    retryAfter: secondsOf(response.headers.get('Retry-After')),
  };
}

async function gzipped(text: string): Promise<ArrayBuffer> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(packed).arrayBuffer();
}

function whyNotUnderstood(response: Response, data: unknown): string {
  const type = response.headers.get('Content-Type') ?? '';
  if (type.includes('html')) {
    return 'The address answers with a web page, not as an Unsaid server. Is a sign-in page or another program in between?';
  }
  if (data === undefined) return 'The server’s answer broke off in the middle.';
  const version = z.object({ v: z.number() }).safeParse(data);
  if (version.success && version.data.v > 1) {
    return 'The server is newer than this extension. Update the extension; everything is kept here.';
  }
  return 'The server’s answer was not understood.';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function secondsOf(header: string | null): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isFinite(date) ? Math.max(0, (date - Date.now()) / 1_000) : null;
}

function no<T>(failure: ServerFailure): ServerAnswer<T> {
  return { ok: false, failure };
}
