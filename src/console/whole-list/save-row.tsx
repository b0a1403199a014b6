import { Button, Undo } from '../../ui/index.ts';
import { FailureNote } from '../failure.tsx';
import type { Writing } from './use-whole-list.ts';

interface SaveRowProps {
  readonly writing: Writing;
  /** Something in it cannot be saved yet. */
  readonly hasProblems: boolean;
  readonly say: Record<
    'merged' | 'safe' | 'save' | 'saved' | 'mendFirst' | 'nothingChanged' | 'asBefore',
    string
  >;
}

/** Saves the list, takes that back for a while, or puts it as it was. */
export function SaveRow({ writing, hasProblems, say }: SaveRowProps) {
  const { isChanged, merged, failure, undo, endUndo, save, asBefore } = writing;
  return (
    <>
      {merged && <p role="status">{say.merged}</p>}
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      <div class="c-tags-save">
        {undo === null || isChanged ? (
          <Button
            look={isChanged ? 'primary' : 'plain'}
            disabled={!isChanged || hasProblems}
            why={isChanged ? say.mendFirst : say.nothingChanged}
            onClick={() => void save()}
          >
            {say.save}
          </Button>
        ) : (
          <Undo text={say.saved} onUndo={undo} onEnd={endUndo} />
        )}
        {isChanged && (
          <Button look="quiet" onClick={asBefore}>
            {say.asBefore}
          </Button>
        )}
      </div>
    </>
  );
}
