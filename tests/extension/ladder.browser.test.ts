// The ladder in the background, on a real store: one act, one transaction, one way back.
import { beforeEach, describe, expect, test } from 'vitest';
import type { SidebarHandlers } from '../../src/extension/messages/index.ts';
import { type Desk, openDesk, SIDEBAR } from './desk.ts';
import { freshProfile, id, source } from './world.ts';

const store = await import('../../src/extension/store/index.ts');

let desk: Desk;
let expectation: string;
let customer: string;
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
  customer = await desk.write('customer', { name: 'Sample Bakery' });
  expectation = await desk.write('expectation', {
    ...{ statement: 'The oven is quiet.', class: 'unstated', unstatedBecause: 'assumes' },
    ...{ stage: 'hunch', customer },
    evidence: { [id()]: { quote: 'As quiet as the old one, I suppose.' } },
  });
});

type Asked<C extends keyof SidebarHandlers> = Parameters<SidebarHandlers[C]>[0];
const AT = Date.UTC(2027, 1, 24, 9);
const ask = (patch: Partial<Asked<'ask'>> = {}) =>
  desk.sidebar.ask(
    {
      ...{ expectation, record: id(), question: 'How loud is the old one?', at: AT },
      ...{ pattern: 'assumes/today', ...patch },
    },
    SIDEBAR,
  );
const answer = (patch: Partial<Asked<'answer'>> & { probe: string }) =>
  desk.sidebar.answer({ text: 'We never hear it.', says: 'confirmed', at: AT, ...patch }, SIDEBAR);
const step = (to: Asked<'step'>['to'], patch: Partial<Asked<'step'>> = {}) =>
  desk.sidebar.step({ expectation, to, ...patch }, SIDEBAR);
const back = (before: Asked<'ladderBack'>['before']) =>
  desk.sidebar.ladderBack({ before }, SIDEBAR);
const fields = async () =>
  (await desk.sidebar.card({ kind: 'expectation', id: expectation }, SIDEBAR)).fields;
const probes = async () => (await desk.sidebar.probes({ expectation }, SIDEBAR)).probes;
/** Changes that wait to be sent, by kind. */
async function written() {
  const { db } = await desk.world.current();
  return (await db.getAll('outbox')).map(({ kind }) => kind);
}

