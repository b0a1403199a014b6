// What is written down in a team session and is not on the server yet: nothing of it is lost, written
// twice, or sent in another order than it was said, whatever the server does.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, Failure } from '../../src/console/client.ts';
import type { ImprovementShown, OneImprovement } from '../../src/console/improvements/answer.ts';
import type { ImprovementPatch, ImprovementWish } from '../../src/console/improvements/calls.ts';
import { type Line, linesOf } from '../../src/console/session/lines.ts';
import { type MinutesOf, minutesText } from '../../src/console/session/minutes.ts';
import { type Op, Outbox, roomOf, type Store } from '../../src/console/session/outbox.ts';

const SESSION = 'session-1';

function memory(): Store {
  const all = new Map<string, string>();
  return {
    get length() {
      return all.size;
    },
    key: (at) => [...all.keys()][at] ?? null,
    getItem: (key) => all.get(key) ?? null,
    setItem: (key, value) => void all.set(key, value),
    removeItem: (key) => void all.delete(key),
  };
}

type Mood = 'takes' | 'loses-the-answer' | Failure;
const OFFLINE: Failure = { is: 'offline' };
const refuses = (status: number): Failure => ({ is: 'refused', status, message: 'No.' });

/** A server that takes each id once, and answers by its mood at the time, the last one for good. */
class Server {
  readonly there = new Map<string, ImprovementShown>();
  readonly taken: string[] = [];
  moods: Mood[] = [];

  begin = (wish: ImprovementWish) =>
    this.#take(wish.id, `begin ${wish.id}`, () => {
      // Sent again, it is the one that is there.
      const present = this.there.get(wish.id);
      return (
        present ?? shown(wish.id, { ...wish, owner: wish.owner ?? null, due: wish.due ?? null })
      );
    });

  change = (id: string, patch: ImprovementPatch) =>
    this.#take(id, `change ${id} ${JSON.stringify(patch)}`, () => {
      const present = this.there.get(id);
      return present === undefined ? null : ({ ...present, ...patch } as ImprovementShown);
    });

  async #take(
    id: string,
    what: string,
    make: () => ImprovementShown | null,
  ): Promise<Answer<OneImprovement>> {
    await Promise.resolve();
    const mood = this.moods.length > 1 ? this.moods.shift() : (this.moods[0] ?? 'takes');
    if (typeof mood === 'object') return { ok: false, failure: mood };
    const improvement = make();
    if (improvement === null) return { ok: false, failure: refuses(404) };
    this.there.set(id, improvement);
    this.taken.push(what);
    if (mood === 'loses-the-answer') return { ok: false, failure: OFFLINE };
    const one = { improvement, finding: null, moment: null, follows: null, next: [], history: [] };
    return { ok: true, value: one };
  }
}

function shown(id: string, said: Partial<ImprovementShown>): ImprovementShown {
  return {
    ...{ id, state: 'open', seen: '', late: null, followed: false, text: '', cause: '' },
    ...{ action: '', owner: null, ownerName: '', ownerLeft: false, due: null, checkOn: null },
    ...{ doneAt: null, doneText: '', checkedAt: null, checkedBy: null, checkedByName: '' },
    ...{ effectText: '', reason: '', review: null, finding: null, follows: null },
    ...{ session: SESSION, subject: null, at: null, customer: null, customerName: null },
    ...{ project: null, projectName: null, interaction: null, quotes: [], author: '' },
    ...{ authorName: '', written: 0, deleted: false },
    ...said,
  } as ImprovementShown;
}

const begin = (id: string, text = id): Op => ({
  is: 'begin',
  wish: { id, text, session: SESSION },
});
const change = (id: string, patch: ImprovementPatch): Op => ({ is: 'change', id, patch });

function outbox(store: Store = memory(), now = () => 1_000) {
  return new Outbox(store, 'mira', now, () => undefined);
}

