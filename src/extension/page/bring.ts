// Parts of the script that come into a frame when they are called for.

/** The worker may be starting, or the browser still be on its way to this page. */
const AGAIN_MS = [300, 1_000, 3_000];

export type Bringing = {
  /** Has it put into this frame. */
  ask(): Promise<unknown>;
  isHere(): boolean;
  alive(): boolean;
  /** Milliseconds; a test's own. */
  again?: readonly number[];
};

/** Has one more part of the script put into this frame; asks again where it did not come. */
export async function bring({ ask, isHere, alive, again = AGAIN_MS }: Bringing): Promise<void> {
  for (const wait of [...again, null]) {
    if (isHere()) return;
    await ask();
    if (isHere() || wait === null || !alive()) return;
    await new Promise((done) => setTimeout(done, wait));
  }
}
