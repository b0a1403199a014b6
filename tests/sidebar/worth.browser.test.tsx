// Worth, outcomes and Kano's questions on a saved card, and looking back on a customer.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { say as sidebarSay } from '../../src/extension/sidebar/words.ts';
import { worthSay as say } from '../../src/extension/sidebar/worth/words.ts';
import { worthWords } from '../../src/ui/worth/words.ts';
import { one } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { expectText, open, settled } from './open.tsx';
import { context, sampleCard, sampleId } from './samples.ts';

let background: FakeBackground;
beforeEach(async () => {
  await page.viewport(360, 900);
  background = new FakeBackground();
});

type Fields = ReturnType<typeof sampleCard>['fields'];

/** A saved expectation, with this part of it open. */
async function openPart(title: string, fields: Fields = {}) {
  const card = sampleCard(1, { fields: { ...sampleCard(1).fields, ...fields } });
  background.cards = [card];
  const opened = await open(background);
  background.tell({ event: 'show', tab: 7, kind: 'expectation', id: card.id });
  const summary = page.getByRole('heading', { name: title, level: 3 });
  await expect.element(summary).toBeInTheDocument();
  const fold = summary.element().closest('details');
  if (fold?.open !== true) await userEvent.click(summary);
  await settled();
  return { ...opened, card };
}

/** Text of a figure: the customer's words are one, too. */
const expectFigure = (selector: string, words: string) =>
  expect.poll(() => document.querySelector(selector)?.textContent).toContain(words);

/** The radio button itself is hidden; its words are pressed. */
const pressIn = (group: string, words: string) =>
  userEvent.click(page.getByRole('group', { name: group }).getByText(words, { exact: true }));

const edits = () => background.calls('edit').map(({ patch }) => patch);
const saved = () => background.cards[0]?.fields ?? {};

describe('worth it?', () => {
  test('is rated from the keyboard: a digit chooses, arrows choose when they are left', async () => {
    await openPart(say.worth);
    const value = page.getByRole('group', { name: worthWords.rating.value });
    one(value.element(), 'input').focus();
    await userEvent.keyboard('4');
    await expectText(value, 'they would tell others');
    expect(edits()).toEqual([{ value: 4 }]);

    await userEvent.keyboard('{Tab}{Tab}');
    const effort = page.getByRole('group', { name: worthWords.rating.effort });
    expect(effort.element().contains(document.activeElement)).toBe(true);
    await userEvent.keyboard(' {ArrowRight}{ArrowRight}');
    await expectText(effort, 'days of one person');
    // What the arrows went over is not told one by one.
    expect(edits()).toEqual([{ value: 4 }, { effort: 1 }]);
    await userEvent.keyboard('{Tab}');
    await vi.waitFor(() => expect(edits()).toEqual([{ value: 4 }, { effort: 1 }, { effort: 3 }]));
  });

  test('shows the place in the matrix, in words too, and what it suggests', async () => {
    await openPart(say.worth, { value: 5, effort: 2 });
    const cell = page.getByRole('cell', {
      name: `${worthWords.here}: ${worthWords.decision.exceed}`,
    });
    await expect.element(cell).toBeInTheDocument();
    await expectFigure(
      '.worth-matrix',
      'Suggests: Exceed. It means much to them and costs us little.',
    );
  });

  test('a decision says by itself who made it and when, and is undone as a whole', async () => {
    await openPart(say.worth, { value: 5, effort: 2 });
    const before = Date.now();
    await pressIn(say.decision, worthWords.decision.exceed);
    await vi.waitFor(() => expect(saved().decision).toBe('exceed'));
    const { decidedBy, decidedAt = '' } = saved();
    expect(decidedBy).toBe(sampleId(2));
    expect(Date.parse(decidedAt)).toBeGreaterThanOrEqual(before);
    await background.changed();
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(saved().decision).toBe(null));
    expect(saved()).toMatchObject({ decidedBy: null, decidedAt: null });
  });

  test('names whoever decided, and says when it is to be looked at again', async () => {
    background.worth.decidedBy = { name: 'Tom Sample', me: false };
    await openPart(say.worth, {
      ...{ decision: 'meet', decidedBy: sampleId(3), decidedAt: '2026-01-02T10:00:00Z' },
      reviewOn: '2026-02-01',
    });
    await expect.element(page.getByText('Decided by Tom Sample · 2 Jan 2026')).toBeInTheDocument();
    await expect.element(page.getByText(say.reviewDue)).toBeInTheDocument();
  });

  test('the reason is saved when its field is left, and when the card is closed while typing', async () => {
    const { sidebar } = await openPart(say.worth, { decision: 'meet' });
    const why = page.getByLabelText(say.why, { exact: true });
    await userEvent.fill(why, 'A contract hangs on it');
    expect(edits()).toEqual([]);
    await userEvent.tab();
    await vi.waitFor(() => expect(saved().decisionReason).toBe('A contract hangs on it'));
    await userEvent.fill(why, 'Two contracts');
    sidebar.backToList();
    await vi.waitFor(() => expect(saved().decisionReason).toBe('Two contracts'));
  });

  test('what could not be saved stays in its field and is tried again', async () => {
    background.failures.set('edit', { code: 'disk-full', message: 'Full.' });
    await openPart(say.worth, { decision: 'meet' });
    const why = page.getByLabelText(say.why, { exact: true });
    await userEvent.fill(why, 'Kept');
    await userEvent.tab();
    await expect.element(page.getByText('the disk is full', { exact: false })).toBeInTheDocument();
    await expect.element(why).toHaveValue('Kept');
    background.failures.clear();
    await userEvent.click(why);
    await userEvent.tab();
    await vi.waitFor(() => expect(saved().decisionReason).toBe('Kept'));
  });
});