describe('asking', () => {
  test('a question and the step in one, for the customer, with who and when', async () => {
    const before = await written();
    const record = id();
    const { card, probe } = await ask({ record });
    expect((await written()).slice(before.length)).toEqual(['probe', 'expectation']);
    expect(card.fields.stage).toBe('asked');
    expect(probe).toMatchObject({
      ...{ id: record, question: 'How loud is the old one?', pattern: 'assumes/today' },
      ...{ askedAt: '2027-02-24T09:00:00.000Z', askedBy: { me: true }, says: null, moment: null },
    });
    const { db } = await desk.world.current();
    const found = await store.getRecord(db, 'probe', record);
    expect(found && store.readFields<'probe'>(found.record)).toMatchObject({ customer });
  });

  test('twice with one id makes one question, and both tell the same way back', async () => {
    const record = id();
    const first = await ask({ record });
    const count = (await written()).length;
    const second = await ask({ record });
    expect(await written()).toHaveLength(count);
    expect(await probes()).toHaveLength(1);
    await back(second.before);
    expect(await fields()).toMatchObject({ stage: 'hunch' });
    expect(await probes()).toEqual([]);
    expect(first.before).toHaveLength(2);
  });

  test('taking it back twice writes once', async () => {
    const { before } = await ask();
    await back(before);
    const count = (await written()).length;
    await back(before);
    expect(await written()).toHaveLength(count);
  });

  test('a planned one moves nothing until it is asked; that taken back, it is planned again', async () => {
    const record = id();
    await ask({ record, at: null, due: '2027-03-01', owner: null });
    expect(await fields()).toMatchObject({ stage: 'hunch' });
    expect(await probes()).toMatchObject([{ askedAt: null, due: '2027-03-01' }]);
    const { before } = await ask({ record, question: 'Is it louder than that?' });
    expect(await fields()).toMatchObject({ stage: 'asked' });
    expect(await probes()).toMatchObject([
      { question: 'Is it louder than that?', due: '2027-03-01' },
    ]);
    await back(before);
    expect(await fields()).toMatchObject({ stage: 'hunch' });
    expect(await probes()).toMatchObject([
      { askedAt: null, askedBy: null, question: 'How loud is the old one?' },
    ]);
  });

  test('a second question leaves a confirmed one confirmed', async () => {
    await step('confirmed');
    const { before } = await ask();
    expect(await fields()).toMatchObject({ stage: 'confirmed' });
    await back(before);
    expect(await fields()).toMatchObject({ stage: 'confirmed' });
  });

  test('in a call that runs, its moment is the evidence', async () => {
    const call = id();
    await desk.sidebar.callStart(
      { id: call, at: AT - 90_000, tab: null, channel: 'call' },
      SIDEBAR,
    );
    await desk.sidebar.callPause({ call, on: true, at: AT - 60_000 }, SIDEBAR);
    await desk.sidebar.callPause({ call, on: false, at: AT - 30_000 }, SIDEBAR);
    const { probe, before } = await ask({ interaction: call });
    expect(probe).toMatchObject({ moment: 60_000, interaction: { id: call, channel: 'call' } });
    await back(before);
    expect(await probes()).toEqual([]);
  });

  test('nothing is not asked; of what is not here neither', async () => {
    await expect(ask({ question: '  ' })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(ask({ expectation: id() })).rejects.toMatchObject({ code: 'not-found' });
    expect(await probes()).toEqual([]);
  });

  test('of an expectation kept on this device the question is kept there, too', async () => {
    const kept = id();
    await desk.world.write(({ db, me }) =>
      store.commit(
        db,
        source,
        [{ id: id(), kind: 'expectation', record: kept, body: { statement: 'mine' } }],
        { author: me, keep: true },
      ),
    );
    const count = (await written()).length;
    const { card, before } = await ask({ expectation: kept });
    expect(card).toMatchObject({ keptHere: true, fields: { stage: 'asked' } });
    expect(await written()).toHaveLength(count);
    await back(before);
    const { probes } = await desk.sidebar.probes({ expectation: kept }, SIDEBAR);
    expect(probes).toEqual([]);
    // Shared, it takes what was asked about it along.
    await ask({ expectation: kept, record: id() });
    await desk.sidebar.share({ kind: 'expectation', id: kept }, SIDEBAR);
    expect((await written()).slice(count).sort()).toEqual(['expectation', 'probe']);
  });
});

describe('answering', () => {
  test('says what it is worth: the words, when, and the step', async () => {
    const { probe } = await ask();
    const { card, before } = await answer({ probe: probe?.id ?? '' });
    expect(card.fields.stage).toBe('confirmed');
    expect(await probes()).toMatchObject([{ answer: 'We never hear it.', says: 'confirmed' }]);
    await back(before);
    expect(await fields()).toMatchObject({ stage: 'asked' });
    expect(await probes()).toMatchObject([{ answer: '', says: null, answeredAt: null }]);
  });

  test('one that is unclear leaves it asked', async () => {
    const { probe } = await ask();
    await answer({ probe: probe?.id ?? '', says: 'unclear', text: 'Hm.' });
    expect(await fields()).toMatchObject({ stage: 'asked' });
  });

  test('of a planned question: who has an answer has asked', async () => {
    const { probe } = await ask({ at: null });
    await answer({ probe: probe?.id ?? '', says: 'refuted' });
    expect(await fields()).toMatchObject({ stage: 'refuted' });
    expect(await probes()).toMatchObject([{ askedAt: '2027-02-24T09:00:00.000Z' }]);
  });

  test('the same twice is written once, and taken back as one', async () => {
    const { probe } = await ask();
    await answer({ probe: probe?.id ?? '' });
    const count = (await written()).length;
    const { before } = await answer({ probe: probe?.id ?? '' });
    expect(await written()).toHaveLength(count);
    await back(before);
    expect(await fields()).toMatchObject({ stage: 'asked' });
    expect(await probes()).toMatchObject([{ says: null }]);
  });
});

describe('moving a step', () => {
  test('settled says what came of it; back from there it is open again', async () => {
    await step('confirmed');
    const { before } = await step('settled', { outcome: 'exceeded', text: 'They sang.' });
    expect(await fields()).toMatchObject({ outcome: 'exceeded', outcomeText: 'They sang.' });
    const again = await step('confirmed');
    expect((await fields()).outcome).toBeUndefined();
    await back(again.before);
    expect(await fields()).toMatchObject({ outcome: 'exceeded' });
    await back(before);
    expect((await fields()).outcomeText).toBeUndefined();
  });

  test('one that was declined is decided anew', async () => {
    await desk.write('expectation', { decision: 'decline' }, expectation);
    await step('asked');
    expect((await fields()).decision).toBeUndefined();
  });

  test('where it stands already nothing is written', async () => {
    const count = (await written()).length;
    const { before } = await step('hunch');
    expect(before).toEqual([]);
    expect(await written()).toHaveLength(count);
  });

  test('only what belongs to the ladder can be taken back with it', async () => {
    const stray = { kind: 'customer', id: customer, patch: { name: 'Else' } };
    await expect(back([stray])).rejects.toMatchObject({ code: 'bad-input' });
  });
});

test('questions to ask: made for its reason, with the customer’s words; those that were asked come last', async () => {
  const { patterns } = await desk.sidebar.questions({ expectation }, SIDEBAR);
  expect(patterns).toHaveLength(9);
  expect(patterns[0]).toMatchObject({
    pattern: 'assumes/today',
    text: expect.stringContaining('“As quiet as the old one, I suppose”'),
  });
  expect(patterns.slice(0, 5).every(({ pattern }) => pattern.startsWith('assumes/'))).toBe(true);
  await ask();
  const later = await desk.sidebar.questions({ expectation }, SIDEBAR);
  expect(later.patterns.map(({ pattern }) => pattern)).not.toContain('assumes/today');
});

test('questions to ask where the customer said nothing hold no words up to them, ours least of all', async () => {
  const statement = 'The oven is quiet.';
  const silent = await desk.write('expectation', { statement, stage: 'hunch', customer });
  const { patterns } = await desk.sidebar.questions({ expectation: silent }, SIDEBAR);
  expect(patterns.length).toBeGreaterThanOrEqual(3);
  for (const { text } of patterns) expect(text).not.toMatch(/oven|“|\{|this”/);
  await desk.write('pattern', { text: 'You said “{words}”: why?', order: -1 });
  const later = await desk.sidebar.questions({ expectation: silent }, SIDEBAR);
  expect(later.patterns.map(({ text }) => text)).toEqual(patterns.map(({ text }) => text));
});

test('of a customer’s story the newest come, as many as are asked for, and how many there are', async () => {
  const texts = Array.from({ length: 12 }, (_, at) => `note ${at}`);
  for (const text of texts) await desk.write('note', { text, label: 'note', customer });
  const story = await desk.sidebar.story({ customer, most: 5 }, SIDEBAR);
  expect(story.total).toBe(13);
  expect(story.cards.map(({ fields }) => fields.text)).toEqual(texts.toReversed().slice(0, 5));
  const all = await desk.sidebar.story({ customer }, SIDEBAR);
  expect(all.cards.map(({ kind }) => kind).at(-1)).toBe('expectation');
  expect(all.cards).toHaveLength(13);
});

test('the workspace’s own questions count', async () => {
  await desk.write('pattern', { replaces: 'assumes/today', retired: true });
  const own = await desk.write('pattern', {
    ...{ text: 'What of “{words}”?', reason: 'assumes', order: -1 },
  });
  const { patterns } = await desk.sidebar.questions({ expectation }, SIDEBAR);
  expect(patterns[0]).toEqual({
    pattern: own,
    text: 'What of “As quiet as the old one, I suppose”?',
  });
  expect(patterns.map(({ pattern }) => pattern)).not.toContain('assumes/today');
});

test('the history is all that was written, in its order', async () => {
  const { probe } = await ask();
  await answer({ probe: probe?.id ?? '' });
  await step('settled', { outcome: 'missed' });
  const { entries } = await desk.sidebar.history({ expectation }, SIDEBAR);
  expect(entries.map(({ record, made, body }) => [record.kind, made, Object.keys(body)])).toEqual([
    ['expectation', true, expect.arrayContaining(['statement', 'stage'])],
    ['probe', true, expect.arrayContaining(['question', 'askedAt', 'askedBy'])],
    ['expectation', false, ['stage']],
    ['probe', false, expect.arrayContaining(['answer', 'says'])],
    ['expectation', false, ['stage']],
    ['expectation', false, expect.arrayContaining(['outcome', 'outcomeAt'])],
  ]);
  expect(entries.every(({ author }) => author.me)).toBe(true);
});

describe('confirmed by a tag of a call', () => {
  let call: string;
  let tag: string;
  beforeEach(async () => {
    call = id();
    const start = { id: call, at: AT, tab: null, channel: 'call' as const };
    const named = { id: customer, name: 'Sample Bakery', reason: '' };
    await desk.sidebar.callStart({ ...start, customer: named }, SIDEBAR);
    await desk.sidebar.callSettings({ patch: { lead: 0 } }, SIDEBAR);
    tag = id();
    await desk.sidebar.callTag({ id: tag, call, tag: 'question', at: AT + 65_000 }, SIDEBAR);
    await desk.sidebar.callEnd({ call, at: AT + 120_000 }, SIDEBAR);
  });
  const confirm = (
    says: 'confirmed' | 'refuted' | 'asked',
    probe: string | null = null,
    text = 'We never hear it.',
  ) =>
    desk.sidebar.wrapTag(
      {
        ...{ tag, record: id(), becomes: 'confirms', text, due: null, by: null },
        confirms: { expectation, probe, says },
      },
      SIDEBAR,
    );
  const wrapUp = () => desk.sidebar.wrapUp({ call }, SIDEBAR);

  test('what is not known yet is offered, with the question that waits', async () => {
    const known = await desk.write('expectation', {
      statement: 'known',
      stage: 'confirmed',
      customer,
    });
    const { probe } = await ask();
    const { open } = await wrapUp();
    expect(open).toEqual([
      {
        ...{ expectation, statement: 'The oven is quiet.', stage: 'asked' },
        probe: { id: probe?.id, question: 'How loud is the old one?' },
      },
    ]);
    expect(open.map((one) => one.expectation)).not.toContain(known);
  });

  test('the tag’s moment answers the question and moves the step; undone, all waits as before', async () => {
    const { probe } = await ask({ at: null, due: '2027-03-01' });
    const { tag: done } = await confirm('confirmed', probe?.id);
    expect(done).toMatchObject({ handled: true, became: { kind: 'probe', says: 'confirmed' } });
    expect(await fields()).toMatchObject({ stage: 'confirmed' });
    expect(await probes()).toMatchObject([
      {
        ...{ id: probe?.id, says: 'confirmed', answer: 'We never hear it.', moment: 65_000 },
        ...{ askedAt: '2027-02-24T09:01:05.000Z', answeredAt: '2027-02-24T09:01:05.000Z' },
        interaction: { id: call },
      },
    ]);
    expect((await wrapUp()).open).toEqual([]);
    const back = await desk.sidebar.unwrapTag({ tag }, SIDEBAR);
    expect(back.tag).toMatchObject({ handled: false, became: null });
    expect(await fields()).toMatchObject({ stage: 'hunch' });
    expect(await probes()).toMatchObject([
      { askedAt: null, says: null, answer: '', moment: null, due: '2027-03-01' },
    ]);
  });

  test('said without being asked: a question of its own, gone when it is undone', async () => {
    await confirm('refuted', null, '');
    expect(await fields()).toMatchObject({ stage: 'refuted' });
    expect(await probes()).toMatchObject([{ question: '', says: 'refuted', moment: 65_000 }]);
    await desk.sidebar.unwrapTag({ tag }, SIDEBAR);
    expect(await fields()).toMatchObject({ stage: 'hunch' });
    expect(await probes()).toEqual([]);
  });

  test('only asked: the question waits for its answer', async () => {
    await confirm('asked', null, 'How loud is it at night?');
    expect(await fields()).toMatchObject({ stage: 'asked' });
    expect(await probes()).toMatchObject([
      { question: 'How loud is it at night?', says: null, answeredAt: null, moment: 65_000 },
    ]);
    const { tags } = await wrapUp();
    expect(tags[0]?.became).toMatchObject({ says: 'asked' });
  });

  test('told twice it is written once; a step that stood there before is not taken back', async () => {
    await step('confirmed');
    await confirm('confirmed');
    const count = (await written()).length;
    await confirm('confirmed');
    expect(await written()).toHaveLength(count);
    await desk.sidebar.unwrapTag({ tag }, SIDEBAR);
    expect(await fields()).toMatchObject({ stage: 'confirmed' });
  });
});
