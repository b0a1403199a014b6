// The browser's commands for calls. They carry no time: `at` is when they arrived (ms since 1970 by
// the computer's clock), taken before anything was awaited.
import { clockCorrection, newId } from '../../../domain/index.ts';
import { browser } from '../../browser.ts';
import { mainFrame } from '../contexts.ts';
import { shownIn } from '../tab-context.ts';
import { meetingIn } from './about.ts';
import type { CallDeps } from './handlers.ts';
import { readKept } from './kept.ts';
import { endCall, startCall } from './start.ts';
import { tagCall } from './tags.ts';
import { notePress } from './talking.ts';
import { codebookOf, openOnes } from './views.ts';
import { openBar, tabBehind } from './windows.ts';

const PREFIX = 'call-';
const AGO = 'call-moment-ago';
/** "A moment ago" is meant for the next tag, not for one after a while. */
const AGO_MS = 15_000;
/** Keys that are held repeat: what was just begun is not hung up by that. */
const REPEAT_MS = 1_000;

export function isCallCommand(command: string): boolean {
  return command.startsWith(PREFIX);
}

export async function callCommand(
  { world, callsChanged }: CallDeps,
  command: string,
  tab: number | null,
  at: number,
): Promise<void> {
  const name = command.slice(PREFIX.length);
  if (name === 'bar') return openBar();
  if (name === 'moment-ago') return browser.storage.session.set({ [AGO]: at });
  notePress(world);
  const here = await world.current();
  const { running } = await openOnes(here);
  const moment = running === null ? at : at + clockCorrection(running.fields);
  if (name === 'start') {
    if (await isRepeated(at)) return;
    if (running === null) {
      const target = tab ?? (await tabBehind());
      const state = target === null ? {} : await shownIn(world, target);
      const isMeeting = meetingIn(state) !== null && mainFrame(state) !== null;
      const channel = isMeeting ? 'meeting' : 'call';
      await startCall(world, { id: newId(world.source), at, tab: target, channel });
    } else await endCall(world, { call: running.id, at: moment });
    callsChanged();
    return;
  }
  if (running === null) return openBar();
  const { settings } = await readKept(world);
  const number = name.replace(/^tag-/, '');
  const tags = (await codebookOf(here.db)).filter(({ retired }) => !retired);
  const keyOf = (tag: (typeof tags)[number]) => settings.remapped[tag.id] ?? tag.key;
  const meant = tags.find((tag) => keyOf(tag) === number) ?? tags[Number(number) - 1];
  if (meant === undefined) return;
  const before = (await isMomentAgo(at)) ? { before: settings.back } : {};
  const id = newId(world.source);
  await tagCall(world, { id, call: running.id, tag: meant.id, at: moment, ...before });
  callsChanged('tag');
}

async function isMomentAgo(at: number): Promise<boolean> {
  const { [AGO]: asked } = await browser.storage.session.get(AGO);
  if (typeof asked !== 'number') return false;
  await browser.storage.session.remove(AGO);
  return at - asked >= 0 && at - asked < AGO_MS;
}

async function isRepeated(at: number): Promise<boolean> {
  const key = 'call-start';
  const { [key]: last } = await browser.storage.session.get(key);
  await browser.storage.session.set({ [key]: at });
  return typeof last === 'number' && Math.abs(at - last) < REPEAT_MS;
}
