// `npm start` as a process: what it says, what it serves, what it leaves behind.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { findChromium } from '../../scripts/browsers.ts';
import { openBrowser } from '../../scripts/people-browser.ts';

const root = resolve(import.meta.dirname, '../..');
const BOOTSTRAP = ['scripts/bootstrap.mjs', 'scripts/start.ts'];
const DIRECT = ['--disable-warning=ExperimentalWarning', 'scripts/start.ts'];

type Started = {
  child: ChildProcess;
  said(): string;
  /** Resolves with what `words` found in the output; rejects with the output when it ended before. */
  says(words: RegExp): Promise<string>;
  ended: Promise<number | null>;
};

const running = new Set<Started>();
afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGTERM');
    await ended;
  }
  running.clear();
});

function start(program: string[], args: string[], env: Record<string, string> = {}): Started {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...own } = process.env;
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...own, ...env },
  });
  let output = '';
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const started: Started = {
    child,
    said: () => output,
    async says(words) {
      for (let tries = 0; tries < 900; tries += 1) {
        const found = words.exec(output);
        if (found !== null) return found[1] ?? found[0];
        if (child.exitCode !== null || child.signalCode !== null) break;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error(`It never said ${words}:\n${output}`);
    },
    ended,
  };
  running.add(started);
  return started;
}

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'unsaid-start-'));
  chmodSync(folder, 0o711);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return join(folder, 'data');
}

const CONSOLE = /Console\s+(http:\S+?)\/\s/;
const READY = /Ctrl-C stops Unsaid/;
const postmaster = (data: string) =>
  readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n');
const pidOf = (data: string) => Number(postmaster(data)[0]);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Names of the browsers that the database knows as connected. */
async function devices(data: string): Promise<string[]> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(postmaster(data)[3]),
    user: 'unsaid',
    password: readFileSync(join(data, 'postgres-password'), 'utf8').trim(),
    database: 'unsaid',
  });
  await client.connect();
  const { rows } = await client.query(
    "SELECT name FROM device WHERE kind = 'browser' AND token_hash IS NOT NULL",
  );
  await client.end();
  return rows.map((row: { name: string }) => row.name);
}

describe('without a browser', () => {
  test('says and serves the addresses; SIGINT ends all of it; a killed start leaves nothing in the way', async () => {
    const data = dataFolder();
    const args = ['--no-browser', '--port', '0', '--data', data];
    const first = start(BOOTSTRAP, args);
    const url = await first.says(CONSOLE);
    await first.says(READY);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ok: true });
    expect((await fetch(`${url}/practice/`)).status).toBe(200);
    const page = await fetch(`${url}/`, { headers: { Accept: 'text/html' } });
    expect(await page.text()).toContain('<script');
    expect((await fetch(await first.says(/(http\S+\/setup\?token=\S+)/))).status).toBe(200);
    for (const words of ['Load unpacked', join(root, 'dist/extension'), 'Load Temporary Add-on']) {
      expect(first.said()).toContain(words);
    }
    const pid = pidOf(data);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(isAlive(pid)).toBe(false);

    const killed = start(DIRECT, args);
    await killed.says(READY);
    killed.child.kill('SIGKILL');
    await killed.ended;

    const again = start(DIRECT, args);
    const newUrl = await again.says(CONSOLE);
    expect((await fetch(`${newUrl}/readyz`)).status).toBe(200);
    expect(again.said()).not.toContain('Building');
    const last = pidOf(data);
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
    expect(isAlive(last)).toBe(false);
  });

  test('no display is said, with how to load the extension', async () => {
    if (process.platform !== 'linux') return;
    const started = start(DIRECT, ['--port', '0', '--data', dataFolder()]);
    await started.says(/There is no display here/);
    await started.says(/Load unpacked/);
    await started.says(READY);
  });
});

describe('with a browser', () => {
  test('the extension is connected once, and found connected at the second start', async () => {
    const data = dataFolder();
    const port = await freePort();
    const env = { UNSAID_HEADLESS: '1', DISPLAY: ':99', CHROMIUM: await findChromium() };
    const args = ['--port', String(port), '--data', data];
    const first = start(DIRECT, args, env);
    expect(await first.says(/Connected: .*/)).toContain(`http://127.0.0.1:${port}`);
    await first.says(READY);
    const connected = await devices(data);
    expect(connected).toHaveLength(1);

    const browserPid = Number(readlinkSync(join(data, 'browser/SingletonLock')).split('-').pop());
    const postgresPid = pidOf(data);
    expect(isAlive(browserPid)).toBe(true);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect([isAlive(browserPid), isAlive(postgresPid)]).toEqual([false, false]);

    const second = start(DIRECT, args, env);
    await second.says(READY);
    expect(second.said()).not.toMatch(/onnected/);
    expect(await devices(data)).toEqual(connected);

    // A person closes the browser; the server goes on.
    process.kill(Number(readlinkSync(join(data, 'browser/SingletonLock')).split('-').pop()));
    await second.says(/The browser is closed\. Unsaid goes on/);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
  });
});

test('after a new build the browser runs the new background, with what was kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'unsaid-rebuilt-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const extension = join(folder, 'extension');
  cpSync(join(root, 'dist/e2e/extension'), extension, { recursive: true });
  const background = join(extension, 'background.js');
  const kept: unknown[] = [];
  for (const build of ['first', 'second']) {
    const code = readFileSync(join(root, 'dist/e2e/extension/background.js'), 'utf8');
    writeFileSync(background, `globalThis.build = '${build}';${code}`);
    const opened = await openBrowser(
      await findChromium(),
      join(folder, 'profile'),
      extension,
      true,
    );
    const [worker] = opened.context.serviceWorkers();
    expect(await worker?.evaluate('globalThis.build')).toBe(build);
    kept.push(
      await worker?.evaluate('chrome.storage.local.get("sample").then((all) => all.sample)'),
    );
    await worker?.evaluate('chrome.storage.local.set({ sample: "kept" })');
    await opened.context.close();
  }
  expect(kept).toEqual([undefined, 'kept']);
});

describe('what it cannot do is said, with exit code 2', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unsaid-file-'));
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    [['--colour'], /There is no option --colour\./],
    [['somewhere'], /“somewhere” is not an option\./],
    [['--port', 'abc'], /“abc” is no port/],
    [['--port', '65536'], /“65536” is no port/],
    [['--port'], /--port needs a value\./],
    [['--data', ''], /--data needs the name of a folder\./],
    [['--data', join(file, 'data')], /cannot be made: .*a-file is a file/],
  ])('%j', async (args, words) => {
    const started = start(DIRECT, ['--no-browser', ...args]);
    expect(await started.ended).toBe(2);
    expect(started.said()).toMatch(words);
  });

  test('a port in use', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const args = ['--no-browser', '--port', String(port), '--data', dataFolder()];
    const started = start(DIRECT, args);
    expect(await started.ended).toBe(2);
    expect(started.said()).toContain(`Port ${port} is in use. Choose another with --port.`);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as { port: number };
  await new Promise((done) => probe.close(done));
  return port;
}
