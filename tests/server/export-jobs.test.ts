// Exports that take their time: made once, kept for a while, fetched in parts, given to nobody else.
import { writeFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import {
  ask,
  ended,
  fetchFile,
  fileStatus,
  type Job,
  jobOf,
  office,
  REGISTER,
  sha256,
} from './export-office.ts';
import { usePostgres } from './postgres.ts';
import { secondWorkspace } from './second-workspace.ts';
import { connect } from './server.ts';

const postgres = usePostgres();
const here = async () => office(await postgres.database());

describe('a job', () => {
  test('makes the same bytes as the stream, once, and is written down once', async () => {
    const { mira, admin, notes } = await here();
    await notes(1_200);
    const wish = { ...REGISTER, filter: { kind: 'risk' } };
    const id = await ask(mira, wish);
    const job = await ended(mira, id);
    expect(job).toMatchObject({ state: 'done', rows: 1_200, of: 1_200, secondsLeft: null });
    expect(job.wish).toMatchObject(wish);
    expect(Date.parse(job.endsAt ?? '') - Date.now()).toBeGreaterThan(6.9 * 24 * 3_600_000);

    const response = await fetchFile(mira, id);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(response.headers.get('content-disposition')).toContain(`filename="${job.fileName}"`);
    expect(bytes.length).toBe(job.bytes);
    expect(sha256(bytes)).toBe(job.sha256);
    const streamed = await fetch(`${mira.url}/v1/export.csv?kind=risk`, {
      headers: { cookie: mira.cookie },
    });
    expect(Buffer.from(bytes).equals(Buffer.from(await streamed.arrayBuffer()))).toBe(true);

    const { exports } = (await admin.call('GET', '/v1/exports')).json as {
      exports: { rows: number; filter: object }[];
    };
    expect(exports).toHaveLength(2);
    for (const one of exports) expect(one).toMatchObject({ rows: 1_200, filter: { kind: 'risk' } });
    const { jobs } = (await mira.call('GET', '/v1/export-jobs')).json as { jobs: Job[] };
    expect(jobs.map((one) => one.id)).toEqual([id]);
  });

  test('of evidence is a bundle', async () => {
    const { mira, admin, notes, desk } = await here();
    await notes(300);
    await desk.pullAll();
    const job = await ended(mira, await ask(mira, { what: 'evidence', format: 'zip' }));
    expect(job).toMatchObject({ state: 'done', rows: desk.cursor });
    const bytes = Buffer.from(await (await fetchFile(mira, job.id)).arrayBuffer());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(job.fileName).toMatch(/^unsaid-evidence-.*\.zip$/);
    const { exports } = (await admin.call('GET', '/v1/exports')).json as {
      exports: { what: string; rows: number }[];
    };
    expect(exports).toMatchObject([{ what: 'evidence', rows: job.rows }]);
  });

  test('is nobody else’s', async () => {
    const { server, mira, admin, tom } = await here();
    const id = await ask(mira);
    await ended(mira, id);
    for (const visitor of [admin, tom, await secondWorkspace(server, 'otto')]) {
      expect((await visitor.call('GET', `/v1/export-jobs/${id}`)).status).toBe(404);
      expect((await visitor.call('DELETE', `/v1/export-jobs/${id}`)).status).toBe(404);
      expect(await fileStatus(visitor, id)).toBe(404);
      expect((await visitor.call('GET', '/v1/export-jobs')).json).toEqual({ jobs: [] });
    }
    expect(await fileStatus(mira, id)).toBe(200);
  });

  test('is refused before it is begun where it could not be made', async () => {
    const { mira, tom } = await here();
    const refused = async (visitor: typeof mira, wish: object) =>
      (await visitor.call('POST', '/v1/export-jobs', { wish })).status;
    expect(await refused(tom, { what: 'evidence', format: 'zip' })).toBe(403);
    expect(await refused(tom, { what: 'audit', format: 'csv' })).toBe(403);
    expect(await refused(mira, { what: 'evidence', format: 'csv' })).toBe(400);
    expect(await refused(mira, { ...REGISTER, zone: 'Nowhere/City' })).toBe(400);
    expect(await refused(mira, { what: 'everything', format: 'csv' })).toBe(400);
    // What only its making tells is said then.
    const job = await ended(mira, await ask(mira, { ...REGISTER, filter: { kind: 'nonsense' } }));
    expect(job).toMatchObject({ state: 'failed', fileName: null });
    expect(job.words).toMatch(/filter/);
    expect(await fileStatus(mira, job.id)).toBe(410);
  });

  test('waits with five others at most', async () => {
    const { mira, tom, wait } = await here();
    for (let n = 0; n < 5; n += 1) await wait(mira);
    const sixth = await mira.call('POST', '/v1/export-jobs', { wish: REGISTER });
    expect(sixth.status).toBe(409);
    // Others wait for themselves.
    await ended(tom, await ask(tom));
  });

  test('that is thrown away takes its file along', async () => {
    const { mira, files } = await here();
    const id = await ask(mira);
    await ended(mira, id);
    expect(files()).toHaveLength(1);
    await mira.call('DELETE', `/v1/export-jobs/${id}`);
    expect(files()).toEqual([]);
    expect((await mira.call('GET', `/v1/export-jobs/${id}`)).status).toBe(404);
  });
});

describe('what a member may read no more', () => {
  test('is not given: demoted', async () => {
    const { admin, mira, memberOf } = await here();
    const id = await ask(mira);
    await ended(mira, id);
    const { member } = await memberOf(mira);
    await admin.call('PUT', `/v1/members/${member.id}`, { role: 'annotator' });
    expect(await fileStatus(mira, id)).toBe(403);
    // What they export now holds what they read now.
    const other = await ask(mira);
    await ended(mira, other);
    expect(await fileStatus(mira, other)).toBe(200);
  });

  test('is not given: shut out', async () => {
    const { admin, mira, memberOf } = await here();
    const id = await ask(mira);
    await ended(mira, id);
    const { member } = await memberOf(mira);
    await admin.call('PUT', `/v1/members/${member.id}`, { active: false });
    expect(await fileStatus(mira, id)).toBe(401);
  });

  test('is not made either: whose turn comes after they left', async () => {
    const { admin, memberOf, mira, wait, row, secondProcess, files } = await here();
    const { member } = await memberOf(mira);
    const id = await wait(mira);
    await admin.call('PUT', `/v1/members/${member.id}`, { active: false });
    (await secondProcess()).kick();
    await expect.poll(async () => (await row(id)).state, { timeout: 20_000 }).toBe('failed');
    expect(files()).toEqual([]);
  });
});

/** A disk whose writing a test holds, lets go on, or lets fail. */
function slowDisk() {
  let letGo = () => {};
  let opened = 0;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return {
    letGo: () => letGo(),
    opened: () => opened,
    async openFile(file: string) {
      const handle = await open(file, 'wx', 0o600);
      opened += 1;
      return {
        async appendFile(bytes: string | Uint8Array) {
          await held;
          await handle.appendFile(bytes);
        },
        sync: () => handle.sync(),
        close: () => handle.close(),
      };
    },
  };
}

describe('while it is written', () => {
  test('it can be cancelled, also when another process writes it: nothing is left', async () => {
    const { mira, wait, secondProcess, files, notes } = await here();
    await notes(3_000, 400);
    const disk = slowDisk();
    const second = await secondProcess({ openFile: disk.openFile });
    const id = await wait(mira);
    second.kick();
    await expect.poll(() => disk.opened(), { timeout: 20_000 }).toBe(1);
    expect(files()).toEqual([expect.stringMatching(/\.part$/)]);
    expect(await jobOf(mira, id)).toMatchObject({ state: 'running' });
    expect(await fileStatus(mira, id)).toBe(404);
    expect((await mira.call('DELETE', `/v1/export-jobs/${id}`)).json).toEqual({ cancelled: true });
    disk.letGo();
    await expect.poll(() => files(), { timeout: 20_000 }).toEqual([]);
    expect(await jobOf(mira, id)).toMatchObject({ state: 'cancelled', fileName: null });
  });

  test('its process may be lost: another begins anew, and the first one’s half names nothing', async () => {
    const { mira, wait, secondProcess, within, workspace, files, notes } = await here();
    await notes(200);
    const disk = slowDisk();
    const first = await secondProcess({ openFile: disk.openFile });
    const id = await wait(mira);
    first.kick();
    await expect.poll(() => disk.opened(), { timeout: 20_000 }).toBe(1);
    await within((tx) =>
      tx
        .updateTable('export_job')
        .set({ lease_until: new Date(0), runner: freshId() })
        .where('workspace_id', '=', workspace)
        .where('id', '=', id)
        .execute(),
    );
    (await secondProcess()).kick();
    const job = await ended(mira, id);
    expect(job.state).toBe('done');
    disk.letGo();
    await expect.poll(() => files().length, { timeout: 20_000 }).toBe(1);
    const bytes = await (await fetchFile(mira, id)).arrayBuffer();
    expect(sha256(bytes)).toBe(job.sha256);
    expect((await jobOf(mira, id)).sha256).toBe(job.sha256);
  });

  test('a server that stops leaves it to the next', async () => {
    const { mira, wait, secondProcess, row, notes } = await here();
    await notes(200);
    const disk = slowDisk();
    const exports = await secondProcess({ openFile: disk.openFile });
    const id = await wait(mira);
    exports.kick();
    await expect.poll(() => disk.opened(), { timeout: 20_000 }).toBe(1);
    const stopped = exports.close();
    disk.letGo();
    await stopped;
    // It is no try of the next one's, which may be the first server, and at it already.
    const left = await row(id);
    expect(left.tries).toBe(left.state === 'waiting' ? 0 : 1);
    (await secondProcess()).kick();
    expect((await ended(mira, id)).state).toBe('done');
  });

  test('a full disk is said in words, and leaves nothing', async () => {
    const { mira, wait, secondProcess, files } = await here();
    const id = await wait(mira);
    const second = await secondProcess({
      async openFile(file) {
        const handle = await open(file, 'wx', 0o600);
        return {
          appendFile: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
          sync: () => handle.sync(),
          close: () => handle.close(),
        };
      },
    });
    second.kick();
    const job = await ended(mira, id);
    expect(job).toMatchObject({ state: 'failed' });
    expect(job.words).toMatch(/disk is full/);
    expect(files()).toEqual([]);
  });

  test('what breaks each time is given up after three', async () => {
    const { mira, wait, secondProcess } = await here();
    const id = await wait(mira);
    let tries = 0;
    const second = await secondProcess({
      openFile: () => {
        tries += 1;
        return Promise.reject(new Error('sample'));
      },
    });
    await expect
      .poll(
        async () => {
          second.kick();
          return (await jobOf(mira, id)).state;
        },
        { timeout: 20_000 },
      )
      .toBe('failed');
    expect((await jobOf(mira, id)).words).toMatch(/broke/);
    expect(tries).toBe(3);
  });
});

describe('an erasure', () => {
  test('throws away what was made before it, and nothing made after', async () => {
    const { admin, mira, notes, files } = await here();
    const [first] = await notes(20);
    const before = await ask(mira);
    await ended(mira, before);
    await admin.call('POST', '/v1/erasures', {
      targets: [{ kind: 'note', id: first }],
      reason: 'asked for',
    });
    expect(files()).toEqual([]);
    expect(await fileStatus(mira, before)).toBe(410);
    const job = await jobOf(mira, before);
    expect(job).toMatchObject({ state: 'failed' });
    expect(job.words).toMatch(/erased/);
    const after = await ended(mira, await ask(mira));
    expect(after).toMatchObject({ state: 'done', rows: 19 });
    expect(await fileStatus(mira, after.id)).toBe(200);
  });

  test('in the middle of one begins it anew', async () => {
    const { admin, mira, notes, wait, row, secondProcess } = await here();
    const [first] = await notes(20);
    const disk = slowDisk();
    const second = await secondProcess({ openFile: disk.openFile });
    const id = await wait(mira);
    second.kick();
    await expect.poll(() => disk.opened(), { timeout: 20_000 }).toBe(1);
    await admin.call('POST', '/v1/erasures', {
      targets: [{ kind: 'note', id: first }],
      reason: 'asked for',
    });
    disk.letGo();
    const job = await ended(mira, id);
    expect(job).toMatchObject({ state: 'done', rows: 19 });
    expect((await row(id)).tries).toBe(2);
    const text = await (await fetchFile(mira, id)).text();
    expect(text).not.toMatch(/"0 xxxx/);
    expect(text).toMatch(/"19 xxxx/);
  });

  test('by an admin’s browser is heeded at once too', async () => {
    const { server, admin, mira, notes } = await here();
    const [first = ''] = await notes(3);
    const id = await ask(mira);
    await ended(mira, id);
    const theirs = new Device(server.url, await connect(server, admin));
    await theirs.push(
      theirs.change('erasure', {
        targets: [{ kind: 'note', id: first }],
        reason: 'asked for',
        cause: 'request',
      }),
    );
    expect(await fileStatus(mira, id)).toBe(410);
  });
});

describe('the folder', () => {
  test('loses halves that nobody writes, and what no job knows; nothing else', async () => {
    const { mira, workspace, exportsDir, secondProcess, files } = await here();
    const id = await ask(mira);
    await ended(mira, id);
    const own = path.join(exportsDir, workspace);
    const odd = path.join(exportsDir, freshId());
    await mkdir(odd, { recursive: true });
    writeFileSync(path.join(own, `${id}.${freshId()}.part`), 'half');
    writeFileSync(path.join(own, `${freshId()}.${freshId()}.part`), 'half');
    writeFileSync(path.join(own, freshId()), 'whose');
    writeFileSync(path.join(odd, freshId()), 'whose');
    writeFileSync(path.join(own, 'readme.txt'), 'put there by somebody');
    await (await secondProcess()).sweep();
    expect(files().toSorted()).toEqual(
      [path.join(workspace, id), path.join(workspace, 'readme.txt')].toSorted(),
    );
    expect(await fileStatus(mira, id)).toBe(200);
  });

  test('keeps a file for seven days', async () => {
    const { mira, secondProcess, files } = await here();
    const id = await ask(mira);
    await ended(mira, id);
    const later = (days: number) => () => Date.now() + days * 24 * 3_600_000;
    await (await secondProcess({ now: later(6.9) })).sweep();
    expect(files()).toHaveLength(1);
    await (await secondProcess({ now: later(7.1) })).sweep();
    expect(files()).toEqual([]);
    expect((await mira.call('GET', `/v1/export-jobs/${id}`)).status).toBe(404);
  });

  test('of another server: said in words, and the job stays', async () => {
    const { mira, secondProcess, exportsDir, workspace } = await here();
    const id = await ask(mira);
    await ended(mira, id);
    const file = path.join(exportsDir, workspace, id);
    await rename(file, `${file}.elsewhere`);
    const gone = await fetchFile(mira, id);
    expect(gone.status).toBe(404);
    expect(((await gone.json()) as { message: string }).message).toMatch(/another server/);
    // This folder should have it: whoever looks after it says so.
    await (await secondProcess()).sweep();
    expect(await jobOf(mira, id)).toMatchObject({ state: 'failed' });
  });
});
