// A server in memory for the console's tests: answers the calls of src/console/client.ts from sample
// rows. All names are samples.
import type {
  Erasures,
  Labels,
  Me,
  Patterns,
  Proposal,
  RecordDetail,
  Retention,
  Row,
  Setting,
} from '../../src/console/api.ts';
import type { Ask } from '../../src/console/pokes.ts';
import { BUILT_IN_TAGS } from '../../src/domain/codebook.ts';
import type { TagWish } from '../../src/domain/codebook-check.ts';
import type { PatternWish } from '../../src/domain/pattern-check.ts';
import { PATTERNS } from '../../src/domain/patterns.ts';
import { markKind } from '../../src/ui/words.ts';
import { SampleDraws } from './sample-draws.ts';
import { SampleImports } from './sample-imports.ts';
import { SampleStandards } from './sample-standards.ts';

const QUOTES = [
  'I assume the certificates will simply be there by then, as they were with our previous supplier.',
  'You said an alarm would reach the night shift within two minutes, and I take it that this holds at weekends too.',
  'nobody told us until Monday morning',
  'the smoothest handover we have had with any supplier',
  'Who picks up the phone at weekends?',
  'For hall 3 we go with wired probes',
  'نفترض أن الشهادات ستكون جاهزة قبل التدقيق',
  'Wir gehen davon aus, dass die Kalibrierzertifikate selbstverständlich vor dem Audit vorliegen.',
];
const TEXTS = [
  'Calibration certificates are in their hands before any audit, without their asking.',
  'Alarms reach the night shift within two minutes, at weekends as well.',
  'They want to hear of a standstill from us first.',
  'One person they can call by name.',
];
const KINDS = [
  ['expectation', null],
  ['note', 'grievance'],
  ['expectation', null],
  ['note', 'note'],
  ['commitment', null],
  ['note', 'praise'],
  ['expectation', null],
  ['note', 'question'],
  ['note', 'decision'],
  ['interaction', null],
  ['note', 'risk'],
] as const;
const STAGES = ['hunch', 'asked', 'confirmed', 'refuted'] as const;
const CLASSES = ['stated', 'implied', 'unstated'] as const;
const OUTCOMES = ['open', 'open', 'missed', 'met', 'exceeded'] as const;

export const MEMBERS = [
  { id: '00000000-0000-7000-8000-0000000000a1', name: 'Sample Mira' },
  { id: '00000000-0000-7000-8000-0000000000a2', name: 'Sample Tom' },
] as const;
const CUSTOMERS = ['Sample Foods', 'Sample Works Zürich', 'Acme Sample', 'Sample Cold Stores'].map(
  (name, index) => ({ id: `00000000-0000-7000-8000-0000000000c${index}`, name }),
);
const PROJECTS = CUSTOMERS.map(({ id, name }, index) => ({
  id: `00000000-0000-7000-8000-0000000000d${index}`,
  name: `Cold store for ${name}, phase ${index + 1}`,
  customer: id,
}));

function pick<T>(list: readonly T[], index: number): T {
  // The lists above are not empty.
  return list[index % list.length] as T;
}

/** The n-th row; 0 is the oldest. */
export function sampleRow(n: number): Row {
  const [kind, label] = pick(KINDS, n);
  const expectation = kind === 'expectation';
  const interaction = kind === 'interaction';
  const sentAt = new Date(Date.UTC(2027, 0, 4, 8, 12) + n * 53 * 60_000).toISOString();
  return {
    kind,
    id: `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
    at: new Date(Date.parse(sentAt) + 60_000).toISOString(),
    author: pick(MEMBERS, n >> 1),
    customer: n % 9 === 4 ? null : pick(CUSTOMERS, n),
    project: n % 3 === 0 ? null : pick(PROJECTS, n),
    class: expectation ? pick(CLASSES, n >> 1) : null,
    stage: expectation ? pick(STAGES, n >> 2) : null,
    outcome: expectation ? pick(OUTCOMES, n >> 2) : null,
    label,
    channel: interaction ? 'email' : null,
    quote: interaction || n % 13 === 5 ? null : pick(QUOTES, n),
    text: interaction ? 'Moss: a few things before March' : pick(TEXTS, n),
    source: {
      url: `https://mail.example/?uid=${n}`,
      subject: 'Moss: a few things before March',
      from: 'Sample Person',
      sentAt,
    },
  };
}

