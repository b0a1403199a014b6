import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import type { BundleFinding } from '../../src/evidence/index.ts';
import { writeNoteKey } from '../../src/ledger/index.ts';
import { startLookers } from '../../src/server/evidence/lookers.ts';
import { verdictLines, verifyBundleCommand } from '../../src/server/evidence/verify-command.ts';
import { LOG_KEY } from '../ledger/sample-log.ts';
import { bundleOf, type Files, sampleLog } from './sample-bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'unsaid-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));
const KEY = writeNoteKey(LOG_KEY);

function zipped(files: Files, name = 'bundle.zip', level: 0 | 6 = 6): string {
  const path = join(folder, name);
  writeFileSync(path, zipSync(Object.fromEntries(files), { level }));
  return path;
}

async function verified(path: string, key: string | null = KEY, threads?: number) {
  const findings: BundleFinding[] = [];
  const verdict = await verifyBundleCommand(path, key, (one) => findings.push(one), threads);
  return { ...verdict, findings };
}

test.each([0, 6] as const)('a zip as other programs write it, level %i', async (level) => {
  const outcome = await verified(zipped(await bundleOf(sampleLog(30)), 'a.zip', level));
  expect(outcome.findings).toEqual([]);
  expect(verdictLines(outcome)).toEqual([
    expect.stringContaining('30 changes, root '),
    '30 changes are proven to be in the log: 29 with all their contents, 0 with some fields left out, 0 without contents, 1 erased.',
    'It is the whole log as of the checkpoint.',
    'The key of the log was given by you.',
    'Nothing in it was changed.',
  ]);
});

test('the command says what is wrong, where, and ends with 1', async () => {
  const files = await bundleOf(sampleLog(30));
  const text = Buffer.from(files.get('changes.ndjson') ?? []).toString();
  files.set('changes.ndjson', Buffer.from(text.replace('Note 12', 'Note 13')));
  const path = zipped(files, 'changed.zip');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['src/server/cli.ts', 'verify', path, ...args], {
      encoding: 'utf8',
    });
  const told = run('--key', KEY);
  expect(told.status).toBe(1);
  expect(told.stdout).toContain(
    'wrong: changes.ndjson:13: The contents of change 12 are not those that were written.',
  );
  expect(run('--key', 'nonsense')).toMatchObject({
    status: 1,
    stderr: 'This is no key. Give it as `unsaid key` prints it: name+id+letters.\n',
  });
  const good = spawnSync(process.execPath, ['scripts/unsaid.mjs', 'verify', 'a.zip'], {
    encoding: 'utf8',
    env: { ...process.env, UNSAID_CWD: folder },
  });
  expect(good.stdout).toContain('No key was given (--key)');
  expect(good.status).toBe(0);
});

/** What is said of a file stands wherever its reading ended. */
function inLines({ findings, ...verdict }: Awaited<ReturnType<typeof verified>>) {
  const [files, changes] = [true, false].map((of) =>
    findings.filter(({ line }) => (line === undefined) === of),
  );
  return { ...verdict, changes, files: files?.map(({ words }) => words).sort() };
}

test('several threads find what one finds', async () => {
  const files = await bundleOf(sampleLog(2_000));
  const good = zipped(files, 'long.zip');
  const lines = Buffer.from(files.get('changes.ndjson') ?? [])
    .toString()
    .split('\n');
  const line = (at: number) => lines[at] ?? '';
  lines[1_900] = line(1_900).replace('Note', 'Nota');
  lines[1_500] = '{}';
  [lines[1_200], lines[1_201]] = [line(1_201), line(1_200)];
  lines[700] = line(700).replace('"n\\":', '"n\\": ');
  lines.splice(300, 2);
  const bad = zipped(files.set('changes.ndjson', Buffer.from(lines.join('\n'))), 'long-bad.zip');
  for (const path of [good, bad]) {
    const here = await verified(path, KEY, 0);
    expect(here.sound).toBe(path === good);
    expect(inLines(await verified(path, KEY, 2))).toEqual(inLines(here));
  }
  const { findings } = await verified(bad, KEY, 0);
  const places = new Set(findings.map((finding) => finding.line));
  for (const at of [301, 699, 1_200, 1_499, 1_899]) expect(places).toContain(at);
});

test('a thread that is gone is said to be, and nobody waits for it', async () => {
  const lookers = startLookers(1);
  const look = () => lookers.look(new Uint8Array(1), 'any');
  expect(await look()).toEqual([null]);
  await lookers.stop();
  await expect(look()).rejects.toThrow('ended too early');
});

test('what is no zip, or half of one, is said to be', async () => {
  const whole = zipSync(Object.fromEntries(await bundleOf(sampleLog(10))));
  const path = join(folder, 'half.zip');
  writeFileSync(path, whole.subarray(0, whole.length / 2));
  await expect(verified(path)).rejects.toThrow('This is no zip, or it was cut off.');
  await expect(verified(join(folder, 'none.zip'))).rejects.toThrow('cannot be opened');
});

test('whatever the bytes of a zip are, it is refused or verified, and nothing else happens', async () => {
  const whole = zipSync(Object.fromEntries(await bundleOf(sampleLog(10))));
  const path = join(folder, 'odd.zip');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        writeFileSync(path, bytes);
        try {
          const { sound, findings } = await verified(path);
          expect(sound).toBe(findings.length === 0);
        } catch (error) {
          expect((error as Error).name).toBe('ZipError');
        }
      },
    ),
    { numRuns: 200 },
  );
});
