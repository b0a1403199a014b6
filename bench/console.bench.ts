// The console on a workspace of a million records: what each of its calls takes, how long a page takes
// to be there, and how much script one starts with. `--quick`: 50,000 records. `--data FOLDER` keeps
// the workspace for the next time.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from '../scripts/build.ts';
import { visitPages } from './console.pages.ts';
import { type Workspace, withWorkspace } from './console.workspace.ts';
import { type Figure, figure } from './figure.ts';
import type { Options } from './run.ts';

const CALL_GOAL_MS = 150;
const PAGE_GOAL_MS = 1_000;
const SCRIPT_GOAL_KB = 90;
/** A call that is slow is not asked for ever. */
const LONGEST_MS = 15_000;

export async function run({ quick, seed = 7, data, parts = [] }: Options): Promise<Figure[]> {
  const built = await mkdtemp(join(tmpdir(), 'unsaid-bench-'));
  try {
    await build({ mode: 'production', out: built, only: ['console'] });
    const consoleDir = join(built, 'console');
    const script = figure(
      {
        name: 'script that every page starts with, gzip',
        unit: 'KB',
        value: await kilobytes(consoleDir),
      },
      null,
      { of: 'value', at: 'most', bound: SCRIPT_GOAL_KB },
    );
    if (parts.includes('script')) return [script];
    const wanted = { records: quick ? 50_000 : 1_000_000, seed, keptIn: data, consoleDir };
    return await withWorkspace(wanted, async (workspace) => {
      const pages = pagesOf(workspace.ids);
      const visits = await visitPages(workspace, pages, quick ? 3 : 5);
      for (const { name, failed } of visits) {
        if (failed !== null) console.error(`${name}: ${failed}`);
      }
      const calls = new Set(visits.flatMap((visit) => visit.calls));
      const figures: Figure[] = [];
      for (const call of [...calls].sort(byPath)) {
        const took = await timeCall(workspace, call, quick ? 20 : 40);
        if (took === null) continue;
        const name = `${nameOf(call)}, of ${workspace.size.toLocaleString('en')} records`;
        figures.push(
          figure({ name: `${name}, p50`, value: at(took, 0.5), unit: 'ms' }, null, null),
          figure({ name: `${name}, p95`, value: at(took, 0.95), unit: 'ms' }, null, {
            ...{ of: 'value', at: 'most', bound: CALL_GOAL_MS },
          }),
        );
      }
      const shown = visits.map(({ name, took }) =>
        figure(
          { name: `page ${name}, there and answering, p50`, value: at(took, 0.5), unit: 'ms' },
          null,
          {
            ...{ of: 'value', at: 'most', bound: PAGE_GOAL_MS },
          },
        ),
      );
      return [script, ...figures, ...shown];
    });
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}

/** Every page, those about one thing with one that there is. */
function pagesOf(ids: Workspace['ids']): (readonly [name: string, hash: string])[] {
  const one = (kind: string) => ids.get(kind)?.[0];
  const about = (name: string, path: string, kind: string) => {
    const id = one(kind);
    return id === undefined ? [] : [[name, `#/${path}/${id}`] as const];
  };
  return [
    ['register', '#/'],
    ['register, grievances', '#/?kind=grievance'],
    ['register, of one customer', `#/?customer=${one('customer')}`],
    ['register, words', '#/?q=called+back'],
    ['register, words that seldom stand together', '#/?q=weekly+settled'],
    ['register, a letter', '#/?q=q'],
    ['register, a class and an outcome', '#/?class=unstated&outcome=missed'],
    ...about('record', 'record/expectation', 'expectation'),
    ['blind spots', '#/blind-spots'],
    ['insight', '#/insight'],
    ...about('story of a project', 'story/project', 'project'),
    ...about('story of a customer', 'story/customer', 'customer'),
    ['draws', '#/draws'],
    ...about('one draw', 'draws', 'audit'),
    ['programmes', '#/programmes'],
    ['reviews', '#/reviews'],
    ...about('one review', 'reviews', 'review'),
    ['inquiries', '#/inquiries'],
    ...about('one inquiry', 'inquiries', 'inquiry'),
    ['improvements', '#/improvements'],
    ...about('one improvement', 'improvements', 'improvement'),
    ['calibration', '#/calibration'],
    ['standards', '#/standards'],
    ...(['people', 'tags', 'questions', 'settings', 'import'] as const).map(plain),
    ...(['exports', 'log', 'retention', 'erasure'] as const).map(plain),
  ];
}

const plain = (name: string) => [name, `#/${name}`] as const;

/** ms of each time; other ids take turns with the one of the page. null: it is refused. */
async function timeCall(
  workspace: Workspace,
  call: string,
  rounds: number,
): Promise<number[] | null> {
  const [, method = '', path = '', body] = /^(\S+) (\S+)(?: (.*))?$/s.exec(call) ?? [];
  // What changes something is not done forty times over.
  if (method !== 'GET') return null;
  const turn = (round: number) =>
    [...workspace.ids.values()].reduce((text, all) => {
      const [first] = all;
      return first === undefined || !text.includes(first)
        ? text
        : text.replaceAll(first, all[round % all.length] ?? first);
    }, path);
  const took: number[] = [];
  const began = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const response = await fetch(workspace.url + turn(round), {
      ...{ method, headers: { cookie: workspace.cookie } },
      ...(body === undefined ? {} : { body }),
    });
    await response.arrayBuffer();
    if (!response.ok) {
      console.error(`${turn(round)} was answered with ${response.status}`);
      return null;
    }
    took.push(performance.now() - start);
    if (performance.now() - began > LONGEST_MS && took.length >= 5) break;
  }
  return took;
}

/** "/v1/story?unit=project&subject=…" */
function nameOf(call: string): string {
  return call
    .replace(/^GET /, '')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
    .replace(/=[A-Za-z0-9%:._-]{24,}/g, '=…');
}

const byPath = (a: string, b: string) => (nameOf(a) < nameOf(b) ? -1 : 1);

function at(took: readonly number[], share: number): number {
  const sorted = took.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

/** The entry and what it imports at once, packed as a proxy would. */
async function kilobytes(consoleDir: string): Promise<number> {
  const index = await readFile(join(consoleDir, 'index.html'), 'utf8');
  const entry = /<script[^>]+src="\/([^"]+)"/.exec(index)?.[1];
  if (entry === undefined) throw new Error('the console has no entry');
  const seen = new Set<string>();
  const wanted = [entry];
  let bytes = 0;
  for (const file of wanted) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = await readFile(join(consoleDir, file), 'utf8');
    bytes += gzipSync(text).length;
    for (const [, other] of text.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g)) {
      if (other !== undefined) wanted.push(join('assets', other));
    }
  }
  return bytes / 1_024;
}
