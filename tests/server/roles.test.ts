// Who may ask what: every route of the app against everybody who may ask. A route that is missing
// here fails the test; its row says who gets what.
import { Hono } from 'hono';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { OPEN } from '../../src/server/auth-routes.ts';
import type { ServerContext } from '../../src/server/context.ts';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { secondWorkspace } from './second-workspace.ts';
import { connect, post, serverOn, setUp } from './server.ts';

const postgres = usePostgres();

const ROLES = ['annotator', 'manager', 'auditor', 'admin'] as const;
type Role = (typeof ROLES)[number];
/** Nobody, a revoked device, each role in the console and with a device, and another workspace's admin. */
type Who = 'nobody' | 'revoked' | Role | `${Role}’s device` | 'other' | 'other’s device';
type Statuses = { [who in Who]: number };

const devices = (status: number) =>
  Object.fromEntries(ROLES.map((role) => [`${role}’s device`, status])) as {
    [role in Role as `${role}’s device`]: number;
  };
const people = (status: number) =>
  Object.fromEntries(ROLES.map((role) => [role, status])) as { [role in Role]: number };

const anybody = (status: number): Statuses => ({
  nobody: status,
  revoked: status,
  ...people(status),
  ...devices(status),
  other: status,
  'other’s device': status,
});
const members = (status: number, other = status): Statuses => ({
  ...anybody(status),
  nobody: 401,
  revoked: 401,
  other,
  'other’s device': other,
});
const onlyDevices = (status: number): Statuses => ({
  ...members(status),
  ...people(401),
  other: 401,
});
const only = (roles: Role[], status: number, other = status): Statuses => {
  const all = members(403, other);
  for (const role of roles) Object.assign(all, { [role]: status, [`${role}’s device`]: status });
  return all;
};
const admins = (status: number, other = status) => only(['admin'], status, other);
const managers = (status: number, other = status) => only(['manager', 'admin'], status, other);
const auditing = (status: number, other = status) =>
  only(['manager', 'admin', 'auditor'], status, other);
/** Signed in with a cookie; tokens of devices count for nothing there. */
const sessions = (status: number, without = 401): Statuses => ({
  ...anybody(without),
  ...people(status),
  other: status,
});

type Row = { path?: string; body?: unknown; gives: Statuses };
type Facts = { record: string; device: string };

const nobodys = freshId();

