// What a member taught the rules, and whether they want to see cues at all. Kept in the profile, for
// each member by themselves; it never leaves this device.
import * as z from 'zod/mini';
import type { CueOrigin } from '../../messages/draft.ts';
import type { World } from '../world.ts';

const KEY = 'cues';
/** Of sentences that were none, and of cards that were made of cues: the newest so many. */
const MOST_NONE = 2_000;
const MOST_KEPT = 500;

const count = z.object({ why: z.string(), yes: z.number(), no: z.number() });
const stored = z.object({
  on: z.boolean(),
  /** One more with each lesson: what was found by an older one is looked for again. */
  lessons: z.number(),
  rules: z.record(z.string(), count),
  /** Prints of sentences that were said to be none. */
  none: z.array(z.string()),
  /** Records that a cue proposed: id, rule, and whether it counts (it was not taken back). */
  kept: z.array(z.tuple([z.string(), z.string(), z.boolean()])),
  /** What was forgotten last. */
  forgotten: z.optional(
    z.object({ rules: z.record(z.string(), count), none: z.array(z.string()) }),
  ),
});
export type Taught = z.infer<typeof stored>;

const AT_FIRST: Taught = { on: true, lessons: 0, rules: {}, none: [], kept: [] };

export async function readTaught(world: World): Promise<Taught> {
  const profile = await world.profile();
  const own = stored.safeParse(await profile.get('settings', await keyOf(world)));
  if (own.success) return own.data;
  // What was taught before connecting goes on with whoever connects first.
  const before = stored.safeParse(await profile.get('settings', KEY));
  return before.success ? before.data : AT_FIRST;
}

/** A cue's place was none (`by` 1), or that is taken back (-1). */
export function teachNo(world: World, cue: CueOrigin, by: 1 | -1): Promise<void> {
  return change(world, (taught) => {
    const others = taught.none.filter((print) => print !== cue.print);
    const was = others.length < taught.none.length;
    if (was === (by === 1)) return taught;
    const none = by === 1 ? [...others, cue.print].slice(-MOST_NONE) : others;
    return { ...counted(taught, cue, 'no', by), none };
  });
}

/** A card that a cue proposed was saved. */
export function teachYes(world: World, cue: CueOrigin, record: string): Promise<void> {
  return change(world, (taught) => {
    if (taught.kept.some(([id]) => id === record)) return taught;
    const made: Taught['kept'][number] = [record, cue.rule, true];
    return { ...counted(taught, cue, 'yes', 1), kept: [...taught.kept, made].slice(-MOST_KEPT) };
  });
}

/** Such a card was taken back, or (`on: false`) brought back again. */
export async function takenBack(world: World, record: string, on: boolean): Promise<void> {
  if (!(await readTaught(world)).kept.some(([id]) => id === record)) return;
  await change(world, (taught) => {
    const at = taught.kept.findIndex(([id]) => id === record);
    const [, rule, counts] = taught.kept[at] ?? [];
    if (rule === undefined || counts !== on) return taught;
    const kept = taught.kept.with(at, [record, rule, !on]);
    return { ...counted(taught, { rule, why: '' }, 'yes', on ? -1 : 1), kept };
  });
}

export function switchCues(world: World, on: boolean): Promise<void> {
  return change(world, (taught) => ({ ...taught, on }));
}

/** Forgets one rule's counts; null: everything that was taught. */
export function forgetTaught(world: World, rule: string | null): Promise<void> {
  return change(world, (taught) => {
    const { rules, none } = taught;
    const { [rule ?? '']: _, ...others } = rules;
    const left = rule === null ? { rules: {}, none: [] } : { rules: others, none };
    return { ...taught, ...left, forgotten: { rules, none }, lessons: taught.lessons + 1 };
  });
}

/** Takes the last forgetting back; what was taught since stays. */
export function rememberTaught(world: World): Promise<void> {
  return change(world, ({ forgotten, ...taught }) => {
    const rules = { ...forgotten?.rules, ...taught.rules };
    const none = [...new Set([...(forgotten?.none ?? []), ...taught.none])].slice(-MOST_NONE);
    return { ...taught, rules, none, lessons: taught.lessons + 1 };
  });
}

function counted(
  taught: Taught,
  { rule, why }: Pick<CueOrigin, 'rule' | 'why'>,
  as: 'yes' | 'no',
  by: 1 | -1,
): Taught {
  const before = Object.hasOwn(taught.rules, rule) ? taught.rules[rule] : undefined;
  const now = { yes: 0, no: 0, ...before, why: why || (before?.why ?? '') };
  now[as] = Math.max(0, now[as] + by);
  return { ...taught, rules: { ...taught.rules, [rule]: now }, lessons: taught.lessons + 1 };
}

function change(world: World, next: (taught: Taught) => Taught): Promise<void> {
  return navigator.locks.request('unsaid-cues', async () => {
    const taught = next(await readTaught(world));
    await (await world.profile()).put('settings', taught, await keyOf(world));
  });
}

async function keyOf(world: World): Promise<string> {
  const { connection } = await world.current();
  return connection === null ? KEY : `${KEY}/${connection.member.id}`;
}
