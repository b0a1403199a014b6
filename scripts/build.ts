// npm run build [-- --mode e2e] [--out DIR]: DIR/extension, DIR/extension-firefox, DIR/console.
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type InlineConfig, type Plugin, type Rolldown, build as viteBuild } from 'vite';
import manifest from '../manifest.json' with { type: 'json' };
import { PACKS } from '../src/sites/hosts.ts';
import { type Browser, type Mode, manifestFor } from './targets.ts';

export type BuildOptions = {
  mode: Mode;
  /** Folder, from the project's root. */
  out: string;
  only?: ('extension' | 'console')[];
  watch?: boolean;
};

const root = resolve(import.meta.dirname, '..');
const FOLDERS: Record<Browser, string> = { chromium: 'extension', firefox: 'extension-firefox' };

export async function build({ mode, out, only, watch }: BuildOptions): Promise<void> {
  const parts = only ?? ['extension', 'console'];
  const folder = resolve(root, out);
  await mkdir(folder, { recursive: true });
  if (parts.includes('extension')) await buildExtension(folder, mode, watch === true);
  if (parts.includes('console')) await buildConsole(folder, watch === true);
}

/**
 * Scripts for pages are self-contained files: a loader that imports modules would have to make them
 * readable to every page, which could then tell that Unsaid is there. docs/decisions.md
 */
async function buildExtension(folder: string, mode: Mode, watch: boolean): Promise<void> {
  const staged = join(folder, '.staged');
  await rm(staged, { recursive: true, force: true });
  const copy = async () => {
    for (const browser of Object.keys(FOLDERS) as Browser[]) {
      const target = join(folder, FOLDERS[browser]);
      await rm(target, { recursive: true, force: true });
      await cp(staged, target, { recursive: true });
      await cp(join(root, 'icons'), join(target, 'icons'), { recursive: true });
      const text = `${JSON.stringify(manifestFor(manifest, browser, mode), null, 2)}\n`;
      await writeFile(join(target, 'manifest.json'), text);
    }
  };
  // While watching, one change can end several builds at once; their copies take turns.
  let copied: Promise<void> = Promise.resolve();
  const finish = () => {
    copied = copied.then(copy);
    return copied;
  };
  const inPage: InlineConfig = {
    resolve: {
      alias: { 'webextension-polyfill': join(root, 'src/extension/page/native-browser.ts') },
    },
  };
  const script = (entry: string, file: string, format: 'iife' | 'es'): InlineConfig => ({
    ...common(staged, watch),
    ...(format === 'iife' ? inPage : {}),
    plugins: [packEntry],
    build: {
      ...common(staged, watch).build,
      emptyOutDir: false,
      rolldownOptions: {
        input: entry.startsWith(PACK) ? entry : join(root, entry),
        output: { format, entryFileNames: file, codeSplitting: false } as Rolldown.OutputOptions,
      },
    },
  });
  const pages: InlineConfig = {
    ...common(staged, watch),
    build: {
      ...common(staged, watch).build,
      emptyOutDir: false,
      rolldownOptions: {
        input: ['sidebar', 'options', 'call', 'calls', 'brief', 'notebook'].map((page) =>
          join(root, `src/extension/${page}/index.html`),
        ),
      },
    },
  };
  const builds = [
    script('src/extension/page/main.ts', 'page.js', 'iife'),
    script('src/extension/page/more-main.ts', 'page-more.js', 'iife'),
    script('src/extension/page/never.ts', 'page-never.js', 'iife'),
    ...PACKS.map((pack) => script(`${PACK}${pack}`, `sites-${pack}.js`, 'iife')),
    script('src/extension/background/main.ts', 'background.js', 'es'),
    pages,
  ];
  for (const config of builds) await run(config, watch ? finish : undefined);
  await finish();
  if (watch) return;
  await rm(staged, { recursive: true, force: true });
  await report(join(folder, FOLDERS.chromium));
}

const PACK = 'virtual:sites/';

