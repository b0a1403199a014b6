// A workbook of notes, by our writer and by exceljs' streaming one: the same rows, each in a process
// of its own, in turns. As a program, `node export.xlsx.ts WHICH ROWS FILE` writes one and says how
// long it took and how much memory it had at most.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPORT_FLAGS } from '../scripts/export-flags.mjs';
import { TABLES } from '../src/export/columns.ts';
import { headings } from '../src/export/headings.ts';
import type { Cell, CellType } from '../src/export/table.ts';
import { xlsxBytes } from '../src/export/xlsx/index.ts';
import { type Figure, figure } from './figure.ts';

type Writer = 'ours' | 'exceljs';
type Written = { ms: number; mb: number };

const ROUNDS = 3;
const [REGISTER] = TABLES.register;
const COLUMNS = REGISTER.columns.filter(({ extra }) => !extra);

/** As a register has them: names that come again, words of a sentence or two. */
function cell(type: CellType, key: string, n: number): Cell {
  if (type === 'instant') return new Date(1.7e12 + n * 71_000).toISOString();
  if (type === 'link') return n % 3 === 0 ? null : `https://mail.example/mail?id=${n}`;
  if (key === 'quote' || key === 'text') {
    return n % 4 === 0
      ? null
      : `${'I assume the papers will be there & in order. '.repeat(1 + (n % 3))}${n}`;
  }
  if (key === 'id') return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  return `Sample ${key} ${n % 97}`;
}

async function* batches(rows: number) {
  for (let from = 0; from < rows; from += 500) {
    yield Array.from({ length: Math.min(500, rows - from) }, (_, at) =>
      COLUMNS.map(({ type, key }) => cell(type, key, from + at)),
    );
  }
}

async function ours(rows: number, file: string): Promise<void> {
  const out = createWriteStream(file);
  const table = {
    ...{ name: 'Register', columns: COLUMNS, headings: headings(REGISTER, 'en') },
    rows: batches(rows),
  };
  const about = { language: 'en', zone: 'Europe/Berlin', facts: [] } as const;
  for await (const bytes of xlsxBytes([table], about)) {
    if (!out.write(bytes)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** What a person would write to get the same: styles for dates, links, a head that stays, a filter. */
async function exceljs(rows: number, file: string): Promise<void> {
  // Here alone: it would count in our process's memory.
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    ...{ filename: file, useStyles: true, useSharedStrings: false },
  });
  const sheet = book.addWorksheet('Register', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow(headings(REGISTER, 'en')).commit();
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows + 1, column: COLUMNS.length } };
  for (const [at, { type }] of COLUMNS.entries()) {
    if (type === 'instant') sheet.getColumn(at + 1).numFmt = 'yyyy-mm-dd hh:mm:ss';
  }
  for await (const batch of batches(rows)) {
    for (const row of batch) {
      const cells = row.map((value, at) => {
        const type = COLUMNS[at]?.type;
        if (typeof value !== 'string') return value;
        if (type === 'instant') return new Date(value);
        return type === 'link' ? { text: value, hyperlink: value } : value;
      });
      sheet.addRow(cells).commit();
    }
  }
  sheet.commit();
  await book.commit();
}

function inItsOwn(writer: Writer, rows: number, file: string): Written {
  const out = execFileSync(process.execPath, [
    ...EXPORT_FLAGS,
    ...[import.meta.filename, writer, String(rows), file],
  ]);
  return JSON.parse(out.toString()) as Written;
}

export function workbookFigures(rows: number): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'unsaid-bench-'));
  const runs: { [writer in Writer]: Written[] } = { ours: [], exceljs: [] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const writer of ['ours', 'exceljs'] as const) {
        runs[writer].push(inItsOwn(writer, rows, join(folder, `${writer}.xlsx`)));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const middle = (writer: Writer, of: keyof Written) =>
    runs[writer].map((run) => run[of]).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  const speed = (writer: Writer) => rows / (middle(writer, 'ms') / 1_000);
  const of = `XLSX, ${rows.toLocaleString('en-GB')} rows`;
  return [
    figure(
      { name: of, value: speed('ours'), unit: '/s' },
      { name: 'exceljs, streaming', value: speed('exceljs') },
      { of: 'ratio', at: 'least', bound: 2 },
    ),
    figure(
      { name: `${of}: memory of the process at most`, value: middle('ours', 'mb'), unit: 'MB' },
      { name: 'exceljs, streaming', value: middle('exceljs', 'mb') },
      { of: 'value', at: 'most', bound: 160 },
    ),
  ];
}

if (import.meta.main) {
  const [writer, rows, file] = process.argv.slice(2);
  const began = performance.now();
  await (writer === 'ours' ? ours : exceljs)(Number(rows), file ?? '');
  const ms = performance.now() - began;
  console.log(JSON.stringify({ ms, mb: process.resourceUsage().maxRSS / 1_024 }));
}
