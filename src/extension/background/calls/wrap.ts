// Wrapping up: what each tag of a call becomes, and what they did not say.
import { type Body, type Id, newId, tagOf } from '../../../domain/index.ts';
import { ExpectedError, type SidebarHandlers, type TagView } from '../../messages/index.ts';
import {
  commit,
  getRecord,
  readFields,
  recordsAbout,
  tagsOf,
  waitingTags,
} from '../../store/index.ts';
import { cardOf, toCards } from '../cards.ts';
import { defaultFields } from '../from-pages.ts';
import { customerIds } from '../guess.ts';
import { write } from '../ladder/acts.ts';
import type { Here, World } from '../world.ts';
import { confirmByTag, openIn, unconfirmed } from './confirm.ts';
import { callView, codebookOf, openOnes, tagView, tagViews } from './views.ts';
import { aboutOf, asCall, asTag, type CallTag, callIn, tagIn, writeOf } from './write.ts';

type Asked<C extends keyof SidebarHandlers> = Parameters<SidebarHandlers[C]>[0];
type Answer<C extends keyof SidebarHandlers> = Awaited<ReturnType<SidebarHandlers[C]>>;

const MOST_WAITING = 500;
const CARDS = new Set(['expectation', 'commitment', 'note']);

export async function wrapUpView(world: World, { call: id }: Asked<'wrapUp'>) {
  const here = await world.current();
  const call = await callIn(here, id);
  const [view, tags, hunches, open] = await Promise.all([
    callView(here, call),
    tagsByOffset(here, id),
    openHunches(here, call.fields.customer),
    openIn(here, call.fields.customer),
  ]);
  return {
    call: view,
    tags: await Promise.all(tags.map((tag) => saying(here, tag))),
    hunches,
    open,
  };
}

/** A tag that was a question or an answer about an expectation says which. */
async function saying(here: Here, tag: TagView): Promise<TagView> {
  if (tag.became?.kind !== 'probe') return tag;
  const found = await getRecord(here.db, 'probe', tag.became.id);
  const { expectation, says } = found === null ? {} : readFields<'probe'>(found.record);
  if (expectation === undefined) return tag;
  const told = says === 'confirmed' || says === 'refuted' ? says : 'asked';
  return { ...tag, became: { ...tag.became, says: told } };
}

export async function tagsByOffset(here: Here, call: Id) {
  const tags = await tagViews(here, await tagsOf(here.db, call));
  return tags.sort((a, b) => a.offset - b.offset || a.pressedAt - b.pressedAt);
}

async function openHunches(here: Here, customer: Id | undefined) {
  if (customer === undefined) return [];
  const found = await recordsAbout(here.db, 'customer', await customerIds(here.db, customer));
  const cards = await toCards(
    here,
    found.filter(({ record: { kind, state } }) => {
      const value = (field: string) => state.registers[field]?.value;
      const isOpen = (value('outcome') ?? 'open') === 'open';
      return kind === 'expectation' && value('stage') === 'hunch' && isOpen;
    }),
  );
  return cards.sort((a, b) => a.savedAt - b.savedAt);
}

/** A tag becomes a record or is ticked off; the second time it only answers what it became. */
export async function wrapTag(world: World, asked: Asked<'wrapTag'>): Promise<Answer<'wrapTag'>> {
  await world.write(async (here) => {
    const tag = await tagIn(here, asked.tag);
    if (tag.fields.became !== undefined) return;
    if (asked.becomes === 'handled') {
      if (tag.fields.handled === true) return;
      const write = writeOf(world, 'note', asked.tag, { handled: true });
      await commit(here.db, world.source, [write], { author: here.me });
      return;
    }
    if (asked.becomes === 'confirms') return confirmByTag(world, here, asked, tag);
    const call = await callIn(here, tag.call);
    const means = tagOf(await codebookOf(here.db), tag.fields.tag ?? '').means;
    const made = recordOf(asked, means, {
      [newId(world.source)]: { interaction: tag.call, offset: tag.fields.offset ?? 0 },
    });
    const about = { ...aboutOf(call.fields), interaction: tag.call };
    const became = { kind: made.kind, id: asked.record };
    await commit(
      here.db,
      world.source,
      [
        writeOf(world, made.kind, asked.record, { ...made.body, ...about }),
        writeOf(world, 'note', asked.tag, { handled: true, became }),
      ],
      { author: here.me },
    );
  });
  const here = await world.current();
  const tag = await tagIn(here, asked.tag);
  return { tag: await saying(here, await tagView(here, tag)), card: await cardFrom(here, tag) };
}

