// A real server with a real PostgreSQL of its own, in a process that a test can kill.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { BUILD } from './build.ts';

const root = resolve(import.meta.dirname, '../../..');

export const ADMIN = {
  workspace: 'Sample Workspace',
  name: 'Sample Admin',
  email: 'mira@halden.example',
  password: 'sample password 1',
};
export const COLLEAGUE = {
  name: 'Sample Colleague',
  email: 'tom@halden.example',
  password: 'sample password 2',
};

export type TestServer = {
  url: string;
  /** Its data folder. */
  data: string;
  setupLink: string;
  /** Ends the server at once, as a crash would, its PostgreSQL with it. */
  kill(): Promise<void>;
  /** Stops it in order. */
  stop(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
};

/** `data`: a folder that has one already; removed at the end like any other. */
export async function startTestServer(
  data = mkdtempSync(join(tmpdir(), 'unsaid-data-')),
): Promise<TestServer> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  let exited: Promise<void> = Promise.resolve();

  const server: TestServer = {
    url: `http://127.0.0.1:${port}`,
    data,
    setupLink: '',
    async start() {
      const running = spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          'src/server/cli.ts',
          'serve',
          ...['--port', `${port}`, '--data', data, '--console', join(BUILD, 'console')],
        ],
        {
          cwd: root,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { ...process.env, UNSAID_LOG: 'warn' },
        },
      );
      child = running;
      exited = new Promise((done) => running.once('exit', () => done()));
      let output = '';
      const take = (chunk: Buffer) => {
        output += chunk.toString();
        const link = /http\S+\/setup\?token=\S+/.exec(output)?.[0];
        if (link !== undefined) server.setupLink = link;
      };
      running.stdout.on('data', take);
      running.stderr.on('data', take);
      for (let tries = 0; tries < 300; tries += 1) {
        if (running.exitCode !== null) throw new Error(`The server ended:\n${output}`);
        const answer = await fetch(`${server.url}/readyz`).catch(() => null);
        if (answer?.ok) return;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error(`The server is not ready:\n${output}`);
    },
    async kill() {
      child?.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child?.kill('SIGTERM');
      await exited;
    },
    async remove() {
      await server.stop();
      rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await server.start();
  return server;
}

/** Makes the first admin through the one-time link, and leaves the browser signed in. */
export async function setUp(context: BrowserContext, server: TestServer): Promise<void> {
  const page = await context.newPage();
  await page.goto(server.setupLink);
  for (const [name, value] of Object.entries(ADMIN)) await page.fill(`[name=${name}]`, value);
  await Promise.all([page.waitForURL(`${server.url}/**`), page.click('button.primary')]);
  await page.close();
}

/** Invites a colleague (the context is an admin's) and joins in another browser. */
export async function inviteAndJoin(
  admin: BrowserContext,
  other: BrowserContext,
  server: TestServer,
  role = 'annotator',
): Promise<void> {
  const answer = await admin.request.post(`${server.url}/v1/invitations`, {
    data: { email: COLLEAGUE.email, role },
    headers: { Origin: server.url },
  });
  const { link } = (await answer.json()) as { link: string };
  const page = await other.newPage();
  await page.goto(link);
  await page.fill('[name=name]', COLLEAGUE.name);
  await page.fill('[name=password]', COLLEAGUE.password);
  await Promise.all([page.waitForURL(`${server.url}/**`), page.click('button.primary')]);
  await page.close();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
