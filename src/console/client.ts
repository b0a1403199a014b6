// Asking the server: every call, typed, with failures as values. `fetch` comes in as an argument.
import type * as z from 'zod/mini';
import type { TagWish } from '../domain/codebook-check.ts';
import type { PatternWish } from '../domain/pattern-check.ts';
import type { StandardText } from '../domain/standards.ts';
import { refusal } from '../ledger/protocol.ts';
import {
  changed,
  devices,
  drawPreview,
  draws,
  erased,
  erasures,
  facets,
  type ImportKind,
  importPreview,
  importResult,
  invitation,
  labels,
  type Mapping,
  me,
  members,
  namedDraw,
  oneDraw,
  type Person,
  patterns,
  people,
  proposal,
  recordDetail,
  registerPage,
  reports,
  retention,
  setting,
  settings,
  standards,
} from './api.ts';
import { blindSpots } from './blind-spots/answer.ts';
import type { DrawAnnouncement, DrawWish } from './draws/wish.ts';
import { askQuery, type Filters } from './filters.ts';
import type { Ask } from './pokes.ts';

/**
 * Why there is no answer: not signed in; the server cannot be reached; it says no, with its reason;
 * or it says something this console does not understand (a proxy's page, a newer version).
 */
export type Failure =
  | { readonly is: 'signed-out' }
  | { readonly is: 'offline' }
  | { readonly is: 'refused'; readonly status: number; readonly message: string }
  | { readonly is: 'strange'; readonly status: number };

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** Of surveys and past interactions: what their file does not say of itself. */
export interface ImportOptions {
  /** Of 3/4/2027: which comes first. */
  readonly order: 'dmy' | 'mdy' | null;
  /** IANA name */
  readonly zone: string;
  readonly scale: { readonly min: number; readonly max: number } | null;
}

export interface ImportRequest {
  readonly csv: string;
  /** Of the file, for the list of imports. */
  readonly name?: string;
  readonly kind: ImportKind;
  readonly mapping?: Mapping;
  readonly options?: ImportOptions;
}

export type Client = ReturnType<typeof createClient>;

