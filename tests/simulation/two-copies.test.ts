// SPEC 4.4, against the model of the server; real.test.ts tries it against real ones.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { modelBackend } from './backend.ts';
import { chanceOf } from './chance.ts';
import { copyPlainValuesByHand } from './copies.ts';
import { countRequests } from './disk.ts';
import { FULL_REQUEST, MEETINGS, twoCopies } from './two-copies.ts';

countRequests();
copyPlainValuesByHand();

test.each([...MEETINGS, FULL_REQUEST] as const)(
  '4.4 two copies of a profile both sealed what waited: %s',
  async (meeting) => {
    const chance = chanceOf(1);
    await expect(twoCopies(meeting, modelBackend(chance), chance)).resolves.toBeUndefined();
  },
);
