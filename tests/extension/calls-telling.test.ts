// Who is told of a call's changes, and when, on a clock that the test owns.
import { expect, test } from 'vitest';
import { tellCalls } from '../../src/extension/background/calls/telling.ts';

/** What was told, each with its moment in ms. */
function rig() {
  let now = 0;
  let due: { at: number; run: () => void }[] = [];
  const told: string[] = [];
  const changed = tellCalls({
    calls: () => told.push(`calls ${now}`),
    all: () => told.push(`all ${now}`),
    later(run, ms) {
      const timer = { at: now + ms, run };
      due.push(timer);
      return () => {
        due = due.filter((one) => one !== timer);
      };
    },
  });
  const until = (moment: number) => {
    for (;;) {
      const [next] = due.filter(({ at }) => at <= moment).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      due = due.filter((one) => one !== next);
      now = next.at;
      next.run();
    }
    now = moment;
  };
  return { told, changed, until };
}

test('who shows calls hears of a tag after it was answered; all else when nobody tags any more', () => {
  const { told, changed, until } = rig();
  changed('tag');
  expect(told).toEqual([]);
  until(2_000);
  changed('tag');
  until(4_900);
  expect(told).toEqual(['calls 0', 'calls 2000']);
  until(60_000);
  expect(told).toEqual(['calls 0', 'calls 2000', 'all 5000']);
});

test('ten tags in a second are a few looks, and the last of them is seen', () => {
  const { told, changed, until } = rig();
  for (let press = 0; press < 10; press += 1) {
    until(press * 100);
    changed('tag');
  }
  until(1_500);
  expect(told).toEqual(['calls 0', 'calls 300', 'calls 600', 'calls 900', 'calls 1200']);
  until(10_000);
  expect(told.at(-1)).toBe('all 3900');
});

test('hanging up waits for no tag, and a tag does not put it off', () => {
  const { told, changed, until } = rig();
  changed('tag');
  until(500);
  changed();
  until(1_200);
  changed('tag');
  until(1_600);
  expect(told).toEqual(['calls 0', 'calls 500', 'calls 1200', 'all 1500']);
  until(20_000);
  expect(told.filter((one) => one.startsWith('all'))).toEqual(['all 1500']);
});
