// One simulated browser profile: the extension's own background and store, on a disk, a clock and a
// network of the simulation's.
import { newId } from '../../src/domain/index.ts';
import type { Chance } from './chance.ts';
import { Disk } from './disk.ts';
import { Locks } from './locks.ts';
import type { ModelMember } from './model-server.ts';

// The extension's API is not there in Node; nothing that is simulated calls it.
const api = { runtime: { id: 'simulated', getURL: (path: string) => path } };
Object.assign(globalThis, { browser: api, chrome: api });
const locks = new Locks();
Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
const { createWorld } = await import('../../src/extension/background/world.ts');
const { resumeConnect } = await import('../../src/extension/background/connect.ts');
const integrity = await import('../../src/extension/background/integrity.ts');
export const { integrityOf } = integrity;
const { beginAnew, readFinding } = integrity;
const { sync } = await import('../../src/extension/background/sync.ts');
export const store = await import('../../src/extension/store/index.ts');
const { entriesOf, recordFrom } = await import('../../src/extension/store/blocks.ts');
export const { rankedOf } = await import('../../src/extension/store/records.ts');
const { nodeHasher } = await import('../../src/server/hasher.ts');

type StoredChange = import('../../src/extension/store/index.ts').StoredChange;
type StoredRecord = import('../../src/extension/store/index.ts').StoredRecord;
type World = ReturnType<typeof createWorld>;
export type Write = Parameters<typeof store.commit>[2][number];

export const SERVER = 'https://unsaid.example';

export type SimulatedDeviceOptions = {
  name: string;
  member: ModelMember;
  chance: Chance;
  /** ms since 1970, as everybody else sees it */
  now(): number;
  fetch: typeof fetch;
  /** Changes that it sends in one request; as many as a browser does unless it is told. */
  batch?: number;
};

export class SimulatedDevice {
  readonly name: string;
  readonly member: ModelMember;
  readonly disk: Disk;
  /** How wrong its clock is, in ms. */
  skew = 0;
  /** Ids of the changes that the person was told are saved. */
  readonly saved = new Set<string>();
  readonly #options: SimulatedDeviceOptions;
  #world: World;

  constructor(options: SimulatedDeviceOptions, disk = new Disk()) {
    this.name = options.name;
    this.member = options.member;
    this.#options = options;
    this.disk = disk;
    this.#world = this.#begin();
  }

  get source() {
    const { now, chance } = this.#options;
    return { now: () => now() + this.skew, random: chance.bytes, hasher: nodeHasher };
  }

  newId(): string {
    return newId(this.source);
  }

