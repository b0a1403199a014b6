// Tagging calls: answers the call bar, the page of calls and the sidebar (messages/call-calls.ts).
import type { CallAnswers, SidebarHandlers, SidebarSender } from '../../messages/index.ts';
import { callsBefore } from '../../store/index.ts';
import { Names } from '../cards.ts';
import type { World } from '../world.ts';
import { changeCall, removeCall, setClock } from './change.ts';
import { followCalls } from './follow.ts';
import { importCall } from './import.ts';
import { changeKept, isWrappedUp, readKept } from './kept.ts';
import { dismissProposal } from './proposal.ts';
import { endCall, parkCall, pauseCall, resumeCall, startCall } from './start.ts';
import { editTag, tagCall } from './tags.ts';
import { notePress } from './talking.ts';
import type { CallsChanged } from './telling.ts';
import { callsView, callView } from './views.ts';
import { isBar, openBar, openCalls, rememberPlace, tabBehind } from './windows.ts';
import { inboxView, tagsByOffset, unwrapTag, wrapHunch, wrapTag, wrapUpView } from './wrap.ts';
import { asCall, callIn } from './write.ts';

export type CallDeps = {
  world: World;
  /** Calls, tags or what is kept about them are not as they were told. */
  callsChanged: CallsChanged;
};

type CallHandlers = Pick<SidebarHandlers, keyof CallAnswers>;

const PAGE = 100;

export function callHandlers({ world, callsChanged }: CallDeps): CallHandlers {
  /** The handler, after which everybody who shows calls looks again. */
  const changing =
    <A, R>(work: (asked: A, sender: SidebarSender) => Promise<R>, what?: 'tag') =>
    async (asked: A, sender: SidebarSender): Promise<R> => {
      notePress(world);
      const done = await work(asked, sender);
      callsChanged(what);
      return done;
    };
  const andView =
    <A>(work: (world: World, asked: A) => Promise<unknown>) =>
    async (asked: A) => {
      await work(world, asked);
      return callsView(world);
    };
  const follow = () => followCalls(world).then((wrote) => (wrote ? callsChanged() : undefined));

  return {
    async calls(_nothing, { tab, url }) {
      if (tab !== null && isBar(url)) void rememberPlace(tab);
      if ((await readKept(world)).follow.length > 0) void follow();
      return callsView(world);
    },
    callStart: changing(async (asked, sender) => {
      const own = isBar(sender.url) ? await tabBehind() : sender.tab;
      await startCall(world, { ...asked, tab: asked.tab ?? own });
      return callsView(world);
    }),
    callTag: changing((asked) => tagCall(world, asked), 'tag'),
    callTagEdit: changing((asked) => editTag(world, asked), 'tag'),
    callPause: changing(andView(pauseCall)),
    callPark: changing(andView(parkCall)),
    callResume: changing(andView(resumeCall)),
    callEnd: changing(andView(endCall)),
    callChange: changing(async (asked) => {
      // Not awaited: a long call has many tags.
      if (await changeCall(world, asked)) void follow();
      return viewOf(world, asked.call);
    }),
    callRemove: changing(andView(removeCall)),
    callClockSet: changing(async (asked) => {
      await setClock(world, asked);
      return viewOf(world, asked.call);
    }),
    async call({ id }) {
      const here = await world.current();
      const call = await callIn(here, id);
      return { call: await callView(here, call), tags: await tagsByOffset(here, id) };
    },
    async callList({ before }) {
      const here = await world.current();
      const records = await callsBefore(here.db, before, PAGE);
      const calls = records.flatMap((record) => asCall(record) ?? []);
      const names = new Names(here);
      const last = calls.at(-1);
      return {
        calls: await Promise.all(calls.map((call) => callView(here, call, names))),
        next: records.length < PAGE || last === undefined ? null : last.clock.startedAt,
      };
    },
    callProposalAway: changing(andView(dismissProposal)),
    callSettings: changing(async ({ patch }) => {
      const given = Object.entries(patch).filter(([, value]) => value !== undefined);
      const { settings } = await changeKept(world, (now) => ({
        settings: { ...now.settings, ...Object.fromEntries(given) },
      }));
      return { settings };
    }),
    async callWindow() {
      await openBar();
      return null;
    },
    async callPage({ call, waiting }) {
      await openCalls(call, waiting);
      return null;
    },
    wrapUp: (asked) => wrapUpView(world, asked),
    wrapUpDone: changing(async ({ call }) => {
      await isWrappedUp(world, call);
      return callsView(world);
    }),
    wrapTag: changing((asked) => wrapTag(world, asked)),
    unwrapTag: changing((asked) => unwrapTag(world, asked)),
    wrapHunch: changing((asked) => wrapHunch(world, asked)),
    tagInbox: () => inboxView(world),
    callImport: changing((asked) => importCall(world, asked)),
  };
}

async function viewOf(world: World, call: string) {
  const here = await world.current();
  return callView(here, await callIn(here, call));
}
