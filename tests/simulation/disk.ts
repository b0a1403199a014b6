// A device's disk: an IndexedDB of its own, on which the device may die at any request. What a
// transaction had not committed by then is gone, as after a power cut; what the device waits for
// then never comes, as nothing goes on in it.
import {
  IDBCursor,
  IDBDatabase,
  IDBFactory,
  IDBIndex,
  IDBObjectStore,
  IDBRequest,
  IDBTransaction,
} from 'fake-indexeddb';
import { wrap } from 'idb';

/** Which disk is in use, and after how many requests its device dies. */
let mounted: Disk | null = null;

/** Transactions that dead devices had begun. */
const unheard = new WeakSet<IDBTransaction>();

export class Disk {
  readonly factory = new IDBFactory();
  #open = new Set<IDBTransaction>();
  #left = Number.POSITIVE_INFINITY;
  #dead = false;

  #died: () => void = () => undefined;

  /** From now on `indexedDB` is this disk. */
  mount(): void {
    mounted = this;
    Object.assign(globalThis, { indexedDB: this.factory });
  }

  /** Does something that may die at the `requests`th thing it waits for; 'died' when it did. */
  async whileAlive<T>(work: () => Promise<T>, requests: number): Promise<T | 'died'> {
    this.#dead = false;
    this.#left = requests;
    this.#open.clear();
    const death = new Promise<'died'>((resolve) => {
      this.#died = () => resolve('died');
    });
    try {
      return await Promise.race([work(), death]);
    } finally {
      this.#left = Number.POSITIVE_INFINITY;
    }
  }

  /** The device is switched on again. */
  revive(): void {
    this.#dead = false;
  }

  /** One thing more that the device waits for; false when it was dead by then. */
  breathes(): boolean {
    if (this.#dead) return false;
    this.#left -= 1;
    if (this.#left >= 0) return true;
    this.#dead = true;
    for (const transaction of this.#open) {
      unheard.add(transaction);
      try {
        transaction.abort();
      } catch {
        // It had ended.
      }
    }
    this.#died();
    return false;
  }

  get isDead(): boolean {
    return this.#dead;
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
        return mounted?.breathes() === false ? new IDBRequest() : plain.apply(this, args);
      });
    }
  };
  const reads = ['get', 'getKey', 'getAll', 'getAllKeys', 'count', 'openCursor', 'openKeyCursor'];
  counted(IDBObjectStore.prototype, [...reads, 'add', 'put', 'delete', 'clear']);
  counted(IDBIndex.prototype, reads);
  counted(IDBCursor.prototype, ['continue', 'update', 'delete', 'advance']);
  const plain = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args) {
    const alive = mounted?.breathes() !== false;
    const transaction = plain.apply(this, args);
    mounted?.opened(transaction);
    if (!alive) {
      unheard.add(transaction);
      transaction.abort();
    }
    return transaction;
  };
  const storeOf = IDBTransaction.prototype.objectStore;
  IDBTransaction.prototype.objectStore = function (this: IDBTransaction, name) {
    return unheard.has(this) ? Object.create(IDBObjectStore.prototype) : storeOf.call(this, name);
  };
  const indexOf = IDBObjectStore.prototype.index;
  IDBObjectStore.prototype.index = function (this: IDBObjectStore, name) {
    return mounted?.isDead ? Object.create(IDBIndex.prototype) : indexOf.call(this, name);
  };
  // A dead device does not hear what became of what it asked for.
  const dispatch = IDBRequest.prototype.dispatchEvent;
  IDBRequest.prototype.dispatchEvent = function (this: IDBRequest, event) {
    const of = this.transaction;
    return of !== null && unheard.has(of) ? true : dispatch.call(this, event);
  };
}
