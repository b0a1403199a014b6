// A tag of a call is what an open expectation was waiting for: its question was asked there, or they
// said what confirms or refutes it. The tag's moment is the evidence.
import {
  type Body,
  type Id,
  momentOf,
  stageAfterAnswer,
  stageAfterAsking,
} from '../../../domain/index.ts';
import { msOf } from '../../../ledger/index.ts';
import { ExpectedError, type SidebarHandlers, type WrapOpen } from '../../messages/index.ts';
import {
  changesOf,
  getChange,
  getRecord,
  readFields,
  recordsAbout,
  type StoredChange,
  type WorkspaceTx,
} from '../../store/index.ts';
import { toCards } from '../cards.ts';
import { customerIds } from '../guess.ts';
import { type Part, write } from '../ladder/acts.ts';
import { expectationIn, openProbesOf } from '../ladder/views.ts';
import type { Here, World } from '../world.ts';
import { aboutOf, type CallTag, callIn, isoOf } from './write.ts';

type Asked = Parameters<SidebarHandlers['wrapTag']>[0];

/** What is not known yet of this customer, oldest first, each with the question that is open. */
export async function openIn(here: Here, customer: Id | undefined): Promise<WrapOpen[]> {
  if (customer === undefined) return [];
  const found = await recordsAbout(here.db, 'customer', await customerIds(here.db, customer));
  const cards = await toCards(
    here,
    found.filter(({ record: { kind, state }, keptHere }) => {
      const value = (field: string) => state.registers[field]?.value ?? null;
      const stage = value('stage') ?? 'hunch';
      const isOpen = (value('outcome') ?? 'open') === 'open' && value('decision') !== 'decline';
      const isKnown = stage === 'confirmed' || stage === 'refuted';
      // One that is kept on this device cannot be named by what is not.
      return kind === 'expectation' && !keptHere && isOpen && !isKnown;
    }),
  );
  const probes = await openProbesOf(
    here,
    cards.map(({ id }) => id),
  );
  cards.sort((a, b) => a.savedAt - b.savedAt);
  return cards.map(({ id, fields }) => {
    const own = probes.filter(({ expectation }) => expectation === id);
    const probe = own.find(({ askedAt }) => askedAt !== null) ?? own[0] ?? null;
    return {
      ...{ expectation: id, statement: fields.statement ?? '', stage: fields.stage ?? 'hunch' },
      probe: probe && { id: probe.id, question: probe.question },
    };
  });
}

/** The tag answers an expectation, all in one. */
export async function confirmByTag(
  world: World,
  here: Here,
  asked: Asked,
  tag: CallTag,
): Promise<void> {
  const { confirms, record, text } = asked;
  if (confirms === undefined) throw new ExpectedError('bad-input', 'Choose what it confirms.');
  const words = text.trim();
  const [expectation, call] = await Promise.all([
    expectationIn(here, confirms.expectation),
    callIn(here, tag.call),
  ]);
  const id = confirms.probe ?? record;
  const present = await getRecord(here.db, 'probe', id);
  const fields = present === null ? {} : readFields<'probe'>(present.record);
  const offset = tag.fields.offset ?? 0;
  const at = isoOf(momentOf(call.clock, offset));
  const { says } = confirms;
  if (says === 'asked' && present === null && words === '') {
    throw new ExpectedError('bad-input', 'Write the question first.');
  }
  const isAsked = says === 'asked' || (present !== null && fields.askedAt === undefined);
  const probe: Body = {
    ...(present === null
      ? { ...aboutOf(expectation.fields), expectation: confirms.expectation }
      : {}),
    interaction: tag.call,
    // By the tag's name, so that it is found again when the tag is to wait again.
    evidence: { [tag.record.id]: { interaction: tag.call, offset } },
    ...(isAsked ? { askedAt: at, askedBy: here.me } : {}),
    ...(says === 'asked' && present === null ? { question: words } : {}),
    ...(says === 'asked'
      ? {}
      : { says, answeredAt: at, ...(words === '' ? {} : { answer: words }) }),
  };
  const now = expectation.fields.stage;
  const stage = says === 'asked' ? stageAfterAsking(now) : stageAfterAnswer(now, says);
  const parts: Part[] = [
    { kind: 'probe', id, found: present, body: probe },
    {
      ...{ kind: 'expectation', id: confirms.expectation, found: expectation },
      body: { stage: stage ?? null },
    },
    {
      ...{ kind: 'note', id: tag.record.id, found: { record: tag.record, keptHere: false } },
      body: { handled: true, became: { kind: 'probe', id } },
    },
  ];
  await write(world, here, expectation, parts);
}

/**
 * What to write to take that back, but for the tag: the question as it was, and the step where it
 * was moved along with it. Empty where the tag made a question of its own.
 */
export async function unconfirmed(here: Here, tag: CallTag): Promise<Part[]> {
  const { became } = tag.fields;
  const probe = became?.kind === 'probe' ? await getRecord(here.db, 'probe', became.id) : null;
  const expectation = probe && readFields<'probe'>(probe.record).expectation;
  if (!probe || !expectation) return [];
  const tx = here.db.transaction(['changes', 'blocks']) as unknown as WorkspaceTx;
  const { changes } = await changesOf(tx, 'probe', probe.record.id);
  const made = changes.find(({ body }) => tag.record.id in placesIn(body));
  if (made === undefined) return [];
  const id = probe.record.id;
  const own: Body =
    made.id === probe.record.state.origin.change
      ? { deleted: true }
      : { ...(await before(here, probe.record, made)), evidence: { [tag.record.id]: null } };
  const parts: Part[] = [{ kind: 'probe', id, found: probe, body: own }];
  const of = await getRecord(here.db, 'expectation', expectation);
  const stage = of?.record.state.registers.stage;
  const moved = of && stage && (await getChange(here.db, of.record, stage.change));
  if (of && moved && isAlong(made, moved)) {
    const { stage: was = null } = await before(here, of.record, moved);
    parts.push({ kind: 'expectation', id: expectation, found: of, body: { stage: was } });
  }
  return parts;
}

function placesIn(body: Body | null): object {
  const places = body?.evidence;
  return typeof places === 'object' && places !== null ? places : {};
}

const MOMENT_MS = 1_000;

/** Written in one go by one device: one after the other in its chain. */
function isAlong(first: StoredChange, second: StoredChange): boolean {
  if (first.envelope !== null && second.envelope !== null) {
    const { device, n } = second.envelope;
    return device === first.envelope.device && n === first.envelope.n + 1;
  }
  return Math.abs(msOf(second.rank) - msOf(first.rank)) < MOMENT_MS;
}

/** The values that a change was written over, without places. */
async function before(
  here: Here,
  record: { kind: string; id: Id },
  { body, base }: StoredChange,
): Promise<Body> {
  const was: Body = {};
  for (const field of Object.keys(body ?? {})) {
    if (field === 'evidence') continue;
    const over = [base?.[field] ?? []].flat()[0];
    const change = over === undefined ? undefined : await getChange(here.db, record, over);
    was[field] = change?.body?.[field] ?? null;
  }
  return was;
}
