// Finds a browser that is installed, or installs one.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

type Browser = {
  env: string;
  names: string[];
  paths: string[];
  debian: string;
  playwright: string;
};

const CHROMIUM: Browser = {
  env: 'CHROMIUM',
  names: ['chromium', 'chromium-browser', 'microsoft-edge', 'brave-browser'],
  paths: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
  ],
  debian: 'chromium',
  playwright: 'chromium',
};

const FIREFOX: Browser = {
  env: 'FIREFOX',
  names: ['firefox-esr', 'firefox'],
  paths: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:/Program Files/Mozilla Firefox/firefox.exe',
  ],
  debian: 'firefox-esr',
  playwright: 'firefox',
};

/** Path of an installed Chromium (or Edge), or null. Installs nothing. */
export function installedChromium(): string | null {
  return installed(CHROMIUM);
}

/** Path of a Chromium, installed when there is none. */
export async function findChromium(): Promise<string> {
  return installed(CHROMIUM) ?? (await install(CHROMIUM));
}

/** Path of a Firefox, installed when there is none. */
export async function findFirefox(): Promise<string> {
  return installed(FIREFOX) ?? (await install(FIREFOX));
}

function installed({ env, names, paths }: Browser): string | null {
  const asked = process.env[env];
  if (asked) {
    if (existsSync(asked)) return asked;
    throw new Error(`${env} names ${asked}, which does not exist.`);
  }
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...paths,
  ];
  return candidates.find(isExecutable) ?? null;
}

async function install(browser: Browser): Promise<string> {
  console.log(`Installing ${browser.debian} …`);
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const run = (...args: string[]) =>
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    run('update', '-q');
    run('install', '-y', '-q', '--no-install-recommends', browser.debian, 'fonts-liberation');
    const found = installed(browser);
    if (found) return found;
  }
  spawnSync('npx', ['playwright', 'install', browser.playwright], { stdio: 'inherit' });
  const { chromium, firefox } = await import('playwright-core');
  const path = (browser.playwright === 'chromium' ? chromium : firefox).executablePath();
  if (existsSync(path)) return path;
  throw new Error(`No ${browser.names[0]} was found. Install one, or name it in ${browser.env}.`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
