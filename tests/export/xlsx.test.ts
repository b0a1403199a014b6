// Workbooks, read back by exceljs and by a reader of its own that knows nothing but zip and XML.

import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Cell, CellType, Row, Table } from '../../src/export/table.ts';
import { crc32 as ours } from '../../src/export/xlsx/crc32.ts';
import { type XlsxAbout, xlsxBytes } from '../../src/export/xlsx/index.ts';
import { LONGEST_CELL } from '../../src/export/xlsx/text.ts';

const ABOUT: XlsxAbout = { language: 'en', zone: 'UTC', facts: [['Of', 'Sample register']] };

function tableOf(types: readonly CellType[], rows: readonly Row[], name = 'Register'): Table {
  const columns = types.map((type, n) => ({ key: `column${n}`, type }));
  async function* batches() {
    for (let from = 0; from < rows.length; from += 3) yield rows.slice(from, from + 3);
  }
  return { name, columns, headings: columns.map(({ key }) => key), rows: batches() };
}

async function written(tables: Table[], about: Partial<XlsxAbout> = {}): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of xlsxBytes(tables, { ...ABOUT, ...about })) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function inExcelJs(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  return book;
}

/** Texts of a sheet by cell, as the standard says they are to be read. */
function naive(bytes: Uint8Array, sheet = 1): Map<string, string> {
  const xml = strFromU8(unzipSync(bytes)[`xl/worksheets/sheet${sheet}.xml`] ?? new Uint8Array());
  const cells = new Map<string, string>();
  for (const [, at = '', text = ''] of xml.matchAll(
    /<c r="([A-Z]+\d+)"[^>]*><is><t[^>]*>([^<]*)</g,
  )) {
    const plain = text
      .replace(/&#13;/g, '\r')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&')
      .replace(/_x([0-9A-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    cells.set(at, plain);
  }
  return cells;
}

const NASTY = [
  ...[
    '=1+1',
    '+49 40 123',
    '-5',
    '@SUM(A1)',
    '\t=cmd',
    "'=quoted",
    '00042',
    '12345678901234567890',
  ],
  ...[
    '2027-03-01',
    'TRUE',
    '1e5',
    'نتوقع أن تصل الشهادات قبل التدقيق',
    'אני מניח',
    'a\u2028b\u2029c',
  ],
  ...[
    'line\r\nbreak',
    'line\rbreak',
    'line\nbreak',
    ' both ends ',
    '\t',
    '',
    '"quotes"',
    'a,b;c\td',
  ],
  ...['<b>&amp;</b>', ']]>', '_x0041_', '_x005F_x0041_', '\u0001\u0008\u001f', '\ufffe\uffff'],
  ...['\u{1f600}', 'e\u0301', '\u202eabc', '\ufeffmark', '🇳🇴'],
];

describe('texts', () => {
  test('are what they were, also the nastiest', async () => {
    const bytes = await written([
      tableOf(
        ['text'],
        NASTY.map((text) => [text]),
      ),
    ]);
    const cells = naive(bytes);
    expect(NASTY.map((_, n) => cells.get(`A${n + 2}`))).toEqual(NASTY);
    const sheet = (await inExcelJs(bytes)).getWorksheet('Register');
    for (const [n, text] of NASTY.entries()) {
      const cell = sheet?.getCell(n + 2, 1);
      expect(cell?.formula).toBeUndefined();
      // exceljs leaves the standard's escapes as they are in texts that stand in their cells.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
      if (/_x[0-9A-F]{4}_|[\u0001-\u0008\u001f\ufffe\uffff]/.test(text)) continue;
      expect(cell?.text ?? '', JSON.stringify(text)).toBe(text);
    }
  });

  test('of any characters', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 20 }),
        async (texts) => {
          const cells = naive(
            await written([
              tableOf(
                ['text'],
                texts.map((text) => [text]),
              ),
            ]),
          );
          const expected = texts.map((text) => text.toWellFormed());
          expect(texts.map((_, n) => cells.get(`A${n + 2}`))).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('that are too long are cut where no character is split, and the file says so', async () => {
    // The pair would be cut in two just before the words that say so.
    const kept = LONGEST_CELL - '… [cut]'.length - 1;
    const long = `${'x'.repeat(kept)}😀${'y'.repeat(100)}`;
    const whole = 'z'.repeat(LONGEST_CELL);
    const bytes = await written([
      tableOf(
        ['text', 'text'],
        [
          ['a', long],
          [whole, 'b'],
        ],
      ),
    ]);
    const cells = naive(bytes);
    const cut = cells.get('B2') ?? '';
    expect(cut.length).toBeLessThanOrEqual(LONGEST_CELL);
    expect(cut.slice(0, kept) === 'x'.repeat(kept)).toBe(true);
    expect(cut.slice(kept)).toBe('… [cut]');
    expect(cells.get('A3') === whole).toBe(true);
    const about = [...naive(bytes, 2).values()].join('\n');
    expect(about).toContain('Texts longer than the 32,767 characters a cell holds, and cut: 1.');
    expect(about).toContain('Cut: B2');
    expect(about).toContain('Sample register');
  });
});

describe('what is no text', () => {
  const types: CellType[] = ['instant', 'day', 'number', 'yes-no', 'link'];
  const row: Row = [
    '2027-03-28T01:30:00.250Z',
    '2027-03-28',
    -1.5,
    true,
    'https://mail.example/?a=1&b=2',
  ];

  test('is typed: dates on the zone’s clock, numbers, yes and no, links', async () => {
    const zone = 'Europe/Berlin';
    const summer: Row = ['2027-03-28T00:59:59.000Z', null, 0, false, null];
    const book = await inExcelJs(await written([tableOf(types, [row, summer])], { zone }));
    const sheet = book.getWorksheet('Register');
    const value = (r: number, c: number) => sheet?.getCell(r, c).value;
    // Clocks went from 2 to 3 that night.
    expect(value(2, 1)).toEqual(new Date('2027-03-28T03:30:00.250Z'));
    expect(value(3, 1)).toEqual(new Date('2027-03-28T01:59:59.000Z'));
    expect(value(2, 2)).toEqual(new Date('2027-03-28T00:00:00.000Z'));
    expect([value(2, 3), value(2, 4), value(3, 3), value(3, 4)]).toEqual([-1.5, 'yes', 0, 'no']);
    expect(value(2, 5)).toMatchObject({ hyperlink: row[4], text: row[4] });
    expect(value(3, 5)).toBeNull();
  });

  test('is no link where Excel takes no more of them, and the file says so', async () => {
    const rows = Array.from({ length: 65_532 }, (_, n): Row => [`https://a.example/${n}`]);
    const bytes = await written([tableOf(['link'], rows)]);
    const files = unzipSync(bytes);
    const xml = (name: string) => strFromU8(files[`xl/worksheets/${name}`] ?? new Uint8Array());
    expect(xml('sheet1.xml').match(/<hyperlink /g)).toHaveLength(65_530);
    expect(xml('_rels/sheet1.xml.rels').match(/TargetMode="External"/g)).toHaveLength(65_530);
    expect(naive(bytes).get('A65533')).toBe('https://a.example/65531');
    expect([...naive(bytes, 2).values()].join('\n')).toContain(
      'Addresses that are texts and no links: 2.',
    );
  });

  test('is a text where a spreadsheet has no such thing', async () => {
    const odd: Row[] = [
      ['1899-12-31T00:00:00.000Z', '0001-01-01', Number.NaN, null, 'javascript:alert(1)'],
      ['not an instant', 'nor a day', Number.POSITIVE_INFINITY, null, 'https://a.example/ b'],
    ];
    const bytes = await written([tableOf(types, odd)]);
    const cells = naive(bytes);
    expect(['A2', 'B2', 'C2', 'E2', 'A3', 'E3'].map((at) => cells.get(at))).toEqual([
      ...['1899-12-31T00:00:00.000Z', '0001-01-01', 'NaN', 'javascript:alert(1)'],
      ...['not an instant', 'https://a.example/ b'],
    ]);
    expect(Object.keys(unzipSync(bytes)).some((name) => name.includes('_rels/sheet'))).toBe(false);
  });
});

describe('sheets', () => {
  test('have a bold head that stays, a filter, and names that Excel takes', async () => {
    const names = [
      ...['Register', 'register', 'a/b:c*?[d]', 'History', "'x'", 'n'.repeat(40), ''],
      `${'a'.repeat(30)}'b`,
    ];
    const book = await inExcelJs(
      await written(
        names.map((name) =>
          tableOf(
            ['text', 'number'],
            [
              ['a', 1],
              ['b', 2],
            ],
            name,
          ),
        ),
      ),
    );
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      ...['Register', 'register (2)', 'a b c   d', 'History (2)', 'x', 'n'.repeat(31), 'Sheet'],
      ...['a'.repeat(30), 'About'],
    ]);
    const [first] = book.worksheets;
    expect(first?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(first?.autoFilter).toBe('A1:B3');
    expect(first?.getCell('A1').font.bold).toBe(true);
  });

  test('are several where rows do not fit into one, each with its head', async () => {
    const rows = Array.from({ length: 10 }, (_, n) => [n] as Cell[]);
    const book = await inExcelJs(await written([tableOf(['number'], rows)], { mostRows: 5 }));
    const read = book.worksheets
      .slice(0, -1)
      .map((sheet) => sheet.getColumn(1).values.slice(1) as unknown[]);
    expect(read).toEqual([
      ['column0', 0, 1, 2, 3],
      ['column0', 4, 5, 6, 7],
      ['column0', 8, 9],
    ]);
    expect(book.worksheets.at(-1)?.getColumn(2).values.join()).toContain(
      'On 3 sheets: one holds 5',
    );
  });

  test('are several where a zip could not tell their sizes: every row is on one of them', async () => {
    const rows = Array.from({ length: 600 }, (_, n): Row => [n, 'x'.repeat(1_000)]);
    const table = tableOf(['number', 'text'], rows);
    const book = await inExcelJs(await written([table], { mostBytes: 200_000 }));
    const sheets = book.worksheets.slice(0, -1);
    expect(sheets.length).toBeGreaterThan(2);
    expect(sheets.flatMap((sheet) => sheet.getColumn(1).values.slice(2))).toEqual(
      rows.map(([n]) => n),
    );
  });

  test('are refused in words where the whole could not be a zip', async () => {
    const rows = Array.from({ length: 3_000 }, (): Row => [randomBytes(500).toString('hex')]);
    await expect(written([tableOf(['text'], rows)], { mostBytes: 300_000 })).rejects.toThrow(
      'A workbook holds less than 4 GB. Choose fewer rows, or take CSV or NDJSON.',
    );
  });

  test.runIf(process.env.UNSAID_LONG === '1')('hold as many rows as the format has', async () => {
    async function* batches() {
      for (let from = 0; from < 1_048_580; from += 1_000) {
        yield Array.from({ length: Math.min(1_000, 1_048_580 - from) }, (_, n) => [from + n]);
      }
    }
    const table = { ...tableOf(['number'], []), rows: batches() };
    const files = unzipSync(await written([table]));
    const rowsOf = (n: number) =>
      strFromU8(files[`xl/worksheets/sheet${n}.xml`] ?? new Uint8Array()).split('<row ').length - 1;
    expect([rowsOf(1), rowsOf(2)]).toEqual([1_048_576, 6]);
  });

  test('without rows have their head', async () => {
    const book = await inExcelJs(await written([tableOf(['text'], [])]));
    expect(book.getWorksheet('Register')?.rowCount).toBe(1);
  });

  test('an error of what brings the rows ends the file', async () => {
    const failing: Table = {
      ...tableOf(['text'], []),
      // biome-ignore lint/correctness/useYield: it fails before
      rows: (async function* () {
        throw new Error('The server is away.');
      })(),
    };
    await expect(written([failing])).rejects.toThrow('The server is away.');
  });
});

test('a file that is wanted no more lets go of what its rows come from', async () => {
  let open = true;
  async function* endless() {
    try {
      for (let n = 0; ; n += 1) yield [[`${n} `.repeat(5_000)]];
    } finally {
      open = false;
    }
  }
  for await (const bytes of xlsxBytes([{ ...tableOf(['text'], []), rows: endless() }], ABOUT)) {
    expect(open).toBe(true);
    if (bytes.length > 1_000) break;
  }
  expect(open).toBe(false);
});

test('checksums are those of zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
      expect(ours(bytes.subarray(cut), ours(bytes.subarray(0, cut)))).toBe(crc32(bytes));
    }),
  );
});
