// Runs in the browser for search.bench.ts: the extension's own store and index on a page's IndexedDB,
// and beside them the plainest search there is: all texts folded into one string, looked through.
import { type IDBPDatabase, openDB } from 'idb';
import { newId } from '../src/domain/index.ts';
import { hasher } from '../src/extension/background/hasher.ts';
import {
  commit,
  type Filters,
  indexAll,
  openWorkspace,
  readHits,
  search,
  takeAnswer,
  UNPINNED,
  type WorkspaceDb,
  type Write,
} from '../src/extension/store/index.ts';
import { newChain, type PulledChange, seal } from '../src/ledger/index.ts';
import { sampleNote } from './sample-note.ts';
import { corpus } from './search.corpus.ts';

const source = {
  now: () => Date.now(),
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
  hasher,
};
const START = '0000000000000000';
const FILL_AT_ONCE = 500;
const LABELS = ['note', 'praise', 'grievance', 'question'];
/** As many as a list asks for at once. */
const PAGE = 20;

let db: WorkspaceDb | null = null;
const opened = async () => {
  db ??= await openWorkspace('bench-search');
  return db;
};

/** Notes pulled from a server; the plain search gets the same texts. */
async function fill(notes: number, seed: number): Promise<void> {
  const own = await opened();
  const workspace = newId(source);
  if ((await own.get('meta', 'chain')) === undefined) {
    await own.put('meta', newChain(workspace, newId(source), newId(source), START), 'chain');
  }
  let theirs = newChain(workspace, newId(source), newId(source), START);
  const text = corpus(seed);
  const plain = await openPlain();
  const known = { current: null };
  const epoch = newId(source);
  for (let done = 0; done < notes; done += FILL_AT_ONCE) {
    const many = Math.min(FILL_AT_ONCE, notes - done);
    const lines: string[] = [];
    const changes = Array.from({ length: many }, (_, at): PulledChange => {
      const turn = done + at;
      const body = { text: text(turn), label: LABELS[turn % LABELS.length] ?? 'note' };
      const record = newId(source);
      lines.push(`${record} ${body.text.toLowerCase()}`);
      const sealed = seal(hasher, source, theirs, {
        id: newId(source),
        kind: 'note',
        record,
        base: {},
        body,
      });
      theirs = sealed.chain;
      const { envelope, salt } = sealed.change;
      const leaf = { ...envelope, received: new Date().toISOString(), rank: envelope.at };
      return { seq: turn, leaf, salt, body };
    });
    const answer = { v: 1 as const, epoch, results: [], changes, cursor: done + many, more: true };
    await takeAnswer(own, hasher, answer, Date.now(), { ...UNPINNED, known });
    await plain.put('lines', lines.join('\n'), `${seed}/${done}`);
  }
  plain.close();
}

/** ms */
async function index(): Promise<number> {
  const start = performance.now();
  await indexAll(await opened());
  return performance.now() - start;
}

/** As the sidebar asks: the page of hits with their records and the words they were found by. */
async function ask(words: string, filters: Filters = {}): Promise<{ ms: number; total: number }> {
  const start = performance.now();
  const own = await opened();
  const order = words === '' ? 'newest' : 'best';
  const { hits, total } = await search(own, { words, filters, order, from: 0, count: PAGE });
  await readHits(own, hits, words);
  return { ms: performance.now() - start, total };
}

const openPlain = (): Promise<IDBPDatabase> =>
  openDB('bench-plain', 1, { upgrade: (made) => void made.createObjectStore('lines') });

let blob: string | null = null;
/** All of these words anywhere in a note, as parts of words too. The first looking reads everything. */
async function scan(words: string): Promise<{ ms: number; total: number }> {
  const start = performance.now();
  if (blob === null) {
    const plain = await openPlain();
    blob = (await plain.getAll('lines')).join('\n');
    plain.close();
  }
  const [first = '', ...more] = words.toLowerCase().split(' ');
  let total = 0;
  for (let at = blob.indexOf(first); at >= 0; ) {
    const begin = blob.lastIndexOf('\n', at) + 1;
    const found = blob.indexOf('\n', at);
    const end = found < 0 ? blob.length : found;
    const line = blob.slice(begin, end);
    if (more.every((word) => line.includes(word))) total += 1;
    at = blob.indexOf(first, end);
  }
  return { ms: performance.now() - start, total };
}

const chained = (kind: string, turn: number): Write => ({
  ...{ id: newId(source), kind, record: newId(source), body: sampleNote(turn), fresh: true },
});
let turn = 0;
/** One capture; of a kind that is not searched, nothing is told to the index. */
async function capture(isSearched: boolean): Promise<number> {
  turn += 1;
  const write = chained(isSearched ? 'note' : 'unsearched', turn);
  const own = await opened();
  const start = performance.now();
  await commit(own, source, [write], { author: '' });
  return performance.now() - start;
}

const bench = { fill, index, ask, scan, capture, open: async () => void (await opened()) };
Object.assign(globalThis, { searchBench: bench });
export type SearchBench = typeof bench;
