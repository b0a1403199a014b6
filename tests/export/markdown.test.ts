import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  inline,
  type MarkdownAbout,
  markdownEntry,
  markdownText,
} from '../../src/export/markdown.ts';
import type { Cell, Table } from '../../src/export/table.ts';
import { text } from './record-samples.ts';

const about: MarkdownAbout = {
  ...{ title: 'Register', facts: [['Filter', 'stage: asked']] },
  instant: (iso) => iso.slice(0, 10),
  ...{ yes: 'yes', no: 'no', nothing: 'Nothing.' },
};

function table(columns: Table['columns'], rows: Cell[][], name = 'Notes'): Table {
  const headings = columns.map(({ key }) => key);
  return {
    ...{ name, columns, headings },
    rows: (async function* () {
      yield rows;
    })(),
  };
}

async function written(...tables: Table[]): Promise<string> {
  let file = '';
  for await (const piece of markdownText(tables, about)) file += piece;
  return file;
}

const markup = fc.stringMatching(/^[-#+*_=~`|<>[\]()!&:@$ \t\n1.a\\"'/w]{0,20}$/);

test('of any text no mark is left that is markup, and without backslashes it is the text', () => {
  fc.assert(
    fc.property(fc.oneof(text, markup), (given) => {
      const said = inline(given);
      expect(said.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(
        given.replace(/[\s\p{Cc}]+/gu, ' ').trim(),
      );
      const bare = said.replace(/\\[!-/:-@[-`{-~]/g, '§');
      expect(bare).not.toMatch(/[\\`*_[\]<>|~$@]|&[#a-z]|:\/\/|\bwww\.|^[#+=:-]|^\d+[.)]/i);
    }),
    { numRuns: 500 },
  );
});

test('rows with prose stand under headings, customers’ words in block quotes', async () => {
  const columns: Table['columns'] = [
    { key: 'kind', type: 'text' },
    { key: 'written', type: 'instant' },
    { key: 'customer', type: 'text' },
    { key: 'quote', type: 'text' },
    { key: 'text', type: 'text' },
    { key: 'address', type: 'link' },
    { key: 'due', type: 'day' },
  ];
  const file = await written(
    table(columns, [
      [
        ...['note', '2027-02-24T09:00:00.000Z', '# Halden [Foods](x)'],
        ...['first\n> second\n\n- third', '1. one\n<b>two</b>', 'https://mail.example/a|b', null],
      ],
      ['note', null, null, null, null, 'javascript:alert(1)', null],
    ]),
  );
  expect(file).toBe(
    [
      '# Register',
      '- Filter: stage: asked',
      '## Notes',
      '### 2027-02-24 · note · # Halden \\[Foods\\](x)',
      '1\\. one\\\n\\<b\\>two\\</b\\>',
      '> first\\\n> \\> second\n>\n> \\- third',
      '- address: <https://mail.example/a%7Cb>',
      '### note',
      '- address: javascript:alert(1)',
      '',
    ].join('\n\n'),
  );
});

test('tables without prose are tables; those without rows say so', async () => {
  const file = await written(
    table(
      [
        { key: 'name', type: 'text' },
        { key: 'drawn', type: 'number' },
        { key: 'blind', type: 'yes-no' },
      ],
      [['a | b\nc', 12, true]],
      'Draws',
    ),
    table([{ key: 'text', type: 'text' }], [], 'Findings'),
  );
  expect(file).toContain(
    '| name | drawn | blind |\n| --- | ---: | --- |\n| a \\| b c | 12 | yes |\n',
  );
  expect(file).toContain('## Findings\n\nNothing.\n');
});

test('an entry has no empty parts', () => {
  const entry = { heading: 'One', texts: [['Why', ' \n ']] as const, quotes: [], facts: [] };
  expect(markdownEntry(entry, 2)).toBe('## One\n\n');
});
