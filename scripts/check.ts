// npm run check: formatting and lint, types (three times: with the page's types, without them for
// what must run anywhere, and for the server), and the import table.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { breaches } from './imports.ts';

const root = resolve(import.meta.dirname, '..');

/** Runs every check; true when all passed. */
export function check(): boolean {
  const bin = (name: string) => join(root, 'node_modules', '.bin', name);
  const run = (name: string, ...args: string[]) => {
    const done = spawnSync(bin(name), args, { cwd: root, stdio: 'inherit' });
    console.log(`${done.status === 0 ? 'ok  ' : 'FAIL'} ${[name, ...args].join(' ')}`);
    return done.status === 0;
  };
  const results = [
    run('biome', 'check', '--error-on-warnings', '--diagnostic-level=warn', '.'),
    ...['tsconfig.json', 'tsconfig.pure.json', 'tsconfig.server.json'].map((project) =>
      run('tsc', '--noEmit', '-p', project),
    ),
  ];
  const broken = breaches(root);
  for (const { file, imports, rule } of broken) console.error(`${file}: ${imports}: ${rule}`);
  console.log(`${broken.length === 0 ? 'ok  ' : 'FAIL'} import table`);
  return results.every(Boolean) && broken.length === 0;
}

if (import.meta.main) process.exit(check() ? 0 : 1);