  #begin(): World {
    return createWorld(locks, this.source);
  }

  /**
   * Does something as this device, which may die at the `dieAfter`th thing it waits for. 'died':
   * then it was begun anew, with what was on the disk.
   */
  async do<T>(work: (world: World) => Promise<T>, dieAfter?: number): Promise<T | 'died'> {
    this.disk.mount();
    const requests = dieAfter ?? Number.POSITIVE_INFINITY;
    const done = await this.disk.whileAlive(() => work(this.#world), requests);
    if (done !== 'died') return done;
    // What its aborted transactions tell the dead one comes before the new one begins.
    for (let turn = 0; turn < 5; turn += 1) await new Promise((next) => setImmediate(next));
    locks.release();
    this.disk.revive();
    this.#world = this.#begin();
    return 'died';
  }

  /** Its own id, as the server will know it. */
  async id(): Promise<string> {
    const id = await this.do(async (world) => store.deviceId(await world.profile(), this.source));
    return id;
  }

  async connect(code: string): Promise<void> {
    await this.do((world) => resumeConnect({ world, fetch: this.#fetch }, SERVER, code));
  }

  /** Saves as the sidebar does; what it answers is what the person believes. */
  async write(writes: Write[], options: { keep?: boolean; dieAfter?: number } = {}) {
    const { keep = false, dieAfter } = options;
    const told = await this.do(async (world) => {
      await world.write(({ db, me }) =>
        store.commit(db, this.source, writes, { author: me, ...(keep ? { keep } : {}) }),
      );
      return true;
    }, dieAfter);
    if (told === true && !keep) for (const { id } of writes) this.saved.add(id);
    return told === true;
  }

  /** Shares a note that was kept on this device; true when the person was told so. */
  async share(dieAfter?: number): Promise<boolean> {
    const kept = await this.look((db) => db.getAll('kept'));
    const note = kept.find(({ kind }) => kind === 'note');
    if (note === undefined) return false;
    const told = await this.do(
      (world) => world.write(({ db, me }) => store.share(db, this.source, me, note.kind, note.id)),
      dieAfter,
    );
    if (told === 'died') return false;
    for (const id of told) this.saved.add(id);
    return true;
  }

  sync(dieAfter?: number) {
    const { batch } = this.#options;
    const told = { changed: () => undefined, status: () => undefined };
    const least = batch === undefined ? {} : { batch };
    return this.do(
      (world) => sync({ world, fetch: this.#fetch, ...told, ...least }, { force: true }),
      dieAfter,
    );
  }

  /** All changes and all records that it has, packed ones too. */
  holds(): Promise<{ changes: StoredChange[]; records: StoredRecord[] }> {
    return this.look(async (db) => {
      const packed = (await db.getAll('blocks')).flatMap((block) => entriesOf(block));
      const made = packed.flatMap(({ changes }) => recordFrom(changes) ?? []);
      return {
        changes: [...(await db.getAll('changes')), ...packed.flatMap(({ changes }) => changes)],
        records: [...(await db.getAll('records')), ...made],
      };
    });
  }

  /** What it found wrong with the server's history, or null. */
  async finding(): Promise<string | null> {
    return (await this.look(readFinding))?.found ?? null;
  }

  /** The person has asked their administrator, who did restore a backup. */
  async confirmNewOrigin(): Promise<void> {
    await this.do(beginAnew);
  }

  /** Everything waits for the network as it does for the disk: the device may die there too. */
  readonly #fetch = (async (url: string, init?: RequestInit) => {
    if (!this.disk.breathes()) return new Promise(() => undefined);
    const answer = await this.#options.fetch(url, init);
    return this.disk.breathes() ? answer : new Promise(() => undefined);
  }) as typeof fetch;

  async look<T>(read: (db: Awaited<ReturnType<World['current']>>['db']) => Promise<T>): Promise<T> {
    const found = await this.do(async (world) => read((await world.current()).db));
    if (found === 'died') throw new Error('a device that only looks does not die');
    return found;
  }

  /** Another profile with all that is on this disk, as a copied folder has it. */
  async clone(name: string): Promise<SimulatedDevice> {
    const disk = new Disk();
    this.disk.mount();
    for (const { name: database = '', version } of await this.disk.factory.databases()) {
      await copy(this.disk.factory, disk.factory, database, version ?? 1);
    }
    return new SimulatedDevice({ ...this.#options, name }, disk);
  }
}

async function copy(from: IDBFactory, to: IDBFactory, name: string, version: number) {
  const source = await opened(from.open(name));
  const target = to.open(name, version);
  target.onupgradeneeded = () => {
    const all = source.transaction([...source.objectStoreNames]);
    for (const at of source.objectStoreNames) {
      const { keyPath, autoIncrement, indexNames } = all.objectStore(at);
      const made = target.result.createObjectStore(at, { keyPath, autoIncrement });
      for (const index of indexNames) {
        const { keyPath: path, unique, multiEntry } = all.objectStore(at).index(index);
        made.createIndex(index, path, { unique, multiEntry });
      }
    }
  };
  const db = await opened(target);
  for (const at of source.objectStoreNames) {
    const reading = source.transaction(at).objectStore(at);
    const [keys, values] = await Promise.all([
      opened(reading.getAllKeys()),
      opened(reading.getAll()),
    ]);
    const tx = db.transaction(at, 'readwrite');
    for (const [index, value] of values.entries()) {
      const inline = tx.objectStore(at).keyPath !== null;
      tx.objectStore(at).put(value, inline ? undefined : keys[index]);
    }
    await new Promise((done, failed) => {
      tx.oncomplete = done;
      tx.onerror = failed;
    });
  }
  source.close();
  db.close();
}

function opened<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}
