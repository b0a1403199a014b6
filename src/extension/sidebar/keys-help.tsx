import { barKeys } from '../../domain/codebook.ts';
import { Button } from '../../ui/button.tsx';
import { KeyCap } from '../../ui/keys.tsx';
import { MARK_KEYS, MARK_KINDS, useWords } from '../../ui/words.ts';
import type { AppProps } from './app.tsx';
import { Calls } from './calls.ts';
import { useFocusOnShow } from './focus.ts';
import { LADDER_KEYS } from './ladder/keys.ts';
import { saySearch } from './search/words.ts';
import { say } from './words.ts';

const HERE: readonly (readonly [keys: string, does: string])[] = [
  ['N', say.note],
  ['M', say.logThis],
  ['C', say.startCall],
  ['/', saySearch.entry],
  ['H', say.place.list],
  ['B', say.place.brief],
  ['S', say.place.story],
  ['I', say.place.inbox],
  ['X', 'In the inbox: seen'],
  ['Enter', 'Save the card'],
  ['Shift+Enter', 'A new line in the card'],
  ['Mod+Enter', 'Save from any field'],
  ['Escape', 'Back to the list; what you typed is kept'],
  ['?', 'This page'],
];

const LADDER: readonly (readonly [keys: string, does: string])[] = [
  [LADDER_KEYS.ask, 'Ask: then a digit chooses the question'],
  [LADDER_KEYS.theySaid, 'What they said to it'],
  [LADDER_KEYS.confirmed, 'Confirmed'],
  [LADDER_KEYS.refuted, 'Refuted'],
  [LADDER_KEYS.outcome, 'How it came out'],
  [LADDER_KEYS.back, 'Back a step'],
  [LADDER_KEYS.history, 'History'],
];

const BRIEF: readonly (readonly [keys: string, does: string])[] = [
  ['J', 'The next line'],
  ['K', 'The line before'],
  ['C', 'Copy the question'],
  ['R', 'Put it into the reply'],
  ['A', 'Note it as asked'],
];

export function KeysHelp({ sidebar }: AppProps) {
  const words = useWords();
  const { calls } = sidebar.state;
  const tags =
    calls === null
      ? []
      : Calls.pressable(calls)
          .filter(({ shortcut }) => shortcut !== '')
          .map((tag) => [tag.shortcut.toUpperCase(), say.tagName(tag)] as const);
  const ago = barKeys(calls?.settings.acts ?? {}).momentAgo.toUpperCase();
  const title = useFocusOnShow<HTMLHeadingElement>();
  return (
    <section class="s-part" aria-labelledby="s-keys">
      <h2 id="s-keys" ref={title} tabIndex={-1}>
        {say.keys}
      </h2>
      <h3>In the sidebar, outside a field</h3>
      <Keys rows={HERE} />
      <h3>In the card of an expectation, outside a field</h3>
      <Keys rows={LADDER} />
      <h3>In the brief</h3>
      <Keys rows={BRIEF} />
      <h3>While a call runs</h3>
      <Keys
        rows={[
          ...tags,
          ...(ago === '' ? [] : [[ago, say.agoKey] as const]),
          ['Backspace', say.takeBackLast],
        ]}
      />
      <h3>With words selected in the page</h3>
      <Keys rows={MARK_KINDS.map((kind) => [MARK_KEYS[kind], words.mark[kind]] as const)} />
      <div class="u-actions">
        <Button keys="Escape" onClick={() => sidebar.backToList()}>
          {say.closeKeys}
        </Button>
        <Button look="quiet" onClick={() => sidebar.openOptions('shortcuts')}>
          {say.options}
        </Button>
      </div>
    </section>
  );
}

function Keys({ rows }: { readonly rows: readonly (readonly [keys: string, does: string])[] }) {
  return (
    <dl class="s-keys">
      {rows.map(([keys, does]) => (
        <div key={keys}>
          <dt>
            <span class="u-hidden">{keys}</span>
            <KeyCap keys={keys} />
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