// Each pack of readers becomes a script that offers them to the page's script.
const packEntry: Plugin = {
  name: 'pack-entry',
  resolveId: (name) => (name.startsWith(PACK) ? `\0${name}` : null),
  load(id) {
    if (!id.startsWith(`\0${PACK}`)) return null;
    const path = (file: string) => JSON.stringify(join(root, 'src', file));
    const pack = id.slice(PACK.length + 1);
    return [
      `import { offer } from ${path('extension/page/offer.ts')};`,
      `import { sites } from ${path(`sites/packs/${pack}.ts`)};`,
      `import { anyPage } from ${path('sites/any-page.ts')};`,
      `offer(${JSON.stringify(pack)}, [...sites, anyPage]);`,
    ].join('\n');
  },
};

async function buildConsole(folder: string, watch: boolean): Promise<void> {
  const config = common(join(folder, 'console'), watch);
  await run({ ...config, root: join(root, 'src/console'), base: '/' });
  await buildVerifier(join(folder, 'console'));
}

/** One file that works from disk: its script and style stand in it, and nothing else may run there. */
async function buildVerifier(folder: string): Promise<void> {
  const from = join(root, 'src/verifier');
  const config = common(folder, false);
  const built = await viteBuild({
    ...config,
    build: {
      ...config.build,
      write: false,
      rolldownOptions: {
        input: join(from, 'main.ts'),
        // What it imports is there for its exports alone: schemas that it does not use are left out.
        treeshake: { moduleSideEffects: false },
        output: { format: 'iife', codeSplitting: false } as Rolldown.OutputOptions,
      },
    },
  });
  const [output] = [built].flat();
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('the verifier is one script');
  const script = chunk.code.trim().replaceAll('</script', '<\\/script');
  const style = (await readFile(join(from, 'style.css'), 'utf8')).replace(/\s+/g, ' ').trim();
  const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
  const page = (await readFile(join(from, 'page.html'), 'utf8'))
    .replace('SCRIPT-HASH', () => hash(script))
    .replace('STYLE-HASH', () => hash(style))
    .replace('<style>/* STYLE */</style>', () => `<style>${style}</style>`)
    .replace('<script>/* SCRIPT */</script>', () => `<script>${script}</script>`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'unsaid-verify.html'), page);
  const size = gzipSync(page).length / 1024;
  console.error(`verifier, gzip: ${size.toFixed(1)} KB`);
}

function common(outDir: string, watch: boolean): InlineConfig {
  return {
    root,
    base: './',
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    // No absolute path may get into a build: it would differ from machine to machine.
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: 0,
      sourcemap: false,
      reportCompressedSize: false,
      ...(watch ? { watch: {} } : {}),
    },
  };
}

async function run(config: InlineConfig, rebuilt?: () => Promise<void>): Promise<void> {
  const result = await viteBuild(config);
  if (!('on' in result)) return;
  await new Promise<void>((first) => {
    result.on('event', (event) => {
      if (event.code === 'ERROR') console.error(event.error);
      if (event.code !== 'END') return;
      first();
      void rebuilt?.();
    });
  });
}

async function report(folder: string): Promise<void> {
  const size = async (file: string) => gzipSync(await readFile(join(folder, file))).length;
  const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
  const assets = await readdir(join(folder, 'assets'));
  const shared = await Promise.all(assets.map((file) => size(`assets/${file}`)));
  const all = shared.reduce((sum, bytes) => sum + bytes, 0);
  const packs = await Promise.all(PACKS.map((pack) => size(`sites-${pack}.js`)));
  console.error(
    `extension, gzip: page script ${kilobytes(await size('page.js'))} ` +
      `(and its site, at most ${kilobytes(Math.max(...packs))}), ` +
      `marks and toolbar ${kilobytes(await size('page-more.js'))}, ` +
      `background ${kilobytes(await size('background.js'))}, sidebar and other pages ${kilobytes(all)}`,
  );
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      mode: { type: 'string', default: 'production' },
      out: { type: 'string', default: 'dist' },
    },
  });
  if (values.mode !== 'production' && values.mode !== 'e2e') {
    console.error(`There is no mode “${values.mode}”: production or e2e.`);
    process.exit(2);
  }
  await build({ mode: values.mode, out: values.out });
}