function recordOf(
  { becomes, text, due, by }: Asked<'wrapTag'>,
  means: string,
  evidence: { [key: string]: { interaction: Id; offset: number } },
): { kind: string; body: Body } {
  const words = text.trim();
  if (words === '') {
    throw new ExpectedError('bad-input', 'There is nothing to save yet. Write a few words first.');
  }
  if (becomes === 'question') return { kind: 'probe', body: { question: words } };
  if (becomes === 'grievance') {
    return { kind: 'note', body: { label: 'grievance', text: words, evidence } };
  }
  if (becomes === 'promise') {
    const whose = by ?? (means === 'promise-theirs' ? 'them' : 'us');
    const body = { text: words, state: 'open', by: whose, evidence };
    return { kind: 'commitment', body: due === null ? body : { ...body, due } };
  }
  return {
    kind: 'expectation',
    body: { ...defaultFields('expectation'), statement: words, evidence },
  };
}

async function cardFrom(here: Here, { fields }: CallTag): Promise<Answer<'wrapTag'>['card']> {
  const { became } = fields;
  if (became === undefined || !CARDS.has(became.kind)) return null;
  const found = await getRecord(here.db, became.kind, became.id);
  return found === null ? null : cardOf(here, became.kind, became.id);
}

/** The tag waits again, and the record it became is taken back. */
export async function unwrapTag(
  world: World,
  { tag: id }: Asked<'unwrapTag'>,
): Promise<Answer<'unwrapTag'>> {
  await world.write(async (here) => {
    const { fields } = await tagIn(here, id);
    const { became } = fields;
    if (became === undefined && fields.handled !== true) return;
    const parts = await unconfirmed(here, await tagIn(here, id));
    if (parts.length > 0) {
      const body: Body = { handled: null, became: null };
      const found = await getRecord(here.db, 'note', id);
      await write(world, here, { keptHere: false }, [...parts, { kind: 'note', id, found, body }]);
      return;
    }
    const made = became && (await getRecord(here.db, became.kind, became.id));
    const writes = [writeOf(world, 'note', id, { handled: null, became: null })];
    if (became && made) writes.push(writeOf(world, became.kind, became.id, { deleted: true }));
    await commit(here.db, world.source, writes, { author: here.me });
  });
  const here = await world.current();
  return { tag: await tagView(here, await tagIn(here, id)) };
}

/** What they did not say. */
export async function wrapHunch(
  world: World,
  { call: id, record, statement }: Asked<'wrapHunch'>,
): Promise<Answer<'wrapHunch'>> {
  const words = statement.trim();
  if (words === '') {
    throw new ExpectedError('bad-input', 'There is nothing to save yet. Write a few words first.');
  }
  await world.write(async (here) => {
    const call = await callIn(here, id);
    if ((await getRecord(here.db, 'expectation', record)) !== null) return;
    const about = { ...aboutOf(call.fields), interaction: id };
    const body = { ...defaultFields('expectation'), statement: words, ...about };
    const write = writeOf(world, 'expectation', record, body);
    await commit(here.db, world.source, [write], { author: here.me });
  });
  return { card: await cardOf(await world.current(), 'expectation', record) };
}

/** Tags of the member's calls that are over, which nobody has dealt with. */
export async function inboxView(world: World): Promise<Answer<'tagInbox'>> {
  const here = await world.current();
  const { running, others } = await openOnes(here);
  const open = new Set([...(running === null ? [] : [running]), ...others].map(({ id }) => id));
  const records = await waitingTags(here.db, here.me, open, MOST_WAITING);
  const ids = new Set(records.flatMap((record) => asTag(record)?.call ?? []));
  const found = await Promise.all([...ids].map((id) => getRecord(here.db, 'interaction', id)));
  const calls = found.flatMap((one) => (one === null ? [] : (asCall(one.record) ?? [])));
  return {
    tags: await tagViews(here, records),
    calls: await Promise.all(calls.map((call) => callView(here, call))),
  };
}
