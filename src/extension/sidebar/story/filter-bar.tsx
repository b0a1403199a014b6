import { useEffect, useId, useLayoutEffect, useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { Field } from '../../../ui/field.tsx';
import type { StoryKind } from '../../messages/story-calls.ts';
import type { Timeline } from './timeline.ts';
import { sayStory as say } from './words.ts';

/** ms after the last key before the story is asked for again */
const PAUSE = 200;

/** Words always, kinds and person where one asks for them. */
export function FilterBar({ timeline }: { readonly timeline: Timeline }) {
  const { filters, facets } = timeline;
  const [open, setOpen] = useState(filters.kinds.length > 0 || filters.person !== null);
  const [words, setWords] = useState(filters.words);
  const panel = useId();
  useEffect(() => {
    if (words === filters.words) return;
    const timer = setTimeout(() => timeline.filter({ words }), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  useLayoutEffect(() => setWords(filters.words), [filters.words]);
  const on = filters.kinds.length + (filters.person === null ? 0 : 1);
  return (
    <search class="st-bar">
      <div class="st-words">
        <Field
          label={say.search}
          labelHidden
          type="search"
          placeholder={say.search}
          value={words}
          maxLength={200}
          onInput={setWords}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || words === '') return;
            // What was typed goes first, then the place.
            event.preventDefault();
            setWords('');
          }}
        />
        <Button expanded={open} controls={panel} onClick={() => setOpen(!open)}>
          {on === 0 ? say.filters : say.filtersOn(on)}
        </Button>
      </div>
      <div id={panel} class="st-filters" hidden={!open}>
        <fieldset class="st-kinds">
          <legend class="u-label">{say.kinds}</legend>
          {(facets?.kinds ?? []).map(({ kind, count }) => (
            <label key={kind}>
              <input
                type="checkbox"
                checked={filters.kinds.includes(kind)}
                onChange={(event) =>
                  timeline.filter({
                    kinds: toggled(filters.kinds, kind, event.currentTarget.checked),
                  })
                }
              />
              <span>
                {say.kind[kind]} <span class="s-meta">{count.toLocaleString('en-GB')}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <Choice
          label={say.person}
          empty={say.everybody}
          options={(facets?.people ?? []).map(({ key, name, side }) => ({
            value: key,
            label: say[side](name || say.nameless),
          }))}
          value={filters.person ?? ''}
          onChange={(person) => timeline.filter({ person: person || null })}
        />
      </div>
    </search>
  );
}

function toggled(kinds: readonly StoryKind[], kind: StoryKind, on: boolean): StoryKind[] {
  const others = kinds.filter((each) => each !== kind);
  return on ? [...others, kind] : others;
}