export interface SampleServer {
  ask: Ask;
  /** Newest first. */
  rows: Row[];
  /** Every request: "GET /v1/me". */
  readonly requests: { readonly line: string; readonly body: unknown }[];
  /** Sends a poke to whoever listens. */
  poke(): void;
  /** Ends the event streams, as a restarted server does. */
  drop(): void;
  /** What calls answer instead; null for the usual. */
  instead: ((path: string) => Response | 'offline' | null) | null;
  role: string;
  /** The second member, as an admin last changed them. */
  tom: { role: string; active: boolean };
  settings: Setting[];
  labels: Labels;
  patterns: Patterns;
  standards: SampleStandards;
  draws: SampleDraws;
  imports: SampleImports;
  /** Newest first. */
  erased: Erasures['erasures'];
  retention: Retention;
  /** As a colleague does in another browser. */
  change(name: Setting['name'], lines: string[]): void;
}

const ME_EMAIL = 'mira@brightwater.example';

export function sampleServer(count: number): SampleServer {
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const server: SampleServer = {
    rows: Array.from({ length: count }, (_, index) => sampleRow(count - 1 - index)),
    requests: [],
    instead: null,
    role: 'admin',
    tom: { role: 'annotator', active: true },
    erased: [],
    retention: {
      kinds: ['customer', 'contact', 'interaction', 'note', 'expectation'],
      ...{ days: { note: 730 }, holds: [], seen: 's1', by: ['Sample Mira'], refused: null },
      due: { note: { due: 12, held: 3 } },
    },
    labels: { tags: [...BUILT_IN_TAGS], seen: 's1' },
    patterns: { patterns: [...PATTERNS], seen: 's1' },
    standards: new SampleStandards(),
    draws: new SampleDraws(),
    imports: new SampleImports(),
    settings: [
      { name: 'never-log', lines: [], seen: '', history: [] },
      { name: 'own-domains', lines: [], seen: '', history: [] },
      { name: 'per-person-figures', lines: [], seen: '', history: [] },
    ],
    change(name, lines) {
      server.settings = server.settings.map((one) =>
        one.name === name ? changed(one, lines, MEMBERS[1]) : one,
      );
    },
    poke() {
      const bytes = new TextEncoder().encode('event: poke\ndata: {"size":1}\n\n');
      for (const stream of streams) stream.enqueue(bytes);
    },
    drop() {
      for (const stream of streams) stream.close();
      streams.clear();
    },
    async ask(path, init) {
      const url = new URL(path, 'http://console.example');
      const method = init?.method ?? 'GET';
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
      server.requests.push({ line: `${method} ${path}`, body });
      await Promise.resolve();
      init?.signal?.throwIfAborted();
      const other = server.instead?.(url.pathname);
      if (other === 'offline') throw new TypeError('Failed to fetch');
      if (other) return other;
      if (url.pathname === '/v1/pokes') return stream(streams, init?.signal ?? null);
      return answer(server, `${method} ${url.pathname}`, url.searchParams, body);
    },
  };
  return server;
}

function stream(
  streams: Set<ReadableStreamDefaultController<Uint8Array>>,
  signal: AbortSignal | null,
): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      streams.add(controller);
      signal?.addEventListener('abort', () => {
        if (streams.delete(controller)) controller.close();
      });
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
}

