import { useCallback, useState } from 'preact/hooks';
import { Undo } from '../../ui/undo.tsx';
import type { Failure } from '../messages/result.ts';
import { Trouble } from './trouble.tsx';
import { say } from './words.ts';

interface Done {
  readonly text: string;
  readonly back: () => Promise<Failure | null>;
}

export interface Acts {
  /** What was done last, and the way back, for ten seconds; what failed. */
  readonly line: preact.ComponentChildren;
  /** Does it; answers whether it worked. `back` undoes it. */
  run(
    act: () => Promise<Failure | null>,
    text: string | (() => string),
    back: (() => Promise<Failure | null>) | null,
  ): Promise<boolean>;
  clear(): void;
}

/** Acts of one place, of which the last can be undone there. */
export function useActs(safe: string = say.safe): Acts {
  const [done, setDone] = useState<Done | null>(null);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const end = useCallback(() => setDone(null), []);
  const run: Acts['run'] = async (act, text, back) => {
    setSaid('');
    const failed = await act();
    setFailure(failed);
    if (failed !== null) return false;
    // What it did is known only now.
    const words = typeof text === 'string' ? text : text();
    setDone(back === null ? null : { text: words, back });
    if (back === null) setSaid(words);
    return true;
  };
  const line = (
    <>
      {failure && <Trouble failure={failure} safe={safe} />}
      {done && (
        <Undo
          key={done.text}
          text={done.text}
          onUndo={() => {
            setDone(null);
            void done.back().then((failed) => {
              setFailure(failed);
              if (failed === null) setSaid(say.putBack);
            });
          }}
          onEnd={end}
        />
      )}
      {said && (
        <p class="k-said" role="status">
          {said}
        </p>
      )}
    </>
  );
  const clear = useCallback(() => {
    setDone(null);
    setSaid('');
    setFailure(null);
  }, []);
  return { line, run, clear };
}
