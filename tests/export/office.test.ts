// What LibreOffice makes of our files: opened without a window, written out again, compared.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  BYTE_ORDER_MARK,
  type CsvOptions,
  csvHead,
  csvLine,
  plainCell,
} from '../../src/export/csv.ts';
import type { Column, Row } from '../../src/export/table.ts';
import { xlsxBytes } from '../../src/export/xlsx/index.ts';

const COLUMNS: Column[] = [
  { key: 'text', type: 'text' },
  { key: 'written', type: 'instant' },
  { key: 'value', type: 'number' },
];
const HEADINGS = ['Text', 'Written', 'Value'];

const TEXTS = [
  ...['=1+1', '=HYPERLINK("https://a.example")', '+49 40 123', '-5', '@SUM(A1)', "'=quoted"],
  ...['00042', '12345678901234567890', '1e5', 'TRUE', '2027-03-01', '1/2', '12:30'],
  ...['نتوقع أن تصل الشهادات قبل التدقيق', 'אני מניח', 'a\u2028b\u2029c', '\u202eabc'],
  ...[
    'two\nlines',
    ' both ends ',
    '"quotes"',
    'a,b;c',
    '<b>&amp;</b>',
    'Größe 5 µm',
    '客户期望',
    '🇳🇴 😀',
  ],
];
const ROWS: Row[] = TEXTS.map((text, n) => [text, '2027-03-28T01:30:00.000Z', n / 8]);

/** LibreOffice's program, installed for it where the heavy tests run on Debian. */
function office(): string | null {
  const found = ['/usr/bin/soffice', '/usr/local/bin/soffice', '/opt/libreoffice/program/soffice'];
  const present = () => found.find((file) => existsSync(file)) ?? null;
  const program = present();
  if (program !== null || process.env.UNSAID_LONG !== '1') return program;
  execFileSync(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'libreoffice-calc-nogui'],
    {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: 'ignore',
    },
  );
  return present();
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unsaid-office-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const program = office();

/** The first sheet as LibreOffice shows it: comma, quotes, UTF-8, cells as formatted. */
function shown(name: string, bytes: string | Uint8Array, read: string[] = []): string[][] {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const out = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1';
  execFileSync(
    program ?? '',
    [
      ...[`-env:UserInstallation=file://${folder}/profile`, '--headless', ...read],
      ...['--convert-to', out, '--outdir', path.join(folder, 'out'), file],
    ],
    { stdio: 'ignore', timeout: 100_000 },
  );
  const stem = name.replace(/\.\w+$/, '');
  // It adds the sheet's name.
  const [written = ''] = readdirSync(path.join(folder, 'out')).filter((one) =>
    one.startsWith(stem),
  );
  const text = readFileSync(path.join(folder, 'out', written), 'utf8').replace(/^\uFEFF/, '');
  return parse(text, { relax_column_count: true }) as string[][];
}

describe.skipIf(program === null)('in LibreOffice', () => {
  test('a workbook has its texts, none of them a formula, a number or a day; and its days', async () => {
    const rows = (async function* () {
      yield ROWS;
    })();
    const table = { name: 'Register', columns: COLUMNS, headings: HEADINGS, rows };
    const pieces: Uint8Array[] = [];
    const about = { language: 'en', zone: 'Europe/Berlin', facts: [] } as const;
    for await (const piece of xlsxBytes([table], about)) pieces.push(piece);
    const [head, ...read] = shown('book.xlsx', Buffer.concat(pieces));
    expect(head).toEqual(HEADINGS);
    expect(read.map(([text]) => text)).toEqual(TEXTS);
    expect(read.map(([, , value]) => Number(value))).toEqual(TEXTS.map((_, n) => n / 8));
    expect(new Set(read.map(([, written]) => written))).toEqual(new Set(['2027-03-28 03:30:00']));
  }, 120_000);

  test.each([
    ['comma', ',', '44'],
    ['semicolon', ';', '59'],
  ] as const)(
    'CSV with a %s has its texts, none of them a formula',
    (name, separator, code) => {
      const options: CsvOptions = { separator, machine: false, zone: 'UTC' };
      const lines = ROWS.map((row) => csvLine(COLUMNS, row, options)).join('');
      const text = BYTE_ORDER_MARK + csvHead(HEADINGS, options) + lines;
      // Asked as its dialog does: this separator, UTF-8, what is in quotation marks is text.
      const filter = `--infilter=Text - txt - csv (StarCalc):${code},34,76,1,,0,true,false,false`;
      const [head, ...read] = shown(`${name}.csv`, text, [filter]);
      expect(head).toEqual(HEADINGS);
      expect(read.map(([cell]) => plainCell(cell ?? ''))).toEqual(TEXTS);
    },
    120_000,
  );
});
