// Cues in the background: found in the words that a page tells, shown, taught, made into cards.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Cue } from '../../src/cues/index.ts';
import type { Cues as CuesOf } from '../../src/extension/background/cue/cues.ts';
import type { KnownMessage, ReadMessage } from '../../src/extension/messages/index.ts';
import { type Desk, message, openDesk, SIDEBAR } from './desk.ts';
import { freshProfile } from './world.ts';

const SENTENCE = 'Of course the certificates will be there, as always.';
const PROMISE = 'I will send the drawings by Friday.';
const TEXT = `Dear team,\n\n${SENTENCE} ${PROMISE}\n\nKind regards`;

/** Notices two sentences by their words alone. */
function findIn(text: string): Cue[] {
  const cues: Cue[] = [];
  for (let at = text.indexOf(SENTENCE); at >= 0; at = text.indexOf(SENTENCE, at + 1)) {
    cues.push({
      ...{ start: at, end: at + 'Of course the certificates'.length },
      ...{ sentence: [at, at + SENTENCE.length], kind: 'assumption', rule: 'assumption/of-course' },
      ...{ why: 'It is taken for granted.', reason: 'assumes', dimension: 'reliability' },
    });
  }
  const at = text.indexOf(PROMISE);
  if (at >= 0) {
    cues.push({
      ...{ start: at, end: at + PROMISE.length, sentence: [at, at + PROMISE.length] },
      ...{ kind: 'commitment', rule: 'commitment/will', why: 'Somebody promises something.' },
      ...{ by: 'writer', due: '2027-02-26' },
    });
  }
  return cues;
}

type Finder = ConstructorParameters<typeof CuesOf>[0]['finder'];
let looks: { text: string; options: Parameters<Finder['find']>[1] }[];
let desk: Desk;

beforeEach(async () => {
  await freshProfile();
  looks = [];
  const finder: Finder = {
    find(text, options) {
      looks.push({ text, options });
      return findIn(text);
    },
    languageOf: (text) => (text.includes('Sehr geehrte') ? 'de' : 'en'),
    measured: { en: true, de: false, fr: false },
  };
  desk = await openDesk({ finder });
});

/** A page shows this mail; gives what is known of it once its words were looked through. */
async function shows(
  facts: Partial<ReadMessage> = {},
  where: { tab?: number; frame?: number } = {},
): Promise<KnownMessage> {
  const seen = desk.posted.length;
  const [known] = await desk.shows(
    { page: 'message', messages: [message({ text: TEXT, ...facts })] },
    where,
  );
  if (known === undefined) throw new Error('nothing is shown');
  await expect.poll(() => desk.posted.slice(seen).map(({ event }) => event)).toContain('cues');
  return known;
}

const marksOf = async (known: KnownMessage, where: { tab?: number; frame?: number } = {}) => {
  const { marks } = await desk.page.marks({ messages: [known] }, desk.senderOf(where));
  return marks[0] ?? [];
};
const listed = async (tab = 1) => (await desk.sidebar.cues({ tab }, SIDEBAR)).cues;

