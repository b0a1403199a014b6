import { sayInstant, useWords } from '../../ui/index.ts';
import type { HistoryEntry, ProbeShown } from '../api.ts';
import { useConsoleWords } from '../words.ts';
import { ladderWords } from './ladder-words.ts';
import { type Naming, sayField, sayValue } from './say-value.ts';

/** Longer values are cut here: the newest one stands whole in the card. */
const SHOWN = 400;

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

interface HistoryProps {
  readonly entries: readonly HistoryEntry[];
  /** What was asked about it: a part of its history. */
  readonly probes: readonly ProbeShown[];
  readonly naming: Naming;
  /** Of its heading. */
  readonly level?: 2 | 3;
}

/** Who changed what, when, on which device; newest first, with the number in the log. */
export function History({ entries, probes, naming, level = 3 }: HistoryProps) {
  const Heading = `h${level}` as const;
  const words = useConsoleWords();
  const { lang } = useWords();
  const asked = probes.flatMap(({ fields, history }) =>
    history.map((entry) => ({ ...entry, about: fields.question || ladderWords.unasked })),
  );
  const own = entries.map((entry) => ({ ...entry, about: null }));
  const newest = [...own, ...asked].sort((a, b) => b.seq - a.seq);
  return (
    <section class="c-history" aria-labelledby="c-history">
      <Heading id="c-history">{words.record.history}</Heading>
      <p class="u-hint">{words.record.historyNote}</p>
      <ol>
        {newest.map((entry) => (
          <li key={entry.seq}>
            <p class="c-history-head">
              <time dateTime={entry.at}>{sayInstant(entry.at, lang)}</time>
              <strong dir="auto">{entry.author.name}</strong>
              <span class="u-quiet">
                {entry.device?.name && `${words.record.device(entry.device.name)} · `}
                {words.record.number(entry.seq)}
              </span>
            </p>
            {entry.about !== null && <p dir="auto">{ladderWords.question(cut(entry.about))}</p>}
            {isLate(entry) && (
              <p class="u-hint">{words.record.received(sayInstant(entry.received, lang))}</p>
            )}
            {entry.problem && <p class="u-error">{words.record.problem(entry.problem)}</p>}
            <dl>
              {entry.changes.map((change) => (
                <Changed key={change.field} {...change} naming={naming} />
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Written offline: it reached the server more than five minutes later. */
function isLate(entry: HistoryEntry): boolean {
  return Date.parse(entry.received) - Date.parse(entry.at) > 5 * 60_000;
}

interface ChangedProps {
  readonly field: string;
  readonly old?: unknown;
  readonly new?: unknown;
  readonly naming: Naming;
}

function Changed({ field, old, new: now, naming }: ChangedProps) {
  const words = useConsoleWords();
  const before = sayValue(field, old, naming);
  const after = sayValue(field, now, naming);
  // Ids without a name on both sides: that it changed is all there is to say.
  return (
    <div class="c-changed">
      <dt>{sayField(field, words)}</dt>
      <dd>
        {before !== null && (
          <>
            <span class="u-hidden">{words.record.was}: </span>
            <del dir="auto">{cut(before)}</del> <span aria-hidden="true">→ </span>
            <span class="u-hidden">{words.record.isNow}: </span>
          </>
        )}
        {after !== null ? (
          <ins dir="auto">{cut(after)}</ins>
        ) : (
          before !== null && <span class="u-quiet">{words.record.emptied}</span>
        )}
      </dd>
    </div>
  );
}
