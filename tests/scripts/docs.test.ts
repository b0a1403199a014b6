// Documents name files, scripts and packages; these tests find names that lead nowhere.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { TABLE } from '../../scripts/imports.ts';

const root = resolve(import.meta.dirname, '../..');
const documents = globSync(['*.md', 'docs/**/*.md', 'src/**/*.md'], { cwd: root }).sort();
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** What begins with one of these is a path from the root; builds and data are made later. */
const PATH = /^(src|tests|scripts|bench|docs|icons)\/[\w./-]*$|^[\w-]+\.(md|json|ts)$/;

function backticked(text: string): string[] {
  const fenced = /```[^\n]*\n([\s\S]*?)```/g;
  const blocks = [...text.matchAll(fenced)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.replaceAll(fenced, '').matchAll(/`([^`\n]+)`/g)];
  return [...blocks, ...inline.map(([, code = '']) => code)];
}

/** Targets of links, pictures and sources; `#part` and other sites left out. */
function linked(text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)];
  return links
    .map(([, link, attribute]) => (link ?? attribute ?? '').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/i.test(target));
}

/** Paths among the words of code: `node scripts/icons.ts` names one. */
function paths(text: string): string[] {
  const words = backticked(text).flatMap((code) => code.replace(/#.*$/, '').split(/\s+/));
  return words.filter((word) => PATH.test(word));
}

function npmScripts(text: string): string[] {
  const found = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test:long|test|start)\b)/g)];
  return found.map(([, run, own]) => run ?? own ?? '');
}

test('the documents that every project has are there', () => {
  expect(documents).toEqual(
    expect.arrayContaining([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'README.md',
      'docs/architecture.md',
    ]),
  );
});

describe.each(documents)('%s', (file) => {
  const text = read(file);
  test('links to files that exist', () => {
    const gone = linked(text).filter((to) => !existsSync(resolve(root, dirname(file), to)));
    expect(gone).toEqual([]);
  });
  test('names paths that exist', () => {
    const beside = (path: string) => existsSync(resolve(root, dirname(file), path));
    const known = (path: string) =>
      existsSync(join(root, path)) || beside(path) || isNamed(path) || path in TABLE;
    expect(paths(text).filter((path) => !known(path))).toEqual([]);
  });
  test('names npm scripts that exist and have a program', () => {
    const scripts: { [name: string]: string } = packageJson.scripts;
    const broken = npmScripts(text).filter((name) => {
      const program = scripts[name]?.split(' ')[2];
      return program === undefined || !existsSync(join(root, program));
    });
    expect(broken).toEqual([]);
  });
});

/** A bare file name ("selectors.ts") may stand for a file of that name anywhere under src. */
function isNamed(path: string): boolean {
  return !path.includes('/') && globSync(`src/**/${path}`, { cwd: root }).length > 0;
}

const inTable = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map(
  ([, name]) => name,
);

test('docs/dependencies.md explains every dependency, and none that is gone', () => {
  const all = [packageJson.dependencies, packageJson.devDependencies].flatMap(Object.keys);
  expect(inTable.toSorted()).toEqual(all.toSorted());
});

test('the licences in docs/dependencies.md are those of the packages', () => {
  const wrong = inTable.filter((name) => {
    const manifest = read(`node_modules/${name}/package.json`);
    const { license } = JSON.parse(manifest) as { license: string };
    const row = read('docs/dependencies.md')
      .split('\n')
      .find((line) => line.startsWith(`| \`${name}\` |`));
    return !row?.includes(license.replace(' OR ', ' or '));
  });
  expect(wrong).toEqual([]);
});

test('the table of docs/using.md has every site that there is a reader for', () => {
  const readers = globSync('src/sites/*/', { cwd: root }).map((folder) => basename(folder));
  const rows = [...read('docs/using.md').matchAll(/^\| [^|]+ \| `([a-z-]+)` \| [a-z]/gm)];
  const told = rows.map(([, name]) => name);
  expect(told.toSorted()).toEqual(readers.filter((name) => name !== 'packs').toSorted());
});

test('the import table of docs/architecture.md is the one that is enforced', () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\| (`src\/[^|]+) \| ([^|]+) \|$/gm)];
  const said = new Map<string, string[]>();
  for (const [, folders = '', may = ''] of rows) {
    const words = may.replace(/;.*$/, '').replace(/,? and types of the server$/, '');
    const names = words.startsWith('nothing of ours') ? [] : words.trim().split(', ');
    for (const [, folder = ''] of folders.matchAll(/`([^`]+)`/g)) said.set(folder, names.sort());
  }
  const short = (path: string) => path.replace(/^src\/(extension\/)?/, '');
  const enforced = new Map(
    Object.entries(TABLE).map(([folder, may]) => [folder, may.map(short).sort()]),
  );
  expect(said).toEqual(enforced);
});
