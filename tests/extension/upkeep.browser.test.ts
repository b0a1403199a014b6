// What needs attention, the member's devices and whom one follows, on a real store.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Body } from '../../src/domain/index.ts';
import type { PushResult, SyncResponse } from '../../src/ledger/index.ts';
import { type Desk, openDesk, SIDEBAR } from './desk.ts';
import { connection, emptyAnswer, freshProfile, id, source } from './world.ts';

const store = await import('../../src/extension/store/index.ts');
const ledger = await import('../../src/ledger/index.ts');
const { hasher } = await import('../../src/extension/background/hasher.ts');
const { statusOf } = await import('../../src/extension/background/status.ts');

let desk: Desk;
const EPOCH = id();
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
});

async function answered(patch: Partial<SyncResponse>): Promise<void> {
  const { db } = await desk.world.current();
  await store.takeAnswer(db, hasher, { ...emptyAnswer(EPOCH), ...patch }, Date.now());
}

/** Everything pending is answered like this. */
async function pushed(result: PushResult['result'], reason?: string): Promise<void> {
  const { db } = await desk.world.current();
  const pending = await store.pendingChanges(db, 100, 1_000_000);
  const results = pending.map(({ envelope }) => ({
    ...{ id: envelope.id, result, rank: envelope.at },
    ...(reason === undefined ? {} : { reason }),
  }));
  await answered({ results });
}

const unread = async () => (await desk.sidebar.attention({}, SIDEBAR)).changes;

describe('a change that the server could not read', () => {
  let record: string;
  beforeEach(async () => {
    record = await desk.write('note', { text: 'My words', label: 'note' });
    await pushed('needs-attention', 'note.text: too long');
  });

  test('is listed, counted, and mended as a change to the same record', async () => {
    const [one] = await unread();
    expect(one).toMatchObject({ kind: 'note', reason: 'note.text: too long', anew: false });
    expect((await statusOf(desk.world)).attention).toBe(1);
    await desk.sidebar.mend({ id: one?.id ?? '', body: { text: 'Shorter' } }, SIDEBAR);
    expect(await unread()).toEqual([]);
    const card = await desk.sidebar.card({ kind: 'note', id: record }, SIDEBAR);
    expect(card.fields).toMatchObject({ text: 'Shorter', label: 'note' });
    expect((await statusOf(desk.world)).unsynced).toBe(1);
  });

  test('mended with what still does not fit, it stays', async () => {
    const [one] = await unread();
    const mended = desk.sidebar.mend({ id: one?.id ?? '', body: { text: 7 } }, SIDEBAR);
    await expect(mended).rejects.toThrow(/Nothing is lost/);
    expect(await unread()).toHaveLength(1);
  });

  test('put aside it is not counted, and comes back', async () => {
    const [one] = await unread();
    await desk.sidebar.putAside({ id: one?.id ?? '', on: true }, SIDEBAR);
    expect((await statusOf(desk.world)).attention).toBe(0);
    expect(await unread()).toMatchObject([{ aside: true, body: { text: 'My words' } }]);
    await desk.sidebar.putAside({ id: one?.id ?? '', on: false }, SIDEBAR);
    expect((await statusOf(desk.world)).attention).toBe(1);
  });
});

test('of an erased record becomes a new record', async () => {
  const record = await desk.write('note', { text: 'My words', label: 'note' });
  await pushed('erased');
  const [one] = await unread();
  expect(one).toMatchObject({ anew: true, body: { text: 'My words' } });
  await desk.sidebar.mend({ id: one?.id ?? '', body: one?.body as Body }, SIDEBAR);
  const { db } = await desk.world.current();
  const texts = [...(await store.recordsOfKind(db, 'note'))].map(([id, found]) => [
    id === record,
    store.readFields<'note'>(found).text,
  ]);
  expect(texts).toContainEqual([false, 'My words']);
});

