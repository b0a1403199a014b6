// npm test [-- FILTER …]: browsers found or installed, everything built as shipped, then checks and
// all tests. --long adds the heavy versions.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium, findFirefox } from './browsers.ts';

const root = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    long: { type: 'boolean', default: false },
    project: { type: 'string', multiple: true },
  },
});

process.env.CHROMIUM = await findChromium();
process.env.FIREFOX = await findFirefox();
if (values.long) process.env.UNSAID_LONG = '1';
// The tests start servers by the dozen: what one of them has compiled the next ones find.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'node');

const { build } = await import('./build.ts');
const { check } = await import('./check.ts');
await build({ mode: 'e2e', out: 'dist/e2e' });

let passed = 0;
let failed = 0;
if (positionals.length === 0) {
  if (check()) passed += 1;
  else failed += 1;
}

// One kind of tests after the other: they share two cores and the e2e tests watch the clock.
const kinds = values.project?.map((one) => [one]) ?? [['simulation', 'unit'], ['browser'], ['e2e']];
const { startVitest } = await import('vitest/node');
for (const project of kinds) {
  const vitest = await startVitest(positionals, {
    root,
    project,
    watch: false,
    passWithNoTests: positionals.length > 0,
  });
  const files = vitest.state.getTestModules();
  let here = 0;
  let lost = 0;
  for (const file of files) {
    for (const test of file.children.allTests()) {
      if (test.result().state === 'passed') here += 1;
      if (test.result().state === 'failed') lost += 1;
    }
    // A file that could not even be loaded has no failed test of its own.
    if (!file.ok() && [...file.children.allTests('failed')].length === 0) lost += 1;
  }
  lost += vitest.state.getUnhandledErrors().length;
  await vitest.close();
  console.log(`${project.join(' and ')}: ${here} passed, ${lost} failed`);
  passed += here;
  failed += lost;
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
