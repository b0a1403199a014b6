import { useCallback } from 'preact/hooks';
import { Undo } from '../../ui/undo.tsx';
import type { AppProps } from './app.tsx';
import { sayCues } from './cues/words.ts';
import { subjectOf, type Undoable } from './state.ts';
import { say } from './words.ts';

interface Props extends AppProps {
  readonly undoable: Undoable;
}

/** What was done, for ten seconds in the place where it happened, and the way back. */
export function UndoLine({ sidebar, undoable }: Props) {
  const end = useCallback(() => sidebar.forget(undoable), [sidebar, undoable]);
  return (
    <div data-undo={subjectOf(undoable)}>
      <Undo text={inWords(undoable)} onUndo={() => void sidebar.undo(undoable)} onEnd={end} />
    </div>
  );
}

function inWords(undoable: Undoable): string {
  switch (undoable.did) {
    case 'saved':
      return undoable.card.keptHere ? say.keptHere : say.saved;
    case 'took-back':
      return say.takenBack;
    case 'changed':
      return say.changedField;
    case 'stepped':
      return undoable.text;
    case 'moved':
      return undoable.accepted ? say.placeKept : say.moved;
    case 'discarded':
      return undoable.notOne ? sayCues.notOne : say.discarded;
    case 'not-one':
      return sayCues.notOne;
    case 'cues-off':
      return sayCues.off;
    case 'blacked-out':
      return say.blackedOut;
    case 'never-log':
      return say.neverAdded(undoable.line);
  }
}
