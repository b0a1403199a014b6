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

/** POSTs JSON and parses the answer. Never throws for anything the network or a server can do. */
export async function post<T>(
  send: typeof fetch,
  url: string,
  payload: unknown,
  schema: z.ZodMiniType<T>,
  token?: string,
): Promise<ServerAnswer<T>> {
  let response: Response;
  let text: string;
  try {
    response = await send(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(payload),
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
  if (response.ok) {
    const parsed = schema.safeParse(data);
    if (parsed.success) return { ok: true, value: parsed.data };
    return no({ kind: 'not-understood', message: whyNotUnderstood(response, data) });
  }
  const told = refusal.safeParse(data);
  const oauth = z.object({ error: z.string() }).safeParse(data);
  if (response.status === 401) {
    const message = 'This device is signed out. Connect it again; nothing is lost.';
    return no({ kind: 'signed-out', message });
  }
  return no({
    kind: 'refused',
    status: response.status,
    code: told.data?.error ?? oauth.data?.error ?? '',
    message: told.data?.message ?? `The server answered ${response.status}.`,
    retryAfter: secondsOf(response.headers.get('Retry-After')),
  });
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
