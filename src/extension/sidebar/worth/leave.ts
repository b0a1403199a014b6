import { useEffect, useRef } from 'preact/hooks';

/**
 * Runs what is to be done when a field is left; while a button of the mouse is down, when it is let
 * go: a line that appears meanwhile would move what is being pressed away from under the pointer.
 */
export function useLeave(run: () => void): () => void {
  const pressed = useRef(false);
  const waits = useRef(false);
  const now = useRef(run);
  now.current = run;
  useEffect(() => {
    const down = () => {
      pressed.current = true;
    };
    const up = () => {
      pressed.current = false;
      if (!waits.current) return;
      waits.current = false;
      // After the click, which comes next.
      setTimeout(() => now.current());
    };
    document.addEventListener('pointerdown', down, true);
    document.addEventListener('pointerup', up, true);
    document.addEventListener('pointercancel', up, true);
    return () => {
      document.removeEventListener('pointerdown', down, true);
      document.removeEventListener('pointerup', up, true);
      document.removeEventListener('pointercancel', up, true);
    };
  }, []);
  return () => {
    if (pressed.current) waits.current = true;
    else now.current();
  };
}