describe('sending', () => {
  test('what is said goes out in its order, also where the clock stands still or goes back', async () => {
    let clock = 5_000;
    const out = outbox(memory(), () => clock);
    const server = new Server();
    out.put(begin('a'));
    clock = 1_000;
    out.put(change('a', { owner: 'tom' }));
    out.put(begin('b'));
    expect(await out.flush(server, () => undefined)).toBe('done');
    expect(server.taken).toEqual(['begin a', 'change a {"owner":"tom"}', 'begin b']);
    expect(out.all()).toEqual([]);
  });

  test('without a server it is kept, also for the next time the page is opened', async () => {
    const store = memory();
    const server = new Server();
    server.moods = [OFFLINE];
    const before = outbox(store);
    before.put(begin('a'));
    expect(await before.flush(server, () => undefined)).toBe('offline');
    const after = outbox(store, () => 9_000);
    after.put(change('a', { due: '2027-03-01' }));
    server.moods = [];
    expect(await after.flush(server, () => undefined)).toBe('done');
    expect(server.there.get('a')).toMatchObject({ text: 'a', due: '2027-03-01' });
  });

  test('an answer that was lost is asked for again and writes nothing twice', async () => {
    const server = new Server();
    server.moods = ['loses-the-answer', 'takes'];
    const out = outbox();
    out.put(begin('a'));
    expect(await out.flush(server, () => undefined)).toBe('offline');
    expect(await out.flush(server, () => undefined)).toBe('done');
    expect([...server.there.keys()]).toEqual(['a']);
  });

  test('what is refused waits with the reason and holds back only what belongs to it', async () => {
    const server = new Server();
    server.moods = [refuses(410), 'takes'];
    const out = outbox();
    out.put(begin('a'));
    out.put(change('a', { owner: 'tom' }));
    out.put(begin('b'));
    expect(await out.flush(server, () => undefined)).toBe('done');
    expect([...server.there.keys()]).toEqual(['b']);
    const [line] = linesOf(new Map(), out.all(), SESSION);
    expect(line).toMatchObject({ id: 'a', owner: 'tom', state: 'refused', why: 'No.' });
    // Asked once more, both go.
    out.again('a');
    expect(await out.flush(server, () => undefined)).toBe('done');
    expect(server.there.get('a')).toMatchObject({ owner: 'tom' });
  });

  test('a server that is busy or being started has not refused', async () => {
    for (const status of [408, 429, 500, 503]) {
      const server = new Server();
      server.moods = [refuses(status), 'takes'];
      const out = outbox();
      out.put(begin('a'));
      expect(await out.flush(server, () => undefined)).toBe('offline');
      expect(out.all()[0]?.refused).toBeNull();
    }
  });

  test('two at once are one', async () => {
    const server = new Server();
    const out = outbox();
    out.put(begin('a'));
    const both = [out.flush(server, () => undefined), out.flush(server, () => undefined)];
    expect(await Promise.all(both)).toEqual(['done', 'done']);
    expect(server.taken).toEqual(['begin a']);
  });

  test('nobody sends what another person wrote in the same browser', async () => {
    const store = memory();
    outbox(store).put(begin('a'));
    const tom = new Outbox(
      store,
      'tom',
      () => 1,
      () => undefined,
    );
    expect(tom.all()).toEqual([]);
  });

  test('whatever the server does: in the end all of it is there, once, as it was said last', async () => {
    const op = fc.oneof(
      fc.record({ is: fc.constant('put' as const), id: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ is: fc.constant('flush' as const) }),
    );
    const mood = fc.constantFrom<Mood>('takes', 'loses-the-answer', OFFLINE, refuses(503));
    await fc.assert(
      fc.asyncProperty(fc.array(op), fc.array(mood), async (ops, moods) => {
        const store = memory();
        const server = new Server();
        const wanted = new Map<string, string>();
        server.moods = [...moods, 'takes'];
        let turn = 0;
        for (const { is, ...rest } of ops) {
          // A page that is closed and opened again: only what it kept is left of it.
          const out = outbox(store, () => turn * 100);
          turn += 1;
          if (is === 'flush') await out.flush(server, () => undefined);
          else {
            const { id } = rest as { id: string };
            const text = `text ${turn}`;
            out.put(wanted.has(id) ? change(id, { text }) : begin(id, text));
            wanted.set(id, text);
          }
        }
        server.moods = [];
        expect(await outbox(store, () => 1e9).flush(server, () => undefined)).toBe('done');
        expect(outbox(store).all()).toEqual([]);
        expect(new Map([...server.there].map(([id, { text }]) => [id, text]))).toEqual(wanted);
      }),
    );
  });
});

