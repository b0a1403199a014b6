import { findSecrets, redact } from '../../domain/redact.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { Draft } from '../messages/draft.ts';
import type { AppProps } from './app.tsx';
import { placeOf } from './state.ts';
import { UndoLine } from './undo-line.tsx';
import { say } from './words.ts';

interface Props extends AppProps {
  readonly draft: Draft;
}

/** Card and account numbers in what will be saved: blacked out where the person wants it. */
export function Secrets({ sidebar, draft }: Props) {
  const undoable = sidebar.state.undoable.find(
    (each) => each.did === 'blacked-out' && placeOf(each) === `whole/${draft.id}`,
  );
  if (undoable) return <UndoLine sidebar={sidebar} undoable={undoable} />;
  const words = inWords(draft);
  if (words === null) return null;
  return (
    <div class="s-place">
      <p>
        <Icon name="attention" size={14} /> <span>{words}</span>
      </p>
      <div class="u-actions">
        <Button onClick={() => sidebar.drafts.blackOut(draft.id)}>{say.blackOut}</Button>
      </div>
    </div>
  );
}

/** What was found, or null. The words beside the quote are kept with it, to find it again. */
function inWords({ quote, selectors }: Draft): string | null {
  const own = findSecrets(quote);
  const [first] = own;
  if (first) return say.secrets(own.length > 1 ? 'both' : first.kind);
  const beside = redact(quote, selectors).selectors;
  return JSON.stringify(beside) === JSON.stringify(selectors) ? null : say.secretsBeside;
}
