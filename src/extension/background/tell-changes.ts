// Records changed: who is told, and when. Whoever shows a list reads it at once, and a colleague's
// words are seen as soon as that is done. Marks in pages and all that is counted ask for far more
// than the list does, and the browser answers in order: so they come a moment later, once for all
// that happens until then.

/** By then a list was asked for and mostly read. */
const REST_MS = 60;

export type TellingChanges = {
  /** Those who show records look again. `kinds`: of what changed; without them it may be any. */
  lists(kinds?: readonly string[]): void;
  /** Everything else that follows from changed records. */
  rest(): void;
  /** setTimeout(), or a test's own. */
  later(run: () => void, ms: number): void;
};

export function tellChanges({ lists, rest, later }: TellingChanges): TellingChanges['lists'] {
  let isWaiting = false;
  return (kinds) => {
    lists(kinds);
    if (isWaiting) return;
    isWaiting = true;
    later(() => {
      isWaiting = false;
      rest();
    }, REST_MS);
  };
}
