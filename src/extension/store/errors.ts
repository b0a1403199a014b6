/** Why a write did not reach the disk; the words are the caller's. */
export class StoreError extends Error {
  readonly reason: 'disk-full' | 'broken';
  constructor(reason: 'disk-full' | 'broken', cause: unknown) {
    super(reason === 'disk-full' ? 'the disk is full' : 'the database refused', { cause });
    this.name = 'StoreError';
    this.reason = reason;
  }
}

/** Turns the database's refusals into StoreError; our own mistakes pass as they are. */
export function asStoreError(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  return new StoreError(error.name === 'QuotaExceededError' ? 'disk-full' : 'broken', error);
}

/** A put that is not waited for by itself: its failure is told once, by the transaction's end. */
export function quiet<T>(put: Promise<T>): Promise<T> {
  put.catch(() => undefined);
  return put;
}
