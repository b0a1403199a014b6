// Whether somebody is in the midst of a call: then nothing is done that can be done afterwards.
import type { World } from '../world.ts';
import { openOnes } from './views.ts';

/** A call that nobody has tagged for so long may have been forgotten. */
const IDLE_MS = 60_000;

/** When something was last done in a call (ms since 1970), as far as this worker knows. */
const pressed = new WeakMap<World, number>();

export function notePress(world: World): void {
  pressed.set(world, world.source.now());
}

/** The moment of the last press, to see whether there was another. */
export function lastPress(world: World): number | null {
  return pressed.get(world) ?? null;
}

export async function isTalking(world: World): Promise<boolean> {
  const now = world.source.now();
  // A worker that has just begun does not know: perhaps a moment ago.
  if (!pressed.has(world)) pressed.set(world, now);
  const since = now - (pressed.get(world) ?? now);
  // Less than none: the clock was set back.
  if (since < 0 || since >= IDLE_MS) return false;
  return (await openOnes(await world.current())).running !== null;
}
