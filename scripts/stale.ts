// Whether what lies in dist/ was built from what lies in src/ now.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'manifest.json', 'icons', 'vite.config.ts', 'package-lock.json'];
const BUILT = ['extension/manifest.json', 'extension-firefox/manifest.json', 'console/index.html'];

/**
 * The newest change to anything that a build reads, as text. Folders count too: theirs is the time
 * at which a file was removed. Compared for being the same, not for being later, so neither a clock
 * that was wrong nor an older version checked out again leaves an old build in place.
 */
export function newestSource(root: string): string {
  let newest = 0;
  const visit = (path: string) => {
    const { mtimeMs } = statSync(path);
    newest = Math.max(newest, mtimeMs);
  };
  for (const source of SOURCES) {
    const path = join(root, source);
    visit(path);
    if (!statSync(path).isDirectory()) continue;
    for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }))
      visit(join(path, name));
  }
  return String(newest);
}

export function isStale(dist: string, newest: string): boolean {
  if (BUILT.some((file) => !existsSync(join(dist, file)))) return true;
  const stamp = join(dist, '.built');
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== newest;
}

/** `newest` as it was before the build: what changed meanwhile makes it stale again. */
export function markBuilt(dist: string, newest: string): void {
  writeFileSync(join(dist, '.built'), newest);
}
