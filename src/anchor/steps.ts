/** Work that can be put aside: each yield is a moment at which others may go first. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does it all at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
