// What the bar knows, without drawing it: whose moment a tag gets, and that nothing is lost on the way.
import { beforeEach, describe, expect, test } from 'vitest';
import { Acts } from '../../src/extension/call/acts.ts';
import { Bar, type Line } from '../../src/extension/call/bar.ts';
import type { TagView } from '../../src/extension/messages/call-views.ts';
import type { Failure, Result } from '../../src/extension/messages/result.ts';
import { callsView, sampleCall, sampleTag } from '../calls/samples.ts';
import { sampleId } from '../sidebar/samples.ts';

const START = Date.UTC(2027, 1, 24, 9, 0, 0);
const HOUR = 3_600_000;

/** A computer with two clocks, and a background that answers when it is let. */
class World {
  wall = START;
  steady = 5_000;
  view = callsView({
    running: sampleCall(0, {
      state: 'running',
      clock: { startedAt: START, pauses: [], endedAt: null },
    }),
  });
  readonly said: string[] = [];
  readonly sent: { name: string; payload: Record<string, unknown> }[] = [];
  failure: Failure | null = null;
  /** The worker died, and answers nothing until it is back. */
  dead = false;
  readonly disk = new Map<string, string>();
  line: Line | null = null;
  #ids = 0;
  readonly bar: Bar;

  constructor() {
    const newId = () => {
      this.#ids += 1;
      return sampleId(this.#ids);
    };
    const acts = new Acts(
      {
        send: async ({ name, payload }) => this.#answer(name, payload as Record<string, unknown>),
        store: {
          keys: () => [...this.disk.keys()],
          get: (key) => this.disk.get(key) ?? null,
          set: (key, value) => this.disk.set(key, value),
          remove: (key) => this.disk.delete(key),
        },
        newId,
        wait: () => new Promise((done) => setTimeout(done, 5)),
      },
      (unsent, trouble) => this.bar.set({ unsent, trouble }),
    );
    this.bar = new Bar(
      {
        now: () => this.wall,
        steady: () => this.steady,
        newId,
        calls: async () => ({ ok: true, value: this.view }),
        keepLine: (line) => {
          this.line = line;
        },
        keptLine: () => this.line,
      },
      acts,
      () => {
        if (this.bar.state.said !== this.said.at(-1)) this.said.push(this.bar.state.said);
      },
    );
  }

  /** Time passes for both clocks. */
  pass(ms: number): void {
    this.wall += ms;
    this.steady += ms;
  }

  press(tag: string): void {
    const found = this.bar.pressable().find(({ id }) => id === tag);
    if (!found) throw new Error(`no such tag: ${tag}`);
    this.bar.tag(found, this.steady, found.shortcut);
    this.bar.release(found.shortcut, this.steady);
  }

  of(name: string) {
    return this.sent.filter((one) => one.name === name).map(({ payload }) => payload);
  }

  #answer(name: string, payload: Record<string, unknown>): Result<unknown> {
    if (this.dead) return { ok: false, error: { code: 'ended', message: 'No answer.' } };
    if (this.failure) return { ok: false, error: this.failure };
    this.sent.push({ name, payload });
    if (name === 'callClockSet' && this.view.running) {
      const running = { ...this.view.running, correction: -Number(payload.by) };
      this.view = { ...this.view, running };
    }
    if (name !== 'callTag') return { ok: true, value: this.view };
    const { id, tag, at } = payload as { id: string; tag: string; at: number };
    return {
      ok: true,
      value: sampleTag(sampleCall(0), 0, { id, tag, offset: at - START }) satisfies TagView,
    };
  }
}

const settled = () => new Promise((done) => setTimeout(done, 30));

let world: World;
beforeEach(async () => {
  world = new World();
  await world.bar.load();
});

describe('moments', () => {
  test('a key pressed just after the clock was set back has the moment that truly was', async () => {
    world.pass(60_000);
    world.bar.look();
    world.pass(300);
    world.wall -= HOUR;
    world.pass(200);
    world.press('grievance');
    await settled();
    expect(world.of('callTag')[0]?.at).toBe(START + 60_500);
  });

  test('a clock that was set back is told at once, and the next key is right too', async () => {
    world.pass(60_000);
    world.bar.look();
    world.wall -= HOUR;
    world.pass(1_000);
    world.bar.look();
    world.pass(500);
    world.press('praise');
    await settled();
    const [told] = world.of('callClockSet');
    expect(told?.by).toBe(-HOUR);
    expect(Math.abs(Number(told?.at) - (START + 60_500))).toBeLessThan(1_001);
    expect(world.of('callTag')[0]?.at).toBe(START + 61_500);
    expect(world.bar.elapsed()).toBe(61_500);
  });

  test('a clock that ran ahead is asked about, not believed', async () => {
    world.pass(60_000);
    world.bar.look();
    world.wall += HOUR;
    world.pass(1_000);
    world.bar.look();
    expect(world.bar.state.gap?.by).toBe(HOUR);
    expect(world.of('callClockSet')).toEqual([]);
  });
});

