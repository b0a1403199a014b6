// The tags of calls as records of kind "label" (domain/codebook.ts). The console writes them through
// the console's device; devices get them as they get every record of the workspace.
import { createHash } from 'node:crypto';
import type { TagWish } from '../../domain/codebook-check.ts';
import {
  BUILT_IN_TAGS,
  codebook,
  type Fields,
  fieldsOf,
  type Json,
  type LabelRecord,
  type RecordState,
  sameJson,
  type Tag,
} from '../../domain/index.ts';
import type { Draft } from '../../ledger/index.ts';
import type { Membership } from '../accounts/members.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { STATE, stateOf } from '../sync/provenance.ts';

/** `seen` names the changes that the tags come from: who writes says what they saw. */
export type Codebook = { tags: Tag[]; seen: string; labels: Label[] };
type Label = LabelRecord & { state: RecordState };

export async function readCodebook(tx: Tx, workspace: string): Promise<Codebook> {
  const rows = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'label')
    .orderBy('id')
    .execute();
  const states = rows.map(stateOf);
  const labels = states.map((state) => ({
    id: state.id,
    fields: fieldsOf<'label'>(state),
    state,
  }));
  const changes = states.flatMap(({ registers }) =>
    Object.values(registers).map(({ change }) => change),
  );
  const seen = createHash('sha256').update(changes.sort().join(' ')).digest('base64url');
  return { tags: codebook(labels), seen, labels };
}

/** 'unknown': one of them is neither built in nor a label of the workspace. */
export type Written = { ok: true; size: number | null } | { ok: false; why: 'changed' | 'unknown' };

/**
 * Writes the whole list as the member, changed fields only; `size` is null when there are none. Tags
 * that are not in the list stay and are retired: notes name them for good.
 */
export async function writeCodebook(
  tx: Tx,
  membership: Membership,
  wishes: readonly TagWish[],
  seen: string,
): Promise<Written> {
  const { workspace } = membership;
  // Two who write at the same time come one after the other.
  await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const present = await readCodebook(tx, workspace.id);
  if (present.seen !== seen) return { ok: false, why: 'changed' };
  const known = new Map(present.tags.map((tag) => [tag.id, tag]));
  const named = new Set(wishes.flatMap(({ id }) => (id === null ? [] : [id])));
  if ([...named].some((id) => !known.has(id))) return { ok: false, why: 'unknown' };
  const left = present.tags.filter(({ id }) => !named.has(id));
  const whole = [...wishes, ...left.map((tag) => ({ ...tag, retired: true }))];
  const drafts = drafted(whole, present);
  if (drafts.length === 0) return { ok: true, size: null };
  return { ok: true, size: await writeFromConsole(tx, membership, drafts) };
}

function drafted(wishes: readonly TagWish[], { tags, labels }: Codebook): Draft[] {
  const before = tags.map(({ id }) => id);
  const kept = wishes.slice(0, before.length).map(({ id }) => id);
  const moved = before.some((id, at) => kept[at] !== id);
  return wishes.flatMap((wish, at): Draft[] => {
    const label = labelOf(labels, wish.id);
    const builtIn = BUILT_IN_TAGS.findIndex(({ id }) => id === wish.id);
    const order = label?.fields.order ?? (builtIn < 0 ? undefined : builtIn);
    // Where nothing was moved, only new ones need a place: behind all others.
    const place = moved || wish.id === null ? at + (moved ? 0 : behind(labels)) : order;
    const body = changedFields(label, wish, place === order ? undefined : place);
    // Of a retired tag codebook() shows no key: it has its own again when it is used again, unless
    // another tag has taken it.
    const shown = tags.find(({ id }) => id === wish.id);
    const own = label?.fields.key ?? BUILT_IN_TAGS[builtIn]?.key ?? '';
    const isTaken = wishes.some((other) => other !== wish && !other.retired && other.key === own);
    if (shown?.key === wish.key && (wish.retired || !isTaken)) delete body.key;
    if (Object.keys(body).length === 0) return [];
    const stands = label === undefined && builtIn >= 0 ? { replaces: wish.id } : {};
    const base = label ? { base: basesOf(label.state, Object.keys(body)) } : {};
    const record = label?.id ?? freshId();
    return [{ id: freshId(), kind: 'label', record, ...base, body: { ...stands, ...body } }];
  });
}

/** So much is to be added to a place in the list to come behind what others have written. */
function behind(labels: readonly Label[]): number {
  return Math.max(0, ...labels.map(({ fields }) => Math.ceil(fields.order ?? 0)));
}

/** As codebook() does it: of several that stand for one tag, that of the greatest id counts. */
function labelOf(labels: readonly Label[], id: string | null): Label | undefined {
  const live = labels.filter(({ fields }) => fields.deleted !== true);
  return live.findLast((label) => (label.fields.replaces ?? label.id) === id);
}

function changedFields(
  label: Label | undefined,
  wish: TagWish,
  order: number | undefined,
): { [field: string]: Json } {
  const builtIn = BUILT_IN_TAGS.find(({ id }) => id === wish.id);
  const fields: Fields<'label'> = label?.fields ?? {};
  const wanted = {
    name: wish.name === null ? null : wish.name.trim(),
    key: wish.key.toLowerCase(),
    colour: wish.colour as string,
    icon: wish.icon as string,
    means: wish.means as string,
    retired: wish.retired,
  };
  const present: { [field in keyof typeof wanted]: Json } = {
    name: fields.name ?? builtIn?.name ?? null,
    key: fields.key ?? builtIn?.key ?? '',
    colour: fields.colour ?? builtIn?.colour ?? null,
    icon: fields.icon ?? builtIn?.icon ?? null,
    means: fields.means ?? builtIn?.means ?? null,
    retired: fields.retired ?? false,
  };
  const changed = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
    (field) => !sameJson(wanted[field], present[field]),
  );
  return {
    ...Object.fromEntries(changed.map((field) => [field, wanted[field]])),
    ...(order === undefined ? {} : { order }),
  };
}

function basesOf({ registers }: RecordState, fields: string[]): { [path: string]: string } {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const change = registers[field]?.change;
      return change === undefined ? [] : [[field, change]];
    }),
  );
}
