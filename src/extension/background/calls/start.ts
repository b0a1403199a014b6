// Starting a call, and the other turns it takes. Each writes all that it changes as one.
import type { Body, Id } from '../../../domain/index.ts';
import type { SidebarHandlers } from '../../messages/index.ts';
import { commit, getRecord, type Write } from '../../store/index.ts';
import { Plan, refuseBadBody } from '../save.ts';
import type { Here, World } from '../world.ts';
import { ABOUT_NOTHING, aboutTab, chooseAll } from './about.ts';
import { ended, parked, paused, resumed } from './clock.ts';
import { wantsWrapUp } from './kept.ts';
import { takeProposal } from './proposal.ts';
import { openOnes } from './views.ts';
import { type Call, callIn, isoOf, writeOf } from './write.ts';

type Asked<C extends keyof SidebarHandlers> = Parameters<SidebarHandlers[C]>[0];

/** Starts a call and parks the one that runs. A second time with the same id nothing happens. */
export async function startCall(world: World, asked: Asked<'callStart'>): Promise<void> {
  const proposal = await takeProposal(world, asked.tab, asked.proposed === true);
  await world.write(async (here) => {
    if ((await getRecord(here.db, 'interaction', asked.id)) !== null) return;
    const about = asked.tab === null ? ABOUT_NOTHING : await aboutTab(world, here, asked.tab);
    const plan = new Plan(world);
    const guess =
      asked.customer === undefined
        ? about.guess
        : { ...about.guess, customer: asked.customer, project: projectUnder(asked, about.guess) };
    const chosen = await chooseAll(plan, here, { ...about, guess });
    const number = proposal?.number ?? '';
    const subject = asked.subject ?? (proposal?.text || about.subject);
    const people =
      number === '' ? about.participants : [{ name: number, address: '' }, ...about.participants];
    const body: Body = {
      ...{ channel: asked.channel, callState: 'running', startedAt: isoOf(asked.at), logged: true },
      ...(subject === '' ? {} : { subject }),
      ...(people.length === 0 ? {} : { recipients: people }),
      ...(number === '' ? {} : { direction: 'outbound' }),
      ...(about.url === '' ? {} : { url: about.url }),
      ...(about.site === '' ? {} : { site: about.site }),
      ...chosen,
    };
    plan.add('interaction', asked.id, body);
    for (const write of plan.writes) refuseBadBody(write);
    const others = await parkOthers(world, here, asked.id, asked.at);
    await commit(here.db, world.source, [...others, ...plan.writes], { author: here.me });
  });
}

/** The page's project is another customer's, when another one was named. */
function projectUnder(
  { customer }: Asked<'callStart'>,
  guess: typeof ABOUT_NOTHING.guess,
): typeof guess.project {
  const isSame = customer?.id !== null && customer?.id === guess.customer.id;
  return isSame ? guess.project : ABOUT_NOTHING.guess.project;
}

/** Every other call of the member's that runs is put aside: here or on another device. */
async function parkOthers(world: World, here: Here, but: Id, at: number): Promise<Write[]> {
  const { running, others } = await openOnes(here);
  return [...(running === null ? [] : [running]), ...others].flatMap((call) => {
    const body = call.id === but ? null : parked(call, at);
    return body === null ? [] : [writeOf(world, 'interaction', call.id, body)];
  });
}

function turn(world: World, id: Id, change: (call: Call) => Body | null): Promise<void> {
  return world.write(async (here) => {
    const body = change(await callIn(here, id));
    if (body === null) return;
    await commit(here.db, world.source, [writeOf(world, 'interaction', id, body)], {
      author: here.me,
    });
  });
}

export function pauseCall(world: World, { call, on, at }: Asked<'callPause'>): Promise<void> {
  return turn(world, call, (found) => paused(found, on, at));
}

export function parkCall(world: World, { call, at }: Asked<'callPark'>): Promise<void> {
  return turn(world, call, (found) => parked(found, at));
}

export async function endCall(world: World, { call, at }: Asked<'callEnd'>): Promise<void> {
  // Before the call is over: killed in between, it is still running and asks for nothing yet.
  await wantsWrapUp(world, call);
  await turn(world, call, (found) => ended(found, at));
}

export function resumeCall(world: World, { call: id, at }: Asked<'callResume'>): Promise<void> {
  return world.write(async (here) => {
    const call = await callIn(here, id);
    const { running } = await openOnes(here);
    const isOther = running !== null && running.id !== id;
    const body = resumed(call, at, isOther);
    const others = await parkOthers(world, here, id, at);
    const own = body === null ? [] : [writeOf(world, 'interaction', id, body)];
    if (own.length + others.length === 0) return;
    // Its own change comes last: it is the one that was gone on with.
    await commit(here.db, world.source, [...others, ...own], { author: here.me });
  });
}
