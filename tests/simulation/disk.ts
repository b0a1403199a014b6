// A device's disk: an IndexedDB of its own, on which the device may die at any request. What a
// transaction had not committed by then is gone, as after a power cut.
import {
  IDBCursor,
  IDBDatabase,
  IDBFactory,
  IDBIndex,
  IDBObjectStore,
  type IDBTransaction,
} from 'fake-indexeddb';
import { wrap } from 'idb';

export class Died extends Error {}

/** Which disk is in use, and after how many requests its device dies. */
let mounted: Disk | null = null;

export class Disk {
  readonly factory = new IDBFactory();
  #open = new Set<IDBTransaction>();
  #left = Number.POSITIVE_INFINITY;
  #dead = false;

  /** From now on `indexedDB` is this disk. */
  mount(): void {
    mounted = this;
    Object.assign(globalThis, { indexedDB: this.factory });
  }

  /** The device dies at its `requests`th request from now on. */
  dieAfter(requests: number): void {
    this.#left = requests;
  }

  /** The device is switched on (again); true when it had died. */
  revive(): boolean {
    const died = this.#dead;
    this.#dead = false;
    this.#left = Number.POSITIVE_INFINITY;
    this.#open.clear();
    return died;
  }

  /** Counts one thing the device waits for; throws when it is its last. */
  breathe(): void {
    if (this.#dead) throw new Died();
    this.#left -= 1;
    if (this.#left >= 0) return;
    this.#dead = true;
    for (const transaction of this.#open) {
      try {
        transaction.abort();
      } catch {
        // It had ended.
      }
    }
    throw new Died();
  }

  opened(transaction: IDBTransaction): void {
    this.#open.add(transaction);
    // Nobody waits for what a dead device had begun.
    wrap(transaction).done.catch(() => undefined);
    const ended = () => this.#open.delete(transaction);
    transaction.addEventListener('complete', ended);
    transaction.addEventListener('abort', ended);
  }
}

/** Makes every request to a database one that the device may die at. Once for the process. */
export function countRequests(): void {
  const counted = (prototype: object, names: string[]) => {
    for (const name of names) {
      const plain = Reflect.get(prototype, name) as (...args: unknown[]) => unknown;
      Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]) {
        mounted?.breathe();
        return plain.apply(this, args);
      });
    }
  };
  const reads = ['get', 'getKey', 'getAll', 'getAllKeys', 'count', 'openCursor', 'openKeyCursor'];
  counted(IDBObjectStore.prototype, [...reads, 'add', 'put', 'delete', 'clear']);
  counted(IDBIndex.prototype, reads);
  counted(IDBCursor.prototype, ['continue', 'update', 'delete', 'advance']);
  const plain = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args) {
    mounted?.breathe();
    const transaction = plain.apply(this, args);
    mounted?.opened(transaction);
    return transaction;
  };
}