test('a browser that keeps nothing, or is full, has it as long as the page is open', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    },
  };
  for (const localStorage of [
    { ...full, removeItem: () => undefined, key: () => null, length: 0 },
  ]) {
    const room = roomOf({ localStorage: localStorage as unknown as Storage });
    room.setItem('a', '1');
    expect([room.getItem('a'), room.length, room.key(0)]).toEqual(['1', 1, 'a']);
    room.removeItem('a');
    expect(room.length).toBe(0);
  }
  const forbidden = {
    get localStorage(): Storage {
      throw new Error('forbidden');
    },
  };
  const room = roomOf(forbidden);
  room.setItem('a', '1');
  expect(room.getItem('a')).toBe('1');
});

describe('the lines', () => {
  test('what is on its way lies over what the server has', () => {
    const known = new Map([['a', shown('a', { text: 'first', owner: 'mira' })]]);
    const out = outbox();
    out.put(change('a', { owner: 'tom' }));
    out.put(begin('b', 'second'));
    out.put(change('b', { deleted: true }));
    const lines = linesOf(known, out.all(), SESSION);
    expect(lines.map(({ id, owner, deleted, state }) => [id, owner, deleted, state])).toEqual([
      ['a', 'tom', false, 'waiting'],
      ['b', null, true, 'waiting'],
    ]);
  });

  test('those of another session are not among them', () => {
    const known = new Map([['a', shown('a', { session: 'another' })]]);
    const out = outbox();
    out.put({ is: 'begin', wish: { id: 'b', text: 'b', session: 'another' } });
    out.put(change('c', { text: 'c' }));
    expect(linesOf(known, out.all(), SESSION)).toEqual([]);
  });
});

test('minutes: what was said, by whom and until when; what was taken back is not in them', () => {
  const line = (text: string, more: Partial<Line> = {}): Line => ({
    ...{ id: text, text, owner: null, due: null, subject: null, at: null, quote: null },
    ...{ deleted: false, state: 'kept', why: '' },
    ...more,
  });
  const of = (lines: Line[]): MinutesOf => ({
    ...{ title: 'Cold store', customer: 'Sample Foods', day: '24 Feb 2027', lines },
    ownerOf: (owner) => (owner === null ? 'nobody yet' : `member ${owner}`),
    ...{ sayDate: (day) => `<${day}>`, sayWhen: (at) => `[${at}]` },
  });
  const text = minutesText(
    of([
      line('We ought to\nhave rung', {
        owner: 'tom',
        due: '2027-03-01',
        at: 'then',
        quote: 'nobody told us',
      }),
      line('gone', { deleted: true }),
      line('One name'),
    ]),
  );
  expect(text).toBe(
    [
      'Team session: Cold store',
      'Sample Foods · 24 Feb 2027',
      '',
      '1. We ought to',
      '   have rung',
      '   Who: member tom · Until: <2027-03-01> · About [then]',
      '   “nobody told us”',
      '',
      '2. One name',
      '   Who: nobody yet',
      '',
    ].join('\n'),
  );
  expect(minutesText(of([]))).toContain('Nothing was written down.');
});
