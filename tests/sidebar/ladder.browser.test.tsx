// The ladder of a saved expectation: what is on file for each step, and each move at one key.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { HistoryEntry } from '../../src/extension/messages/ladder-calls.ts';
import type { SavedCard } from '../../src/extension/messages/views.ts';
import { callsView, sampleCall } from '../calls/samples.ts';
import { atOnce, expectAccessible, one } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { sampleProbe } from './fake-ladder.ts';
import { expectText, open, settled } from './open.tsx';
import { CUSTOMER, QUOTE, sampleCard, sampleId } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});

/** An expectation's card, with the focus on its title. */
async function opened(patch: Partial<SavedCard['fields']> = {}, width?: number) {
  const card = sampleCard(0);
  background.cards = [{ ...card, fields: { ...card.fields, ...patch } }];
  const { place, sidebar } = await open(background, width);
  background.tell({ event: 'show', tab: 7, kind: 'expectation', id: card.id });
  await vi.waitFor(() => one(place, '.s-rungs'));
  await settled();
  return { place, sidebar, card };
}

const ladder = () => page.getByRole('region', { name: 'How far we know' });
const steps = () => page.getByRole('list', { name: 'How far we know' });
const now = () =>
  steps().element().querySelector('[aria-current="step"] .u-rung-name')?.textContent;
const press = async (keys: string) => {
  await userEvent.keyboard(keys);
  await settled();
};
const fields = () => background.cards[0]?.fields;
const undo = () => ladder().getByRole('button', { name: 'Undo' });

describe('what is on file', () => {
  test('four steps in order, the one it stands on told without colours, and what each lacks', async () => {
    await opened({ stage: 'confirmed' });
    const names = [...steps().element().querySelectorAll('.u-rung-name')];
    expect(names.map(({ textContent }) => textContent)).toEqual([
      ...['Hunch', 'Asked', 'Confirmed', 'Settled'],
    ]);
    expect(now()).toBe('Confirmed');
    await expectText(steps(), /From their words/);
    await expectText(steps(), /No answer of theirs is on file/);
    expect(steps().element().textContent).not.toContain('No question is on file');
  });

  test('questions with who asks or asked, when, and what they said', async () => {
    background.ladder.probes = [
      sampleProbe(1, {
        ...{ answer: 'Yes, with every machine.', says: 'confirmed' },
        ...{ answeredAt: '2027-02-22T09:00:00.000Z', moment: 724_000 },
      }),
      sampleProbe(2),
      sampleProbe(3, { askedAt: null, askedBy: null, due: '2027-03-05', owner: null }),
    ];
    await opened({ stage: 'confirmed' });
    await expectText(steps(), /Asked: What should come with delivery 2\?.*Tom Sample/);
    await expectText(steps(), /To ask: What should come with delivery 3\?.*5 Mar 2027/);
    await expectText(steps(), /Confirmed: .*delivery 1\?.*Yes, with every machine\..*at 12:04/);
  });

  test('a hunch from silence says why, and where nobody noted it one can', async () => {
    const { card } = await opened();
    background.cards = [{ ...card, evidence: [] }];
    await background.changed();
    await expectText(steps(), /Nobody noted where it comes from/);
    await userEvent.fill(
      page.getByLabelText('Why you think so, if nobody said it'),
      'No word of it',
    );
    await press('{Enter}');
    expect(fields()).toMatchObject({ hunchFrom: 'silence', hunchText: 'No word of it' });
    await background.changed();
    await expectText(steps(), /From what they did not say: No word of it/);
  });

  test('their words and colleagues’ names cannot turn the line round', async () => {
    background.ladder.probes = [sampleProbe(1, { question: 'gnp.\u202Eexe?', answer: '<b>x</b>' })];
    await opened({ stage: 'asked' });
    expect(steps().element().textContent).toContain('gnp.exe?');
    expect(steps().element().querySelector('b')).toBeNull();
  });
});

