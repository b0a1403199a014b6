import { useCallback } from 'preact/hooks';
import { shorten } from '../../domain/text.ts';
import { Icon } from '../../ui/icons.tsx';
import { Undo } from '../../ui/undo.tsx';
import { useWords } from '../../ui/words.ts';
import type { Draft } from '../messages/draft.ts';
import type { AppProps } from './app.tsx';
import { mainField, textField } from './draft-rules.ts';
import type { Undoable } from './state.ts';
import { say } from './words.ts';

/** Cards that were begun, to go on with; and the one that was just discarded. */
export function Unfinished({ sidebar }: AppProps) {
  const { drafts, undoable } = sidebar.state;
  const discarded = undoable.filter((each) => each.did === 'discarded');
  if (drafts.length === 0 && discarded.length === 0) return null;
  return (
    <section class="s-part" aria-label={say.unfinished(drafts.length)}>
      {drafts.length > 0 && <h2>{say.unfinished(drafts.length)}</h2>}
      <ul class="s-rows">
        {discarded.map((each) => (
          <li key={each.draft.id}>
            <UndoLine sidebar={sidebar} undoable={each} text={say.discarded} />
          </li>
        ))}
        {drafts.map((draft) => (
          <li key={draft.id}>
            <DraftRow draft={draft} onOpen={() => sidebar.show({ at: 'draft', id: draft.id })} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DraftRow({ draft, onOpen }: { readonly draft: Draft; readonly onOpen: () => void }) {
  const words = useWords();
  const { kind } = draft;
  const typed = textField(draft.fields, mainField(kind)).trim();
  const text = typed || draft.quote.trim() || draft.message?.subject || say.nothingTyped;
  const name = kind === 'mail' ? say.logThis : words.mark[kind];
  return (
    <button type="button" class="s-row" data-record={draft.id} onClick={onOpen}>
      <span class="u-kind" data-kind={kind}>
        <Icon name={kind === 'mail' ? 'interaction' : kind} label={name} />
      </span>
      <span class="s-row-text">
        <bdi class={typed || !draft.quote ? 's-cut' : 's-cut s-theirs'}>{shorten(text, 200)}</bdi>
        <span class="s-meta">{[name, draft.customer.name].filter(Boolean).join(' · ')}</span>
      </span>
    </button>
  );
}

interface UndoLineProps extends AppProps {
  readonly undoable: Undoable;
  readonly text: string;
}

export function UndoLine({ sidebar, undoable, text }: UndoLineProps) {
  const end = useCallback(() => sidebar.forget(undoable), [sidebar, undoable]);
  return <Undo text={text} onUndo={() => void sidebar.undo(undoable)} onEnd={end} />;
}
