// Runs a TypeScript program of this project on its own Node (npm package `node`), after installing
// what is missing. Plain JavaScript without dependencies: it is what runs first on a bare machine,
// on whatever Node is there (20 or later).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXPORT_FLAGS } from './export-flags.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.unsaid-lock');
const [program, ...args] = process.argv.slice(2);

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash()) {
  console.log('Installing what is missing (npm ci) …');
  // --include=dev: the tools that build the extension are development dependencies.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync(npm, flags, { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) {
    console.error(
      'npm ci did not finish. Is the npm registry reachable? Then run the command again.',
    );
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, lockHash());
}

const node = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);
const isExport = program === 'src/server/cli.ts' && args[0] === 'export';
const flags = isExport ? EXPORT_FLAGS : [];
const child = spawn(
  node,
  [...flags, '--disable-warning=ExperimentalWarning', join(root, program), ...args],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      // What TypeScript becomes is kept: the next start needs no compiler in its memory.
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
      ...process.env,
      PATH: bin + delimiter + process.env.PATH,
    },
  },
);
// Ctrl-C reaches the child by itself (same terminal); a signal sent to us alone does not.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
