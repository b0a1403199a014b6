import { useLayoutEffect, useRef } from 'preact/hooks';
import { shorten } from '../../domain/text.ts';
import { Button } from '../../ui/button.tsx';
import type { SavedCard } from '../messages/views.ts';
import type { AppProps } from './app.tsx';
import { quoteOf } from './draft-rules.ts';
import { fateOf, isLost, troubledMark } from './state.ts';
import { say, sayFate } from './words.ts';

interface Props extends AppProps {
  readonly card: SavedCard;
}

/** Where its words are not found as they were: what is shown instead, and how to put it right. */
export function MarkPlace({ sidebar, card }: Props) {
  const { state } = sidebar;
  const { picking } = state;
  const mark = troubledMark(state, card);
  if (picking?.id === card.id) {
    return <PickNow onCancel={() => void sidebar.places.cancel()} />;
  }
  if (mark === null) return null;
  const lost = fateOf(state, card.id) === 'orphan';
  return (
    <div class="s-place">
      <p>{lost && !isLost(state, card) ? say.clippedHere : sayFate(fateOf(state, card.id))}</p>
      <div class="u-actions">
        {!lost && (
          <Act card={card} does={say.right} onDo={() => void sidebar.places.accept(mark)} />
        )}
        <Act
          card={card}
          does={lost ? say.choose : say.chooseOther}
          onDo={() => void sidebar.places.pick(mark)}
        />
      </div>
    </div>
  );
}

/** What to do now, in the place of the button that was pressed. */
function PickNow({ onCancel }: { readonly onCancel: () => void }) {
  const cancel = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // Whoever selects words in the host's page already keeps the focus there.
    if (document.hasFocus()) cancel.current?.focus();
  }, []);
  return (
    <div class="s-place" role="status">
      <p>{say.pickNow}</p>
      <div class="u-actions">
        <Button buttonRef={cancel} onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
    </div>
  );
}

interface ActProps {
  readonly card: SavedCard;
  readonly does: string;
  readonly onDo: () => void;
}

/** Several cards in a list offer the same: the name says whose words are meant. */
function Act({ card, does, onDo }: ActProps) {
  return (
    <Button label={say.ofMark(does, shorten(quoteOf(card), 60))} onClick={onDo}>
      {does}
    </Button>
  );
}
