// npm run package: both extensions as released, each in one zip file as the browsers' shops take it.
// The same sources give the same bytes, so that anyone can check a release.
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import packageJson from '../package.json' with { type: 'json' };
import { build } from './build.ts';

const root = resolve(import.meta.dirname, '..');
const FOLDERS = { chromium: 'extension', firefox: 'extension-firefox' };

// Zip files know local time only, and none before 1980.
const EARLIEST = new Date(1980, 0, 1);

/** All files under `folder` as a zip file, the same bytes whenever their contents are the same. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = globSync('**/*', { cwd: folder, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
  const files: Zippable = {};
  for (const path of paths) files[path] = await readFile(join(folder, path));
  return zipSync(files, { level: 9, mtime: EARLIEST, os: 3, attrs: 0o100644 << 16 });
}

if (import.meta.main) {
  await build({ mode: 'production', out: 'dist' });
  for (const [browser, folder] of Object.entries(FOLDERS)) {
    const file = `dist/unsaid-${browser}-${packageJson.version}.zip`;
    const bytes = await zipFolder(join(root, 'dist', folder));
    await writeFile(join(root, file), bytes);
    console.log(`${file} · ${(bytes.length / 1024).toFixed(0)} KB`);
  }
}
