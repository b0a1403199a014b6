// What LibreOffice makes of our files: opened without a window, written out again, compared.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
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
import { LONGEST_CELL } from '../../src/export/xlsx/text.ts';

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

/** A file as LibreOffice writes it again. */
function rewritten(name: string, bytes: string | Uint8Array, as: string, read: string[]): Buffer {
  const file = path.join(folder, name);
  const out = path.join(folder, `out-${name}`);
  writeFileSync(file, bytes);
  execFileSync(
    program ?? '',
    [
      ...[`-env:UserInstallation=file://${folder}/profile`, '--headless', ...read],
      ...['--convert-to', as, '--outdir', out, file],
    ],
    { stdio: 'ignore', timeout: 100_000 },
  );
  // It may add the sheet's name to the file's.
  const [written = ''] = readdirSync(out);
  return readFileSync(path.join(out, written));
}

/** The first sheet as LibreOffice shows it: comma, quotes, UTF-8, cells as formatted. */
function shown(name: string, bytes: string | Uint8Array, read: string[] = []): string[][] {
  const as = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1';
  const text = rewritten(name, bytes, as, read).toString('utf8');
  return parse(text.replace(/^\uFEFF/, ''), { relax_column_count: true }) as string[][];
}

async function workbook(columns: Column[], headings: string[], all: Row[]): Promise<Buffer> {
  const rows = (async function* () {
    yield all;
  })();
  const about = { language: 'en', zone: 'Europe/Berlin', facts: [] } as const;
  const pieces: Uint8Array[] = [];
  for await (const piece of xlsxBytes([{ name: 'Register', columns, headings, rows }], about)) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

describe.skipIf(program === null)('in LibreOffice', () => {
  test('a workbook has its texts, none of them a formula, a number or a day; and its days', async () => {
    const [head, ...read] = shown('book.xlsx', await workbook(COLUMNS, HEADINGS, ROWS));
    expect(head).toEqual(HEADINGS);
    expect(read.map(([text]) => text)).toEqual(TEXTS);
    expect(read.map(([, , value]) => Number(value))).toEqual(TEXTS.map((_, n) => n / 8));
    expect(new Set(read.map(([, written]) => written))).toEqual(new Set(['2027-03-28 03:30:00']));
  }, 120_000);

  test('a workbook it writes again has the same texts, links, days and answers', async () => {
    const types = ['text', 'instant', 'day', 'number', 'yes-no', 'link'] as const;
    const columns = types.map((type) => ({ key: type, type }));
    const long = `${'😀'.repeat(LONGEST_CELL)}`;
    // A return and characters XML cannot hold come as the standard's escapes; so does what looks
    // like one of them.
    const texts = [
      ...TEXTS,
      'two\r\nlines',
      'bell\u0007',
      '_x0041_',
      'x'.repeat(LONGEST_CELL),
      long,
    ];
    const link = 'https://mail.example/?a=1&b=2';
    const all: Row[] = texts.map((text, n) => [
      ...[text, '2027-03-28T01:30:00.000Z', '2027-03-28', n / 8, n % 2 === 0, link],
    ]);
    const again = rewritten('again.xlsx', await workbook(columns, [...types], all), 'xlsx', []);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(again as unknown as ExcelJS.Buffer);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['Register', 'About']);
    const sheet = book.getWorksheet('Register');
    expect(sheet?.autoFilter).toBeTruthy();
    const read = texts.map((_, n) => sheet?.getCell(n + 2, 1).text ?? '');
    const cut = read.pop() ?? '';
    expect(cut.length <= LONGEST_CELL && /^(😀)+… \[cut\]$/u.test(cut)).toBe(true);
    // Its cells know one kind of line end.
    const expected = texts.slice(0, -1).map((text) => text.replaceAll('\r\n', '\n'));
    expect(read.filter((text, n) => text !== expected[n])).toEqual([]);
    expect(read).toHaveLength(expected.length);
    for (const n of [0, 1]) {
      const cells = types.slice(1).map((_, at) => {
        const cell = sheet?.getCell(n + 2, at + 2);
        return cell?.value;
      });
      expect(cells).toEqual([
        ...[new Date('2027-03-28T03:30:00.000Z'), new Date('2027-03-28T00:00:00.000Z')],
        ...[n / 8, n % 2 === 0 ? 'yes' : 'no', expect.objectContaining({ hyperlink: link })],
      ]);
    }
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