function answer(
  server: SampleServer,
  line: string,
  query: URLSearchParams,
  body: unknown,
): Response | Promise<Response> {
  if (line === 'GET /v1/me') {
    const member = { ...MEMBERS[0], email: ME_EMAIL, role: server.role };
    return Response.json({
      member,
      workspace: { id: 'w', name: 'Brightwater Sample' },
    } satisfies Me);
  }
  if (line === 'GET /v1/register') return register(server.rows, query);
  if (line === 'GET /v1/facets') {
    const customers = CUSTOMERS.map((it) => ({
      ...it,
      count: server.rows.filter((row) => row.customer?.id === it.id).length,
    }));
    return Response.json({ customers, projects: PROJECTS, members: MEMBERS });
  }
  if (line.startsWith('GET /v1/records/')) return record(server.rows, line);
  if (line === 'POST /v1/import/preview') return preview(body as { csv: string; mapping?: object });
  if (line === 'POST /v1/import') {
    const errors = [{ line: 4, field: 'name', message: 'A name is missing.' }];
    return Response.json({ created: 2, skipped: 1, errors });
  }
  if (line === 'GET /v1/members') {
    const [mira, tom] = MEMBERS;
    return Response.json({
      members: [
        { ...mira, email: ME_EMAIL, role: server.role },
        {
          ...tom,
          email: 'tom@brightwater.example',
          role: server.tom.role,
          active: server.tom.active,
        },
      ],
    });
  }
  if (line === 'POST /v1/invitations') {
    return Response.json({ link: 'http://127.0.0.1:8787/join/sample-code-for-tests' });
  }
  if (line === 'GET /v1/devices') {
    const seen = { connectedAt: '2027-01-04T08:00:00Z', lastSeenAt: '2027-02-24T14:10:00Z' };
    return Response.json({
      devices: [
        {
          ...{ id: 'd1', name: 'Sample laptop, Chromium', member: MEMBERS[0], standing: 'first' },
          ...{ ...seen, revokedAt: null },
        },
        {
          ...{ id: 'd2', name: 'Sample desk, Firefox', member: MEMBERS[1], standing: 'unattested' },
          ...{ ...seen, lastSeenAt: null },
        },
        {
          id: 'd3',
          name: 'Old tablet',
          member: MEMBERS[1],
          ...seen,
          revokedAt: '2027-02-01T08:00:00Z',
        },
      ],
    });
  }
  if (line.startsWith('PUT /v1/members/')) {
    server.tom = { ...server.tom, ...(body as object) };
    return Response.json({ changed: true });
  }
  if (line === 'GET /v1/log/reports') {
    const found = { id: 'r1', device: 'd1', found: 'edited-row', seq: 41 };
    return Response.json({ reports: [{ ...found, received: '2027-02-24T14:10:00Z' }] });
  }
  if (line.startsWith('GET /v1/erasures') || line === 'POST /v1/erasures') {
    return erasure(server, line, query, body);
  }
  if (line === 'GET /v1/retention') return Response.json(server.retention);
  if (line === 'PUT /v1/retention') {
    const next = body as Pick<Retention, 'days' | 'holds' | 'seen'>;
    if (next.seen !== server.retention.seen) {
      return Response.json({ error: 'changed', message: 'Changed.' }, { status: 409 });
    }
    server.retention = { ...server.retention, ...next, seen: `${next.seen}+` };
    return Response.json(server.retention);
  }
  if (line === 'GET /v1/settings') return Response.json({ settings: server.settings });
  if (line.startsWith('PUT /v1/settings/')) return saveSetting(server, line, body);
  const ofImports = server.imports.answer(line, body);
  if (ofImports !== null) return ofImports;
  const ofDraws = server.draws.answer(line, body);
  if (ofDraws !== null) return ofDraws;
  const ofStandards = server.standards.answer(line, body);
  if (ofStandards !== null) return ofStandards;
  if (line === 'GET /v1/labels') return Response.json(server.labels);
  if (line === 'PUT /v1/labels') return saveLabels(server, body);
  if (line === 'GET /v1/patterns') return Response.json(server.patterns);
  if (line === 'PUT /v1/patterns') return savePatterns(server, body);
  if (line.startsWith('DELETE /v1/devices/') || line === 'POST /auth/sign-out') {
    return Response.json({});
  }
  return Response.json({ error: 'not-found', message: 'There is nothing here.' }, { status: 404 });
}

/** A sample person with what is about them, and two connected browsers. */
export const LEE = {
  kind: 'contact' as const,
  id: '00000000-0000-7000-8000-0000000000e1',
  name: 'Sample Lee',
  addresses: ['lee@sample-foods.example'],
};

function erasure(
  server: SampleServer,
  line: string,
  query: URLSearchParams,
  body: unknown,
): Response {
  if (line === 'GET /v1/erasures/people') {
    const found = JSON.stringify(LEE)
      .toLowerCase()
      .includes(query.get('q') ?? '');
    return Response.json({ people: found ? [LEE] : [] });
  }
  if (line === 'GET /v1/erasures/proposal') {
    const at = '2027-01-04T08:00:00Z';
    const [author, other] = [MEMBERS[0].name, MEMBERS[1].name];
    return Response.json({
      person: LEE,
      linked: [
        { kind: 'contact', id: LEE.id, text: LEE.name, at, author },
        { kind: 'interaction', id: 'm1', text: 'Moss: a few things before March', at, author },
        { kind: 'expectation', id: 'x1', text: QUOTES[0] ?? '', at, author: other },
      ],
      mentions: [
        { kind: 'note', id: 'n1', text: 'Ask Sample Lee about the pallets', at, author: other },
        { kind: 'note', id: 'n2', text: '', at: null, author: '' },
      ],
      more: false,
    } satisfies Proposal);
  }
  if (line === 'POST /v1/erasures') {
    const { targets, reason } = body as { targets: { kind: string }[]; reason: string };
    const counts: Record<string, number> = {};
    for (const { kind } of targets) counts[kind] = (counts[kind] ?? 0) + 1;
    const seq = 90 + server.erased.length;
    const one = { seq, at: '2027-02-24T14:10:00Z', by: MEMBERS[0], reason, cause: 'request' };
    server.erased = [{ ...one, counts }, ...server.erased];
    return Response.json({ erased: targets.length });
  }
  const lastSeenAt = '2027-02-24T14:10:00Z';
  return Response.json({
    erasures: server.erased,
    devices: [
      {
        id: 'd2',
        name: 'Sample desk, Firefox',
        member: MEMBERS[1],
        cursor: null,
        lastSeenAt: null,
      },
      { id: 'd1', name: 'Sample laptop, Chromium', member: MEMBERS[0], cursor: 500, lastSeenAt },
    ],
  } satisfies Erasures);
}

