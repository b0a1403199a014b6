import { Icon, sayInstant, useWords } from '../../ui/index.ts';
import type { RecordDetail } from '../api.ts';
import { useConsoleWords } from '../words.ts';
import { type Naming, sayField, sayValue } from './say-value.ts';

interface ConflictsProps {
  readonly conflicts: RecordDetail['conflicts'];
  readonly naming: Naming;
}

/** What two people wrote at the same time: every value with whose it is, the one that counts first. */
export function Conflicts({ conflicts, naming }: ConflictsProps) {
  const words = useConsoleWords();
  const { lang } = useWords();
  return (
    <>
      {conflicts.map(({ field, values }) => (
        <section
          key={field}
          class="c-conflict"
          aria-label={words.record.conflict(sayField(field, words))}
        >
          <p>
            <Icon name="twice" size={14} /> {words.record.conflict(sayField(field, words))}
          </p>
          <dl>
            {values.map(({ value, at, author }, place) => (
              <div key={at + author.id}>
                <dt>{place === 0 ? words.record.shownNow : words.record.alsoWritten}</dt>
                <dd>
                  <span dir="auto">{sayValue(field, value, naming) ?? words.record.nothing}</span>{' '}
                  <span class="u-quiet">
                    <span dir="auto">{author.name}</span> · {sayInstant(at, lang)}
                  </span>
                </dd>
              </div>
            ))}
          </dl>
          <p class="u-hint">{words.record.conflictNote}</p>
        </section>
      ))}
    </>
  );
}
