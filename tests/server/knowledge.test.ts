// Site knowledge from the administrator's file to a device: signed, cached, and never half a file.
import { spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openNote, parseNoteKey, type Verify } from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { startServer } from '../../src/server/main.ts';
import { parseKnowledge } from '../../src/sites/knowledge.ts';
import { usePostgres } from './postgres.ts';
import { connect, temporaryFolder } from './server.ts';

const postgres = usePostgres();

const ed25519: Verify = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, message, key, signature);
};

const mended = (version: number, body = 'main .mail') => ({
  version,
  sites: { roundcube: { on: true, selectors: { body } }, gmail: { on: false, selectors: {} } },
});

type Options = { database?: string; data?: string; sites?: unknown; logKey?: string };

/** A server on a data folder that may hold a site file, with what it logs. */
async function started({ database, data, sites, logKey }: Options = {}) {
  const dataDir = data ?? (await temporaryFolder());
  const file = path.join(dataDir, 'sites.json');
  if (sites !== undefined) await write(file, sites);
  const lines: string[] = [];
  const server = await startServer({
    port: 0,
    dataDir,
    databaseUrl: database ?? (await postgres.database()),
    consoleDir: '/nonexistent',
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    logKey,
  });
  onTestFinished(() => server.close());
  const { token } = await connect(server, null);
  const get = (where: string, headers: Record<string, string> = {}) =>
    fetch(server.url + where, { headers: { Authorization: `Bearer ${token}`, ...headers } });
  const key = (await (await get('/v1/key')).json()).key as string;
  return { server, dataDir, file, lines, get, key };
}

async function write(file: string, content: unknown) {
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
}

async function opened(answer: Response, vkey: string) {
  const key = parseNoteKey(nodeHasher, vkey);
  if (key === null) throw new Error('the server’s key is not well-formed');
  const note = await openNote(await answer.text(), [key], ed25519);
  return note.ok ? parseKnowledge(note.text) : note.why;
}

