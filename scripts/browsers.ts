// Finds a browser that is installed, or installs one.
import { spawn } from 'node:child_process';
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

/** Paths of both. Where both are missing Debian's lists are fetched and unpacked once. */
export async function findBrowsers(): Promise<{ chromium: string; firefox: string }> {
  const missing = [CHROMIUM, FIREFOX].filter((browser) => installed(browser) === null);
  if (missing.length === 2) {
    console.log(`Installing ${missing.map(({ debian }) => debian).join(' and ')} …`);
    await installDebian(missing);
  }
  return { chromium: await findChromium(), firefox: await findFirefox() };
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
  await installDebian([browser]);
  const found = installed(browser);
  if (found) return found;
  await run('npx', ['playwright', 'install', browser.playwright], 'inherit');
  const { chromium, firefox } = await import('playwright-core');
  const path = (browser.playwright === 'chromium' ? chromium : firefox).executablePath();
  if (existsSync(path)) return path;
  throw new Error(`No ${browser.names[0]} was found. Install one, or name it in ${browser.env}.`);
}

/** Does nothing where that is not Debian, or not ours to do. */
async function installDebian(browsers: Browser[]): Promise<void> {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return;
  const names = browsers.map(({ debian }) => debian);
  await run('apt-get', ['update', '-q'], 'ignore');
  await run(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', ...names, 'fonts-liberation'],
    'ignore',
  );
}

/** Until it has ended, however; whoever asked looks at what is there then. */
function run(program: string, args: string[], output: 'ignore' | 'inherit'): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const child = spawn(program, args, { stdio: ['ignore', output, 'inherit'], env });
  return new Promise((ended) => {
    child.on('error', () => ended());
    child.on('exit', () => ended());
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
