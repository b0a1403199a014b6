// The extensions that page costs are compared of, each made in a folder of its own: ours as built,
// the least a content script can be, and two peers as far as they start without their services.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build as viteBuild } from 'vite';

const root = resolve(import.meta.dirname, '..');

export const VARIANTS = ['bare', 'ours', 'floor', 'hypothesis', 'inboxsdk'] as const;
export type Variant = (typeof VARIANTS)[number];

/**
 * Where the page of each variant is opened: every extension runs on its own host only. InboxSDK
 * starts on one host alone; the bench answers for it, nothing leaves the machine.
 */
export const ORIGINS: Record<Variant, (port: number) => string> = {
  bare: (port) => `http://bare.localhost:${port}`,
  ours: (port) => `http://127.0.0.1:${port}`,
  floor: (port) => `http://floor.localhost:${port}`,
  hypothesis: (port) => `http://hypothesis.localhost:${port}`,
  inboxsdk: () => 'https://mail.google.com',
};

export type Extension = { folder: string; id: string };

/** Makes them below `folder`; `port` is the bench's server, which stands in for peers' services. */
export async function makeExtensions(
  folder: string,
  port: number,
): Promise<Record<Exclude<Variant, 'bare'>, Extension>> {
  // A process of its own: what it reports is no figure of this bench.
  const args = [join(root, 'scripts/build.ts'), '--mode', 'e2e', '--out', folder];
  const built = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the extension does not build:\n${built.stderr}`);
  return {
    ours: extension(join(folder, 'extension')),
    floor: await makeFloor(join(folder, 'floor')),
    hypothesis: await makeHypothesis(join(folder, 'hypothesis'), port),
    inboxsdk: await makeInboxSdk(join(folder, 'inboxsdk')),
  };
}

/** The script of the least extension: a shadow host with a button, and nothing else. */
const FLOOR = `(() => {
  if (document.querySelector('floor-host') !== null) return;
  const host = document.createElement('floor-host');
  const shadow = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(\`
    :host { all: initial; position: fixed; inset: auto 16px 16px auto; z-index: 2147483647; }
    button { all: unset; width: 24px; height: 24px; border-radius: 12px; background: #0b5a66;
      color: #fff; font: 14px/24px sans-serif; text-align: center; cursor: pointer; }\`);
  shadow.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.textContent = 'F';
  button.title = 'Floor';
  button.addEventListener('click', (event) => event.isTrusted && host.remove());
  shadow.append(button);
  document.documentElement.append(host);
})();
`;

async function makeFloor(folder: string): Promise<Extension> {
  await write(folder, { 'floor.js': FLOOR });
  return manifest(folder, 'floor', { content_scripts: [script('floor', ['floor.js'])] });
}

/** The client as its browser extension carries it: boot.js, told where the rest is. */
async function makeHypothesis(folder: string, port: number): Promise<Extension> {
  await cp(join(root, 'node_modules/hypothesis/build'), join(folder, 'build'), { recursive: true });
  const service = `http://127.0.0.1:${port}/nothing/`;
  // A script of an extension's page may not be inline; boot.js reads the settings from the page.
  const settings = {
    assetRoot: '',
    apiUrl: `${service}api/`,
    authDomain: 'localhost',
    oauthClientId: 'bench',
  };
  await write(folder, {
    'settings.js': `(() => {
  const url = (path) => chrome.runtime.getURL(path);
  const settings = document.createElement('script');
  settings.className = 'js-hypothesis-config';
  settings.type = 'application/json';
  settings.dataset.extensionId = chrome.runtime.id;
  settings.textContent = JSON.stringify({ assetRoot: url(''), sidebarAppUrl: url('app.html'),
    notebookAppUrl: url('app.html'), profileAppUrl: url('app.html'), openSidebar: false });
  document.head.append(settings);
})();`,
    'app.html': `<!doctype html><html lang="en"><head><title>Hypothesis</title>
<script class="js-hypothesis-config" type="application/json">${JSON.stringify({ ...settings, assetRoot: '/' })}</script>
</head><body><hypothesis-app></hypothesis-app><script src="build/boot.js"></script></body></html>`,
  });
  return manifest(folder, 'hypothesis', {
    content_scripts: [script('hypothesis', ['settings.js', 'build/boot.js'])],
    web_accessible_resources: [{ resources: ['app.html', 'build/*'], matches: ['http://*/*'] }],
  });
}

async function makeInboxSdk(folder: string): Promise<Extension> {
  const entry = join(folder, 'entry.js');
  await write(folder, {
    'entry.js': `import * as InboxSDK from ${JSON.stringify(join(root, 'node_modules/@inboxsdk/core/inboxsdk.js'))};
void InboxSDK.load(2, 'bench');`,
  });
  const bundle = async (from: string, to: string) => {
    await viteBuild({
      root,
      configFile: false,
      logLevel: 'silent',
      build: {
        outDir: folder,
        emptyOutDir: false,
        minify: true,
        sourcemap: false,
        rolldownOptions: {
          input: from,
          output: { format: 'iife', codeSplitting: false, entryFileNames: to },
        },
      },
    });
  };
  await bundle(entry, 'inboxsdk.js');
  await bundle(join(root, 'node_modules/@inboxsdk/core/pageWorld.js'), 'pageWorld.js');
  await cp(join(root, 'node_modules/@inboxsdk/core/background.js'), join(folder, 'background.js'));
  return manifest(folder, 'inboxsdk', {
    background: { service_worker: 'background.js' },
    permissions: ['scripting'],
    host_permissions: ['https://mail.google.com/*'],
    content_scripts: [
      { ...script('inboxsdk', ['inboxsdk.js']), matches: ['https://mail.google.com/*'] },
    ],
  });
}

function script(variant: string, js: string[]) {
  return { matches: [`http://${variant}.localhost/*`], js, run_at: 'document_end' };
}

async function write(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

async function manifest(folder: string, name: string, more: object): Promise<Extension> {
  const own = { manifest_version: 3, name: `bench ${name}`, version: '1', ...more };
  await write(folder, { 'manifest.json': JSON.stringify(own, null, 2) });
  return extension(folder);
}

/** An unpacked extension's id is made of its path: 128 bits of SHA-256, the digits as a to p. */
function extension(folder: string): Extension {
  const digits = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  const id = digits.replace(/./g, (digit) => 'abcdefghijklmnop'.charAt(Number.parseInt(digit, 16)));
  return { folder, id };
}
