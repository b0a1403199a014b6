// Runs in a page of the extension for call.bench.ts: fills the database that the background works
// with, then presses are timed from the key to the answer that the tag is stored.
import { newId } from '../src/domain/index.ts';
import { hasher } from '../src/extension/background/hasher.ts';
import {
  type Connection,
  commit,
  databaseOf,
  openProfile,
  openWorkspace,
  takeAnswer,
  UNPINNED,
  type Write,
  writeConnection,
} from '../src/extension/store/index.ts';
import { newChain, type PulledChange, seal } from '../src/ledger/index.ts';
import { sampleNote } from './sample-note.ts';

declare const chrome: {
  runtime: {
    sendMessage(message: unknown): Promise<{ ok: boolean; value: unknown }>;
    connect(to: { name: string }): {
      onMessage: { addListener(hear: (event: { event: string }) => void): void };
    };
  };
};

const source = {
  now: () => Date.now(),
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
  hasher,
};
const START = '0000000000000000';
const FILL_AT_ONCE = 500;
const TAGS = [
  ...['expectation', 'grievance', 'praise', 'promise-ours', 'promise-theirs'],
  ...['question', 'decision', 'risk', 'ask-later'],
];

// A server that nobody reaches: the call is tagged offline, and what is tried meanwhile counts.
const connection: Connection = {
  ...{ server: 'http://127.0.0.1:9', token: 'none', device: newId(source) },
  workspace: { id: newId(source), name: 'Sample Workspace' },
  member: { id: newId(source), name: 'Sample Member', email: '', role: 'annotator' },
};

async function connect(): Promise<void> {
  await writeConnection(await openProfile(), connection);
  const db = await openWorkspace(databaseOf(connection));
  const { workspace, device, member } = connection;
  await db.put('meta', newChain(workspace.id, device, member.id, START), 'chain');
  db.close();
}

/** Notes as they come to be there: most pulled from a server, a fifth written here and sent. */
async function fill(notes: number): Promise<void> {
  const db = await openWorkspace(databaseOf(connection));
  const noteWrite = (turn: number): Write => ({
    ...{ id: newId(source), kind: 'note', record: newId(source), body: sampleNote(turn) },
  });
  const epoch = newId(source);
  // As in one run of syncing: what is here is not asked for with every page.
  const known = { current: null };
  let theirs = newChain(connection.workspace.id, newId(source), newId(source), START);
  const pulled = (seq: number): PulledChange => {
    const sealed = seal(hasher, source, theirs, { base: {}, ...noteWrite(seq) });
    theirs = sealed.chain;
    const { envelope, salt, body } = sealed.change;
    const leaf = { ...envelope, received: new Date().toISOString(), rank: envelope.at };
    return { seq, leaf, salt, body };
  };
  for (let done = 0; done < notes; done += FILL_AT_ONCE) {
    const many = Math.min(FILL_AT_ONCE, notes - done);
    if ((done / FILL_AT_ONCE) % 5 === 0) {
      const writes = Array.from({ length: many }, (_, turn) => noteWrite(done + turn));
      await commit(db, source, writes, { author: connection.member.id });
    } else {
      const changes = Array.from({ length: many }, (_, turn) => pulled(done + turn));
      const cursor = done + many;
      const answer = { v: 1 as const, epoch, results: [], changes, cursor, more: true };
      await takeAnswer(db, hasher, answer, Date.now(), { ...UNPINNED, known });
    }
  }
  await db.clear('outbox');
  db.close();
}

async function ask(call: string, payload: object): Promise<unknown> {
  const answer = await chrome.runtime.sendMessage({ unsaid: 1, to: 'sidebar-call', call, payload });
  if (!answer.ok) throw new Error(`${call}: ${JSON.stringify(answer)}`);
  return answer.value;
}

/** Starts a call; from now on each key of 1 to 9 is a tag. As the bar, the page shows what changed. */
async function begin(): Promise<void> {
  const call = newId(source);
  const hear = chrome.runtime.connect({ name: 'sidebar' }).onMessage;
  let isAsking = false;
  hear.addListener(({ event }) => {
    if (event !== 'calls' || isAsking) return;
    isAsking = true;
    void ask('calls', {}).finally(() => {
      isAsking = false;
    });
  });
  await ask('callStart', { id: call, at: Date.now(), tab: null, channel: 'call' });
  running = call;
}

let running = '';
let told: (ms: number) => void = () => undefined;
addEventListener('keydown', (event) => {
  const tag = TAGS[Number(event.key) - 1];
  if (tag === undefined || running === '') return;
  const at = performance.timeOrigin + event.timeStamp;
  void ask('callTag', { id: newId(source), call: running, tag, at }).then(() =>
    told(performance.now() - event.timeStamp),
  );
});

/** Ms from the next key to the answer that its tag is stored. */
const nextTag = () =>
  new Promise<number>((done) => {
    told = done;
  });

/** The least that it can be: a row put strictly, by the page itself. */
async function put(): Promise<number> {
  const db = await openWorkspace('bench');
  const row = { id: newId(source), changedAt: 0, body: sampleNote() };
  const start = performance.now();
  const tx = db.transaction('drafts', 'readwrite', { durability: 'strict' });
  await tx.store.put(row);
  await tx.done;
  const took = performance.now() - start;
  db.close();
  return took;
}

/** How many tags the background says the call has. */
async function count(): Promise<number> {
  const { running: call } = (await ask('calls', {})) as { running: { tags: number } };
  return call.tags;
}

const bench = { connect, fill, begin, nextTag, put, count };
Object.assign(globalThis, { callBench: bench });
export type CallBench = typeof bench;