describe('the key', () => {
  test('is made once, readable by its owner only, and handed to each device that connects', async () => {
    const data = await temporaryFolder();
    const database = await postgres.database();
    const first = await started({ data, database });
    const file = path.join(data, 'keys', 'log.key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    expect(parseNoteKey(nodeHasher, first.key)?.name).toMatch(/^127\.0\.0\.1\/[0-9a-f]{8}$/);
    const { deviceCode } = await first.server.createDeviceCode();
    const granted = await fetch(`${first.server.url}/v1/device/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        device_code: deviceCode,
        device: { id: '01890a5d-ac96-774b-bcce-b302099a8005', name: 'Sample browser' },
      }),
    });
    expect((await granted.json()).server.key).toBe(first.key);
    await first.server.close();
    expect((await started({ data, database })).key).toBe(first.key);
    const secret = (await readFile(file, 'utf8')).trim().split('+').slice(4).join('+');
    expect(first.lines.join('')).not.toContain(secret);
  });

  test('comes from the settings where several servers share it', async () => {
    const one = await started();
    const secret = (await readFile(path.join(one.dataDir, 'keys/log.key'), 'utf8')).trim();
    const other = await started({ logKey: secret });
    expect(other.key).toBe(one.key);
    await expect(stat(path.join(other.dataDir, 'keys'))).rejects.toThrow('ENOENT');
  });

  test('is not made anew where one cannot be read, and its words are not repeated', async () => {
    const dataDir = await temporaryFolder();
    await mkdir(path.join(dataDir, 'keys'));
    const file = path.join(dataDir, 'keys', 'log.key');
    await writeFile(file, 'PRIVATE+KEY+half+of+it');
    const options = { dataDir, databaseUrl: await postgres.database() };
    const failed = await startServer({ port: 0, ...options, log: pino({ level: 'silent' }) }).then(
      () => 'started',
      (error: Error) => error.message,
    );
    expect(failed).toContain('keys/log.key holds no key of an Unsaid server.');
    expect(failed).not.toContain('half');
    expect(await readFile(file, 'utf8')).toBe('PRIVATE+KEY+half+of+it');
  });

  test('unsaid key prints the public one', async () => {
    const { dataDir, key } = await started();
    const run = (data: string) =>
      spawnSync(process.execPath, [path.resolve('src/server/cli.ts'), 'key', '--data', data], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      });
    expect(run(dataDir)).toMatchObject({ status: 0, stdout: `${key}\n` });
    const none = run(await temporaryFolder());
    expect(none).toMatchObject({ status: 1, stdout: '' });
    expect(none.stderr).toContain('Start the server once.');
  });
});

describe('GET /v1/sites', () => {
  test('gives the file as a note signed with the server’s key, and 304 when it is known', async () => {
    const { get, key } = await started({ sites: mended(3) });
    const answer = await get('/v1/sites');
    expect(answer.status).toBe(200);
    const tag = answer.headers.get('etag') ?? '';
    expect(await opened(answer, key)).toEqual(mended(3));
    const again = await get('/v1/sites', { 'If-None-Match': `"other", ${tag}` });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('etag')).toBe(tag);
    // An extension asks across origins and has to see both.
    expect(again.headers.get('access-control-allow-origin')).toBe('*');
    expect(again.headers.get('access-control-expose-headers')).toContain('ETag');
    expect((await get('/v1/sites', { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  test('is for connected devices only', async () => {
    const { server } = await started({ sites: mended(1) });
    for (const where of ['/v1/sites', '/v1/key']) {
      expect((await fetch(server.url + where)).status).toBe(401);
      const headers = { Authorization: `Bearer ${'x'.repeat(40)}` };
      expect((await fetch(server.url + where, { headers })).status).toBe(401);
    }
  });

  test('is 204 without a file, and notices one that is put there', async () => {
    const { get, key, file } = await started();
    expect((await get('/v1/sites')).status).toBe(204);
    await write(file, mended(1));
    expect(await opened(await get('/v1/sites'), key)).toEqual(mended(1));
  });

  test('notices a change without a restart; a bad one is said once and the last good stays', async () => {
    const { get, key, file, lines } = await started({ sites: mended(1) });
    const served = async () => opened(await get('/v1/sites'), key);
    expect(await served()).toEqual(mended(1));
    await write(file, mended(2, 'article'));
    expect(await served()).toEqual(mended(2, 'article'));
    const bad: [unknown, string][] = [
      ['{"version": 3, "sites": {', 'it is no JSON'],
      [{ version: 3, sites: { gmail: { selector: {} } } }, 'sites.gmail has “selector” in it'],
      [{ ...mended(3), sites: { gmail: { selectors: { body: '' } } } }, 'gmail.selectors.body is'],
      [mended(1), 'version 1 has to be greater than 2'],
      [mended(2, 'section'), 'version 2 has to be greater than 2'],
    ];
    for (const [content, words] of bad) {
      lines.length = 0;
      await write(file, content);
      expect(await served()).toEqual(mended(2, 'article'));
      expect(await served()).toEqual(mended(2, 'article'));
      const said = lines.filter((line) => line.includes('site knowledge not taken'));
      expect(said).toHaveLength(1);
      expect(JSON.parse(said[0] ?? '')).toMatchObject({
        problem: expect.stringContaining(words),
        serving: 'version 2',
      });
    }
    await rm(file);
    expect(await served()).toEqual(mended(2, 'article'));
    await write(file, mended(3));
    expect(await served()).toEqual(mended(3));
  });
});

describe('at the start', () => {
  const refusal = async (options: object) =>
    startServer({
      port: 0,
      dataDir: await temporaryFolder(),
      databaseUrl: await postgres.database(),
      log: pino({ level: 'silent' }),
      ...options,
    }).then(
      async (server) => {
        await server.close();
        return 'started';
      },
      (error: Error) => error.message,
    );

  test('a bad file is refused with what is wrong, where, and what to do', async () => {
    const dataDir = await temporaryFolder();
    await write(path.join(dataDir, 'sites.json'), '{"version": 1,\n  "sites": {"Gmail": {}}}');
    expect(await refusal({ dataDir })).toMatch(
      /sites\.json cannot be used: sites\.Gmail is no name here\. Mend the file, or move it away/,
    );
    await write(path.join(dataDir, 'sites.json'), '{"version": 1,\n  sites: {}}');
    expect(await refusal({ dataDir })).toContain('line 2');
  });

  test('a file that is named has to be there', async () => {
    const sites = path.join(await temporaryFolder(), 'mended.json');
    expect(await refusal({ sites })).toContain('mended.json is not there.');
    await write(sites, mended(1));
    expect(await refusal({ sites })).toBe('started');
    if (process.getuid?.() !== 0) {
      await chmod(sites, 0);
      expect(await refusal({ sites })).toContain('may not be read');
    }
  });
});