/** By method and pattern, as the app has them. Asked so that it would work, or is asked in vain. */
const table = ({ record, device }: Facts): { [route: string]: Row } => ({
  'GET /healthz': { gives: anybody(200) },
  'GET /readyz': { gives: anybody(200) },

  'POST /v1/device/code': {
    body: { client_id: 'unsaid-extension', device: { id: nobodys, name: 'Sample' } },
    gives: anybody(200),
  },
  'POST /v1/device/token': { body: { device_code: 'unknown' }, gives: anybody(400) },
  'POST /v1/device/renew': { body: {}, gives: onlyDevices(400) },
  'POST /v1/sync': {
    body: { v: 1, epoch: null, cursor: 0, push: [], limit: 1 },
    gives: onlyDevices(200),
  },
  'GET /v1/pokes': { gives: members(200) },
  'POST /v1/backfill': { body: {}, gives: onlyDevices(400) },
  'GET /v1/following': { gives: members(200) },
  'PUT /v1/following': { body: { mode: 'all', customers: [] }, gives: members(200) },
  'GET /v1/reminders': { gives: members(200) },
  'PUT /v1/reminders': {
    body: { mail: false, words: false, zone: 'UTC' },
    gives: members(200),
  },
  'GET /v1/key': { gives: onlyDevices(200) },
  'GET /v1/sites': { gives: onlyDevices(204) },

  'GET /v1/log/checkpoint': { gives: members(200) },
  'GET /v1/log/tile/*': { path: '/v1/log/tile/0/000.p/3', gives: members(200, 404) },
  'GET /v1/log/proof': { path: '/v1/log/proof?index=0&size=1', gives: members(200) },
  'GET /v1/log/consistency': { path: '/v1/log/consistency?from=0&to=1', gives: members(200) },
  'POST /v1/log/report': { body: {}, gives: onlyDevices(400) },
  'GET /v1/log/reports': { gives: admins(200) },
  'GET /v1/log': { gives: members(200) },
  'GET /v1/log/records/:kind/:id': {
    path: `/v1/log/records/expectation/${record}`,
    gives: { ...members(200, 404), annotator: 404, 'annotator’s device': 404 },
  },

  'GET /v1/me': { gives: members(200) },
  'GET /v1/members': { gives: members(200) },
  'PUT /v1/members/:id': {
    path: `/v1/members/${nobodys}`,
    body: { role: 'annotator' },
    gives: admins(404),
  },
  'POST /v1/invitations': { body: { role: 'nonsense' }, gives: admins(400) },
  'GET /v1/devices': { gives: members(200) },
  'DELETE /v1/devices/:id': {
    path: `/v1/devices/${device}`,
    // Somebody else's: there is none for whoever is no admin. The first admin who asks has done it.
    gives: { ...members(404), admin: 200, 'admin’s device': 200 },
  },

  'GET /v1/register': { gives: members(200) },
  'GET /v1/facets': { gives: members(200) },
  'GET /v1/records/:kind/:id': {
    path: `/v1/records/expectation/${record}`,
    // Written for managers: those who read everything see it.
    gives: { ...members(200, 404), annotator: 404, 'annotator’s device': 404 },
  },
  'GET /v1/export.csv': { gives: members(200) },
  'GET /v1/export': { gives: members(400) },
  'GET /v1/exports': { gives: auditing(200) },
  'GET /v1/export-jobs': { gives: members(200) },
  'POST /v1/export-jobs': { body: {}, gives: members(400) },
  'GET /v1/export-jobs/:id': { path: `/v1/export-jobs/${nobodys}`, gives: members(404) },
  'DELETE /v1/export-jobs/:id': { path: `/v1/export-jobs/${nobodys}`, gives: members(404) },
  'GET /v1/export-jobs/:id/file': {
    path: `/v1/export-jobs/${nobodys}/file`,
    gives: members(404),
  },
  'GET /v1/export-schedules': { gives: managers(200) },
  'POST /v1/export-schedules': { body: {}, gives: managers(400) },
  'PATCH /v1/export-schedules/:id': {
    path: `/v1/export-schedules/${nobodys}`,
    body: { paused: true },
    gives: managers(404),
  },
  'POST /v1/export-schedules/:id/runs': {
    path: `/v1/export-schedules/${nobodys}/runs`,
    body: {},
    gives: managers(404),
  },
  'DELETE /v1/export-schedules/:id': {
    path: `/v1/export-schedules/${nobodys}`,
    gives: managers(404),
  },
  'GET /v1/export-choices': { gives: members(200) },
  'POST /v1/export-choices': { body: {}, gives: members(400) },
  'PATCH /v1/export-choices/:id': {
    path: `/v1/export-choices/${nobodys}`,
    body: { name: 'sample' },
    gives: members(404),
  },
  'DELETE /v1/export-choices/:id': {
    path: `/v1/export-choices/${nobodys}`,
    gives: members(404),
  },
  'GET /v1/blind-spots': { gives: members(200) },
  'GET /v1/insight': { gives: auditing(200) },
  'GET /v1/insight/table.csv': {
    path: '/v1/insight/table.csv?table=glance',
    gives: auditing(200),
  },
  'GET /v1/insight/reviewed': {
    path: '/v1/insight/reviewed?quadrant=happy-below-ours',
    gives: auditing(200),
  },
  'POST /v1/import': { body: { csv: '', kind: 'customer' }, gives: managers(400) },
  'POST /v1/import/preview': { body: { csv: '', kind: 'customer' }, gives: managers(400) },
  'POST /v1/import/records/check': { body: {}, gives: managers(400) },
  'GET /v1/import/runs': { gives: managers(200) },
  'POST /v1/import/runs': { body: {}, gives: managers(400) },
  'POST /v1/import/runs/:id/records': { body: {}, gives: managers(400) },
  'POST /v1/import/runs/:id/end': {
    path: '/v1/import/runs/nonsense/end',
    body: {},
    gives: managers(409),
  },
  'POST /v1/import/runs/:id/undo': {
    path: `/v1/import/runs/${nobodys}/undo`,
    body: {},
    gives: managers(409),
  },
  'GET /v1/settings': { gives: members(200) },
  'PUT /v1/settings/:name': {
    path: '/v1/settings/nonsense',
    body: { lines: [], seen: '' },
    gives: managers(404),
  },
  'GET /v1/labels': { gives: members(200) },
  'PUT /v1/labels': { body: { tags: [], seen: '' }, gives: managers(400) },
  'GET /v1/patterns': { gives: members(200) },
  'PUT /v1/patterns': { body: {}, gives: managers(400) },
  'GET /v1/standards': { gives: members(200) },
  'GET /v1/draws': { gives: auditing(200) },
  'POST /v1/draws': { body: {}, gives: auditing(400) },
  'POST /v1/draws/preview': { body: {}, gives: auditing(400) },
  'POST /v1/draws/:id/draw': { gives: auditing(404) },
  'POST /v1/draws/:id/abandon': { body: { reason: 'sample' }, gives: auditing(404) },
  'POST /v1/draws/:id/replace': { body: {}, gives: auditing(400) },
  'GET /v1/draws/coverage': { gives: auditing(200) },
  'GET /v1/calibration': { gives: auditing(200) },
  'GET /v1/calibration/:draw': { gives: auditing(404) },
  'GET /v1/reports/:draw': { gives: auditing(404) },
  'GET /v1/programmes': { gives: auditing(200) },
  'POST /v1/programmes': { body: {}, gives: auditing(400) },
  'PUT /v1/programmes/:id': { body: {}, gives: auditing(400) },
  'POST /v1/programmes/:id/stop': {
    body: { stopped: true, seen: 'sample' },
    gives: auditing(404),
  },
  'GET /v1/draws/:id': { gives: auditing(404) },
  'GET /v1/draws/:id/population': { gives: auditing(404) },
  'GET /v1/reviews': { gives: members(200) },
  'GET /v1/reviews/drafts': { gives: auditing(200) },
  'POST /v1/reviews/start': { body: {}, gives: auditing(400) },
  'GET /v1/reviews/drafts/:id': { gives: auditing(404) },
  'PUT /v1/reviews/drafts/:id': { body: {}, gives: auditing(400) },
  'DELETE /v1/reviews/drafts/:id': { gives: auditing(404) },
  'POST /v1/reviews/drafts/:id/finish': { body: {}, gives: auditing(400) },
  'GET /v1/reviews/:id': { gives: members(404) },
  'POST /v1/reviews/:id/withdraw': { body: { reason: 'sample' }, gives: members(404) },
  'POST /v1/reviews/:id/correct': { body: {}, gives: members(400) },
  'GET /v1/reviews/standing': { gives: members(200) },
  'GET /v1/reviews/:id/disputes': {
    path: `/v1/reviews/${nobodys}/disputes`,
    gives: members(404),
  },
  'POST /v1/reviews/:id/disputes': {
    path: `/v1/reviews/${nobodys}/disputes`,
    body: { standard: null, stance: 'accept', reason: '' },
    gives: members(404),
  },
  'POST /v1/reviews/:id/acknowledge': {
    path: `/v1/reviews/${nobodys}/acknowledge`,
    gives: members(404),
  },
  'POST /v1/reviews/disputes/:id/answer': {
    path: `/v1/reviews/disputes/${nobodys}/answer`,
    body: { result: 'stands', text: 'sample' },
    gives: members(404),
  },
  'GET /v1/story': { path: `/v1/story?unit=project&subject=${nobodys}`, gives: auditing(404) },
  'GET /v1/story/record': {
    path: `/v1/story/record?unit=project&subject=${nobodys}`,
    gives: auditing(404),
  },
  'GET /v1/story/words': {
    path: `/v1/story/words?unit=project&subject=${nobodys}&q=any`,
    gives: auditing(404),
  },
  'GET /v1/story/subjects': { path: '/v1/story/subjects?q=any', gives: auditing(200) },
  'POST /v1/story/comments': { body: {}, gives: auditing(400) },
  'PUT /v1/story/comments/:id': {
    path: `/v1/story/comments/${nobodys}?unit=project&subject=${nobodys}`,
    body: { settled: true },
    gives: auditing(404),
  },
  'POST /v1/standards': { body: { standards: [] }, gives: managers(400) },
  'POST /v1/standards/:series/versions': { body: {}, gives: managers(400) },
  'PUT /v1/standards/:series/use': { body: { retired: true }, gives: managers(404) },

  'GET /v1/inquiries': { gives: members(200) },
  'POST /v1/inquiries': { body: {}, gives: auditing(400) },
  'GET /v1/inquiries/:id': { path: `/v1/inquiries/${nobodys}`, gives: members(404) },
  'POST /v1/inquiries/:id/answer': {
    path: `/v1/inquiries/${nobodys}/answer`,
    body: { text: 'sample' },
    gives: members(404),
  },
  'POST /v1/inquiries/:id/withdraw': {
    path: `/v1/inquiries/${nobodys}/withdraw`,
    gives: members(404),
  },

  'GET /v1/improvements': { gives: members(200) },
  'POST /v1/improvements': { body: {}, gives: members(400) },
  'GET /v1/improvements/about/:unit/:id': {
    path: `/v1/improvements/about/project/${nobodys}`,
    gives: auditing(404),
  },
  'GET /v1/improvements/:id': { path: `/v1/improvements/${nobodys}`, gives: members(404) },
  'PUT /v1/improvements/:id': {
    path: `/v1/improvements/${nobodys}`,
    body: { patch: {} },
    gives: members(404),
  },
  'POST /v1/improvements/:id/done': {
    path: `/v1/improvements/${nobodys}/done`,
    body: { text: '', checkOn: null },
    gives: members(404),
  },
  'POST /v1/improvements/:id/reopen': {
    path: `/v1/improvements/${nobodys}/reopen`,
    gives: members(404),
  },
  'POST /v1/improvements/:id/check': {
    path: `/v1/improvements/${nobodys}/check`,
    body: { effective: true, text: 'sample' },
    gives: members(404),
  },
  'POST /v1/improvements/:id/drop': {
    path: `/v1/improvements/${nobodys}/drop`,
    body: { reason: 'sample' },
    gives: members(404),
  },

  'GET /v1/erasures': { gives: admins(200) },
  'GET /v1/erasures/people': { gives: admins(200) },
  'GET /v1/erasures/proposal': {
    path: `/v1/erasures/proposal?kind=customer&id=${nobodys}`,
    gives: admins(404),
  },
  'POST /v1/erasures': { body: {}, gives: admins(400) },
  'GET /v1/retention': { gives: admins(200) },
  'PUT /v1/retention': { body: {}, gives: admins(400) },

  'GET /auth/get-session': { gives: anybody(200) },
  'GET /auth/list-sessions': { gives: sessions(200) },
  'POST /auth/sign-in/email': {
    body: { email: 'nobody@unsaid.example', password: 'not the password' },
    gives: anybody(401),
  },
  'POST /auth/change-password': { body: {}, gives: anybody(400) },

  'GET /pages/pages.css': { gives: anybody(200) },
  'GET /setup': { path: '/setup?token=unknown', gives: anybody(404) },
  'POST /setup': { body: {}, gives: anybody(400) },
  'GET /join': { path: '/join?invitation=unknown', gives: anybody(404) },
  'POST /join': { body: {}, gives: anybody(404) },
  'GET /sign-in': { gives: anybody(200) },
  'POST /sign-in': { body: {}, gives: anybody(401) },
  'GET /connect': { gives: sessions(200, 303) },
  'POST /connect': { body: {}, gives: anybody(400) },
  'GET /practice': { gives: anybody(308) },

  // Asked last: these end what the others need.
  'POST /v1/device/revoke': { gives: onlyDevices(200) },
  'POST /auth/revoke-other-sessions': { body: {}, gives: sessions(200) },
  'POST /auth/sign-out': { body: {}, gives: anybody(200) },
});

