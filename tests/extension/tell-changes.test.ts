// Who is told that records changed, and in which order, on timers that the test owns.
import { expect, test } from 'vitest';
import { tellChanges } from '../../src/extension/background/tell-changes.ts';

function rig() {
  const told: string[] = [];
  let due: (() => void)[] = [];
  const changed = tellChanges({
    lists: (kinds) => told.push(['lists', ...(kinds ?? [])].join(' ')),
    rest: () => told.push('rest'),
    later: (run) => void due.push(run),
  });
  const pass = () => {
    const runs = due;
    due = [];
    for (const run of runs) run();
  };
  return { told, changed, pass };
}

test('whoever shows a list hears of it before this returns, everything else later', () => {
  const { told, changed, pass } = rig();
  changed();
  expect(told).toEqual(['lists']);
  pass();
  expect(told).toEqual(['lists', 'rest']);
});

test('lists hear of each change; the rest comes once for all of them, and again for the next', () => {
  const { told, changed, pass } = rig();
  changed(['note']);
  changed();
  changed(['note', 'customer']);
  pass();
  pass();
  expect(told).toEqual(['lists note', 'lists', 'lists note customer', 'rest']);
  changed();
  pass();
  expect(told.slice(4)).toEqual(['lists', 'rest']);
});

test('of a long pull lists hear of the first piece, of all others together, and at its end at once', () => {
  const { told, changed, pass } = rig();
  for (let piece = 0; piece < 65; piece += 1)
    changed([piece % 2 === 0 ? 'note' : 'customer'], true);
  expect(told).toEqual(['lists note']);
  pass();
  expect(told).toEqual(['lists note', 'rest', 'lists customer note']);
  told.length = 0;
  for (let piece = 0; piece < 5; piece += 1) changed(['mention'], true);
  expect(told).toEqual(['lists mention']);
  changed(['note']);
  expect(told).toEqual(['lists mention', 'lists mention note']);
  pass();
  pass();
  expect(told).toEqual(['lists mention', 'lists mention note', 'rest']);
});

test('what is written here meanwhile is shown at once, with what was held back', () => {
  const { told, changed, pass } = rig();
  changed(['note'], true);
  changed(undefined, true);
  changed(['commitment']);
  expect(told).toEqual(['lists note', 'lists']);
  pass();
  expect(told).toEqual(['lists note', 'lists', 'rest']);
});
