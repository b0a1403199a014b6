// One press, one tag: durable before it is answered, and at a cost that does not grow with anything.
import {
  type Body,
  countsOnce,
  elapsedAt,
  type Fields,
  noteLabelOf,
  tagOf,
} from '../../../domain/index.ts';
import type { SidebarHandlers, TagView } from '../../messages/index.ts';
import {
  aroundPress,
  commit,
  commitRead,
  type StoredRecord,
  type WorkspaceTx,
  type Write,
} from '../../store/index.ts';
import type { Here, World } from '../world.ts';
import { readKept } from './kept.ts';
import { codebookFrom, codebookOf, ownTagView, tagView } from './views.ts';
import { aboutOf, asTag, type CallTag, callFrom, isoOf, tagFrom, tagIn, writeOf } from './write.ts';

type Asked<C extends keyof SidebarHandlers> = Parameters<SidebarHandlers[C]>[0];

/** Presses within this many ms may be one; domain/call.ts decides. */
const NEAR = 1_000;

/** Who asks twice, or presses twice in one moment, is answered the tag that is there. */
export async function tagCall(world: World, asked: Asked<'callTag'>): Promise<TagView> {
  // Asked for before its turn has come: what it waits for is the turn, and one transaction.
  const kept = readKept(world);
  return world.write(async (here) => {
    const { settings } = await kept;
    let present: CallTag | null = null;
    let fields: Fields<'note'> = {};
    const decide = async (tx: WorkspaceTx): Promise<Write[]> => {
      const around = await aroundPress(tx, asked, asked.at, NEAR);
      const call = callFrom(around.call);
      present = around.present === undefined ? sameIn(around.near, asked) : tagFrom(around.present);
      if (present !== null) return [];
      const moment = asked.at - (asked.before ?? 0) - settings.lead;
      const body = {
        label: noteLabelOf(tagOf(codebookFrom(around.labels), asked.tag).means),
        tag: asked.tag,
        ...(asked.text === undefined || asked.text === '' ? {} : { text: asked.text }),
        interaction: asked.call,
        ...aboutOf(call.fields),
        offset: elapsedAt(call.clock, moment),
        pressedAt: isoOf(asked.at),
      };
      fields = body as Fields<'note'>;
      return [{ ...writeOf(world, 'note', asked.id, body), fresh: true }];
    };
    await commitRead(here.db, world.source, decide, { author: here.me });
    if (present !== null) return tagView(here, present);
    return ownTagView(here, asked.id, asked.call, fields);
  });
}

/** The tag that this press is one with, if any. */
function sameIn(near: readonly StoredRecord[], asked: Asked<'callTag'>): CallTag | null {
  const press = { tag: asked.tag, at: Math.round(asked.at) };
  for (const record of near) {
    const other = asTag(record);
    if (other === null) continue;
    const pressed = { tag: other.fields.tag ?? '', at: Date.parse(other.fields.pressedAt ?? '') };
    if (countsOnce([pressed], press)) return other;
  }
  return null;
}

export function editTag(world: World, { id, patch }: Asked<'callTagEdit'>): Promise<TagView> {
  return world.write(async (here) => {
    const found = await tagIn(here, id);
    const body = await editOf(here, found.fields, patch);
    if (Object.keys(body).length === 0) return tagView(here, found);
    await commit(here.db, world.source, [writeOf(world, 'note', id, body)], { author: here.me });
    return tagView(here, await tagIn(here, id));
  });
}

/** What of a patch is not so already. */
async function editOf(
  here: Here,
  fields: Fields<'note'>,
  { tag, text, offset, span, deleted }: Asked<'callTagEdit'>['patch'],
): Promise<Body> {
  const body: Body = {};
  if (tag !== undefined && tag !== fields.tag) {
    body.tag = tag;
    body.label = noteLabelOf(tagOf(await codebookOf(here.db), tag).means);
  }
  if (text !== undefined && text !== (fields.text ?? '')) body.text = text === '' ? null : text;
  if (offset !== undefined && offset !== fields.offset) body.offset = offset;
  if (span !== undefined && span !== (fields.span ?? null)) body.span = span;
  if (deleted !== undefined && deleted !== (fields.deleted === true)) body.deleted = deleted;
  return body;
}
