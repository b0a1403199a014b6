// `unsaid export`, and a server that is killed while it makes one.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { wishIn } from '../../src/server/exports/command.ts';
import { Device } from './device.ts';
import { ask, ended, fetchFile, jobOf, office, sha256 } from './export-office.ts';
import { asOwner, usePostgres } from './postgres.ts';
import { dataFolder, environment, start } from './process.ts';
import { connect, setUp, temporaryFolder } from './server.ts';

const postgres = usePostgres();
const run = promisify(execFile);

describe('unsaid export', () => {
  test('writes what the console exports, with the rights of whom it is asked for', async () => {
    const { server, mira, tom, desk, notes } = await office(await postgres.database());
    await notes(30);
    await desk.push(
      desk.change('note', { text: 'for managers', label: 'risk', visibility: 'managers' }),
    );
    const folder = await temporaryFolder();
    const unsaid = (...words: string[]) =>
      run(process.execPath, [path.resolve('src/server/cli.ts'), 'export', ...words], {
        cwd: folder,
        env: {
          ...environment(),
          ...{ DATABASE_URL: asOwner(server.database), UNSAID_DATA: folder },
          UNSAID_CWD: folder,
        },
      });
    const streamed = async (visitor: typeof mira) => {
      const response = await fetch(`${visitor.url}/v1/export.csv?kind=risk`, {
        headers: { cookie: visitor.cookie },
      });
      return Buffer.from(await response.arrayBuffer()).toString();
    };
    const { stdout } = await unsaid('all.csv', '--filter', 'kind=risk');
    expect(stdout).toMatch(/^31 rows are in .*all\.csv\n$/);
    expect(readFileSync(path.join(folder, 'all.csv'), 'utf8')).toBe(await streamed(mira));
    const own = await unsaid('-', '--filter', 'kind=risk', '--as', 'tom@unsaid.example');
    expect(own.stdout).toBe(await streamed(tom));
    expect(own.stdout).not.toContain('for managers');

    const refused = (...words: string[]) =>
      unsaid(...words).then(
        () => '',
        (error: { stderr: string; code: number }) => `${error.code} ${error.stderr}`,
      );
    expect(await refused('all.csv')).toMatch(/^1 .*is there already/);
    expect(await refused('other.csv', '--as', 'nobody@unsaid.example')).toMatch(/^1 Nobody/);
    expect(await refused('other.csv', '--filter', 'kind=nonsense')).toMatch(/^1 .*filter/);
    writeFileSync(path.join(folder, 'half.csv.part'), '');
    expect(await refused('half.csv')).toMatch(/^1 .*half\.csv\.part is there/);
    expect(readdirSync(folder).filter((name) => name.startsWith('other'))).toEqual([]);
    expect(existsSync(path.join(folder, 'half.csv'))).toBe(false);
  }, 240_000);

  test('says what it does not understand', () => {
    expect(wishIn({ separator: 'tab', columns: 'text, id', 'no-bom': true })).toMatchObject({
      ...{ separator: '\t', columns: ['text', 'id'], bom: false, machine: false },
      ...{ what: 'register', format: 'csv', zone: 'UTC' },
    });
    for (const [words, says] of [
      [{ what: 'nonsense' }, /--what/],
      [{ format: 'docx' }, /--format/],
      [{ separator: '|' }, /--separator/],
      [{ filter: ['kind'] }, /name=value/],
      [{ zone: 'Nowhere/City' }, /time zone/],
      [{ what: 'evidence' }, /unsaid evidence/],
    ] as const) {
      expect(() => wishIn(words)).toThrow(says);
    }
  });
});

test('a server killed while it makes one: no half is named whole, and it is begun anew', async () => {
  const data = await dataFolder();
  let server = await start(data);
  const admin = await setUp(server);
  const desk = new Device(server.url, await connect(server, admin));
  for (let round = 0; round < 6; round += 1) {
    const text = 'x'.repeat(1_000);
    await desk.push(...Array.from({ length: 500 }, () => desk.change('note', { text })));
  }
  const id = await ask(admin, { what: 'evidence', format: 'zip' });
  const own = path.join(data, 'exports', desk.who.workspace);
  const files = () => (existsSync(own) ? readdirSync(own) : []);
  for (let tries = 0; files().length === 0 && tries < 5_000; tries += 1) await sleep(2);
  expect(files()).toEqual([expect.stringMatching(/\.part$/)]);
  server.child.kill('SIGKILL');
  await server.ended;
  const [left = ''] = files();
  expect(left).toMatch(/\.part$/);

  server = await start(data);
  admin.url = server.url;
  const job = await ended(admin, id);
  expect(job.state).toBe('done');
  expect((await jobOf(admin, id)).rows).toBe(job.rows);
  const bytes = new Uint8Array(await (await fetchFile(admin, id)).arrayBuffer());
  expect(sha256(bytes)).toBe(job.sha256);
  const changes = unzipSync(bytes)['changes.ndjson'] ?? new Uint8Array();
  expect(Buffer.from(changes).toString().trimEnd().split('\n')).toHaveLength(job.rows);
  expect(job.rows).toBeGreaterThanOrEqual(3_000);
  expect(files()).toEqual([id]);
}, 240_000);
