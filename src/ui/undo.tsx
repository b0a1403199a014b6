import { useEffect, useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { useWords } from './words.ts';

export interface UndoProps {
  /** What happened: "Discarded." */
  readonly text: string;
  readonly onUndo: () => void;
  /** The time is over. Waits while the line has the focus or the pointer. */
  readonly onEnd: () => void;
  readonly seconds?: number;
  readonly keys?: string;
}

/** Stands where the thing was, for ten seconds. */
export function Undo({ text, onUndo, onEnd, seconds = 10, keys }: UndoProps) {
  const words = useWords();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onEnd, seconds * 1000);
    return () => clearTimeout(timer);
  }, [held, seconds, onEnd]);
  return (
    <div
      class="u-undo"
      role="status"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <span>{text}</span>
      <Button look="quiet" onClick={onUndo} {...(keys ? { keys } : {})}>
        {words.undo}
      </Button>
    </div>
  );
}
