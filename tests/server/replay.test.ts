// What a real server publishes of a draw is enough for a script that has only docs/drawing.md to draw
// the same: tests/audit/replay.ts, run as a program of its own.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Draw } from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp, temporaryFolder } from './server.ts';

const postgres = usePostgres();
const run = promisify(execFile);
const SCRIPT = path.join(import.meta.dirname, '../audit/replay.ts');

/** Two hundred projects of five owners, the first with half of them, the last with three. */
async function office() {
  const server = await serverOn(await postgres.database());
  const mira = await join(server, await setUp(server), 'mira', 'manager');
  const device = new Device(server.url, await connect(server, mira));
  const owners = Array.from({ length: 5 }, () => freshId());
  const ownerOf = (at: number) =>
    owners[at < 100 ? 0 : at < 160 ? 1 : at < 180 ? 2 : at < 197 ? 3 : 4] ?? '';
  await device.push(
    ...Array.from({ length: 200 }, (_, at) =>
      device.change('project', { name: `Project ${at}`, state: 'open', owner: ownerOf(at) }),
    ),
  );
  return mira;
}

test.each([
  ['simple', { kind: 'simple', size: 66 }, 'none'],
  ['stratified', { kind: 'stratified', size: 23, least: 2 }, 'owner'],
  ['stratified, the least take nearly all', { kind: 'stratified', size: 17, least: 3 }, 'owner'],
  ['discovery', { kind: 'discovery', size: 51, among: 10, confidence: 0.95 }, 'none'],
])('a %s draw is drawn again by a script that knows nothing of ours', async (_, method, strata) => {
  const mira = await office();
  const wish = { name: 'Sample draw', unit: 'project', filter: {}, blind: true, due: null };
  const made = await mira.call('POST', '/v1/draws', { ...wish, strata, method });
  const { draw } = made.json as { draw: Draw };
  const folder = await temporaryFolder();
  const files = ['draw.json', 'population.txt'].map((name) => path.join(folder, name));
  const [drawFile = '', listFile = ''] = files;
  const replayed = async (published: Draw) => {
    await writeFile(drawFile, JSON.stringify(published));
    const { stdout } = await run(process.execPath, [SCRIPT, ...files]);
    return stdout.trim().split('\n');
  };
  const list = (await mira.get(`/v1/draws/${draw.id}/population`)).text;
  await writeFile(listFile, list);
  expect(await replayed(draw)).toEqual(draw.sample);
  expect(draw.sample).toHaveLength(method.size);

  const [first, second] = draw.sample as [string, string];
  await mira.call('POST', `/v1/draws/${draw.id}/replace`, { out: second, reason: 'Erased.' });
  const put = await mira.call('POST', `/v1/draws/${draw.id}/replace`, {
    ...{ out: first, reason: 'Merged.' },
  });
  const { draw: replaced } = put.json as { draw: Draw };
  expect(await replayed(replaced)).toEqual(replaced.members);
  // As it is published: the file somebody saves.
  const published = (await mira.get(`/v1/draws/${draw.id}`)).text;
  expect(await replayed(JSON.parse(published))).toEqual(replaced.members);
  expect(replaced.members.slice(0, 2)).not.toEqual([first, second]);

  // Somebody who leaves one out is found out.
  await writeFile(listFile, list.split('\n').slice(1).join('\n'));
  await expect(replayed(draw)).rejects.toThrow('not the list announced');
});

test('the script has nothing of ours', async () => {
  const text = await readFile(SCRIPT, 'utf8');
  const from = [...text.matchAll(/\bfrom '([^']+)'/g)].map(([, name]) => name);
  expect(from).toEqual(['node:crypto', 'node:fs']);
});
