// Records changed: who is told, and when. Whoever shows a list reads it at once, and a colleague's
// words are seen as soon as that is done. Marks in pages and all that is counted ask for far more
// than the list does, and the browser answers in order: so they come a moment later, once for all
// that happens until then. Of a long pull, which comes in pieces, lists hear once a second and at its
// end: read anew with each piece, they would take longer than the pull itself.

/** By then a list was asked for and mostly read. */
const REST_MS = 60;
const PIECES_MS = 1_000;

export type TellingChanges = {
  /** Those who show records look again. `kinds`: of what changed; without them it may be any. */
  lists(kinds?: readonly string[]): void;
  /** Everything else that follows from changed records. */
  rest(): void;
  /** setTimeout(), or a test's own. */
  later(run: () => void, ms: number): void;
};

/** `more`: it is a piece of a longer pull, and others follow at once. */
export type ChangesTold = (kinds?: readonly string[], more?: boolean) => void;

export function tellChanges({ lists, rest, later }: TellingChanges): ChangesTold {
  let isWaiting = false;
  let isHolding = false;
  /** Kinds of what the pieces changed that nobody has heard of yet. */
  let held: Set<string> | 'any' | null = null;

  const tell = (kinds: readonly string[] | undefined) => {
    lists(kinds);
    if (isWaiting) return;
    isWaiting = true;
    later(() => {
      isWaiting = false;
      rest();
    }, REST_MS);
  };
  /** What was held back, with this. */
  const withHeld = (kinds: readonly string[] | undefined): readonly string[] | undefined => {
    const all = held;
    held = null;
    if (all === null) return kinds;
    return all === 'any' || kinds === undefined ? undefined : [...new Set([...all, ...kinds])];
  };
  return (kinds, more = false) => {
    if (!more) return tell(withHeld(kinds));
    if (isHolding) {
      const all = withHeld(kinds);
      held = all === undefined ? 'any' : new Set(all);
      return;
    }
    tell(withHeld(kinds));
    isHolding = true;
    later(() => {
      isHolding = false;
      if (held !== null) tell(withHeld([]));
    }, PIECES_MS);
  };
}
