// Tables as a workbook, with what it is on its last sheet.
import { tableName } from '../../export/headings.ts';
import type { Table } from '../../export/table.ts';
import { xlsxBytes } from '../../export/xlsx/index.ts';
import { instantIn } from '../../export/zoned.ts';
import type { Piece } from './copy-out.ts';
import { counted } from './counted.ts';
import type { Given } from './source.ts';

const WORDS = {
  en: { workspace: 'Workspace', what: 'What', filter: 'Filter', at: 'Exported', by: 'By' },
  de: {
    ...{ workspace: 'Arbeitsbereich', what: 'Was', filter: 'Filter' },
    ...{ at: 'Exportiert', by: 'Von' },
  },
};

export async function* writeWorkbook(
  { asker, wish, names }: Given,
  tables: AsyncIterable<Table>,
): AsyncGenerator<Piece> {
  const { language, zone } = wish;
  const words = WORDS[language === 'de' ? 'de' : 'en'];
  const filter = Object.entries(wish.filter).filter(([, value]) => value.trim() !== '');
  const facts: [string, string][] = [
    [words.workspace, asker.workspace.name],
    [words.what, tableName(wish.what, language)],
    ...filter.map(([name, value]): [string, string] => [`${words.filter}: ${name}`, value]),
    [words.at, instantIn(new Date().toISOString(), zone)],
    [words.by, names.get(asker.member.id) ?? ''],
  ];
  let rows = 0;
  const taken = counted(tables, (some) => {
    rows += some;
  });
  for await (const bytes of xlsxBytes(taken, { language, zone, facts })) {
    yield { bytes, rows };
    rows = 0;
  }
}
