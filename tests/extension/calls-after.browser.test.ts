// Calls after talking: mended, wrapped up, taken back, imported; and from before connecting.
import { beforeEach, describe, expect, test } from 'vitest';
import { type CallDesk, openCallDesk } from './call-desk.ts';
import { connected, connection, freshProfile, id, source } from './world.ts';

const store = await import('../../src/extension/store/index.ts');

const T = Date.parse('2027-02-24T09:00:00.000Z');
const MINUTE = 60_000;

let desk: CallDesk;
beforeEach(async () => {
  await freshProfile();
  desk = await openCallDesk();
});

const chosen = (name: string, customer: string | null = null) => ({
  ...{ id: customer, name, reason: '' },
});
const field = async (kind: string, record: string, name: string) => {
  const { db } = await desk.world.current();
  const found = await store.getRecord(db, kind, record);
  return found?.record.state.registers[name]?.value ?? null;
};

describe('mending', () => {
  test('a call without customer gets one a day later, and its tags and what they became follow', async () => {
    const call = await desk.start(T);
    const tag = await desk.tag(call, 'expectation', T + 1_000);
    const other = await desk.tag(call, 'risk', T + 9_000);
    const elsewhere = await desk.write('customer', { name: 'Nordvik' });
    await desk.ask('edit', { kind: 'note', id: other.id, patch: { customer: elsewhere } });
    await desk.ask('callEnd', { call, at: T + MINUTE });
    const made = id();
    await desk.ask('wrapTag', {
      ...{ tag: tag.id, record: made, becomes: 'expectation' },
      ...{ text: 'Certificates come along', due: null, by: null },
    });
    const view = await desk.ask('callChange', { call, patch: { customer: chosen('Halden') } });
    const halden = view.customer?.id ?? '';
    expect(view.customer?.name).toBe('Halden');
    await expect.poll(() => field('note', tag.id, 'customer')).toBe(halden);
    await expect.poll(() => field('expectation', made, 'customer')).toBe(halden);
    // Somebody put this one elsewhere on purpose.
    expect(await field('note', other.id, 'customer')).toBe(elsewhere);
    const { cards } = await desk.ask('story', { customer: halden });
    // A tag without words stands with its call.
    expect(cards.map(({ kind }) => kind).sort()).toEqual(['expectation', 'interaction']);
    expect(cards.find(({ kind }) => kind === 'interaction')?.call).toBe(true);
    await desk.ask('callTagEdit', { id: tag.id, patch: { text: 'takes them for granted' } });
    const { cards: more } = await desk.ask('story', { customer: halden });
    expect(more.map(({ kind }) => kind).sort()).toEqual(['expectation', 'interaction', 'note']);
    // And again to another one.
    const next = await desk.ask('callChange', { call, patch: { customer: chosen('Skagen') } });
    await expect.poll(() => field('note', tag.id, 'customer')).toBe(next.customer?.id);
    await desk.ask('callChange', { call, patch: { customer: chosen('') } });
    await expect.poll(() => field('note', tag.id, 'customer')).toBe(null);
  });

  test('what had not followed when the worker died follows the next time', async () => {
    const call = await desk.start(T);
    const tag = await desk.tag(call, 'risk', T + 1_000);
    const holding = Promise.withResolvers<void>();
    // Another worker, which dies with its locks a moment later, was about to do it.
    const gone = navigator.locks.request('unsaid-call-follow', () => holding.promise);
    const { customer } = await desk.ask('callChange', {
      call,
      patch: { customer: chosen('Halden') },
    });
    await new Promise((done) => setTimeout(done, 50));
    expect(await field('note', tag.id, 'customer')).toBe(null);
    holding.resolve();
    await gone;
    const again = await openCallDesk();
    await again.view();
    await expect.poll(() => field('note', tag.id, 'customer')).toBe(customer?.id);
  });

  test('when the start is mended, tags stay at their moments', async () => {
    const call = await desk.start(T);
    await desk.ask('callPause', { call, on: true, at: T + MINUTE });
    await desk.ask('callPause', { call, on: false, at: T + 2 * MINUTE });
    const tag = await desk.tag(call, 'risk', T + 3 * MINUTE);
    expect(tag.offset).toBe(2 * MINUTE);
    await desk.ask('callChange', { call, patch: { startedAt: T - 5 * MINUTE } });
    expect(await desk.tagsOf(call)).toMatchObject([{ offset: 7 * MINUTE }]);
    await desk.ask('callChange', { call, patch: { startedAt: T } });
    expect(await desk.tagsOf(call)).toMatchObject([{ offset: 2 * MINUTE }]);
  });

  test('what it is about, how it went, how they seemed; null clears', async () => {
    const call = await desk.start(T, { customer: chosen('Halden') });
    await desk.ask('callEnd', { call, at: T + MINUTE });
    let view = await desk.ask('callChange', {
      call,
      patch: {
        ...{ subject: 'Delivery', channel: 'meeting', shift: -1_500, wentWell: 4, seemed: 2 },
        participants: [{ name: 'Sample Buyer', address: '' }],
        endedAt: T + 2 * MINUTE,
      },
    });
    expect(view).toMatchObject({
      ...{ subject: 'Delivery', channel: 'meeting', shift: -1_500, wentWell: 4, seemed: 2 },
      participants: [{ name: 'Sample Buyer' }],
      clock: { endedAt: T + 2 * MINUTE },
    });
    await desk.ask('callChange', { call, patch: { seemed: 5 } });
    const { db } = await desk.world.current();
    const [impression, ...more] = [...(await store.recordsOfKind(db, 'perception')).values()];
    expect(more).toEqual([]);
    expect(impression && store.readFields(impression)).toMatchObject({
      ...{ form: 'impression', score: 5, scaleMin: 1, scaleMax: 5, interaction: call },
      customer: view.customer?.id,
    });
    view = await desk.ask('callChange', { call, patch: { seemed: null, wentWell: null } });
    expect([view.seemed, view.wentWell]).toEqual([null, null]);
    await expect(desk.ask('callChange', { call, patch: { endedAt: T - 1 } })).rejects.toMatchObject(
      { code: 'bad-input' },
    );
  });

  test('a clock set forwards and noticed late: what came after it is put right', async () => {
    const HOUR = 60 * MINUTE;
    const call = await desk.start(T);
    await desk.tag(call, 'risk', T + MINUTE);
    // The clock jumps at minute two; the bar notices within a second, the person at minute five.
    await desk.tag(call, 'decision', T + 2 * MINUTE + 600);
    await desk.tag(call, 'praise', T + 3 * MINUTE + HOUR);
    await desk.ask('callPause', { call, on: true, at: T + 4 * MINUTE + HOUR });
    await desk.ask('callPause', { call, on: false, at: T + 5 * MINUTE + HOUR });
    const view = await desk.ask('callClockSet', { call, at: T + 2 * MINUTE, by: HOUR });
    expect(view.correction).toBe(-HOUR);
    expect(view.clock.pauses).toEqual([{ from: T + 4 * MINUTE, to: T + 5 * MINUTE }]);
    expect(await desk.tagsOf(call)).toMatchObject([
      { tag: 'risk', offset: MINUTE },
      { tag: 'decision', offset: 2 * MINUTE + 600 },
      { tag: 'praise', offset: 3 * MINUTE },
    ]);
    // Another window noticed it, too.
    const again = await desk.ask('callClockSet', { call, at: T + 2 * MINUTE + 500, by: HOUR - 3 });
    expect(again.clockSet).toHaveLength(1);
  });

  test('a clock set back corrects what is told from then on', async () => {
    const call = await desk.start(T);
    await desk.tag(call, 'risk', T + 3 * MINUTE);
    const view = await desk.ask('callClockSet', { call, at: T + 4 * MINUTE, by: -60 * MINUTE });
    expect(view.correction).toBe(60 * MINUTE);
    expect(await desk.tagsOf(call)).toMatchObject([{ offset: 3 * MINUTE }]);
  });

  test('taken back with all its tags, and brought back without those that were undone before', async () => {
    const call = await desk.start(T);
    const undone = await desk.tag(call, 'risk', T + 1_000);
    await desk.tag(call, 'praise', T + 2_000);
    await desk.ask('callTagEdit', { id: undone.id, patch: { deleted: true } });
    await desk.ask('callEnd', { call, at: T + MINUTE });
    await desk.ask('callChange', { call, patch: { seemed: 3 } });
    const view = await desk.ask('callRemove', { call, on: true });
    expect(view).toMatchObject({ running: null, waiting: 0, wrapUp: null });
    expect((await desk.ask('callList', { before: null })).calls).toEqual([]);
    const { db } = await desk.world.current();
    expect((await store.recordsOfKind(db, 'note')).size).toBe(0);
    expect((await store.recordsOfKind(db, 'perception')).size).toBe(0);
    expect(await desk.ask('callRemove', { call, on: false })).toMatchObject({ waiting: 1 });
    expect(await desk.tagsOf(call)).toMatchObject([{ tag: 'praise' }]);
    expect((await desk.ask('call', { id: call })).call.seemed).toBe(3);
  });
});

