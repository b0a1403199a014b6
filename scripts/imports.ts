// The import table of the architecture (docs/architecture.md), as data, and what breaks it.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** folder → the folders it may import from; its own is always allowed. Longest match decides. */
export const TABLE: Record<string, string[]> = {
  'src/domain': [],
  'src/ledger': ['src/domain'],
  'src/audit': ['src/domain'],
  'src/cues': ['src/domain'],
  'src/evidence': ['src/domain', 'src/ledger'],
  'src/export': ['src/domain', 'src/ledger', 'src/audit'],
  'src/anchor': [],
  'src/sites': ['src/domain', 'src/anchor', 'src/sites/hosts.ts'],
  // Which pack of readers a host needs: data, for whoever puts them into pages.
  'src/sites/hosts.ts': ['src/sites'],
  'src/sites/knowledge.ts': [],
  'src/ui': ['src/domain'],
  'src/extension/browser.ts': [],
  'src/extension/messages': ['src/domain', 'src/ledger', 'src/extension/browser.ts'],
  'src/extension/store': ['src/domain', 'src/ledger'],
  'src/extension/page': [
    'src/sites',
    'src/anchor',
    'src/cues',
    'src/extension/messages',
    'src/domain',
    'src/extension/browser.ts',
  ],
  'src/extension/sidebar': [
    'src/domain',
    'src/ui',
    'src/export',
    'src/extension/messages',
    'src/extension/browser.ts',
  ],
  'src/extension/options': [
    'src/domain',
    'src/ui',
    'src/export',
    'src/extension/messages',
    'src/extension/browser.ts',
  ],
  'src/extension/call': [
    'src/domain',
    'src/ui',
    'src/export',
    'src/extension/calls',
    'src/extension/messages',
    'src/extension/browser.ts',
  ],
  'src/extension/calls': [
    'src/domain',
    'src/ui',
    'src/export',
    'src/extension/messages',
    'src/extension/browser.ts',
  ],
  // Pages of their own, as that of calls.
  'src/extension/brief': [
    'src/domain',
    'src/ui',
    'src/export',
    'src/extension/messages',
    'src/extension/browser.ts',
  ],
  'src/extension/notebook': [
    'src/domain',
    'src/ui',
    'src/export',
    'src/extension/messages',
    'src/extension/browser.ts',
  ],
  'src/extension/background': [
    'src/domain',
    // Cues are found there: the page's script stays as small as it is.
    'src/cues',
    'src/ledger',
    'src/extension/store',
    'src/extension/messages',
    'src/sites/hosts.ts',
    'src/sites/knowledge.ts',
    'src/extension/browser.ts',
  ],
  'src/server': [
    'src/domain',
    'src/ledger',
    'src/audit',
    'src/evidence',
    'src/export',
    'src/sites/knowledge.ts',
  ],
  'src/verifier': ['src/domain', 'src/ledger', 'src/evidence'],
  'src/console': ['src/domain', 'src/ledger', 'src/audit', 'src/export', 'src/ui'],
};

/** Packages that one file alone may import. */
const SEAMS: Record<string, string> = { 'webextension-polyfill': 'src/extension/browser.ts' };

const IMPORT = /^\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;

export type Breach = { file: string; imports: string; rule: string };

/** Every import under `root` that the table does not allow. */
export function breaches(root: string): Breach[] {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  return files.flatMap((file) => breachesOf(root, file, readFileSync(join(root, file), 'utf8')));
}

export function breachesOf(root: string, file: string, text: string): Breach[] {
  const folder = folderOf(file);
  if (folder === null) return [{ file, imports: '', rule: 'lies in no folder of the table' }];
  const found: Breach[] = [];
  for (const [, , typeOnly, imports = ''] of text.matchAll(IMPORT)) {
    if (!imports.startsWith('.')) {
      const seam = SEAMS[imports];
      if (seam !== undefined && seam !== file)
        found.push({ file, imports, rule: `only ${seam} may` });
      continue;
    }
    const target = relative(root, resolve(root, dirname(file), imports)).replaceAll('\\', '/');
    if (!target.startsWith('src/')) continue;
    const other = folderOf(target);
    if (other === folder) continue;
    // The console may know the server's types, never its code.
    if (folder === 'src/console' && other === 'src/server' && typeOnly !== undefined) continue;
    if (other === null || !(TABLE[folder] ?? []).includes(other)) {
      found.push({ file, imports, rule: `${folder} may not import ${other ?? target}` });
    }
  }
  return found;
}

function folderOf(path: string): string | null {
  const fits = Object.keys(TABLE).filter((name) => path === name || path.startsWith(`${name}/`));
  return fits.sort((a, b) => b.length - a.length)[0] ?? null;
}
