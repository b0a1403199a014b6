import { useEffect, useState } from 'preact/hooks';
import { Waiting } from '../../../ui/states.tsx';
import { sayInstant } from '../../../ui/time.ts';
import { useWords, type Words } from '../../../ui/words.ts';
import type { HistoryEntry } from '../../messages/ladder-calls.ts';
import type { SavedCard } from '../../messages/views.ts';
import type { Sidebar } from '../model.ts';
import { plain } from '../plain.ts';
import { say as sidebarSay } from '../words.ts';
import { ladderSay as say } from './words.ts';

interface Props {
  readonly sidebar: Sidebar;
  readonly card: SavedCard;
}

/** Who did what with it when, newest first. */
export function LadderHistory({ sidebar, card }: Props) {
  const words = useWords();
  const { core } = sidebar;
  const { changes, times } = sidebar.state;
  const [entries, setEntries] = useState<readonly HistoryEntry[] | null>(null);
  useEffect(() => {
    let over = false;
    void core.call('history', { expectation: card.id }).then((answer) => {
      if (over) return;
      if (answer.ok) setEntries(answer.value.entries);
      else core.set({ trouble: { id: card.id, failure: answer.error } });
    });
    return () => {
      over = true;
    };
  }, [core, card.id, changes, times]);
  if (entries === null) return <Waiting>{say.reading}</Waiting>;
  const questions = questionsIn(entries);
  return (
    <ol class="s-history" aria-label={say.history}>
      {[...entries].reverse().map((entry) => {
        const at = new Date(entry.at).toISOString();
        return (
          <li key={entry.change}>
            <span dir="auto">{sayEntry(entry, words, questions)}</span>
            <span class="s-meta">
              <time dateTime={at}>{sayInstant(at, words.lang)}</time> ·{' '}
              <bdi>{entry.author.me ? say.me : plain(entry.author.name)}</bdi>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** A question's words stand in its first change only. */
function questionsIn(entries: readonly HistoryEntry[]): ReadonlyMap<string, string> {
  const questions = new Map<string, string>();
  for (const { record, body } of entries) {
    if (record.kind === 'probe' && typeof body.question === 'string') {
      questions.set(record.id, plain(body.question));
    }
  }
  return questions;
}

export function sayEntry(
  { record, made, body }: HistoryEntry,
  words: Words,
  questions: ReadonlyMap<string, string>,
): string {
  if (record.kind === 'probe') return sayProbe(made, body, questions.get(record.id) ?? '');
  if (made) return say.wrote;
  const told: string[] = [];
  const rest = new Set(Object.keys(body));
  const take = (field: string, tell: (value: unknown) => string) => {
    if (!rest.delete(field)) return;
    told.push(tell(body[field]));
  };
  take('deleted', (gone) => (gone === true ? say.gone : say.broughtBack));
  take('outcome', (value) => {
    const isOpen = value === null || value === 'open';
    return isOpen ? say.reopened : say.stepTo(labelIn(words.outcome, value));
  });
  take('stage', (value) => say.stepTo(labelIn(words.stage, value ?? 'hunch')));
  take('decision', (value) =>
    value === null ? say.undecided : say.decided(labelIn(DECISIONS, value)),
  );
  for (const own of ['outcomeAt', 'decidedBy', 'decidedAt']) rest.delete(own);
  if (rest.size > 0) told.push(say.changedFields(namesOf([...rest])));
  return told.join(' · ');
}

const DECISIONS = {
  exceed: sidebarSay.exceed,
  meet: sidebarSay.meet,
  decline: sidebarSay.decline,
};

function sayProbe(made: boolean, body: HistoryEntry['body'], question: string): string {
  const words = question === '' ? say.unasked : question;
  if (body.deleted === true) return say.questionGone(words);
  if (body.deleted === null || body.deleted === false) return say.questionBack(words);
  if (typeof body.says === 'string') return say.wasAnswered(labelIn(say.says, body.says), words);
  if (typeof body.askedAt === 'string') return say.wasAsked(words);
  return made ? say.toAsk(words) : say.questionChanged(words);
}

/** Fields of a newer version have no name here. */
function namesOf(fields: readonly string[]): string {
  const names = fields.map((field) =>
    Object.hasOwn(say.fields, field) ? (say.fields[field] ?? '') : say.otherFields,
  );
  return [...new Set(names)].join(', ');
}

function labelIn(labels: Readonly<Record<string, string>>, value: unknown): string {
  const name = String(value);
  return Object.hasOwn(labels, name) ? (labels[name] ?? name) : name;
}
