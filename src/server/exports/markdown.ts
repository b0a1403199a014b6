// Tables as Markdown to be read.
import { markdownText } from '../../export/markdown.ts';
import type { Table } from '../../export/table.ts';
import { instantIn } from '../../export/zoned.ts';
import type { Piece } from './copy-out.ts';
import { counted } from './counted.ts';
import type { Given } from './source.ts';

const WORDS = {
  en: { written: 'Exported', zone: 'Times in', yes: 'yes', no: 'no', nothing: 'Nothing.' },
  de: { written: 'Exportiert', zone: 'Zeiten in', yes: 'ja', no: 'nein', nothing: 'Nichts.' },
};

const encoder = new TextEncoder();

export async function* writeMarkdown(
  { asker, wish }: Given,
  tables: AsyncIterable<Table>,
): AsyncGenerator<Piece> {
  const words = WORDS[wish.language === 'de' ? 'de' : 'en'];
  const instant = (iso: string) => instantIn(iso, wish.zone);
  const facts = [
    [words.written, instant(new Date().toISOString())],
    [words.zone, wish.zone],
  ] as const;
  let rows = 0;
  const about = { title: asker.workspace.name, facts, instant, ...words };
  const taken = counted(tables, (some) => {
    rows += some;
  });
  for await (const text of markdownText(taken, about)) {
    yield { bytes: encoder.encode(text), rows };
    rows = 0;
  }
}
