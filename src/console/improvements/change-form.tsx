import { useState } from 'preact/hooks';
import { useKept } from '../kept.ts';
import { ActForm } from './acts.tsx';
import { draftOf, type ImprovementDraft, patchOf, readChange, rebased } from './draft.ts';
import { Fields, problemsOf } from './form.tsx';
import type { ShownProps } from './one.tsx';
import { say } from './words.ts';

interface ChangeProps extends ShownProps {
  readonly keptAs: string;
  readonly onClose: () => void;
  readonly onSaid: (words: string) => void;
}

/** The same fields again. Somebody who was faster is shown above, and saving again is over theirs. */
export function Change({
  client,
  place,
  found,
  calls,
  take,
  keptAs,
  onClose,
  onSaid,
}: ChangeProps) {
  const { improvement } = found;
  const [first] = useState(() => draftOf(improvement));
  const [kept, keep] = useKept(place, keptAs);
  const { draft, base } = readChange(kept) ?? { draft: first, base: first };
  const [tried, setTried] = useState(false);
  const [merged, setMerged] = useState(false);
  const wrong = problemsOf(draft, false);
  const write = (next: ImprovementDraft, over: ImprovementDraft) =>
    keep(JSON.stringify({ draft: next, base: over }));

  async function save() {
    setTried(true);
    if (wrong.text || wrong.due) return;
    const { id } = improvement;
    const answer = await calls.change(id, patchOf(draft, base), base.seen);
    if (!answer.ok && answer.failure.is === 'refused' && answer.failure.status === 409) {
      const theirs = await calls.one(id);
      if (!take(theirs) || !theirs.ok) return;
      const over = draftOf(theirs.value.improvement);
      // Nobody wrote: it was refused for another reason, which is said.
      if (over.seen === base.seen) return void take(answer);
      write(rebased(draft, base, over), over);
      setMerged(true);
      return;
    }
    if (answer.ok) keep('');
    if (!take(answer)) return;
    onSaid(say.form.saved);
    onClose();
  }

  return (
    <ActForm
      name={say.change}
      save={say.form.changes}
      onSave={() => void save()}
      onCancel={() => {
        keep('');
        onClose();
      }}
    >
      {merged && <p role="alert">{say.form.merged}</p>}
      <Fields
        {...{ client, draft }}
        isDone={improvement.state === 'done'}
        wrong={tried ? wrong : {}}
        onChange={(patch) => write({ ...draft, ...patch }, base)}
      />
    </ActForm>
  );
}