test('everything pending comes page by page, and then what could not be read', async () => {
  await desk.write('note', { text: 'unreadable' });
  await pushed('needs-attention', 'why');
  for (let n = 0; n < 501; n += 1) await desk.write('note', { text: `${n}` });
  const texts: unknown[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const page: Awaited<ReturnType<typeof desk.sidebar.pending>> = await desk.sidebar.pending(
      { from },
      SIDEBAR,
    );
    texts.push(...page.changes.map(({ body }) => (body as { text: string }).text));
    from = page.next;
  }
  expect(texts).toEqual([...Array.from({ length: 501 }, (_, n) => `${n}`), 'unreadable']);
});

describe('the member’s devices', () => {
  const chains = new Map<string, ReturnType<typeof ledger.newChain>>();
  let at = Date.UTC(2027, 0, 1);

  /** This device of the member's says this of a device. */
  async function says(writer: string, about: string, body: Body): Promise<void> {
    const { workspace, member } = connection;
    const chain =
      chains.get(writer) ?? ledger.newChain(workspace.id, writer, member.id, ledger.ZERO_TIME);
    at += 60_000;
    const draft = { id: id(), kind: 'device', record: about, body };
    const sealed = ledger.seal(hasher, { ...source, now: () => at }, chain, draft);
    chains.set(writer, sealed.chain);
    const { envelope, salt } = sealed.change;
    const leaf = { ...envelope, received: new Date(at).toISOString(), rank: envelope.at };
    const { db } = await desk.world.current();
    const { cursor } = await store.readSync(db);
    await answered({
      changes: [{ seq: cursor, leaf, salt, body: sealed.change.body }],
      cursor: cursor + 1,
    });
  }
  const registers = (device: string, name: string) =>
    says(device, device, { name, member: connection.member.id, publicKey: `key of ${name}` });
  const standings = async () => {
    const { own, others } = await desk.sidebar.devices({}, SIDEBAR);
    return [own, ...others].map((one) => [one?.name, one?.standing]);
  };

  test('the first needs nobody; a later one is a stranger until another vouches for it', async () => {
    const later = id();
    await registers(connection.device, 'mine');
    await registers(later, 'later');
    expect(await standings()).toEqual([
      ['mine', 'first'],
      ['later', 'unattested'],
    ]);
    expect((await statusOf(desk.world)).strangers).toBe(1);
    await desk.sidebar.vouch({ id: later, on: true }, SIDEBAR);
    expect(await standings()).toContainEqual(['later', 'attested']);
    expect((await statusOf(desk.world)).strangers).toBe(0);
    await desk.sidebar.vouch({ id: later, on: false }, SIDEBAR);
    expect(await standings()).toContainEqual(['later', 'unattested']);
  });

  test('its own word for itself counts for nothing, nor one it puts in another’s mouth', async () => {
    const later = id();
    await registers(connection.device, 'mine');
    await registers(later, 'later');
    await says(later, later, { attestedBy: connection.device });
    expect(await standings()).toContainEqual(['later', 'unattested']);
  });

  test('a revoked one is no stranger any more', async () => {
    const later = id();
    await registers(connection.device, 'mine');
    await registers(later, 'later');
    const { others } = await desk.sidebar.revokeDevice({ id: later }, SIDEBAR);
    expect(others).toMatchObject([{ name: 'later', revoked: true }]);
    expect((await statusOf(desk.world)).strangers).toBe(0);
  });
});

test('following: all at first; of chosen ones the sidebar’s story says whether they are', async () => {
  const customer = await desk.write('customer', { name: 'Halden Foods' });
  const story = async () => (await desk.sidebar.story({ customer }, SIDEBAR)).customer.followed;
  expect(await story()).toBeUndefined();
  await desk.sidebar.setFollowing({ mode: 'chosen' }, SIDEBAR);
  expect(await story()).toBe(false);
  const view = await desk.sidebar.follow({ customer, on: true }, SIDEBAR);
  expect(view).toEqual({
    ...{ mode: 'chosen', untold: true },
    customers: [{ id: customer, name: 'Halden Foods' }],
  });
  expect(await story()).toBe(true);
  await desk.sidebar.follow({ customer, on: false }, SIDEBAR);
  expect(await story()).toBe(false);
});
