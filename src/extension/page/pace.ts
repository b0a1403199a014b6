// What is done in one go before the page gets its turn: far below a frame of 16.7 ms.
const SLICE_MS = 6;

/** Lets the page breathe during long work. */
export class Pace {
  #began = performance.now();

  /** Whether it is time to rest. */
  get isOver(): boolean {
    return performance.now() - this.#began > SLICE_MS;
  }

  /** Lets everything else that waits have its turn. */
  async rest(): Promise<void> {
    await new Promise<void>((next) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        next();
      };
      port2.postMessage(null);
    });
    this.#began = performance.now();
  }
}
