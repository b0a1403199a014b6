import { useMemo } from 'preact/hooks';
import { useWords } from '../../ui/index.ts';
import type { HistoryEntry } from '../api.ts';
import { History } from '../record/history.tsx';
import { sayValue } from '../record/say-value.ts';
import { ConsoleWordsContext, useConsoleWords } from '../words.ts';
import { say } from './words.ts';

interface ChangesProps {
  readonly history: readonly HistoryEntry[];
  /** id → name, of the people in it */
  readonly names: ReadonlyMap<string, string>;
}

/** Every change of it, as the register shows those of its entries, by our names of the fields. */
export function Changes({ history, names }: ChangesProps) {
  const shared = useWords();
  const usual = useConsoleWords();
  const words = useMemo(() => {
    const fields = { ...usual.record.fields, ...say.history.fields };
    const values = { ...usual.record.values, state: say.history.states };
    return { ...usual, record: { ...usual.record, fields, values } };
  }, [usual]);
  const naming = { shared, words, names };
  const says = (field: string, value: unknown) => sayValue(field, value, naming) !== null;
  // References to what has no name here would be rows without words; they are in the log all the same.
  const entries = history.map((entry) => ({
    ...entry,
    changes: entry.changes.filter(
      ({ field, old, new: now }) => says(field, old) || says(field, now),
    ),
  }));
  return (
    <ConsoleWordsContext.Provider value={words}>
      <History entries={entries} probes={[]} naming={naming} level={2} />
    </ConsoleWordsContext.Provider>
  );
}