test('a rating that two gave at the same time is shown at once, and either can be taken', async () => {
  const at = Date.UTC(2027, 1, 24);
  const version = (n: number, value: number, name: string, me: boolean) => ({
    ...{ change: sampleId(0x3000 + n), value, said: String(value), author: { name, me }, at },
  });
  const versions = { value: [version(1, 4, 'Jonas Sample', true), version(2, 2, 'Tom', false)] };
  const fields = { ...sampleCard(1).fields, value: 4 };
  background.cards = [sampleCard(1, { fields, versions })];
  await open(background);
  background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
  const twice = sidebarSay.writtenTwice(sidebarSay.field.value);
  await expect.element(page.getByText(twice)).toBeInTheDocument();
  await userEvent.click(
    page.getByRole('button', { name: sidebarSay.ofMark(sidebarSay.take, '2') }),
  );
  await vi.waitFor(() => expect(saved().value).toBe(2));
});

describe('outcome', () => {
  test('opens when it came out, for what is still to be said of it', async () => {
    await openPart(say.worth);
    const fold = page.getByRole('heading', { name: say.outcome, level: 3 }).element();
    expect(fold.closest('details')?.open).toBe(false);
    background.cards = background.cards.map((card) => ({
      ...card,
      fields: { ...card.fields, outcome: 'exceeded' as const },
    }));
    await background.changed();
    await expect.element(page.getByLabelText(say.brought)).toBeInTheDocument();
  });

  test('a miss: when, what it was seen by, what it cost, which quality and where it began', async () => {
    await openPart(say.outcome);
    await pressIn(say.outcome, say.outcomes.missed);
    await vi.waitFor(() => expect(saved().outcome).toBe('missed'));
    expect(saved().outcomeAt).toMatch(/^\d{4}-\d\d-\d\dT/);
    await userEvent.fill(page.getByLabelText(say.outcomeText), 'Their mail of Monday');
    await userEvent.fill(page.getByLabelText(say.cost), '1 200,50');
    await userEvent.fill(page.getByLabelText(say.currency, { exact: true }), 'eur');
    await userEvent.selectOptions(page.getByLabelText(say.dimension), 'reliability');
    await userEvent.selectOptions(page.getByLabelText(say.gap), '1');
    await vi.waitFor(() =>
      expect(saved()).toMatchObject({
        ...{ outcomeText: 'Their mail of Monday', outcomeValue: 1200.5, currency: 'EUR' },
        ...{ dimension: 'reliability', gap: 1 },
      }),
    );
  });

  test.each([
    ['12 apples', worthWords.noNumber],
    ['1,200', worthWords.ambiguous('1200', '1.200')],
    ['9'.repeat(20), worthWords.tooBig],
  ])(
    '“%s” is not taken, with words; the text stays, Enter does not leave it',
    async (text, words) => {
      const { sidebar } = await openPart(say.outcome, { outcome: 'missed' });
      const cost = page.getByLabelText(say.cost);
      await userEvent.fill(cost, text);
      await userEvent.keyboard('{Enter}');
      await expect.element(page.getByText(words)).toBeInTheDocument();
      expect(sidebar.state.view.at).toBe('card');
      await expect.element(cost).toHaveValue(text);
      expect(edits()).toEqual([]);
      // Closed by Escape and opened again, what was typed is still there, and still says why.
      sidebar.backToList();
      await settled();
      background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
      await expect.element(page.getByLabelText(say.cost)).toHaveValue(text);
      await expect.element(page.getByText(words)).toBeInTheDocument();
    },
  );

  test('the zone of tolerance is drawn and said once there are three numbers', async () => {
    await openPart(say.outcome);
    await userEvent.click(page.getByRole('button', { name: say.number }));
    await userEvent.fill(page.getByLabelText(worthWords.adequate), '6');
    await userEvent.fill(page.getByLabelText(worthWords.desired), '4');
    await userEvent.tab();
    await expect.element(page.getByText(/cannot be less/)).toBeInTheDocument();
    expect(saved()).toMatchObject({ adequate: 6 });
    expect(saved().desired).toBeUndefined();

    await userEvent.fill(page.getByLabelText(worthWords.desired), '8');
    await userEvent.fill(page.getByLabelText(worthWords.perceived), '5.5');
    await userEvent.fill(page.getByLabelText(say.unit), 'points');
    await userEvent.tab();
    await vi.waitFor(() =>
      expect(saved()).toMatchObject({ adequate: 6, desired: 8, perceived: 5.5, unit: 'points' }),
    );
    await expectFigure(
      '.worth-zone',
      'Below what is just enough: −0.5 points from just enough (MSA)',
    );
    await expectFigure('.worth-zone', '−2.5 points from what they would like (MSS)');
  });
});