describe('finding', () => {
  test('the words that a page told are looked through once, with what is known of the mail', async () => {
    const known = await shows({ sentBy: 'them' });
    await desk.shows({ page: 'message', messages: [message({ text: TEXT, sentBy: 'them' })] });
    await new Promise((done) => setTimeout(done, 50));
    expect(looks).toHaveLength(1);
    expect(looks[0]?.options).toEqual({
      ...{ taught: {}, direction: 'inbound' },
      sentAt: Date.parse('2027-02-24T09:12:00.000Z'),
    });
    const marks = await marksOf(known);
    expect(
      marks.map(({ look, summary, selectors }) => [look, summary, selectors[0].exact]),
    ).toEqual([
      ['cue', 'It is taken for granted.', 'Of course the certificates'],
      ['cue', 'Somebody promises something.', PROMISE],
    ]);
    const [, position] = marks[0]?.selectors ?? [];
    expect(TEXT.slice(position?.start, position?.end)).toBe('Of course the certificates');
  });

  test('a mail whose words were not told has none', async () => {
    const [known] = await desk.shows({ page: 'message', messages: [message({ text: null })] });
    await new Promise((done) => setTimeout(done, 50));
    expect(looks).toEqual([]);
    expect(await marksOf(known as KnownMessage)).toEqual([]);
  });

  test('what is quoted of earlier mails is not looked through', async () => {
    const text = `Thank you.\n${SENTENCE}\n${PROMISE}`;
    const start = text.indexOf(SENTENCE);
    await shows({ text, quoted: [[start, start + SENTENCE.length]] });
    expect((await listed()).map(({ words }) => words)).toEqual([PROMISE]);
  });

  test('a mail on the never-log list is not looked through, and loses its cues when it gets there', async () => {
    const known = await shows();
    expect(await listed()).toHaveLength(2);
    await desk.sidebar.setNeverLog({ lines: ['halden.example'] }, SIDEBAR);
    expect(await marksOf(known)).toEqual([]);
    expect(await listed()).toEqual([]);
    looks = [];
    await desk.shows({ page: 'message', messages: [message({ text: `${TEXT} again` })] });
    await new Promise((done) => setTimeout(done, 50));
    expect(looks).toEqual([]);
  });

  test('words of nobody beside a mail on the list may be its: they are left alone', async () => {
    const nobody = { from: null, key: null, to: [], text: TEXT };
    await desk.shows({ page: 'message', messages: [], never: 1 });
    await desk.shows({ page: 'message', messages: [message(nobody)] }, { frame: 3 });
    await new Promise((done) => setTimeout(done, 50));
    expect(looks).toEqual([]);
  });

  test('a long mail is looked through in parts, and others have their turn in between', async () => {
    const paragraph = `${'Nothing of any note stands in these words. '.repeat(30)}\n\n`;
    const text = `${paragraph.repeat(60)}${SENTENCE}\n\n${paragraph.repeat(10)}`;
    await shows({ text });
    expect(looks.length).toBeGreaterThan(5);
    expect(Math.max(...looks.map((look) => look.text.length))).toBeLessThanOrEqual(8_000);
    const [cue] = await listed();
    expect(cue?.words).toBe(SENTENCE);
    const [known] = (await desk.sidebar.context({ tab: 1, quiet: true }, SIDEBAR)).messages;
    const [mark] = await marksOf(known as KnownMessage);
    const [, { start = 0, end = 0 } = {}] = mark?.selectors ?? [];
    expect(text.slice(start, end)).toBe('Of course the certificates');
  });

  test('a page gets the cues of its own frame and no others', async () => {
    const known = await shows();
    await desk.shows({ page: 'message', messages: [message({ text: null })] }, { tab: 2 });
    expect(await marksOf(known, { tab: 2 })).toEqual([]);
    expect(await listed(2)).toEqual([]);
    const [cue] = await listed(1);
    await expect(desk.page.cue({ id: cue?.id ?? '' }, desk.senderOf({ tab: 2 }))).rejects.toThrow(
      'no longer in the mail',
    );
  });
});

describe('a card', () => {
  const draftOf = async (words: string) => {
    const cue = (await listed()).find((one) => one.words === words);
    return (await desk.sidebar.cueDraft({ tab: 1, cue: cue?.id ?? '' }, SIDEBAR)).draft;
  };

  test('of an assumption is a hunch with the sentence, its reason and the rule', async () => {
    const text = 'You said “{words}”. How is that done?';
    await desk.write('pattern', { text, reason: 'assumes', dimension: 'reliability' });
    const known = await shows();
    const draft = await draftOf(SENTENCE);
    expect(draft).toMatchObject({
      ...{ kind: 'expectation', tab: 1, quote: SENTENCE, message: { keys: known.keys } },
      fields: {
        ...{ class: 'unstated', unstatedBecause: 'assumes', stage: 'hunch', outcome: 'open' },
        ...{ hunchFrom: 'words', cue: 'assumption/of-course', dimension: 'reliability' },
      },
      cue: { rule: 'assumption/of-course', why: 'It is taken for granted.', measured: true },
      customer: { name: 'Halden', reason: 'new, by mail domain' },
    });
    // The card asks as the workspace would.
    expect(draft.cue?.question).toBe(
      'You said “Of course the certificates will be there, as always”. How is that done?',
    );
    // Pressed again, it is the same card.
    expect((await draftOf(SENTENCE)).id).toBe(draft.id);
    expect((await desk.sidebar.drafts({}, SIDEBAR)).drafts).toHaveLength(1);
  });

  test.each([
    ['them', 'them'],
    ['us', 'us'],
    [null, 'them'],
  ] as const)(
    'of a promise in a mail sent by %s is a promise of %s with its day',
    async (sentBy, by) => {
      await shows({ sentBy });
      expect(await draftOf(PROMISE)).toMatchObject({
        ...{ kind: 'commitment', quote: PROMISE },
        fields: { by, due: '2027-02-26', state: 'open' },
        cue: { question: '' },
      });
    },
  );

  test('says of a language in which nothing was measured that it is so', async () => {
    await shows({ text: `Sehr geehrte Damen und Herren,\n\n${SENTENCE}` });
    expect((await draftOf(SENTENCE)).cue).toMatchObject({ language: 'de', measured: false });
  });

  test('that is saved marks the words itself and teaches the rule; taken back, it does not', async () => {
    const known = await shows();
    const draft = await draftOf(SENTENCE);
    const { card } = await desk.sidebar.save({ draft }, SIDEBAR);
    expect(card.fields).toMatchObject({ cue: 'assumption/of-course', hunchFrom: 'words' });
    expect((await marksOf(known)).map(({ look }) => look)).toEqual(['expectation', 'cue']);
    const counts = async () => (await desk.sidebar.cueSettings({}, SIDEBAR)).rules;
    expect(await counts()).toEqual([
      { rule: 'assumption/of-course', why: 'It is taken for granted.', yes: 1, no: 0 },
    ]);
    await desk.sidebar.remove({ kind: 'expectation', id: card.id, on: true }, SIDEBAR);
    await desk.sidebar.remove({ kind: 'expectation', id: card.id, on: true }, SIDEBAR);
    expect(await counts()).toEqual([]);
    expect((await marksOf(known)).map(({ look }) => look)).toEqual(['cue', 'cue']);
    await desk.sidebar.remove({ kind: 'expectation', id: card.id, on: false }, SIDEBAR);
    expect(await counts()).toMatchObject([{ yes: 1, no: 0 }]);
  });
});

