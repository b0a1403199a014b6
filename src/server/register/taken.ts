// An export as the body of an answer: read on only as fast as the other side takes it.

/** ms; who takes nothing for so long has gone, or asked for the head alone. */
const UNTAKEN_MS = 60_000;

/** `done` is told once, however it ends. What is not taken breaks off, so that nobody takes it for whole. */
export function takenStream(
  bytes: AsyncGenerator<Uint8Array>,
  done: () => void,
  untakenMs = UNTAKEN_MS,
): ReadableStream<Uint8Array> {
  let untaken: NodeJS.Timeout | undefined;
  let isOver = false;
  const over = () => {
    clearTimeout(untaken);
    if (!isOver) done();
    isOver = true;
  };
  const end = () => bytes.return(undefined).finally(over);
  return new ReadableStream({
    async pull(controller) {
      clearTimeout(untaken);
      const next = await bytes.next().catch((error: unknown) => {
        over();
        throw error;
      });
      if (next.done) {
        over();
        controller.close();
        return;
      }
      controller.enqueue(next.value);
      untaken = setTimeout(() => {
        controller.error(new Error('Nobody takes it.'));
        end().catch(() => undefined);
      }, untakenMs).unref();
    },
    cancel: async () => {
      await end();
    },
  });
}
