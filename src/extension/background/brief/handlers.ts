// What to know before talking, what is due, and handing over. Answers messages/brief-calls.ts.
import { SOON_DAYS } from '../../../domain/brief.ts';
import { dayAfter } from '../../../domain/due.ts';
import type { Id } from '../../../domain/index.ts';
import { browser } from '../../browser.ts';
import type { BriefAnswers } from '../../messages/brief-calls.ts';
import { ExpectedError, type Reminders, type SidebarHandlers } from '../../messages/index.ts';
import { getRecord, readFields, recordsOfKind } from '../../store/index.ts';
import { dayOf } from '../calls/kept.ts';
import type { SidebarDeps } from '../from-sidebar.ts';
import { editRecord } from '../save.ts';
import type { Here, World } from '../world.ts';
import { asItems, dueUntil } from './due.ts';
import { changeReminders, readReminders } from './kept.ts';
import { readMailReminders, writeMailReminders } from './mail.ts';
import { mayNotify, putOff, recount, remind } from './remind.ts';
import { putIntoReply } from './reply.ts';
import { briefView } from './view.ts';

const PAGE = '/src/extension/brief/index.html';

export function briefHandlers(deps: SidebarDeps): Pick<SidebarHandlers, keyof BriefAnswers> {
  const { world } = deps;
  return {
    brief: async ({ customer }) => briefView(await world.current(), customer, world.source.now()),

    async due() {
      const here = await world.current();
      const today = dayOf(world.source.now());
      const { snoozed } = await readReminders(world);
      const found = await dueUntil(here, dayAfter(today, SOON_DAYS));
      return { items: await asItems(here, found, today, snoozed), today };
    },

    colleagues: async () => ({ members: await colleagues(await world.current()) }),

    async handOver({ kind, id, to }) {
      const here = await world.current();
      const found = await getRecord(here.db, kind, id);
      if (found?.keptHere && to !== null) {
        throw new ExpectedError(
          'bad-input',
          'This is kept on this device, so nobody else can see it. Share it first.',
        );
      }
      if (to !== null && !(await colleagues(here)).some((member) => member.id === to)) {
        throw new ExpectedError('not-found', 'This member is not in the workspace any more.');
      }
      const before =
        found === null ? null : (readFields<'expectation'>(found.record).owner ?? null);
      await editRecord(world, kind, id, { owner: to });
      deps.recordsChanged();
      void recount(world);
      return { before };
    },

    snooze: async ({ what, id, until }) => ({ before: await putOff(world, { what, id }, until) }),

    async answerGrievance({ id, answer }) {
      const { me } = await world.current();
      await editRecord(world, 'note', id, {
        answer,
        answeredAt: answer === null ? null : new Date(world.source.now()).toISOString(),
        answeredBy: answer === null ? null : me,
      });
      deps.recordsChanged();
      return null;
    },

    async putIntoReply({ tab, text }, sender) {
      const target = tab ?? sender.tab;
      return { put: target !== null && (await putIntoReply(target, text)) };
    },

    async openBrief({ customer }) {
      // By our own address: getURL may give the one for frames, which a tab refuses.
      const url = new URL(PAGE, location.href);
      url.searchParams.set('customer', customer);
      await browser.tabs.create({ url: url.href });
      return null;
    },

    reminders: () => remindersOf(world),
    async setReminders(patch) {
      const given = Object.entries(patch).filter(([, value]) => value !== undefined);
      await changeReminders(world, () => Object.fromEntries(given));
      void remind(world);
      return remindersOf(world);
    },

    mailReminders: async () => readMailReminders(deps.fetch, await world.current()),
    setMailReminders: async (choice) =>
      writeMailReminders(deps.fetch, await world.current(), choice),
  };
}

async function remindersOf(world: World): Promise<Reminders> {
  const { notify, words } = await readReminders(world);
  return { notify, words, allowed: await mayNotify() };
}

/** Members by name, without those who left; the person first. */
async function colleagues({ db, me }: Here): Promise<{ id: Id; name: string; me: boolean }[]> {
  const members = [...(await recordsOfKind(db, 'member')).values()].flatMap((record) => {
    const { name = '', deactivated } = readFields<'member'>(record);
    return deactivated === true ? [] : [{ id: record.id, name, me: record.id === me }];
  });
  return members.sort(
    (a, b) => Number(b.me) - Number(a.me) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1),
  );
}
