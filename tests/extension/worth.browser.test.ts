import { beforeEach, describe, expect, test } from 'vitest';
import { type Desk, openDesk, SIDEBAR } from './desk.ts';
import { connection, freshProfile } from './world.ts';

const store = await import('../../src/extension/store/index.ts');

let desk: Desk;
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
});

async function fieldsOf(kind: string, id: string): Promise<Record<string, unknown>> {
  const { db } = await desk.world.current();
  const found = await store.getRecord(db, kind, id);
  return found === null ? {} : store.readFields<'probe'>(found.record);
}

const questions = { question: 'If it were so? If not?', answer: 'I like it. I dislike it.' };

describe('Kano’s two questions', () => {
  const ask = (expectation: string, contact: string | null, answers: [string, string]) =>
    desk.sidebar.kanoRecord(
      {
        ...{ expectation, contact, ...questions },
        ...{ functional: answers[0] as 'like', dysfunctional: answers[1] as 'like' },
      },
      SIDEBAR,
    );

  test('are kept per person, and the category follows what most say', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const expectation = await desk.write('expectation', { customer, statement: 'On time' });
    const [one, other] = [
      await desk.write('contact', { name: 'Sample One', customer }),
      await desk.write('contact', { name: 'Sample Other', customer }),
    ];
    const first = await ask(expectation, one, ['like', 'dislike']);
    expect(await fieldsOf('probe', first.probe)).toMatchObject({
      ...{ expectation, customer, contact: one, ...questions },
      ...{ functional: 'like', dysfunctional: 'dislike', askedBy: connection.member.id },
      askedAt: expect.stringMatching(/^\d{4}-/),
    });
    expect(await fieldsOf('expectation', expectation)).toMatchObject({ kano: 'one-dimensional' });

    // A tie decides nothing.
    await ask(expectation, other, ['neutral', 'dislike']);
    expect((await fieldsOf('expectation', expectation)).kano).toBeUndefined();

    // Asked again, the later answer counts.
    const again = await ask(expectation, one, ['must-be', 'dislike']);
    expect(await fieldsOf('expectation', expectation)).toMatchObject({ kano: 'must-be' });
    expect(again.replies.map(({ contact, counts }) => [contact?.name, counts])).toEqual([
      ['Sample One', true],
      ['Sample Other', true],
      ['Sample One', false],
    ]);
  });

  test('can be taken back and brought back, with the category', async () => {
    const expectation = await desk.write('expectation', { statement: 'On time' });
    const { probe } = await ask(expectation, null, ['like', 'neutral']);
    expect(await fieldsOf('expectation', expectation)).toMatchObject({ kano: 'attractive' });
    const without = await desk.sidebar.kanoRemove({ probe, on: true }, SIDEBAR);
    expect(without.replies).toEqual([]);
    expect((await fieldsOf('expectation', expectation)).kano).toBeUndefined();
    const back = await desk.sidebar.kanoRemove({ probe, on: false }, SIDEBAR);
    expect(back.replies).toHaveLength(1);
    expect(await fieldsOf('expectation', expectation)).toMatchObject({ kano: 'attractive' });
  });

  test('about what is kept on this device stay there too', async () => {
    const { draft } = await desk.sidebar.newDraft(
      { kind: 'expectation', tab: null, message: null },
      SIDEBAR,
    );
    const { card } = await desk.sidebar.save(
      { draft: { ...draft, fields: { statement: 'Between us' }, keepHere: true } },
      SIDEBAR,
    );
    const { probe } = await ask(card.id, null, ['like', 'dislike']);
    const { db } = await desk.world.current();
    expect((await store.getRecord(db, 'probe', probe))?.keptHere).toBe(true);
    expect(await db.count('outbox')).toBe(0);
  });

  test('one person who is on file twice answers once', async () => {
    const expectation = await desk.write('expectation', { statement: 'On time' });
    const identifiers = { 'address:buyer@halden.example': true };
    const one = await desk.write('contact', { name: 'Sample Buyer', identifiers });
    const same = await desk.write('contact', { name: 'Sample Buyer', identifiers });
    await ask(expectation, one, ['like', 'dislike']);
    const { replies } = await ask(expectation, same, ['must-be', 'dislike']);
    expect(replies.map(({ counts }) => counts)).toEqual([true, false]);
  });
});

test('a decision made while capturing says by whom and when', async () => {
  const asked = { kind: 'expectation', tab: null, message: null } as const;
  const { draft } = await desk.sidebar.newDraft(asked, SIDEBAR);
  const fields = { statement: 'On time', decision: 'exceed' };
  const changedAt = Date.UTC(2027, 1, 24, 9, 12);
  const { card } = await desk.sidebar.save({ draft: { ...draft, fields, changedAt } }, SIDEBAR);
  expect(card.fields).toMatchObject({
    ...{ decision: 'exceed', decidedBy: connection.member.id },
    decidedAt: '2027-02-24T09:12:00.000Z',
  });
});

test('who decided is known by name', async () => {
  const expectation = await desk.write('expectation', { decidedBy: connection.member.id });
  expect(await desk.sidebar.worthOf({ expectation }, SIDEBAR)).toEqual({
    ...{ me: connection.member.id, decidedBy: { name: 'Sample Member', me: true } },
  });
});

describe('looking back', () => {
  test('finds what was asked and what came out late, and is kept', async () => {
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    const outcome = { outcome: 'missed', outcomeAt: '2027-02-01T10:00:00Z', customer };
    const late = await desk.write('expectation', { ...outcome, statement: 'At night too', gap: 1 });
    await desk.write('probe', {
      ...{ customer, expectation: late, question: 'And at night?' },
      askedAt: '2027-02-03T10:00:00Z',
    });
    await desk.write('probe', { customer, question: 'Still to be asked' });
    const before = await desk.sidebar.lookBack({ customer }, SIDEBAR);
    expect(before).toMatchObject({ held: [], asked: ['And at night?'], late: ['At night too'] });
    expect(before.misses).toEqual([{ dimension: undefined, gap: 1 }]);

    const fields = { asked: 'And at night?', differently: 'Ask who is on duty' };
    const { record } = await desk.sidebar.keepLookBack({ record: null, customer, fields }, SIDEBAR);
    await desk.sidebar.keepLookBack({ record, customer, fields: { asked: null } }, SIDEBAR);
    const { held } = await desk.sidebar.lookBack({ customer }, SIDEBAR);
    expect(held).toMatchObject([
      { id: record, asked: '', differently: 'Ask who is on duty', author: { me: true } },
    ]);
  });

  test('a line becomes a question of the workspace only where the member may write those', async () => {
    const question = { text: ' Who is on duty? ', reason: 'assumes', dimension: null } as const;
    const customer = await desk.write('customer', { name: 'Halden Foods' });
    expect((await desk.sidebar.lookBack({ customer }, SIDEBAR)).mayAdd).toBe(false);
    await expect(desk.sidebar.makePattern(question, SIDEBAR)).rejects.toThrow(/Only managers/);

    const manager = { ...connection, member: { ...connection.member, role: 'manager' } };
    await store.writeConnection(await desk.world.profile(), manager);
    const { record } = await desk.sidebar.makePattern(question, SIDEBAR);
    expect(await fieldsOf('pattern', record)).toEqual({
      ...{ text: 'Who is on duty?', reason: 'assumes' },
    });
    const told = await desk.sidebar.lookBack({ customer }, SIDEBAR);
    expect(told).toMatchObject({ mayAdd: true, questions: ['Who is on duty?'] });
  });
});
