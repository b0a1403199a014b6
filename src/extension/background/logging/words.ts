// The words of a mail that logged itself, kept when the person asks for them: the page that shows it
// is asked to tell them once more.
import { type Body, type Id, newId } from '../../../domain/index.ts';
import { ExpectedError, type KnownMessage, tellPage } from '../../messages/index.ts';
import { commit } from '../../store/index.ts';
import { interactionsOf, newKeys } from '../matching.ts';
import { isNever, neverList } from '../never.ts';
import { refuseBadBody } from '../save.ts';
import type { World } from '../world.ts';

/** So long the page is waited for. */
const WAIT_MS = 4_000;

/** A message of a page with its words; `subject` is the page's. */
export type WithWords = { message: KnownMessage; text: string; subject: string };

type Hear = (told: readonly WithWords[]) => void;
// Calls that wait in this worker now, by tab: should it die, they end with it.
const waiting = new Map<number, Set<Hear>>();

/** A tab told messages with their words. */
export function wordsTold(tab: number, told: readonly WithWords[]): void {
  for (const hear of waiting.get(tab) ?? []) hear(told);
}

export async function keepWords(world: World, tab: number, interaction: Id): Promise<void> {
  const hears = waiting.get(tab) ?? new Set<Hear>();
  waiting.set(tab, hears);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const hear: Hear = (told) => {
    keepFrom(world, told, interaction).then((kept) => kept && resolve(), reject);
  };
  hears.add(hear);
  const timer = setTimeout(() => {
    const message = 'The page does not show the words of this mail. Open it, then ask again.';
    reject(new ExpectedError('not-found', message));
  }, WAIT_MS);
  try {
    await tellPage(tab, 'announce', { wholly: true });
    await promise;
    // What sidebars were told of that reading is from before the words were kept: it is told anew.
    await tellPage(tab, 'announce', { wholly: true });
  } finally {
    clearTimeout(timer);
    hears.delete(hear);
    if (hears.size === 0) waiting.delete(tab);
  }
}

/** Whether this mail was among what was told. */
function keepFrom(world: World, told: readonly WithWords[], interaction: Id): Promise<boolean> {
  return world.write(async (here) => {
    const list = await neverList(world);
    for (const { message, text, subject } of told) {
      if (text.trim() === '' || isNever(list, message, subject)) continue;
      const found = await interactionsOf(here.db, message);
      const place = found.find(({ set, probably }) => !probably && set.members.has(interaction));
      if (place === undefined) continue;
      const keys = await newKeys(here.db, message, place.set);
      const identifiers = Object.fromEntries(keys.map((key) => [key, true as const]));
      const body: Body = { text, ...(keys.length > 0 ? { identifiers } : {}) };
      const write = { id: newId(world.source), kind: 'interaction', record: interaction, body };
      refuseBadBody(write);
      await commit(here.db, world.source, [write], { author: here.me });
      return true;
    }
    return false;
  });
}
