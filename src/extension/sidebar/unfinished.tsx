import { shorten } from '../../domain/text.ts';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import type { Draft } from '../messages/draft.ts';
import type { AppProps } from './app.tsx';
import { mainField, textField } from './draft-rules.ts';
import { UndoLine } from './undo-line.tsx';
import { say } from './words.ts';

/** Cards that were begun, to go on with; and those just discarded, where they stood. */
export function Unfinished({ sidebar }: AppProps) {
  const { drafts, undoable } = sidebar.state;
  const rows = drafts.map((draft) => (
    <li key={draft.id}>
      <DraftRow draft={draft} onOpen={() => sidebar.show({ at: 'draft', id: draft.id })} />
    </li>
  ));
  for (const each of undoable) {
    if (each.did !== 'discarded') continue;
    const line = (
      <li key={each.draft.id}>
        <UndoLine sidebar={sidebar} undoable={each} />
      </li>
    );
    rows.splice(each.at, 0, line);
  }
  if (rows.length === 0) return null;
  return (
    <section class="s-part" aria-label={say.unfinished(drafts.length)}>
      {drafts.length > 0 && <h2>{say.unfinished(drafts.length)}</h2>}
      <ul class="s-rows">{rows}</ul>
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
