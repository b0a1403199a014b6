// npm run check: formatting and lint, types (three times: with the page's types, without them for
// what must run anywhere, and for the server), and the import table.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { breaches } from './imports.ts';

const root = resolve(import.meta.dirname, '..');

/** Runs every check, one after the other, since each takes all cores; true when all passed. */
export async function check(): Promise<boolean> {
  const bin = (name: string) => join(root, 'node_modules', '.bin', name);
  const run = async (name: string, ...args: string[]) => {
    const child = spawn(bin(name), args, { cwd: root, stdio: 'inherit' });
    const passed = await new Promise<boolean>((ended, failed) => {
      child.on('error', failed);
      child.on('exit', (code) => ended(code === 0));
    });
    console.log(`${passed ? 'ok  ' : 'FAIL'} ${[name, ...args].join(' ')}`);
    return passed;
  };
  const results = [
    await run('biome', 'check', '--error-on-warnings', '--diagnostic-level=warn', '.'),
  ];
  for (const project of ['tsconfig.json', 'tsconfig.pure.json', 'tsconfig.server.json']) {
    results.push(await run('tsc', '--noEmit', '-p', project));
  }
  const broken = breaches(root);
  for (const { file, imports, rule } of broken) console.error(`${file}: ${imports}: ${rule}`);
  console.log(`${broken.length === 0 ? 'ok  ' : 'FAIL'} import table`);
  return results.every(Boolean) && broken.length === 0;
}

if (import.meta.main) process.exit((await check()) ? 0 : 1);