describe('Kano', () => {
  const choose = async (so: string, not: string) => {
    await userEvent.selectOptions(page.getByLabelText(say.functional), so);
    await userEvent.selectOptions(page.getByLabelText(say.dysfunctional), not);
    await userEvent.click(page.getByRole('button', { name: say.record }));
    await settled();
  };

  test('both answers are kept with who gave them; category, counts and coefficients follow', async () => {
    await openPart(say.kano);
    await userEvent.click(page.getByRole('button', { name: say.record }));
    await expect.element(page.getByText(say.missing)).toBeInTheDocument();
    await choose('like', 'dislike');
    expect(background.calls('kanoRecord')).toMatchObject([
      {
        ...{ expectation: sampleCard(1).id, contact: sampleId(0xd1) },
        ...{ functional: 'like', dysfunctional: 'dislike' },
        answer: 'If so: I like it. If not: I dislike it.',
      },
    ]);
    await expectFigure('.worth-kano', 'The more the better, by 1 of 1');
    await expectFigure('.worth-kano', 'Better 1.00, worse −1.00, n = 1.');

    // Somebody else takes it for granted: tied, and told so.
    background.worth.contacts.set(sampleId(0xd2), 'Sample Other');
    background.worth.replies = background.worth.replies.map((reply) => ({
      ...reply,
      contact: { id: sampleId(0xd2), name: 'Sample Other' },
    }));
    await choose('must-be', 'dislike');
    await expectFigure('.worth-kano', 'Tied, by 1 of 2 each: Must be, The more the better');
    await expectFigure('.worth-kano', 'Better 0.50, worse −1.00, n = 2.');
    await expect.element(page.getByRole('row', { name: 'Must be 1' })).toBeInTheDocument();
  });

  test('answers that contradict each other give no coefficients, and say so', async () => {
    await openPart(say.kano);
    await choose('like', 'like');
    await expectFigure('.worth-kano', worthWords.noCoefficients);
  });

  test('answers are taken back, and that is undone', async () => {
    await openPart(say.kano);
    await choose('like', 'neutral');
    await userEvent.click(page.getByRole('button', { name: say.takeBackOf('Sample Person') }));
    await vi.waitFor(() => expect(background.worth.replies).toEqual([]));
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(background.worth.replies).toHaveLength(1));
    await expectFigure('.worth-kano', 'Attractive, by 1 of 1');
  });

  test('Enter keeps the answers and leaves the card open', async () => {
    const { sidebar } = await openPart(say.kano);
    await userEvent.selectOptions(page.getByLabelText(say.functional), 'like');
    await userEvent.selectOptions(page.getByLabelText(say.dysfunctional), 'dislike');
    one<HTMLElement>(document, '.s-fold[open] select').focus();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await vi.waitFor(() => expect(background.calls('kanoRecord')).toHaveLength(1));
    expect(sidebar.state.view.at).toBe('card');
  });
});

