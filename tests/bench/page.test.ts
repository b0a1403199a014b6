import { expect, test } from 'vitest';
import { HOSTS, mailPage } from '../../bench/page.mail.ts';
import { framesOf, longOnes, type TraceEvent, tasksOf } from '../../bench/page.trace.ts';

const URL = 'http://127.0.0.1:1/practice';
const ORIGIN = 'chrome-extension://abc';
const WORLD = 'Ours';
const PID = 7;

/** An event of the page's main thread; times in ms. */
function slice(name: string, at: number, dur: number, args: TraceEvent['args'] = {}): TraceEvent {
  return { name, ph: 'X', pid: PID, tid: 1, ts: at * 1_000, dur: dur * 1_000, args };
}
function point(name: string, ph: string, args: TraceEvent['args'], at = 0): TraceEvent {
  return { name, ph, pid: PID, tid: 1, ts: at * 1_000, args };
}
const BEGINNING = [
  point('TracingStartedInBrowser', 'I', { data: { frames: [{ url: URL, processId: PID }] } }),
  point('thread_name', 'M', { name: 'CrRendererMain' }),
];
const call = (at: number, dur: number) => slice('v8.callFunction', at, dur, { worldName: WORLD });
const tasks = (...events: TraceEvent[]) => tasksOf([...BEGINNING, ...events], URL, ORIGIN, WORLD);

test('a task is charged with the calls of our world, calls inside calls once', () => {
  const found = tasks(
    slice('RunTask', 0, 30),
    call(2, 10),
    slice('FunctionCall', 3, 8, { data: { url: `${ORIGIN}/page.js` } }),
    slice('v8.callFunction', 15, 5, { worldName: 'Another' }),
    slice('RunTask', 40, 5),
  );
  expect(found.map(({ script }) => script)).toEqual([10, 0]);
});

test('what runs after a promise is known by the samples', () => {
  const [only] = tasks(
    slice('RunTask', 10, 20),
    point('Profile', 'P', { data: { startTime: 0 } }),
    point('ProfileChunk', 'P', {
      data: {
        cpuProfile: {
          nodes: [
            { id: 1, callFrame: {} },
            { id: 2, parent: 1, callFrame: { url: `${ORIGIN}/page.js` } },
            { id: 3, parent: 2, callFrame: { url: '' } },
          ],
          samples: [1, 3, 3, 3],
        },
        timeDeltas: [12_000, 4_000, 4_000, 4_000],
      },
    }),
  );
  expect(only?.script).toBe(15);
});

test('CPU time counts where the trace has it', () => {
  const [only] = tasks({ ...slice('RunTask', 0, 80), tdur: 20_000 });
  expect(only).toMatchObject({ took: 20, script: 0 });
});

test('other processes and threads are not of the page', () => {
  const other = { ...slice('RunTask', 0, 30), pid: 8 };
  expect(tasks(other, { ...slice('RunTask', 0, 30), tid: 2 })).toEqual([]);
  expect(() => tasksOf([other], URL, ORIGIN, WORLD)).toThrow(RangeError);
});

test.each([
  ['short', 40, 30, 0],
  ['long by itself', 80, 20, 0],
  ['long by us', 60, 20, 1],
  ['long with so much of us alone', 200, 60, 1],
])('a task that is %s', (_which, took, script, count) => {
  expect(longOnes([{ start: 0, took, script }])).toHaveLength(count);
});

test('a frame is everything since the one before', () => {
  const events = [
    ...BEGINNING,
    slice('RunTask', 0, 4),
    slice('RunTask', 5, 3),
    call(5, 2),
    point('AnimationFrame', 'e', {}, 10),
    slice('RunTask', 12, 1),
    point('AnimationFrame', 'e', {}, 20),
    slice('RunTask', 30, 9),
  ];
  const frames = framesOf(events, URL, tasksOf(events, URL, ORIGIN, WORLD));
  expect(frames.map(({ took, script }) => [took, script])).toEqual([
    [7, 2],
    [1, 0],
  ]);
});

test.each(HOSTS)(
  'the mail on %s has about 300 KB, no script, and a seed gives it again',
  (host) => {
    const page = mailPage(host, 3);
    expect(page.length).toBeGreaterThan(295_000);
    expect(page.length).toBeLessThan(310_000);
    expect(page).not.toMatch(/<script|\son\w+=/i);
    expect(mailPage(host, 3)).toBe(page);
    expect(mailPage(host, 4)).not.toBe(page);
  },
);