describe('nothing is lost', () => {
  test('every tag of a chord is spoken', async () => {
    const [one, two] = world.bar.pressable();
    if (!one || !two) throw new Error('no tags');
    world.pass(10_000);
    world.bar.tag(one, world.steady, '1');
    world.pass(60);
    world.bar.tag(two, world.steady, '2');
    expect(world.bar.state.said).toMatch(/Expectation at 0:10.*Grievance at 0:10/);
    await settled();
    expect(world.of('callTag').map(({ at }) => at)).toEqual([START + 10_000, START + 10_000]);
  });

  test('one tag after another is spoken by itself', () => {
    world.pass(10_000);
    world.press('grievance');
    world.pass(5_000);
    world.press('praise');
    expect(world.bar.state.said).toMatch(/^Praise at 0:15/);
  });

  test('a tag that was refused stays, and says so', async () => {
    world.failure = { code: 'not-found', message: 'There is no such call.' };
    world.pass(10_000);
    world.press('grievance');
    await settled();
    expect(world.bar.latest().map(({ tag }) => tag)).toEqual(['grievance']);
    expect(world.bar.state.trouble).not.toBeNull();
    expect(world.bar.state.unsent).toBe(1);
    world.failure = null;
    world.bar.again();
    await settled();
    expect(world.of('callTag')).toHaveLength(1);
    expect(world.bar.state.unsent).toBe(0);
    expect(world.bar.state.trouble).toBeNull();
  });

  test('what follows one that was refused is stored all the same', async () => {
    world.failure = { code: 'bad-input', message: 'That is no tag.' };
    world.press('grievance');
    await settled();
    world.failure = null;
    world.pass(5_000);
    world.press('praise');
    await settled();
    expect(world.of('callTag').map(({ tag }) => tag)).toEqual(['praise']);
    expect(world.bar.state.unsent).toBe(1);
  });

  test('the worker dies: all tags are there once it is back, in order, once', async () => {
    world.dead = true;
    for (const tag of ['grievance', 'praise', 'risk']) {
      world.pass(2_000);
      world.press(tag);
    }
    await settled();
    expect(world.bar.latest()).toHaveLength(3);
    expect(world.bar.state.unsent).toBe(3);
    world.dead = false;
    await settled();
    expect(world.of('callTag').map(({ tag }) => tag)).toEqual(['grievance', 'praise', 'risk']);
    expect(world.disk.size).toBe(0);
  });

  test('undone twice in a row takes back two tags, though the first answer is an old one', async () => {
    const running = world.view.running;
    if (!running) throw new Error('no call');
    const latest = [0, 1].map((n) => sampleTag(running, n));
    world.view = { ...world.view, latest };
    await world.bar.load();
    world.dead = true;
    const [first] = world.bar.latest();
    if (first) world.bar.takeBack(first);
    // Asked for before the background knows of the undoing.
    await world.bar.load();
    const [second] = world.bar.latest();
    expect(second?.id).not.toBe(first?.id);
    if (second) world.bar.takeBack(second);
    world.dead = false;
    await settled();
    expect(world.of('callTagEdit').map(({ id }) => id)).toEqual(latest.map(({ id }) => id));
  });

  test('words being typed are not replaced by those for another tag', () => {
    world.press('grievance');
    world.bar.type('wants it on pap', world.steady);
    world.bar.openLine(world.bar.latest()[0] ?? null);
    expect(world.bar.state.line?.text).toBe('wants it on pap');
  });

  test('Escape leaves the line; its words are still there', () => {
    world.bar.type('wants it on paper', world.steady);
    world.bar.leaveLine();
    expect(world.bar.state.line?.text).toBe('wants it on paper');
    expect(world.line?.text).toBe('wants it on paper');
  });

  test('hanging up stores the words that were still in the line', async () => {
    world.pass(9_000);
    world.bar.type('w', world.steady);
    world.pass(2_000);
    world.bar.type('wants it on paper', world.steady);
    await world.bar.hangUp(world.steady);
    await settled();
    expect(world.sent.map(({ name }) => name)).toEqual(['callTag', 'callEnd']);
    expect(world.of('callTag')[0]).toMatchObject({ text: 'wants it on paper', at: START + 9_000 });
    expect(world.line).toBeNull();
  });

  test('a line that was emptied gets the time of its new first letter', async () => {
    world.bar.type('x', world.steady);
    world.bar.type('', world.steady);
    world.pass(7_000);
    world.bar.type('on paper', world.steady);
    world.bar.storeLine();
    await settled();
    expect(world.of('callTag')[0]?.at).toBe(START + 7_000);
  });

  test('the call can be tagged before the background has answered that it began', async () => {
    world.view = callsView();
    await world.bar.load();
    world.dead = true;
    void world.bar.start({
      ...{ channel: 'call', subject: '', customer: '', minutesAgo: 0, proposed: false },
    });
    expect(world.bar.running).not.toBeNull();
    world.pass(3_000);
    world.press('grievance');
    world.dead = false;
    await settled();
    expect(world.sent.map(({ name }) => name)).toEqual(['callStart', 'callTag']);
    expect(world.of('callTag')[0]?.call).toBe(world.of('callStart')[0]?.id);
  });

  test('pausing shows at once, and twice is going on', async () => {
    world.dead = true;
    world.pass(4_000);
    void world.bar.pause(world.steady);
    expect(world.bar.stands).toBe(true);
    world.pass(6_000);
    expect(world.bar.elapsed()).toBe(4_000);
    void world.bar.pause(world.steady);
    expect(world.bar.stands).toBe(false);
    world.pass(1_000);
    expect(world.bar.elapsed()).toBe(5_000);
    world.dead = false;
    await settled();
    expect(world.of('callPause').map(({ on }) => on)).toEqual([true, false]);
  });
});
