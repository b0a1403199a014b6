import { nextTask } from '../../anchor/index.ts';

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
    await nextTask();
    this.#began = performance.now();
  }
}
