// A background's world on a real IndexedDB, with everything outside it owned by the test.
import type { SyncResponse } from '../../src/ledger/index.ts';

// The extension's API is not there in a plain page; nothing under test here calls it.
const api = { runtime: { id: 'test', getURL: (path: string) => path } };
Object.assign(globalThis, { browser: api, chrome: api });
const background = await import('../../src/extension/background/world.ts');
const store = await import('../../src/extension/store/index.ts');
const { newId } = await import('../../src/domain/index.ts');
const { hasher } = await import('../../src/extension/background/hasher.ts');

export const source = {
  now: () => Date.now(),
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
  hasher,
};

export const id = () => newId(source);

export const connection = {
  server: 'https://unsaid.example',
  token: 'token',
  device: id(),
  workspace: { id: id(), name: 'Sample Workspace' },
  member: { id: id(), name: 'Sample Member', email: 'you@practice.example', role: 'annotator' },
};

/** Removes every database, so that each test begins as a new profile does. */
export async function freshProfile(): Promise<void> {
  for (const { name } of await indexedDB.databases()) if (name) await store.deleteDB(name);
}

/** A world of its own: locks are per world, handles are closed by deleting the databases. */
export function newWorld() {
  return background.createWorld();
}

export async function connected() {
  const world = newWorld();
  await store.writeConnection(await world.profile(), connection);
  return world;
}

/** Notes written as the background does. */
export async function writeNotes(
  world: ReturnType<typeof newWorld>,
  texts: string[],
): Promise<string[]> {
  const records = texts.map(() => id());
  await world.write(({ db, me }) =>
    store.commit(
      db,
      source,
      texts.map((text, index) => ({
        id: id(),
        kind: 'note',
        record: records[index] ?? id(),
        body: { text, label: 'note' },
      })),
      { author: me },
    ),
  );
  return records;
}

export function emptyAnswer(epoch: string): SyncResponse {
  return { v: 1, epoch, results: [], changes: [], cursor: 0, more: false };
}