describe('teaching', () => {
  const first = async () => {
    const [cue] = await listed();
    if (cue === undefined) throw new Error('no cue is shown');
    return cue.origin;
  };

  test('“not one” takes the sentence out of this mail and every other, and can be taken back', async () => {
    const known = await shows();
    const cue = await first();
    await desk.sidebar.cueNot({ cue, on: true }, SIDEBAR);
    await desk.sidebar.cueNot({ cue, on: true }, SIDEBAR);
    expect((await marksOf(known)).map(({ selectors: [{ exact }] }) => exact)).toEqual([PROMISE]);
    expect((await desk.sidebar.cueSettings({}, SIDEBAR)).rules).toMatchObject([{ yes: 0, no: 1 }]);
    // In another copy, wrapped otherwise, with other words around it.
    await shows(
      { text: `Hello,\n\n${SENTENCE.replace('will be', 'will\nbe')} ${PROMISE}`, subject: 'Other' },
      { tab: 2 },
    );
    expect((await listed(2)).map(({ words }) => words)).toEqual([PROMISE]);
    await desk.sidebar.cueNot({ cue, on: false }, SIDEBAR);
    expect(await marksOf(known)).toHaveLength(2);
    expect((await desk.sidebar.cueSettings({}, SIDEBAR)).rules).toEqual([]);
  });

  test('what was taught goes into the next look', async () => {
    await shows();
    await desk.sidebar.cueNot({ cue: await first(), on: true }, SIDEBAR);
    looks = [];
    await desk.shows({ page: 'message', messages: [message({ text: TEXT })] });
    await expect.poll(() => looks).toHaveLength(1);
    expect(looks[0]?.options?.taught).toMatchObject({ 'assumption/of-course': { yes: 0, no: 1 } });
  });

  test('can be forgotten, of one rule or of all', async () => {
    const known = await shows();
    await desk.sidebar.cueNot({ cue: await first(), on: true }, SIDEBAR);
    const one = await desk.sidebar.cueForget({ rule: 'assumption/of-course' }, SIDEBAR);
    expect(one).toMatchObject({ rules: [], none: 1 });
    expect(await marksOf(known)).toHaveLength(1);
    expect(await desk.sidebar.cueRemember({}, SIDEBAR)).toMatchObject({ rules: [{ no: 1 }] });
    expect(await desk.sidebar.cueForget({ rule: null }, SIDEBAR)).toMatchObject({ none: 0 });
    expect(await marksOf(known)).toHaveLength(2);
    expect(await desk.sidebar.cueRemember({}, SIDEBAR)).toMatchObject({ none: 1 });
    expect(await marksOf(known)).toHaveLength(1);
  });
});

test('switched off, nothing is marked, listed or looked for', async () => {
  const known = await shows();
  expect(await desk.sidebar.setCues({ on: false }, SIDEBAR)).toMatchObject({ on: false });
  expect(await marksOf(known)).toEqual([]);
  expect(await desk.sidebar.cues({ tab: 1 }, SIDEBAR)).toEqual({ on: false, cues: [] });
  looks = [];
  await desk.shows({ page: 'message', messages: [message({ text: `${TEXT} more` })] });
  await new Promise((done) => setTimeout(done, 50));
  expect(looks).toEqual([]);
  await desk.sidebar.setCues({ on: true }, SIDEBAR);
  expect(await marksOf(known)).toHaveLength(2);
});

test('what a hostile page sends is refused or does nothing', async () => {
  const { pageCalls } = await import('../../src/extension/messages/calls.ts');
  const reading = (quoted: unknown) => ({
    ...{ site: '', page: 'message', top: true, url: '', title: '', subject: '', record: null },
    ...{ own: [], changed: null, never: 0, messages: [{ ...message(), quoted }] },
  });
  expect(pageCalls.reading.safeParse(reading([[0, 5]])).success).toBe(true);
  expect(pageCalls.reading.safeParse(reading([[-1, 5]])).success).toBe(false);
  expect(pageCalls.reading.safeParse(reading([[0, 1e9]])).success).toBe(false);
  expect(pageCalls.cue.safeParse({ id: '<b>x</b>' }).success).toBe(false);
  // Overlapping, out of order, beyond the end.
  const text = `${PROMISE} and more`;
  await shows({
    text,
    quoted: [
      [40, 199_999],
      [38, 39],
      [200, 100],
      [36, 37],
    ],
  });
  expect((await listed()).map(({ words }) => words)).toEqual([PROMISE]);
});
