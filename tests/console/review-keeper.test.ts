// Drafts of reviews are never lost: two tabs, two machines, no network, a browser that keeps nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, Failure } from '../../src/console/client.ts';
import { IDLE_MS, WorkClock } from '../../src/console/review/clock.ts';
import { DraftKeeper, type KeeperOptions } from '../../src/console/review/keeper.ts';
import { type DraftContent, EMPTY_CONTENT, NOT_SCORED } from '../../src/domain/reviews.ts';

/** The server's one row, and whether it can be reached. */
class Row {
  content: DraftContent = EMPTY_CONTENT;
  seen = 0;
  away: Failure | null = null;

  send(content: DraftContent, seen: number): Answer<{ seen: number }> {
    if (this.away) return { ok: false, failure: this.away };
    if (seen !== this.seen)
      return { ok: false, failure: { is: 'refused', status: 409, message: '' } };
    this.content = content;
    this.seen += 1;
    return { ok: true, value: { seen: this.seen } };
  }

  read(): Answer<{ content: DraftContent; seen: number }> {
    if (this.away) return { ok: false, failure: this.away };
    return { ok: true, value: { content: this.content, seen: this.seen } };
  }
}

/** localStorage of one browser. */
class Browser {
  readonly kept = new Map<string, string>();
  isFull = false;
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.kept.set(key, value);
  };
  removeItem = (key: string) => void this.kept.delete(key);
}

let stamps = 0;
/** A tab: `run` does what it has put off. */
function tab(row: Row, browser: Browser | null, more: Partial<KeeperOptions> = {}) {
  const put = new Set<() => void>();
  const keeper = new DraftKeeper(
    {
      ...{ draft: 'd', key: 'k', storage: browser },
      send: async (content, seen) => row.send(content, seen),
      read: async () => row.read(),
      later: (work) => {
        put.add(work);
        return () => put.delete(work);
      },
      ...{ stamp: () => String(stamps++), onChange: () => undefined, ...more },
    },
    { content: row.content, seen: row.seen },
  );
  const write = (text: string) => keeper.change({ ...keeper.content, text });
  return { keeper, write, put };
}
const offline: Failure = { is: 'offline' };

describe('a draft', () => {
  test('is in the browser at once and on the server a moment later', async () => {
    const [row, browser] = [new Row(), new Browser()];
    const { keeper, write, put } = tab(row, browser);
    write('a');
    expect(browser.kept.get('k')).toContain('"text":"a"');
    expect(keeper.state).toBe('waiting');
    expect(put.size).toBe(1);
    expect(await keeper.flush()).toBe(true);
    expect([row.content.text, keeper.state]).toEqual(['a', 'kept']);
  });

  test('written without a network comes back after a reload, and reaches the server then', async () => {
    const [row, browser] = [new Row(), new Browser()];
    const { keeper, write, put } = tab(row, browser);
    row.away = offline;
    write('without a network');
    expect(await keeper.flush()).toBe(false);
    expect(keeper.state).toBe('here');
    // It tries again by itself.
    expect(put.size).toBeGreaterThan(0);
    row.away = null;
    const reloaded = tab(row, browser);
    expect(reloaded.keeper.content.text).toBe('without a network');
    expect(reloaded.put.size).toBe(1);
    await reloaded.keeper.flush();
    expect(row.content.text).toBe('without a network');
  });

  test('in a browser that keeps nothing says so while the server cannot be reached', async () => {
    const [row, browser] = [new Row(), new Browser()];
    browser.isFull = true;
    const { keeper, write } = tab(row, browser);
    row.away = offline;
    write('a');
    await keeper.flush();
    expect(keeper.state).toBe('nowhere');
    row.away = null;
    await keeper.flush();
    expect([keeper.state, row.content.text]).toEqual(['kept', 'a']);
  });

  test('typed on while it is sent is sent once more', async () => {
    const row = new Row();
    const { keeper, write } = tab(row, new Browser(), {
      send: async (content, seen) => {
        const answer = row.send(content, seen);
        if (content.text === 'a') write('ab');
        return answer;
      },
    });
    write('a');
    expect(await keeper.flush()).toBe(true);
    expect(row.content.text).toBe('ab');
  });

  test('whose answer was lost stands there once, also when it was rewritten since', async () => {
    const row = new Row();
    let isLost = true;
    const { keeper, write } = tab(row, new Browser(), {
      send: async (content, seen) => {
        const answer = row.send(content, seen);
        return isLost ? { ok: false, failure: offline } : answer;
      },
    });
    write('they wated for the certificate');
    expect(await keeper.flush()).toBe(false);
    isLost = false;
    write('they waited for the certificates');
    expect(await keeper.flush()).toBe(true);
    expect(row.content.text).toBe('they waited for the certificates');
  });

  test('whose answer was lost stands there once after a reload too', async () => {
    const [row, browser] = [new Row(), new Browser()];
    const { keeper, write } = tab(row, browser, {
      send: async (content, seen) => {
        row.send(content, seen);
        return { ok: false, failure: offline };
      },
    });
    write('they wated for the certificate');
    await keeper.flush();
    write('they waited for the certificates');
    keeper.stop();
    const reloaded = tab(row, browser);
    expect(await reloaded.keeper.flush()).toBe(true);
    expect(row.content.text).toBe('they waited for the certificates');
  });

  test('that is read while it is being sent is not taken for somebody else’s', async () => {
    const row = new Row();
    const { keeper, write } = tab(row, new Browser(), {
      send: async (content, seen) => {
        const answer = row.send(content, seen);
        // A poke had it read again, and that answer is here first.
        if (seen === 0) {
          write('they waited for it');
          keeper.heard({ content: row.content, seen: row.seen });
        }
        return answer;
      },
    });
    write('they wated for it');
    expect(await keeper.flush()).toBe(true);
    expect(row.content.text).toBe('they waited for it');
  });

  test('that was finished elsewhere is not written any more', async () => {
    const row = new Row();
    const { keeper, write, put } = tab(row, new Browser());
    write('a');
    row.away = { is: 'refused', status: 410, message: 'You have finished this review.' };
    put.clear();
    await keeper.flush();
    expect(keeper.state).toBe('gone');
    expect(put.size).toBe(0);
  });

  test('that was finished here leaves nothing in the browser', async () => {
    const [row, browser] = [new Row(), new Browser()];
    const { keeper, write } = tab(row, browser);
    write('a');
    await keeper.flush();
    keeper.forget();
    write('b');
    expect(browser.kept.size).toBe(0);
  });

  test('of another review that stood in the browser is left alone', () => {
    const [row, browser] = [new Row(), new Browser()];
    tab(row, browser).write('of this one');
    expect(tab(row, browser, { draft: 'other' }).keeper.content.text).toBe('');
  });

  test('that cannot be read any more is as good as none', () => {
    const browser = new Browser();
    browser.kept.set('k', '{"draft":"d","con');
    expect(tab(new Row(), browser).keeper.content).toEqual(EMPTY_CONTENT);
  });
});