describe('by keyboard', () => {
  test('A, a digit, Enter: asked now, with the customer’s words; Undo takes all of it back', async () => {
    await opened({ stage: 'hunch', unstatedBecause: 'assumes' });
    await press('a');
    await expectText(page.getByRole('button', { name: /any|today|suppliers/ }).first(), /\?/);
    await press('1');
    await expect
      .element(page.getByLabelText('The question, in your words'))
      .toHaveValue(
        `You said “${QUOTE.slice(0, -1)}”. How is that done at your place today, step by step?`,
      );
    await press('{Enter}');
    expect(background.calls('ask')).toMatchObject([
      { pattern: 'assumes/today', interaction: null, expectation: sampleCard(0).id },
    ]);
    expect(now()).toBe('Asked');
    expect(document.activeElement?.textContent).toBe('How far we know');
    await userEvent.click(undo());
    await settled();
    expect(fields()?.stage).toBe('hunch');
    expect(background.ladder.probes).toEqual([]);
    expect(now()).toBe('Hunch');
  });

  test('a digit pressed as soon as the questions are there chooses one', async () => {
    const { place } = await opened({ stage: 'hunch', unstatedBecause: 'assumes' });
    const pressed = atOnce(place, '.s-questions button', () => {
      const key = new KeyboardEvent('keydown', { key: '1', bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(key);
    });
    await userEvent.keyboard('a');
    await pressed;
    const field = page.getByLabelText('The question, in your words').element();
    expect((field as HTMLTextAreaElement).value).toMatch(/step by step/);
  });

  test('a digit pressed before the questions are there chooses one and is no tag of the call', async () => {
    const customer = { id: CUSTOMER, name: 'H' };
    background.calling = callsView({ running: sampleCall(0, { state: 'running', customer }) });
    await opened({ stage: 'hunch', unstatedBecause: 'assumes' });
    let go = () => {};
    background.held.set('questions', new Promise<void>((done) => (go = done)));
    await userEvent.keyboard('a');
    await userEvent.keyboard('1');
    go();
    await vi.waitFor(() => {
      const field = page.getByLabelText('The question, in your words').element();
      expect((field as HTMLTextAreaElement).value).toMatch(/step by step/);
    });
    expect(background.calls('callTag')).toEqual([]);
  });

  test('questions that cannot be had leave the card as it was', async () => {
    await opened();
    background.failures.set('questions', { code: 'disk-full', message: '' });
    await press('a');
    await expect.element(ladder().getByRole('button', { name: 'Ask…' })).toBeVisible();
  });

  test('what was typed is there again after Escape', async () => {
    background.ladder.probes = [sampleProbe(1, { expectation: sampleCard(0).id })];
    await opened({ stage: 'asked' });
    await press('w');
    await press('Yes, of course{Escape}w');
    await expect
      .element(page.getByRole('textbox', { name: 'What they said' }))
      .toHaveValue('Yes, of course');
    await press('{Escape}a');
    await userEvent.fill(page.getByLabelText('The question, in your words'), 'With which oil?');
    await press('{Escape}a');
    await expect
      .element(page.getByLabelText('The question, in your words'))
      .toHaveValue('With which oil?');
  });

  test('what is being typed when the page goes is saved: the card’s words, and why it is thought so', async () => {
    const { card } = await opened();
    background.cards = [{ ...card, evidence: [] }];
    await background.changed();
    await userEvent.fill(page.getByLabelText('What they expect, in our words'), 'At the gate');
    dispatchEvent(new PageTransitionEvent('pagehide'));
    await settled();
    expect(fields()).toMatchObject({ statement: 'At the gate' });
    await userEvent.fill(page.getByLabelText(/Why you think so/), 'No word');
    dispatchEvent(new PageTransitionEvent('pagehide'));
    await settled();
    expect(fields()).toMatchObject({ hunchFrom: 'silence', hunchText: 'No word' });
  });

  test('why it is thought so is kept when the field is left', async () => {
    const { card } = await opened();
    background.cards = [{ ...card, evidence: [] }];
    await background.changed();
    await userEvent.fill(page.getByLabelText(/Why you think so/), 'No word of it');
    await userEvent.click(page.getByLabelText('What they expect, in our words'));
    await settled();
    expect(fields()).toMatchObject({ hunchFrom: 'silence', hunchText: 'No word of it' });
  });

  test('W: what they said; Enter goes on to what that says; Y confirms', async () => {
    background.ladder.probes = [sampleProbe(1, { expectation: sampleCard(0).id })];
    await opened({ stage: 'asked' });
    await press('w');
    await userEvent.keyboard('Yes, of course{Enter}');
    await press('y');
    expect(background.calls('answer')).toMatchObject([
      { probe: sampleProbe(1).id, text: 'Yes, of course', says: 'confirmed' },
    ]);
    expect(now()).toBe('Confirmed');
    await expectText(steps(), /They said: Yes, of course/);
  });

  test.each([
    ['y', 'confirmed', 'Confirmed'],
    ['x', 'refuted', 'Refuted'],
  ])('%s moves it without a question, Z back again', async (key, stage, name) => {
    await opened({ stage: 'hunch' });
    await press(key);
    expect(background.calls('step')).toMatchObject([{ to: stage }]);
    expect(now()).toBe(name);
    await press('z');
    expect(fields()?.stage).toBe('hunch');
  });

  test('Y with a question that waits is its answer', async () => {
    background.ladder.probes = [sampleProbe(1, { expectation: sampleCard(0).id })];
    await opened({ stage: 'asked' });
    await press('y');
    expect(background.calls('step')).toEqual([]);
    expect(background.calls('answer')).toMatchObject([{ says: 'confirmed', text: '' }]);
  });

  test('O, then what came of it; Z opens it again', async () => {
    await opened({ stage: 'confirmed' });
    await press('o');
    await press('e');
    expect(fields()).toMatchObject({ stage: 'confirmed', outcome: 'exceeded' });
    expect(now()).toBe('Exceeded');
    await press('z');
    expect(now()).toBe('Confirmed');
  });

  test('Escape closes what is open and stays on the card', async () => {
    await opened();
    for (const key of ['a', 'o']) {
      await press(key);
      expect(document.querySelector('.s-ask')).not.toBeNull();
      await press('{Escape}');
      expect(document.querySelector('.s-ask')).toBeNull();
      await expect.element(ladder()).toBeVisible();
    }
  });

  test('letters in a field are letters', async () => {
    await opened({ stage: 'asked' });
    await userEvent.click(page.getByLabelText('What they expect, in our words'));
    await press('axyzow');
    expect(background.calls('step')).toEqual([]);
    expect(document.querySelector('.s-ask')).toBeNull();
  });

  test('digits tag the call that runs, but for those that choose a question', async () => {
    const running = sampleCall(0, { state: 'running', customer: { id: CUSTOMER, name: 'H' } });
    background.calling = { ...callsView(), running };
    await opened({ stage: 'hunch' });
    await press('1');
    expect(background.calls('callTag')).toHaveLength(1);
    await press('a');
    await press('2');
    expect(background.calls('callTag')).toHaveLength(1);
    await press('{Enter}');
    expect(background.calls('ask')).toMatchObject([{ interaction: running.id }]);
  });
});

describe('a question', () => {
  test('is planned for a colleague, until a day', async () => {
    await opened();
    await press('a');
    await press('1');
    await press('p');
    await userEvent.selectOptions(page.getByLabelText('Who asks'), 'Tom Sample');
    await userEvent.fill(page.getByLabelText('Until'), '2027-03-05');
    await userEvent.click(page.getByRole('button', { name: 'Keep it to ask' }));
    await settled();
    expect(background.calls('ask')).toMatchObject([
      { at: null, owner: sampleId(3), due: '2027-03-05' },
    ]);
    expect(fields()?.stage).toBe('hunch');
    await userEvent.click(page.getByRole('button', { name: /^Asked now/ }));
    await settled();
    expect(background.calls('ask').at(-1)).toMatchObject({
      record: background.calls('ask')[0]?.record,
      at: expect.any(Number),
    });
    expect(fields()?.stage).toBe('asked');
  });

  test('is copied with Q', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    const { sidebar } = await opened();
    await press('a');
    await press('1');
    await press('q');
    expect(write).toHaveBeenCalledWith(expect.stringMatching(/\?$/));
    expect(sidebar.state.said).toBe('The question is copied.');
    write.mockRestore();
  });

  test('of one’s own is kept once, though asking failed at first', async () => {
    const { place } = await opened();
    background.failures.set('ask', { code: 'disk-full', message: 'full' });
    await press('a');
    await userEvent.fill(page.getByLabelText('The question, in your words'), 'Which colour?');
    await press('{Enter}');
    await expectText(page.elementLocator(place), /The disk is full|disk is full/);
    await expect
      .element(page.getByLabelText('The question, in your words'))
      .toHaveValue('Which colour?');
    background.failures.clear();
    await press('{Enter}');
    const [first, second] = background.calls('ask');
    expect(first?.record).toBe(second?.record);
    expect(second).toMatchObject({ question: 'Which colour?', pattern: null });
  });
});

test('the history says who did what when, newest first', async () => {
  const author = { id: sampleId(3), name: 'Tom Sample', me: false };
  const card = sampleCard(0);
  const entry = (n: number, patch: Partial<HistoryEntry>): HistoryEntry => ({
    ...{ change: sampleId(0x5000 + n), record: { kind: 'expectation', id: card.id } },
    ...{ made: false, author, at: Date.UTC(2027, 1, 24, 9, n), body: {}, ...patch },
  });
  const probe = { kind: 'probe', id: sampleId(0x4001) };
  background.ladder.entries = [
    entry(1, { made: true, body: { statement: 'x', stage: 'hunch' } }),
    entry(2, { record: probe, made: true, body: { question: 'Which one?', askedAt: 'x' } }),
    entry(3, { body: { stage: 'asked' } }),
    entry(4, { record: probe, body: { says: 'refuted', answer: 'No' } }),
    entry(5, { body: { outcome: 'missed', outcomeAt: 'x', value: 3, ofLater: 1 } }),
  ];
  await opened();
  await press('l');
  const list = page.getByRole('list', { name: 'History' });
  const lines = [...list.element().querySelectorAll('li > span:first-child')];
  expect(lines.map(({ textContent }) => textContent)).toEqual([
    'Step: Missed · Changed: value, other details',
    'Refuted: Which one?',
    'Step: Asked',
    'Asked: Which one?',
    'Written down',
  ]);
  await expectText(list, /24 Feb 2027, .*Tom Sample/);
});

test.each([
  [280, 'light'],
  [360, 'dark'],
] as const)('at %i px, %s, nothing is cut and axe finds nothing', async (width, scheme) => {
  document.documentElement.style.colorScheme = scheme;
  const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung';
  background.ladder.probes = [
    sampleProbe(1, { question: long, expectation: sampleCard(0).id }),
    sampleProbe(2, { question: 'هل كل شيء كما توقعتم؟', answer: long, says: 'unclear' }),
    sampleProbe(3, { askedAt: null, question: long, due: '2027-03-05' }),
  ];
  const { place } = await opened({ stage: 'asked' }, width);
  const fits = () => {
    const { right } = place.getBoundingClientRect();
    for (const each of place.querySelectorAll('.s-rungs *')) {
      expect(each.getBoundingClientRect().right, each.outerHTML).toBeLessThanOrEqual(right + 1);
    }
  };
  for (const key of ['a', 'w', 'o']) {
    await press(key);
    if (key === 'a') await press('p');
    await expectAccessible(place);
    fits();
    await press('{Escape}');
  }
  await press('l');
  await expectAccessible(place);
  fits();
});
