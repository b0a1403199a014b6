import { sayInstant, useWords } from '../../ui/index.ts';
import type { HistoryEntry } from '../api.ts';
import { useConsoleWords } from '../words.ts';
import { lineChange } from './lines.ts';

/** Longer changes end with how many more lines there were. */
const SHOWN = 20;

/** Who changed the list last, and behind that every change, newest first. */
export function SettingHistory({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  const words = useConsoleWords();
  const { lang } = useWords();
  const say = words.settings;
  const [newest] = entries;
  if (!newest) return <p class="u-hint">{say.unchanged}</p>;
  return (
    <details class="c-setting-history">
      <summary>{say.changedBy(newest.author.name, sayInstant(newest.at, lang))}</summary>
      <ol>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <p class="c-history-head">
              <time dateTime={entry.at}>{sayInstant(entry.at, lang)}</time>
              <strong dir="auto">{entry.author.name}</strong>
              <span class="u-quiet">
                {entry.device?.name && `${words.record.device(entry.device.name)} · `}
                {words.record.number(entry.seq)}
              </span>
            </p>
            {entry.problem && <p class="u-error">{words.record.problem(entry.problem)}</p>}
            <Changed entry={entry} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Changed({ entry }: { readonly entry: HistoryEntry }) {
  const say = useConsoleWords().settings;
  const value = entry.changes.find(({ field }) => field === 'value');
  const { added, removed } = lineChange(linesOf(value?.old), linesOf(value?.new));
  return (
    <>
      <Lines name={say.added} lines={added} />
      <Lines name={say.removed} lines={removed} />
    </>
  );
}

function Lines({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) {
  const say = useConsoleWords().settings;
  if (lines.length === 0) return null;
  const more = lines.length - SHOWN;
  return (
    <div class="c-changed">
      <p class="u-hint">{name}</p>
      <ul>
        {lines.slice(0, SHOWN).map((line) => (
          <li key={line}>
            <bdi class="c-line">{line}</bdi>
          </li>
        ))}
        {more > 0 && <li class="u-quiet">{say.more(more)}</li>}
      </ul>
    </div>
  );
}

function linesOf(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? value.split('\n') : [];
}