describe('two who write one draft', () => {
  test('two tabs have what the other wrote', async () => {
    const [row, browser] = [new Row(), new Browser()];
    const [one, two] = [tab(row, browser), tab(row, browser)];
    one.write('from the first');
    two.keeper.lookHere();
    expect(two.keeper.content.text).toBe('from the first');
    two.keeper.change({ ...two.keeper.content, scores: { a: { ...NOT_SCORED, ours: 1 } } });
    one.write('from the first, and on');
    two.keeper.lookHere();
    await one.keeper.flush();
    await two.keeper.flush();
    expect(row.content).toMatchObject({
      text: 'from the first, and on',
      scores: { a: { ours: 1 } },
    });
  });

  test('two machines: what the other wrote is merged when it is refused', async () => {
    const row = new Row();
    const [one, two] = [tab(row, new Browser()), tab(row, new Browser())];
    one.write('at the office');
    await one.keeper.flush();
    two.keeper.change({ ...two.keeper.content, scores: { a: { ...NOT_SCORED, ours: 0 } } });
    expect(await two.keeper.flush()).toBe(true);
    expect(row.content).toMatchObject({ text: 'at the office', scores: { a: { ours: 0 } } });
    expect(two.keeper.state).toBe('kept');
  });

  test('whatever they do, in the end all have the same, and no words are lost', async () => {
    const act = fc.record({
      who: fc.nat(2),
      does: fc.constantFrom('write', 'write', 'flush', 'look', 'away', 'back', 'reload'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const row = new Row();
        const [shared, other] = [new Browser(), new Browser()];
        // Two tabs of one browser, and another machine.
        const browsers = [shared, shared, other];
        const tabs = browsers.map((browser) => tab(row, browser));
        const words: string[] = [];
        for (const [turn, { who, does }] of acts.entries()) {
          const present = tabs[who];
          if (present === undefined) continue;
          const { keeper } = present;
          if (does === 'write') {
            const word = `<${turn}>`;
            words.push(word);
            present.write(`${keeper.content.text}${word}`);
          } else if (does === 'flush') await keeper.flush();
          else if (does === 'look') keeper.lookHere();
          else if (does === 'reload') {
            keeper.stop();
            tabs[who] = tab(row, browsers[who] ?? shared);
          } else row.away = does === 'away' ? offline : null;
        }
        row.away = null;
        for (let round = 0; round < 3; round++) {
          for (const { keeper } of tabs) {
            keeper.lookHere();
            await keeper.flush();
            keeper.heard({ content: row.content, seen: row.seen });
          }
        }
        for (const { keeper } of tabs) {
          expect(keeper.content.text).toBe(row.content.text);
          expect(keeper.state).toBe('kept');
        }
        for (const word of words) expect(row.content.text).toContain(word);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the time that is spent', () => {
  test('counts from sign to sign, and no longer than somebody sits and reads', () => {
    const clock = new WorkClock();
    clock.touched(0);
    clock.touched(20_000);
    expect(clock.take()).toBe(20);
    clock.touched(20_000 + IDLE_MS * 10);
    expect(clock.take()).toBe(IDLE_MS / 1_000);
  });

  test('stands while nobody does anything, and while the tab is hidden', () => {
    const clock = new WorkClock();
    expect(clock.isPaused(0)).toBe(true);
    clock.touched(0);
    expect(clock.isPaused(IDLE_MS)).toBe(false);
    expect(clock.isPaused(IDLE_MS + 1)).toBe(true);
    clock.hidden(1_500);
    expect(clock.isPaused(2_000)).toBe(true);
    clock.touched(60_000);
    expect(clock.take()).toBe(1);
    clock.touched(60_500);
    // What was left over counts.
    expect(clock.take()).toBe(1);
  });

  test('a clock that is set back counts nothing', () => {
    const clock = new WorkClock();
    clock.touched(10_000);
    clock.touched(0);
    expect(clock.take()).toBe(0);
  });
});