export function createClient(ask: Ask) {
  async function call<S extends z.ZodMiniType>(
    schema: S,
    path: string,
    init: RequestInit = {},
  ): Promise<Answer<z.output<S>>> {
    let response: Response;
    let text: string;
    try {
      response = await ask(path, { credentials: 'same-origin', ...init });
      text = await response.text();
    } catch (error) {
      // An abort is the caller's own doing and its business.
      if (init.signal?.aborted) throw error;
      return { ok: false, failure: { is: 'offline' } };
    }
    const { status } = response;
    if (status === 401) return { ok: false, failure: { is: 'signed-out' } };
    const body = json(text);
    if (!response.ok) {
      const said = refusal.safeParse(body);
      if (!said.success) return { ok: false, failure: { is: 'strange', status } };
      return { ok: false, failure: { is: 'refused', status, message: said.data.message } };
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success) return { ok: false, failure: { is: 'strange', status } };
    return { ok: true, value: parsed.data };
  }

  function send<S extends z.ZodMiniType>(method: string, schema: S, path: string, body: unknown) {
    const headers = { 'Content-Type': 'application/json' };
    return call(schema, path, { method, headers, body: JSON.stringify(body) });
  }
  const post = <S extends z.ZodMiniType>(schema: S, path: string, body: unknown) =>
    send('POST', schema, path, body);

  return {
    /** For calls of one page alone, which stand with that page. */
    call,
    send,
    me: () => call(me, '/v1/me'),
    facets: () => call(facets, '/v1/facets'),
    register(filters: Filters, cursor: string | null, limit: number, signal: AbortSignal) {
      const query = askQuery(filters);
      if (cursor !== null) query.set('cursor', cursor);
      query.set('limit', String(limit));
      return call(registerPage, `/v1/register?${query}`, { signal });
    },
    record: (kind: string, id: string) =>
      call(recordDetail, `/v1/records/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`),
    previewImport: (request: ImportRequest) => post(importPreview, '/v1/import/preview', request),
    import: (request: ImportRequest) => post(importResult, '/v1/import', request),
    /** `kinds`: names of reasons with commas between them; '' for all. */
    blindSpots: (kinds: string) =>
      call(blindSpots, `/v1/blind-spots${kinds && `?kind=${encodeURIComponent(kinds)}`}`),
    members: () => call(members, '/v1/members'),
    invite: (email: string, role: string) => post(invitation, '/v1/invitations', { email, role }),
    changeMember: (id: string, change: { role?: string; active?: boolean }) =>
      send('PUT', changed, `/v1/members/${encodeURIComponent(id)}`, change),
    devices: () => call(devices, '/v1/devices'),
    reports: () => call(reports, '/v1/log/reports'),
    findPeople: (words: string, signal: AbortSignal) =>
      call(people, `/v1/erasures/people?q=${encodeURIComponent(words)}`, { signal }),
    proposeErasure: ({ kind, id }: Pick<Person, 'kind' | 'id'>) =>
      call(proposal, `/v1/erasures/proposal?${new URLSearchParams({ kind, id })}`),
    erase: (targets: readonly { kind: string; id: string }[], reason: string) =>
      post(erased, '/v1/erasures', { targets, reason }),
    erasures: () => call(erasures, '/v1/erasures'),
    retention: () => call(retention, '/v1/retention'),
    saveRetention: (
      days: Readonly<Record<string, number>>,
      holds: readonly string[],
      seen: string,
    ) => send('PUT', retention, '/v1/retention', { days, holds, seen }),
    settings: () => call(settings, '/v1/settings'),
    saveSetting: (name: string, lines: readonly string[], seen: string) =>
      send('PUT', setting, `/v1/settings/${encodeURIComponent(name)}`, { lines, seen }),
    draws: () => call(draws, '/v1/draws'),
    draw: (id: string) => call(namedDraw, `/v1/draws/${encodeURIComponent(id)}`),
    previewDraw: (wish: DrawWish) => post(drawPreview, '/v1/draws/preview', wish),
    /** `id`: made here; sent twice, it is drawn once. */
    announceDraw: (wish: DrawAnnouncement & { readonly id: string }) =>
      post(oneDraw, '/v1/draws', wish),
    actOnDraw: (id: string, act: 'draw' | 'abandon' | 'replace', body: unknown) =>
      post(oneDraw, `/v1/draws/${encodeURIComponent(id)}/${act}`, body),
    standards: () => call(standards, '/v1/standards'),
    addStandards: (added: readonly StandardText[]) =>
      post(standards, '/v1/standards', { standards: added }),
    /** `seen`: id of the version it was written over. */
    saveStandard: (series: string, standard: StandardText, seen: string) =>
      post(standards, `/v1/standards/${encodeURIComponent(series)}/versions`, { seen, standard }),
    useStandard: (series: string, retired: boolean) =>
      send('PUT', standards, `/v1/standards/${encodeURIComponent(series)}/use`, { retired }),
    labels: () => call(labels, '/v1/labels'),
    saveLabels: (tags: readonly TagWish[], seen: string) =>
      send('PUT', labels, '/v1/labels', { tags, seen }),
    patterns: () => call(patterns, '/v1/patterns'),
    savePatterns: (list: readonly PatternWish[], seen: string) =>
      send('PUT', patterns, '/v1/patterns', { patterns: list, seen }),
    async revokeDevice(id: string): Promise<Failure | null> {
      const path = `/v1/devices/${encodeURIComponent(id)}`;
      return done(() => ask(path, { method: 'DELETE', credentials: 'same-origin' }));
    },
    async signOut(): Promise<Failure | null> {
      const headers = { 'Content-Type': 'application/json' };
      const init = { method: 'POST', headers, body: '{}', credentials: 'same-origin' } as const;
      return done(() => ask('/auth/sign-out', init));
    },
  };
}

/** For calls whose answer says nothing besides having worked. */
async function done(send: () => Promise<Response>): Promise<Failure | null> {
  try {
    const response = await send();
    if (response.ok) return null;
    if (response.status === 401) return { is: 'signed-out' };
    const said = refusal.safeParse(json(await response.text()));
    if (!said.success) return { is: 'strange', status: response.status };
    return { is: 'refused', status: response.status, message: said.data.message };
  } catch {
    return { is: 'offline' };
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