/** Files: the console's, which holds nothing of anybody, and the practice inbox in the app given here. */
const FILES = new Set(['GET *', 'GET /*']);

/** Every route of the app, as "METHOD pattern". */
function routes(): Set<string> {
  const context = {
    url: 'http://unsaid.example',
    log: pino({ level: 'silent' }),
  } as unknown as ServerContext;
  const app = createApp(context, { practice: new Hono(), consoleDir: import.meta.dirname });
  const found = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !FILES.has(route));
  return new Set([...found, ...OPEN]);
}

describe('who may ask what', () => {
  test('every route is in the table, and nothing else', () => {
    expect(Object.keys(table({ record: '', device: '' })).sort()).toEqual([...routes()].sort());
  });

  test('SPEC 13.2 every route answers everybody as the table says', async () => {
    const server = await serverOn(await postgres.database(), undefined, { trustProxy: true });
    const admin = await setUp(server);
    const askers = new Map<Who, () => HeadersInit>([['nobody', () => ({})]]);
    const connected = new Map<string, Device>();
    for (const role of ROLES) {
      const visitor = role === 'admin' ? admin : await join(server, admin, role, role);
      const device = new Device(server.url, await connect(server, visitor));
      connected.set(role, device);
      askers.set(role, () => ({ Cookie: visitor.cookie, Origin: server.url }));
      askers.set(`${role}’s device`, () => bearer(device));
    }
    const otto = await secondWorkspace(server, 'otto');
    const other = new Device(server.url, await connect(server, otto));
    askers.set('other', () => ({ Cookie: otto.cookie, Origin: server.url }));
    askers.set('other’s device', () => bearer(other));
    const revoked = new Device(server.url, await connect(server, admin));
    await post(server.url, '/v1/device/revoke', {}, revoked.who.token);
    askers.set('revoked', () => bearer(revoked));

    const manager = connected.get('manager') as Device;
    const written = manager.change('expectation', {
      class: 'unstated',
      stage: 'hunch',
      statement: 'They expect certificates',
      visibility: 'managers',
    });
    await manager.push(written);
    const spare = new Device(server.url, await connect(server, admin));
    const rows = table({ record: written.envelope.record, device: spare.who.device });

    const wrong: string[] = [];
    let asked = 0;
    for (const [route, { path, body, gives }] of Object.entries(rows)) {
      const [method = '', pattern = ''] = route.split(' ');
      for (const [who, status] of Object.entries(gives)) {
        const form = !/^\/(v1|auth)\//.test(pattern);
        const response = await fetch(server.url + (path ?? pattern), {
          method,
          redirect: 'manual',
          headers: {
            ...askers.get(who as Who)?.(),
            Origin: server.url,
            // Each an address of its own: how often one may ask is another test's.
            'X-Forwarded-For': `10.0.${asked >> 8}.${asked++ & 255}`,
            ...(body === undefined
              ? {}
              : {
                  'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json',
                }),
          },
          ...(body === undefined ? {} : { body: form ? '' : JSON.stringify(body) }),
        });
        await response.body?.cancel();
        if (response.status !== status) {
          wrong.push(`${route} for ${who}: ${response.status}, not ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 240_000);

  test('SPEC 13.1 an auditor’s device writes audits and nothing else', async () => {
    const server = await serverOn(await postgres.database());
    const admin = await setUp(server);
    const auditor = new Device(
      server.url,
      await connect(server, await join(server, admin, 'audrey', 'auditor')),
    );
    const results = await auditor.push(
      auditor.change('note', { text: 'not theirs to write' }),
      auditor.change('audit', { name: 'Autumn' }),
    );
    expect(results[0]?.result).toBe('needs-attention');
    expect(results[1]?.reason ?? '').not.toMatch(/auditor/i);
  });
});

const bearer = (device: Device) => ({ Authorization: `Bearer ${device.who.token}` });
