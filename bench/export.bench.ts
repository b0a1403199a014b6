// Exports: a register of a million notes as CSV and NDJSON beside COPY of the same through Node, a
// workbook beside exceljs, and verifying a bundle of a million changes. Parts: copy, xlsx, verify.
// `--data DIR` keeps the notes for the next run. On a machine that does other things as well, clocks
// say little: what is compared is the processor's time, here and in PostgreSQL together.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EXPORT_FLAGS } from '../scripts/export-flags.mjs';
import { verifyBundleCommand } from '../src/server/evidence/verify-command.ts';
import { makeBundleAt } from './export.bundle.ts';
import type { Took, Which } from './export.copy.ts';
import { withNotes } from './export.workspace.ts';
import { workbookFigures } from './export.xlsx.ts';
import { type Figure, figure } from './figure.ts';
import { median } from './rounds.ts';
import type { Options } from './run.ts';

const run_ = promisify(execFile);

export async function run({ quick, parts = [], data }: Options): Promise<Figure[]> {
  const wanted = (part: string) => parts.length === 0 || parts.includes(part);
  return [
    ...(wanted('copy') ? await copying(quick ? 30_000 : 1_000_000, quick ? 1 : 3, data) : []),
    ...(wanted('xlsx') ? workbookFigures(quick ? 10_000 : 100_000) : []),
    ...(wanted('verify') ? await verifying(quick ? 20_000 : 1_000_000) : []),
  ];
}

async function copying(
  notes: number,
  rounds: number,
  keptIn: string | undefined,
): Promise<Figure[]> {
  const all: Record<Which, Took[]> = { csv: [], 'copy-csv': [], ndjson: [], 'copy-records': [] };
  await withNotes({ notes, keptIn }, async ({ databaseUrl }) => {
    // One process each: what workers do would be counted nowhere.
    const url = `${databaseUrl}?options=${encodeURIComponent('-c max_parallel_workers_per_gather=0')}`;
    const script = join(import.meta.dirname, 'export.copy.ts');
    for (let round = 0; round < rounds; round += 1) {
      for (const which of Object.keys(all) as Which[]) {
        const { stdout } = await run_(process.execPath, [...EXPORT_FLAGS, script, which, url]);
        all[which].push(JSON.parse(stdout) as Took);
      }
    }
  });
  const middle = (which: Which, of: keyof Took) => median(all[which].map((took) => took[of]));
  const many = notes.toLocaleString('en-GB');
  return [['csv', 'copy-csv'] as const, ['ndjson', 'copy-records'] as const].flatMap(
    ([ours, theirs]) => [
      figure(
        {
          name: `${ours} of ${many} notes: processor’s time`,
          value: middle(ours, 'cpu'),
          unit: 's',
        },
        { name: 'COPY of the same through Node', value: middle(theirs, 'cpu') },
        { of: 'ratio', at: 'most', bound: 1.5 },
      ),
      figure(
        { name: `${ours}: by the clock`, value: middle(ours, 'seconds'), unit: 's' },
        { name: 'COPY', value: middle(theirs, 'seconds') },
        null,
      ),
      figure({ name: `${ours}: first byte`, value: middle(ours, 'first'), unit: 's' }, null, null),
      figure(
        { name: `${ours}: memory of the process at most`, value: middle(ours, 'rss'), unit: 'MB' },
        { name: 'COPY', value: middle(theirs, 'rss') },
        { of: 'value', at: 'most', bound: 128 },
      ),
    ],
  );
}

async function verifying(changes: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'unsaid-bench-'));
  try {
    const path = join(folder, 'bundle.zip');
    const key = await makeBundleAt(path, changes);
    const began = process.cpuUsage();
    const start = performance.now();
    const verdict = await verifyBundleCommand(path, key, ({ file, words }) => {
      throw new Error(`${file}: ${words}`);
    });
    const seconds = (performance.now() - start) / 1e3;
    const { user, system } = process.cpuUsage(began);
    if (!verdict.sound || !verdict.whole) throw new Error('the bundle is sound');
    const many = changes.toLocaleString('en-GB');
    const name = `verifying a bundle of ${many} changes`;
    return [
      figure({ name: `${name}: by the clock`, value: seconds, unit: 's' }, null, {
        ...{ of: 'value', at: 'most', bound: 40 },
      }),
      figure(
        { name: `${name}: processor’s time`, value: (user + system) / 1e6, unit: 's' },
        null,
        null,
      ),
      figure(
        {
          name: `${name}: memory of the process at most, making it included`,
          ...{ value: process.resourceUsage().maxRSS / 1024, unit: 'MB' },
        },
        null,
        null,
      ),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
