// What the code under test asks of IndexedDB, counted: it says what a busy clock cannot.
export type Counted = {
  /** "readwrite records,…", in the order in which they were begun. */
  transactions: string[];
  requests: number;
};

const REQUESTS = [
  ...(['get', 'getAll', 'getKey', 'getAllKeys', 'count', 'put', 'add', 'delete'] as const),
  ...(['openCursor', 'openKeyCursor'] as const),
];

type Method = (...asked: unknown[]) => unknown;

/** Runs the work and says what it asked for, of databases whose name begins so. */
export async function counting(work: () => Promise<unknown>, database = ''): Promise<Counted> {
  const counted: Counted = { transactions: [], requests: 0 };
  const undo: (() => void)[] = [];
  const replace = (of: object, name: string, by: (own: Method) => Method) => {
    const own = Reflect.get(of, name) as Method | undefined;
    if (own === undefined) return;
    Reflect.set(of, name, by(own));
    undo.push(() => Reflect.set(of, name, own));
  };
  replace(
    IDBDatabase.prototype,
    'transaction',
    (own) =>
      function (this: IDBDatabase, ...asked: unknown[]) {
        if (this.name.startsWith(database)) {
          const mode = asked[1] ?? 'readonly';
          counted.transactions.push(`${mode} ${[asked[0]].flat().join(',')}`);
        }
        return own.apply(this, asked);
      },
  );
  for (const of of [IDBObjectStore.prototype, IDBIndex.prototype]) {
    for (const name of REQUESTS) {
      replace(
        of,
        name,
        (own) =>
          function (this: IDBObjectStore | IDBIndex, ...asked: unknown[]) {
            const store = this instanceof IDBIndex ? this.objectStore : this;
            if (store.transaction.db.name.startsWith(database)) counted.requests += 1;
            return own.apply(this, asked);
          },
      );
    }
  }
  try {
    await work();
  } finally {
    for (const one of undo) one();
  }
  return counted;
}
