// The `unsaid` command with its own PostgreSQL: what survives a kill, and what is said in words.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataFolder, launch, postgresPid, start } from './process.ts';
import { temporaryFolder } from './server.ts';

test('starts, keeps secrets to its owner, stops with its PostgreSQL, finds all again', async () => {
  const data = await dataFolder();
  const first = await start(data);
  expect(await (await fetch(`${first.url}/readyz`)).json()).toEqual({ ok: true });
  expect(first.setupLink).toContain('/setup?token=');
  for (const file of ['secret', 'postgres-password']) {
    expect((await stat(path.join(data, file))).mode & 0o777).toBe(0o600);
  }
  await expect(start(data)).rejects.toThrow('Another Unsaid server is running on');
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);

  const pid = await postgresPid(data);
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  expect(() => process.kill(pid, 0)).toThrow();

  const second = await start(data);
  expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
}, 60_000);

test('SIGTERM during the start stops the PostgreSQL just started', async () => {
  const data = await dataFolder();
  const { child, ended } = launch(data);
  const pid = () => postgresPid(data).catch(() => 0);
  await expect.poll(pid, { timeout: 30_000, interval: 10 }).toBeGreaterThan(0);
  const started = await pid();
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(isAlive(started)).toBe(false);
}, 60_000);

test('after SIGKILL takes over the PostgreSQL left running', async () => {
  const data = await dataFolder();
  const first = await start(data);
  const pid = await postgresPid(data);
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await start(data);
  expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  expect(await postgresPid(data)).toBe(pid);
  second.child.kill('SIGTERM');
  await second.ended;
  expect(() => process.kill(pid, 0)).toThrow();
}, 60_000);

test('after a crash of everything is not stopped by a pid file that names another process', async () => {
  const data = await dataFolder();
  const first = await start(data);
  const pid = await postgresPid(data);
  const file = path.join(data, 'postgres/postmaster.pid');
  const text = await readFile(file, 'utf8');
  first.child.kill('SIGKILL');
  await first.ended;
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  await writeFile(file, text.replace(String(pid), String(process.pid)));
  const second = await start(data);
  expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
}, 60_000);

test('works below a folder that nobody else may enter', async () => {
  const data = path.join(await temporaryFolder(), 'data');
  const first = await start(data);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  first.child.kill('SIGTERM');
  await first.ended;
  expect((await fetch(`${(await start(data)).url}/readyz`)).status).toBe(200);
}, 60_000);

test('a port in use is said in words, before anything is written', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const data = await dataFolder();
  await expect(start(data, port)).rejects.toThrow(
    `Port ${port} is in use. Choose another with --port.`,
  );
  await expect(stat(data)).rejects.toThrow('ENOENT');
}, 60_000);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