describe('looking back', () => {
  async function openLookBack() {
    background.context = { ...context };
    const opened = await open(background);
    await userEvent.click(page.getByRole('button', { name: sidebarSay.lookBack }));
    await expect.element(page.getByLabelText(say.asked)).toBeInTheDocument();
    return opened;
  }

  test('each text is kept when it is left, in one record, and the focus stays where it went', async () => {
    await openLookBack();
    await userEvent.fill(page.getByLabelText(say.asked), 'Who signs?');
    await userEvent.tab();
    await vi.waitFor(() => expect(background.calls('keepLookBack')).toHaveLength(1));
    await background.changed();
    await userEvent.fill(page.getByLabelText(say.late), 'Night shifts');
    await background.changed();
    await expect.element(page.getByLabelText(say.late)).toHaveFocus();
    await userEvent.tab();
    await vi.waitFor(() =>
      expect(background.worth.lookBack.held).toMatchObject([
        { asked: 'Who signs?', late: 'Night shifts' },
      ]),
    );
    const [first, second] = background.calls('keepLookBack');
    expect(first?.record).toBeNull();
    expect(second?.record).toBe(background.worth.lookBack.held[0]?.id);
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(background.worth.lookBack.held[0]?.late).toBe(''));
  });

  test('what is on file is put in with one press', async () => {
    background.worth.lookBack = {
      ...background.worth.lookBack,
      ...{ asked: ['Who signs?', 'And at night?'], late: ['Night shifts'] },
      misses: [{ dimension: 'reliability', gap: 1 }, { gap: 2 }],
    };
    await openLookBack();
    await userEvent.click(page.getByRole('button', { name: say.fromFile(2) }));
    await expect.element(page.getByLabelText(say.asked)).toHaveValue('Who signs?\nAnd at night?');
    await vi.waitFor(() =>
      expect(background.worth.lookBack.held[0]?.asked).toBe('Who signs?\nAnd at night?'),
    );
    await expect
      .element(page.getByRole('row', { name: /did not know.*1 Keeping what was promised/ }))
      .toBeInTheDocument();
    await expect.element(page.getByText(say.missesUnsaid(1))).toBeInTheDocument();
  });

  test('a line becomes a question of the workspace, in words of its own', async () => {
    await openLookBack();
    await userEvent.fill(page.getByLabelText(say.differently), '- Ask who is on duty at night');
    const line = 'Ask who is on duty at night';
    await userEvent.click(page.getByRole('button', { name: say.makeOf(line) }));
    const text = page.getByLabelText(say.questionText);
    await expect.element(text).toHaveFocus();
    await userEvent.fill(text, 'Who is on duty at night?');
    await userEvent.selectOptions(page.getByLabelText(say.reason), 'assumes');
    await userEvent.click(page.getByRole('button', { name: say.keepQuestion }));
    await vi.waitFor(() =>
      expect(background.calls('makePattern')).toEqual([
        { text: 'Who is on duty at night?', reason: 'assumes', dimension: null },
      ]),
    );
    await expect.element(page.getByText(say.isQuestion)).toBeInTheDocument();
    await userEvent.click(page.getByRole('button', { name: 'Undo' }).last());
    await vi.waitFor(() => expect(background.calls('remove')).toMatchObject([{ kind: 'pattern' }]));
  });

  test('who may not write those is told so, and is offered nothing that would be refused', async () => {
    background.worth.lookBack = { ...background.worth.lookBack, mayAdd: false };
    await openLookBack();
    await userEvent.fill(page.getByLabelText(say.differently), 'Ask who is on duty');
    await expect.element(page.getByText(say.onlyManagers)).toBeInTheDocument();
    await expect
      .element(page.getByRole('button', { name: say.makeOf('Ask who is on duty') }))
      .not.toBeInTheDocument();
  });

  test('Escape goes back to the list, and what was being typed is kept', async () => {
    const { sidebar } = await openLookBack();
    await userEvent.fill(page.getByLabelText(say.late), 'Night shifts');
    await userEvent.keyboard('{Escape}');
    expect(sidebar.state.view.at).toBe('list');
    await vi.waitFor(() => expect(background.worth.lookBack.held[0]?.late).toBe('Night shifts'));
  });
});