function saveLabels(server: SampleServer, body: unknown): Response {
  const { tags, seen } = body as { tags: TagWish[]; seen: string };
  if (server.labels.seen !== seen) {
    const message = 'Somebody has changed the tags in the meantime.';
    return Response.json({ error: 'changed', message }, { status: 409 });
  }
  const named = tags.map((tag, at) => ({ ...tag, id: tag.id ?? `own-${at}` }));
  const left = server.labels.tags.filter(({ id }) => !tags.some((tag) => tag.id === id));
  const gone = left.map((tag) => ({ ...tag, retired: true }));
  server.labels = { tags: [...named, ...gone], seen: `${seen}+` };
  return Response.json(server.labels);
}

function savePatterns(server: SampleServer, body: unknown): Response {
  const { patterns, seen } = body as { patterns: PatternWish[]; seen: string };
  if (server.patterns.seen !== seen) {
    const message = 'Somebody has changed the questions in the meantime.';
    return Response.json({ error: 'changed', message }, { status: 409 });
  }
  const named = patterns.map((one, at) => ({
    ...one,
    id: one.id ?? `own-${at}`,
    builtIn: PATTERNS.some(({ id }) => id === one.id),
  }));
  const left = server.patterns.patterns.filter(({ id }) => !patterns.some((one) => one.id === id));
  const gone = left.map((one) => ({ ...one, retired: true }));
  server.patterns = { patterns: [...named, ...gone], seen: `${seen}+` };
  return Response.json(server.patterns);
}

function saveSetting(server: SampleServer, line: string, body: unknown): Response {
  const { lines, seen } = body as { lines: string[]; seen: string };
  const present = server.settings.find(({ name }) => line.endsWith(`/${name}`));
  if (!present) return Response.json({}, { status: 404 });
  if (present.seen !== seen) {
    const message = 'Somebody has changed this list in the meantime.';
    return Response.json({ error: 'changed', message }, { status: 409 });
  }
  const next = changed(present, lines, MEMBERS[0]);
  server.settings = server.settings.map((one) => (one === present ? next : one));
  return Response.json(next);
}

function changed(before: Setting, lines: string[], author: { id: string; name: string }): Setting {
  const seq = 70 + before.history.length;
  const at = new Date(Date.UTC(2027, 1, 24, 8, 12 + before.history.length)).toISOString();
  const change = { field: 'value', old: before.lines.join('\n'), new: lines.join('\n') };
  const entry = { seq, at, received: at, author, device: null, changes: [change] };
  return { ...before, lines, seen: `change ${seq}`, history: [entry, ...before.history] };
}

function register(rows: readonly Row[], query: URLSearchParams): Response {
  const is = (name: string, value: string | null | undefined) =>
    !query.get(name) || query.get(name) === value;
  const kinds = query.get('kind')?.split(',');
  const words = query.get('q')?.toLowerCase() ?? '';
  const found = rows.filter(
    (row) =>
      (!kinds || kinds.includes(markKind(row.kind, row.label) ?? row.kind)) &&
      is('customer', row.customer?.id) &&
      is('project', row.project?.id) &&
      is('class', row.class) &&
      is('stage', row.stage) &&
      is('author', row.author.id) &&
      `${row.quote} ${row.text}`.toLowerCase().includes(words),
  );
  const cursor = query.get('cursor');
  const start = cursor === null ? 0 : found.findIndex((row) => row.id === cursor) + 1;
  const page = found.slice(start, start + Number(query.get('limit')));
  const more = start + page.length < found.length;
  return Response.json({
    rows: page,
    next: more ? (page.at(-1)?.id ?? null) : null,
    total: found.length,
  });
}

