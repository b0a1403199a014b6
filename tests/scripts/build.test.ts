import { createHash } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../../scripts/build.ts';

const out = mkdtempSync(join(tmpdir(), 'unsaid-build-'));
beforeAll(async () => {
  await build({ mode: 'production', out: join(out, 'plain'), only: ['extension'] });
  await build({ mode: 'e2e', out: join(out, 'e2e'), only: ['extension'] });
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

function hashes(folder: string): Record<string, string> {
  const files = globSync('**/*.*', { cwd: folder }).filter((file) => file !== 'manifest.json');
  const hash = (file: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
  return Object.fromEntries(files.sort().map((file) => [file, hash(file)]));
}

test.each(['extension', 'extension-firefox'])(
  'the tested %s differs from the released one in host access to this machine only',
  (folder) => {
    const plain = join(out, 'plain', folder);
    const tested = join(out, 'e2e', folder);
    expect(Object.keys(hashes(plain))).toContain('page.js');
    expect(hashes(tested)).toEqual(hashes(plain));
    const read = (path: string) => JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
    const { host_permissions, ...rest } = read(tested);
    expect(host_permissions).toEqual(['http://127.0.0.1/*', 'http://localhost/*']);
    expect(rest).toEqual(read(plain));
  },
);

test('a released build has no host access at install and no remote code', () => {
  const manifest = JSON.parse(readFileSync(join(out, 'plain/extension/manifest.json'), 'utf8'));
  expect(manifest.host_permissions).toBeUndefined();
  expect(manifest.content_scripts).toBeUndefined();
  expect(manifest.content_security_policy.extension_pages).toContain("script-src 'self'");
  expect(manifest.permissions).toEqual([
    'activeTab',
    'scripting',
    'storage',
    'unlimitedStorage',
    'alarms',
  ]);
  // Asked for by a click in the settings, where somebody wants to be reminded.
  expect(manifest.optional_permissions).toEqual(['notifications']);
});

test('calls can be tagged from other programs in Chromium, with keys that a person chooses', () => {
  const commands = (folder: string): Record<string, { global?: boolean; suggested_key?: object }> =>
    JSON.parse(readFileSync(join(out, 'plain', folder, 'manifest.json'), 'utf8')).commands;
  const ofCalls = (folder: string) =>
    Object.entries(commands(folder)).filter(([name]) => name.startsWith('call-'));
  expect(ofCalls('extension')).toHaveLength(12);
  for (const [, command] of ofCalls('extension')) {
    expect(command.global).toBe(true);
    expect(command.suggested_key).toBeUndefined();
  }
  expect(commands('extension')['capture-note']?.global).toBeUndefined();
  // A key that is not known to it keeps Firefox from taking the manifest without a warning.
  expect(JSON.stringify(commands('extension-firefox'))).not.toContain('global');
});