describe('wrapping up', () => {
  async function ended(tags: string[]) {
    const call = await desk.start(T, { customer: chosen('Halden') });
    const made: string[] = [];
    for (const [at, tag] of tags.entries()) {
      made.push((await desk.tag(call, tag, T + (at + 1) * 1_000)).id);
    }
    const view = await desk.ask('callEnd', { call, at: T + MINUTE });
    return { call, tags: made, view };
  }
  const wrap = (tag: string, becomes: 'expectation' | 'promise' | 'grievance' | 'question') =>
    desk.ask('wrapTag', {
      ...{ tag, record: id(), becomes, text: `of ${becomes}` },
      ...{ due: becomes === 'promise' ? '2027-03-01' : null, by: null },
    });

  test('the call that was hung up last asks for it, until it is done', async () => {
    const first = await ended(['risk']);
    const second = await ended(['risk']);
    expect(second.view.wrapUp).toBe(second.call);
    let view = await desk.ask('wrapUpDone', { call: second.call });
    expect(view.wrapUp).toBe(first.call);
    view = await desk.ask('callResume', { call: first.call, at: T + 2 * MINUTE });
    expect(view.wrapUp).toBe(null);
    view = await desk.ask('callEnd', { call: first.call, at: T + 3 * MINUTE });
    expect(view.wrapUp).toBe(first.call);
    expect((await desk.ask('wrapUpDone', { call: first.call })).wrapUp).toBe(null);
  });

  test('each tag becomes a record, with the tag’s moment as its evidence', async () => {
    const { call, tags } = await ended(['expectation', 'promise-theirs', 'grievance', 'question']);
    const [first = '', second = '', third = '', fourth = ''] = tags;
    const expectation = await wrap(first, 'expectation');
    expect(expectation.tag).toMatchObject({ handled: true, became: { kind: 'expectation' } });
    expect(expectation.card).toMatchObject({
      kind: 'expectation',
      fields: { statement: 'of expectation', stage: 'hunch' },
      customer: { name: 'Halden' },
      evidence: [{ interaction: call, offset: 1_000 }],
    });
    expect((await wrap(second, 'promise')).card?.fields).toMatchObject({
      ...{ text: 'of promise', by: 'them', due: '2027-03-01', state: 'open' },
    });
    expect((await wrap(third, 'grievance')).card?.look).toBe('grievance');
    const probe = await wrap(fourth, 'question');
    expect(probe.card).toBeNull();
    expect(await field('probe', probe.tag.became?.id ?? '', 'question')).toBe('of question');
    const { call: view } = await desk.ask('call', { id: call });
    expect(view).toMatchObject({ tags: 4, unhandled: 0 });
    // What a grievance became is a note of the call, but no tag of it.
    expect(await desk.tagsOf(call)).toHaveLength(4);
  });

  test('twice makes one, and taking it back lets the tag wait again', async () => {
    const { tags } = await ended(['expectation']);
    const [tag = ''] = tags;
    const first = await wrap(tag, 'expectation');
    const second = await wrap(tag, 'promise');
    expect(second.tag.became).toEqual(first.tag.became);
    const { db } = await desk.world.current();
    expect((await store.recordsOfKind(db, 'commitment')).size).toBe(0);
    const back = await desk.ask('unwrapTag', { tag });
    expect(back.tag).toMatchObject({ handled: false, became: null });
    expect((await store.recordsOfKind(db, 'expectation')).size).toBe(0);
    expect((await desk.view()).waiting).toBe(1);
    expect((await wrap(tag, 'promise')).tag.became?.kind).toBe('commitment');
  });

  test('what nobody touched waits in the inbox, newest first; not that of calls that go on', async () => {
    const { call, tags } = await ended(['risk', 'praise', 'question']);
    const running = await desk.start(T + 5 * MINUTE);
    await desk.tag(running, 'risk', T + 6 * MINUTE);
    const [first = ''] = tags;
    await desk.ask('wrapTag', {
      ...{ tag: first, record: id(), becomes: 'handled', text: '', due: null, by: null },
    });
    let inbox = await desk.ask('tagInbox', {});
    expect(inbox.tags.map(({ tag }) => tag)).toEqual(['question', 'praise']);
    expect(inbox.calls.map((one) => one.id)).toEqual([call]);
    expect((await desk.view()).waiting).toBe(2);
    await desk.ask('callEnd', { call: running, at: T + 7 * MINUTE });
    inbox = await desk.ask('tagInbox', {});
    expect(inbox.tags.map(({ tag }) => tag)).toEqual(['risk', 'question', 'praise']);
    expect((await desk.view()).waiting).toBe(3);
  });

  test('shows the customer’s open hunches, oldest first, and takes a new one', async () => {
    const { call } = await ended([]);
    const { call: shown } = await desk.ask('wrapUp', { call });
    const customer = shown.customer?.id ?? '';
    const hunch = (statement: string, stage = 'hunch') =>
      desk.write('expectation', { statement, stage, outcome: 'open', customer });
    await hunch('first');
    await hunch('asked', 'asked');
    await hunch('second');
    const record = id();
    const said = await desk.ask('wrapHunch', { call, record, statement: 'They fear the move' });
    await desk.ask('wrapHunch', { call, record, statement: 'They fear the move' });
    expect(said.card).toMatchObject({ id: record, customer: { id: customer } });
    const { hunches } = await desk.ask('wrapUp', { call });
    expect(hunches.map(({ fields }) => fields.statement)).toEqual([
      ...['first', 'second', 'They fear the move'],
    ]);
    await expect(
      desk.ask('wrapHunch', { call, record: id(), statement: '  ' }),
    ).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('importing', () => {
  const file = () => ({
    call: {
      ...{ id: id(), startedAt: T, endedAt: T + 10 * MINUTE, subject: 'Delivery', shift: 250 },
      ...{ channel: 'meeting' as const, pauses: [{ from: T + MINUTE, to: T + 2 * MINUTE }] },
    },
    tags: Array.from({ length: 450 }, (_, at) => ({
      ...{ id: id(), tag: at % 2 === 0 ? 'risk' : 'unknown', offset: at * 1_000 },
      ...{ span: at === 3 ? 500 : null, text: at === 0 ? 'first' : '', pressedAt: null },
    })),
  });

  test('is the same call, once, with the moments that its offsets mean', async () => {
    const { call, tags } = file();
    const first = await desk.ask('callImport', { call, tags });
    expect(first).toMatchObject({
      tags: 450,
      call: {
        ...{ id: call.id, state: 'ended', subject: 'Delivery', channel: 'meeting', shift: 250 },
        clock: { startedAt: T, endedAt: T + 10 * MINUTE, pauses: call.pauses },
        ...{ tags: 450, unhandled: 450 },
      },
    });
    const { db } = await desk.world.current();
    const changes = await db.count('changes');
    expect(await desk.ask('callImport', { call, tags })).toMatchObject({ tags: 0 });
    expect(await db.count('changes')).toBe(changes);
    const { tags: shown } = await desk.ask('call', { id: call.id });
    expect(shown[0]).toMatchObject({ text: 'first', offset: 0, pressedAt: T });
    expect(shown[3]).toMatchObject({ span: 500, tag: 'unknown' });
    // Beyond the pause.
    expect(shown[70]?.pressedAt).toBe(T + 70_000 + MINUTE);
  });

  test('broken off in the middle it is gone on with', async () => {
    const { call, tags } = file();
    await desk.ask('callImport', { call, tags: tags.slice(0, 300) });
    expect(await desk.ask('callImport', { call, tags })).toMatchObject({ tags: 150 });
    expect(await desk.tagsOf(call.id)).toHaveLength(450);
  });

  test('a file without an end ends with its last tag', async () => {
    const { call, tags } = file();
    const open = { ...call, endedAt: null };
    const { call: view } = await desk.ask('callImport', { call: open, tags: tags.slice(0, 100) });
    expect(view.clock.endedAt).toBe(T + 99_000 + MINUTE);
  });
});

test('calls are listed newest first, page by page', async () => {
  const starts = Array.from({ length: 130 }, (_, at) => T + at * MINUTE);
  for (const startedAt of starts) {
    const call = { id: id(), startedAt, endedAt: startedAt, pauses: [], subject: '', shift: 0 };
    await desk.ask('callImport', { call: { ...call, channel: 'call' }, tags: [] });
  }
  const first = await desk.ask('callList', { before: null });
  expect(first.calls).toHaveLength(100);
  const second = await desk.ask('callList', { before: first.next });
  expect(second.next).toBeNull();
  const listed = [...first.calls, ...second.calls].map(({ clock }) => clock.startedAt);
  expect(listed).toEqual(starts.toReversed());
});

test('a call from before connecting is sealed with its tags, and runs on', async () => {
  await freshProfile();
  desk = await openCallDesk({ isConnected: false });
  const call = await desk.start(T);
  await desk.tag(call, 'praise', T + 1_000);
  expect((await desk.view()).running).toMatchObject({ id: call, synced: false });
  const world = await connected();
  await world.write(async () => undefined);
  const { db } = await world.current();
  const pending = await store.pendingChanges(db, 10, 1e6);
  expect(pending.map(({ envelope }) => [envelope.kind, envelope.author])).toEqual([
    ['interaction', connection.member.id],
    ['note', connection.member.id],
  ]);
  const after = await openCallDesk();
  const view = await after.view();
  expect(view.running).toMatchObject({ id: call, tags: 1, author: { me: true } });
  await after.tag(call, 'risk', T + 2_000);
  expect((await after.view()).latest).toHaveLength(2);
});

test('calls that another device had sent before are found after the update', async () => {
  const { world } = desk;
  const { db, me } = await world.current();
  const record = id();
  const startedAt = new Date(T).toISOString();
  const body = { channel: 'call', callState: 'running', startedAt };
  const write = { id: id(), kind: 'interaction', record, body };
  await world.write((here) => store.commit(here.db, source, [write], { author: me }));
  const packed = { id: id(), record: id(), startedAt: T - MINUTE };
  const rows = await db.getAll('records');
  const { name } = db;
  db.close();
  await store.deleteDB(name);
  // As the third version had it: rows and blocks without the keys of calls.
  const change = {
    ...{ id: packed.id, kind: 'interaction', record: packed.record, author: me, folded: true },
    ...{ rank: '0193000000000000', envelope: null, salt: null, base: null },
    body: { ...body, callState: 'parked', startedAt: new Date(packed.startedAt).toISOString() },
  };
  await new Promise<void>((done) => {
    const opening = indexedDB.open(name, 3);
    opening.onupgradeneeded = () => {
      const old = opening.result;
      const changes = old.createObjectStore('changes', { keyPath: ['kind', 'record', 'id'] });
      changes.createIndex('unfolded', 'unfolded');
      for (const place of ['records', 'kept']) {
        const kept = old.createObjectStore(place, { keyPath: ['kind', 'id'] });
        kept.createIndex('customer', 'customer');
        kept.createIndex('conversation', 'conversation');
        kept.createIndex('mergedInto', ['kind', 'mergedInto']);
        kept.createIndex('identifiers', 'identifiers', { multiEntry: true });
        kept.createIndex('interaction', 'interactions', { multiEntry: true });
        for (const { calls: _later, ...row } of place === 'records' ? rows : []) kept.put(row);
      }
      const blocks = old.createObjectStore('blocks', { keyPath: 'n', autoIncrement: true });
      blocks.createIndex('keys', 'keys', { multiEntry: true });
      const keys = [`=interaction/${packed.record}`, 'tinteraction'];
      blocks.put({ keys, text: JSON.stringify([{ keys, changes: [change] }]) });
      const outbox = old.createObjectStore('outbox', { keyPath: 'order' });
      outbox.createIndex('record', ['kind', 'record']);
      for (const store of ['attention', 'drafts']) old.createObjectStore(store, { keyPath: 'id' });
      for (const store of ['meta', 'tiles']) old.createObjectStore(store);
      old.createObjectStore('erased', { keyPath: ['kind', 'id'] });
    };
    opening.onsuccess = () => {
      opening.result.close();
      done();
    };
  });
  const after = await openCallDesk();
  const view = await after.view();
  expect(view.running?.id).toBe(record);
  expect(view.parked.map((one) => one.id)).toEqual([packed.record]);
});
