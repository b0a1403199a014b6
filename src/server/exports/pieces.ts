// From work that hands over what it makes to somebody who asks for it: a transaction is a function
// that is called, a file's bytes are a generator that is read.

/** `work` waits in each `hand` until what it handed over was taken; it rejects when nobody takes more. */
export async function* pieces<T>(
  work: (hand: (piece: T) => Promise<void>) => Promise<void>,
): AsyncGenerator<T> {
  type Step = { piece: T; taken: () => void; refuse: (reason: unknown) => void };
  let arrived: (step: Step | null) => void = () => undefined;
  let waiting = new Promise<Step | null>((resolve) => {
    arrived = resolve;
  });
  const hand = (piece: T) =>
    new Promise<void>((taken, refuse) => {
      arrived({ piece, taken, refuse });
    });
  const done = work(hand);
  // It ends with the work, however that ends; who reads on hears the error from `done`.
  done.then(
    () => arrived(null),
    () => arrived(null),
  );
  for (;;) {
    const step = await waiting;
    if (step === null) break;
    let isTaken = false;
    try {
      yield step.piece;
      isTaken = true;
    } finally {
      if (!isTaken) {
        step.refuse(new Unwanted());
        await done.catch(() => undefined);
      }
    }
    waiting = new Promise((resolve) => {
      arrived = resolve;
    });
    step.taken();
  }
  await done;
}

class Unwanted extends Error {
  override name = 'Unwanted';
}
