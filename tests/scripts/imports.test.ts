import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { breaches, breachesOf, TABLE } from '../../scripts/imports.ts';

const root = resolve(import.meta.dirname, '../..');

test('the code keeps to the import table, and the table names what is there', () => {
  expect(breaches(root)).toEqual([]);
  const unwritten = ['src/audit', 'src/cues', 'src/export'];
  const missing = Object.keys(TABLE).filter((folder) => !existsSync(resolve(root, folder)));
  expect(missing.filter((folder) => !unwritten.includes(folder))).toEqual([]);
});

test.each([
  ['src/domain/x.ts', "import { a } from '../ledger/index.ts';"],
  ['src/anchor/x.ts', "import type { a } from '../domain/index.ts';"],
  ['src/extension/page/x.ts', "import { a } from '../store/index.ts';"],
  ['src/extension/sidebar/x.ts', "import browser from 'webextension-polyfill';"],
  ['src/console/x.ts', "import { a } from '../server/app.ts';"],
  ['src/ui/x.ts', "export * from '../extension/messages/index.ts';"],
  ['src/utils/x.ts', ''],
])('%s may not say %s', (file, text) => {
  expect(breachesOf(root, file, text)).toHaveLength(1);
});

test('what the table allows passes', () => {
  expect(
    breachesOf(root, 'src/console/x.ts', "import type { A } from '../server/api.ts';"),
  ).toEqual([]);
  expect(
    breachesOf(root, 'src/sites/x/y.ts', "import { a } from '../../anchor/index.ts';"),
  ).toEqual([]);
});
