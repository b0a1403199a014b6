// npm test [-- FILTER …]: browsers found or installed, everything built as shipped, then checks and
// all tests. --long adds the heavy versions.
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROGRAMS, RIG, startRig } from '../tests/sites/start-rig.ts';
import { findBrowsers } from './browsers.ts';
import { check } from './check.ts';

const root = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    long: { type: 'boolean', default: false },
    project: { type: 'string', multiple: true },
  },
});

const isWhole = positionals.length === 0;
// Checks compute; meanwhile browsers come over the network.
const checking = isWhole ? check() : null;
const browsers = await findBrowsers();
process.env.CHROMIUM = browsers.chromium;
process.env.FIREFOX = browsers.firefox;
if (values.long) process.env.UNSAID_LONG = '1';
// The tests start servers by the dozen: what one of them has compiled the next ones find.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'node');

// Only now: packages are installed one at a time. A program that does not start is started again by
// the tests that need it, and they say why it does not.
if (isWhole && values.project === undefined && existsSync(RIG)) {
  for (const program of PROGRAMS) startRig(program).catch(() => undefined);
}

const { build } = await import('./build.ts');
await build({ mode: 'e2e', out: 'dist/e2e' });

/**
 * Real browsers on a loaded machine: input that never reached a page, a key that came late. A file
 * that fails is run once more by itself, in a new browser, where nobody is watching, and the report
 * says so. At a desk it is to be seen and mended.
 */
const AGAIN = process.env.CI !== undefined || !process.stdout.isTTY ? ['browser', 'e2e'] : [];

let passed = 0;
let failed = 0;
/** Said again at the end, where they are looked for. */
const names: string[] = [];
if (checking !== null) {
  if (await checking) passed += 1;
  else {
    failed += 1;
    names.push('check');
  }
}

// One kind of tests after the other: they share two cores and the e2e tests watch the clock.
const kinds = values.project?.map((one) => [one]) ?? [['simulation', 'unit'], ['browser'], ['e2e']];
const { startVitest } = await import('vitest/node');
for (const project of kinds) {
  const name = project.join(' and ');
  const first = await run(project, positionals);
  passed += first.passed;
  let { lost, names: which } = first;
  if (first.files.length > 0 && project.every((one) => AGAIN.includes(one))) {
    console.log(`${name}: ${first.files.length} files once more: ${first.files.join(' ')}`);
    const second = await run(project, first.files);
    // What passed before in these files is not counted twice.
    passed += Math.max(0, second.passed - first.passedInLost);
    ({ lost, names: which } = second);
    if (lost === 0) console.log(`${name}: they passed the second time`);
  }
  console.log(`${name}: ${lost} failed`);
  failed += lost;
  names.push(...which);
}

type Outcome = {
  passed: number;
  lost: number;
  files: string[];
  passedInLost: number;
  /** Of what failed. */
  names: string[];
};

async function run(project: string[], filters: string[]): Promise<Outcome> {
  const vitest = await startVitest(filters, {
    root,
    project,
    watch: false,
    passWithNoTests: filters.length > 0,
  });
  const outcome: Outcome = { passed: 0, lost: 0, files: [], passedInLost: 0, names: [] };
  for (const file of vitest.state.getTestModules()) {
    const path = relative(root, file.moduleId);
    let [here, gone] = [0, 0];
    for (const test of file.children.allTests()) {
      if (test.result().state === 'passed') here += 1;
      if (test.result().state !== 'failed') continue;
      gone += 1;
      outcome.names.push(`${path} > ${test.fullName}`);
    }
    // A file that could not even be loaded has no failed test of its own.
    if (!file.ok() && gone === 0) {
      gone = 1;
      outcome.names.push(path);
    }
    outcome.passed += here;
    outcome.lost += gone;
    if (gone === 0) continue;
    outcome.files.push(path);
    outcome.passedInLost += here;
  }
  // Not of a file: nothing to run again.
  const unhandled = vitest.state.getUnhandledErrors();
  if (unhandled.length > 0 && outcome.lost === 0) {
    outcome.lost = unhandled.length;
    outcome.names.push(...unhandled.map((error) => `${project.join(' and ')}: ${String(error)}`));
  }
  await vitest.close();
  return outcome;
}

for (const name of names) console.log(`failed: ${name}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
