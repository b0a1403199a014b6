// Putting a mark to another place: picked by the person in the sidebar, pointed out in the page.
import * as z from 'zod/mini';
import { type Evidence, type Fields, type Id, id, type Json, newId } from '../../domain/index.ts';
import { browser } from '../browser.ts';
import {
  ExpectedError,
  type KnownMessage,
  markKind,
  type PageHandlers,
  type SelectedWords,
} from '../messages/index.ts';
import { commit, getRecord, readFields } from '../store/index.ts';
import type { FrameState } from './contexts.ts';
import { summaryOf } from './marks.ts';
import { interactionsOf } from './matching.ts';
import type { Here, World } from './world.ts';

const pick = z.object({ kind: markKind, id, evidence: id });
/** One piece of evidence of one record. */
export type Pick = z.infer<typeof pick>;

const keyOf = (tab: number) => `pick:${tab}`;

/** Remembers what the person wants put elsewhere in this tab; a page cannot want that itself. */
export async function rememberPick(tab: number, mark: Pick | null): Promise<void> {
  if (mark === null) await browser.storage.session.remove(keyOf(tab));
  else await browser.storage.session.set({ [keyOf(tab)]: mark });
}

async function isPicked(tab: number, mark: Pick): Promise<boolean> {
  const stored = await browser.storage.session.get(keyOf(tab));
  const parsed = pick.safeParse(stored[keyOf(tab)]);
  if (!parsed.success) return false;
  const { kind, id: record, evidence } = parsed.data;
  return kind === mark.kind && record === mark.id && evidence === mark.evidence;
}

/** The mark as the sidebar names it, if it is there. */
export async function asPick(mark: { kind: string; id: Id; evidence: Id }): Promise<Pick> {
  const parsed = pick.safeParse(mark);
  if (!parsed.success) throw notHere();
  return parsed.data;
}

/** The mark's card in one line. */
export async function pickSummary(here: Here, mark: Pick): Promise<string> {
  const { fields, evidence } = await evidenceOf(here, mark);
  return (summaryOf(fields) || (evidence.quote ?? '')).slice(0, 300);
}

type Asked = Parameters<PageHandlers['reattach']>[0];

/**
 * Gives a mark's evidence the selectors that the page tells; its quote stays as it was captured.
 * Allowed for what the person picked in this tab, and for marks of messages that the frame shows.
 * Answers what the evidence was before.
 */
export async function reattach(
  world: World,
  asked: Asked,
  tab: number,
  shown: FrameState | undefined,
): Promise<Json> {
  const mark: Pick = { kind: asked.kind, id: asked.id, evidence: asked.evidence };
  const picked = await isPicked(tab, mark);
  const before = await world.write(async (here) => {
    const { fields, evidence, keptHere } = await evidenceOf(here, mark);
    const place = evidence.interaction ?? fields.interaction;
    if (!picked && !(await shows(here, shown?.messages ?? [], place))) throw notHere();
    const now = picked ? await interactionOf(here, asked.message, place) : place;
    const next = { ...evidence, selectors: asked.selectors } as { [field: string]: Json };
    if (now !== undefined) next.interaction = now;
    const body = { evidence: { [mark.evidence]: next } };
    const write = { id: newId(world.source), kind: mark.kind, record: mark.id, body };
    await commit(here.db, world.source, [write], { author: here.me, keep: keptHere });
    return { ...evidence } as Json;
  });
  if (picked) await rememberPick(tab, null);
  return before;
}

async function evidenceOf(here: Here, mark: Pick) {
  const found = await getRecord(here.db, mark.kind, mark.id);
  const fields =
    found === null ? {} : (readFields(found.record) as Fields<'note'> & Fields<'expectation'>);
  const evidence = (fields.evidence?.[mark.evidence] ?? null) as Evidence | null;
  if (found === null || evidence === null || fields.deleted === true) throw notHere();
  return { fields, evidence, keptHere: found.keptHere };
}

/** Whether this interaction is one of the messages. */
async function shows(
  here: Here,
  messages: readonly KnownMessage[],
  place: Id | undefined,
): Promise<boolean> {
  if (place === undefined) return false;
  for (const message of messages) {
    for (const { set } of await interactionsOf(here.db, message)) {
      if (set.members.has(place)) return true;
    }
  }
  return false;
}

/**
 * Where the words stand from now on: in the message pointed at, where it is known by itself; else
 * where they stood.
 */
async function interactionOf(
  here: Here,
  message: KnownMessage | null,
  place: Id | undefined,
): Promise<Id | undefined> {
  const found = message === null ? [] : await interactionsOf(here.db, message);
  if (place !== undefined && found.some(({ set }) => set.members.has(place))) return place;
  return found.find(({ probably }) => !probably)?.set.canonical ?? place;
}

function notHere(): ExpectedError {
  return new ExpectedError('not-found', 'This card is not on this device.');
}

/** A frame without a message of its own may show the body of the one that another frame tells of. */
export function messageAround(
  words: SelectedWords,
  frame: number,
  own: FrameState | undefined,
  main: FrameState | null,
): KnownMessage | null {
  const isAlone = own === undefined || (own.messages.length === 0 && own.never === 0);
  if (words.message !== null || frame === 0 || !isAlone) return words.message;
  const [only, ...more] = main?.messages ?? [];
  return more.length === 0 ? (only ?? null) : null;
}
