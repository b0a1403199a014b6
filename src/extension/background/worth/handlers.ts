// Worth, Kano, outcomes and looking back. Answers messages/worth-calls.ts.
import { ExpectedError, type SidebarHandlers } from '../../messages/index.ts';
import type { WorthAnswers } from '../../messages/worth-calls.ts';
import { getRecord, readFields } from '../../store/index.ts';
import { Names } from '../cards.ts';
import type { SidebarDeps } from '../from-sidebar.ts';
import { kanoView, recordKano, removeKano } from './kano.ts';
import { keepLookBack, lookBackView, makePattern } from './look-back.ts';

export function worthHandlers({
  world,
  recordsChanged,
}: SidebarDeps): Pick<SidebarHandlers, keyof WorthAnswers> {
  return {
    async worthOf({ expectation }) {
      const here = await world.current();
      const found = await getRecord(here.db, 'expectation', expectation);
      if (found === null) {
        throw new ExpectedError('not-found', 'This card is not on this device any more.');
      }
      const { decidedBy } = readFields<'expectation'>(found.record);
      if (decidedBy === undefined) return { me: here.me, decidedBy: null };
      const name = await new Names(here).member(decidedBy);
      return { me: here.me, decidedBy: { name, me: decidedBy === here.me } };
    },

    kano: async ({ expectation }) => kanoView(await world.current(), expectation),
    async kanoRecord(asked) {
      const probe = await recordKano(world, asked);
      recordsChanged();
      return { ...(await kanoView(await world.current(), asked.expectation)), probe };
    },
    async kanoRemove({ probe, on }) {
      const expectation = await removeKano(world, probe, on);
      recordsChanged();
      return kanoView(await world.current(), expectation);
    },

    lookBack: async ({ customer }) => lookBackView(await world.current(), customer),
    async keepLookBack({ record, customer, fields }) {
      const kept = await keepLookBack(world, record, customer, fields);
      recordsChanged();
      return { record: kept };
    },
    async makePattern(pattern) {
      const record = await makePattern(world, pattern);
      recordsChanged();
      return { record };
    },
  };
}