/** The entry that two people have changed at the same time. */
export const TWICE = sampleRow(13).id;

/** What was asked about an expectation, and what they said. */
function sampleProbe(at: string): NonNullable<RecordDetail['probes']>[number] {
  const later = new Date(Date.parse(at) + 1_800_000).toISOString();
  return {
    ...{ id: '00000000-0000-7000-8000-0000000000b1', owner: null },
    ...{ author: MEMBERS[0], askedBy: MEMBERS[0] },
    fields: {
      ...{ question: 'How is that done at your place today?', askedAt: at, answeredAt: later },
      ...{ says: 'confirmed', answer: 'They lie on the desk the week before.' },
      evidence: { e1: { offset: 724_000 } },
    },
    history: [
      {
        ...{ seq: 39, at: later, received: later, author: MEMBERS[0] },
        device: { id: 'd1', name: 'Sample laptop, Chromium' },
        changes: [{ field: 'says', old: null, new: 'confirmed' }],
      },
    ],
  };
}

function record(rows: readonly Row[], line: string): Response {
  const [kind, id] = line.split('/').slice(-2);
  const row = rows.find((it) => it.kind === kind && it.id === id);
  if (!row) {
    return Response.json({ error: 'not-found', message: 'This entry is gone.' }, { status: 404 });
  }
  const device = { id: 'd1', name: 'Sample laptop, Chromium' };
  const detail: RecordDetail = {
    row,
    fields: {
      statement: row.text,
      class: row.class,
      unstatedBecause: row.class === 'unstated' ? 'assumes' : null,
      // Customer and project are those of the conversation: not in the record's own fields.
      owner: MEMBERS[1].id,
      due: '2027-03-12',
      decision: 'exceed',
      decisionReason: 'Value high, effort low. A page they can open themselves costs an afternoon.',
      contact: '00000000-0000-7000-8000-00000000ffff',
    },
    conflicts: [],
    ...(row.kind === 'expectation' ? { probes: [sampleProbe(row.at)] } : {}),
    history: [
      {
        seq: 41,
        at: row.at,
        received: row.at,
        author: row.author,
        device,
        changes: [
          { field: 'statement', old: null, new: 'Certificates in time.' },
          { field: 'stage', old: null, new: 'hunch' },
        ],
      },
      {
        seq: 57,
        at: new Date(Date.parse(row.at) + 3_600_000).toISOString(),
        received: new Date(Date.parse(row.at) + 3 * 3_600_000).toISOString(),
        author: MEMBERS[1],
        device: { id: 'd2', name: 'Sample desk, Firefox' },
        changes: [
          { field: 'statement', old: 'Certificates in time.', new: row.text },
          { field: 'stage', old: 'hunch', new: row.stage },
          { field: 'owner', old: null, new: MEMBERS[1].id },
        ],
      },
    ],
  };
  if (line.includes(TWICE)) {
    detail.conflicts = [
      {
        field: 'statement',
        values: [
          { value: row.text, at: row.at, author: MEMBERS[1] },
          { value: 'Certificates on paper.', at: row.at, author: MEMBERS[0] },
        ],
      },
    ];
  }
  return Response.json(detail);
}

/** Enough of a CSV reader for tables without quotes. */
function preview({ csv, mapping }: { csv: string; mapping?: object }): Response {
  const [head = '', ...lines] = csv.trim().split('\n');
  const columns = head.split(',');
  const guessed = Object.fromEntries(
    columns.map((name) => [
      name,
      /name|company/i.test(name) ? 'name' : /domain/i.test(name) ? 'domain' : null,
    ]),
  );
  const used: Record<string, string | null> = { ...guessed, ...mapping };
  const rows = lines.map((text, index) => {
    const cells = text.split(',');
    const values = Object.fromEntries(
      columns.flatMap((name, at) => (used[name] ? [[used[name], cells[at] ?? '']] : [])),
    );
    const errors = values.name ? [] : [{ field: 'name', message: 'A name is missing.' }];
    return { line: index + 2, values, errors };
  });
  const wrong = rows.filter((row) => row.errors.length > 0).length;
  return Response.json({
    columns,
    mapping: used,
    rows,
    counts: { rows: rows.length, errors: wrong },
  });
}
