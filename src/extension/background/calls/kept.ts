// What this device keeps about calls beside their records: how tagging is set up, which calls wait to
// be wrapped up, whose tags are still to follow their customer, what is not proposed today.
import * as z from 'zod/mini';
import { id } from '../../../domain/index.ts';
import { actKeys, type CallSettings } from '../../messages/index.ts';
import type { World } from '../world.ts';

const KEY = 'calls';
const MOST_WRAP_UPS = 50;

const kept = z.object({
  settings: z.object({
    lead: z.number(),
    back: z.number(),
    keys: z.boolean(),
    remapped: z.record(z.string(), z.string()),
    // What was kept by earlier versions has none.
    acts: z._default(actKeys, {}),
    propose: z.boolean(),
  }),
  /** Hung up here and not wrapped up, the last one at the end. */
  wrapUps: z.array(id),
  /** Calls that were given another customer or project, with those they had. */
  follow: z.array(z.object({ call: id, customer: z.nullable(id), project: z.nullable(id) })),
  /** What was waved away, with the day of that. */
  away: z.record(z.string(), z.string()),
});
export type Kept = z.infer<typeof kept> & { settings: CallSettings };

const FRESH: Kept = {
  settings: { lead: 0, back: 10_000, keys: true, remapped: {}, acts: {}, propose: true },
  ...{ wrapUps: [], follow: [], away: {} },
};

function parsed(stored: unknown): Kept {
  const found = kept.safeParse(stored);
  return found.success ? found.data : FRESH;
}

export async function readKept(world: World): Promise<Kept> {
  return parsed(await (await world.profile()).get('settings', KEY));
}

/** In one transaction, so that two windows cannot undo each other's. */
export async function changeKept(
  world: World,
  change: (now: Kept) => Partial<Kept>,
): Promise<Kept> {
  const profile = await world.profile();
  const tx = profile.transaction('settings', 'readwrite', { durability: 'strict' });
  const now = parsed(await tx.store.get(KEY));
  const next = { ...now, ...change(now) };
  await tx.store.put(next, KEY);
  await tx.done;
  return next;
}

/** This call waits to be wrapped up; before the others. */
export function wantsWrapUp(world: World, call: string): Promise<Kept> {
  return changeKept(world, ({ wrapUps }) => ({
    wrapUps: [...wrapUps.filter((one) => one !== call), call].slice(-MOST_WRAP_UPS),
  }));
}

export function isWrappedUp(world: World, call: string): Promise<Kept> {
  return changeKept(world, ({ wrapUps }) => ({ wrapUps: wrapUps.filter((one) => one !== call) }));
}

/** The day at this device, e.g. 2027-02-24. */
export function dayOf(now: number): string {
  const date = new Date(now);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
