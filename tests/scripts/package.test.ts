import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { zipFolder } from '../../scripts/package.ts';

const folder = mkdtempSync(join(tmpdir(), 'unsaid-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function make(name: string, files: [path: string, text: string][], time: Date): string {
  const target = join(folder, name);
  for (const [path, text] of files) {
    mkdirSync(join(target, path, '..'), { recursive: true });
    writeFileSync(join(target, path), text);
    utimesSync(join(target, path), time, time);
  }
  return target;
}

const FILES: [string, string][] = [
  ['manifest.json', '{}'],
  ['src/extension/page.js', 'unsaid'],
];

test('a package holds every file, and the same files give the same bytes at any time', async () => {
  const one = await zipFolder(make('one', FILES, new Date('2026-01-01')));
  const other = await zipFolder(make('other', FILES.toReversed(), new Date('2027-05-05')));
  expect(Buffer.from(other).equals(one)).toBe(true);
  const inside = Object.entries(unzipSync(one)).map(([path, bytes]) => [path, strFromU8(bytes)]);
  expect(inside).toEqual(FILES);
});
