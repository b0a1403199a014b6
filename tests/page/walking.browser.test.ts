// Marks by hand and by key: their cards, those that overlap, the walk from one to the next.
import { describe, expect, test } from 'vitest';
import { page as screen, userEvent } from 'vitest/browser';
import { addMail, allOurs, markOn, ours, press, roots, start } from './sample.ts';

const names = () => allOurs('.column button').map((button) => button.getAttribute('aria-label'));
const card = () => ours('.card')?.innerText.replace(/\s*\n\s*/g, ' | ') ?? null;
const focused = () =>
  roots
    .find((root) => root.isConnected && root.activeElement)
    ?.activeElement?.getAttribute('aria-label') ?? null;

describe('the card of a mark', () => {
  test('is shown while its icon is focused, with all marks on the same words', async () => {
    addMail(1, 'We assume the certificates are there. You said two minutes.');
    start({
      marks: [
        markOn('We assume the certificates', { summary: 'Certificates before the audit' }),
        markOn('the certificates are', { look: 'risk', kind: 'note', summary: 'They may be late' }),
        markOn('two minutes', { look: 'commitment', kind: 'commitment', summary: 'Two minutes' }),
      ],
    });
    await expect.poll(names).toHaveLength(3);
    ours('.column button')?.focus();
    await expect
      .poll(card)
      .toBe('Expectation | Certificates before the audit | Risk | They may be late');
    await userEvent.keyboard('{Escape}');
    await expect.poll(card).toBeNull();
  });

  test('is shown where the words are pointed at, and each of its lines opens its own', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const first = markOn('We assume the certificates', { summary: 'First' });
    const second = markOn('assume the certificates are', { kind: 'note', look: 'risk' });
    const { sent } = start({ marks: [first, second] });
    await expect.poll(names).toHaveLength(2);
    await userEvent.hover(words as HTMLElement, { position: { x: 60, y: 9 } });
    await expect.poll(() => allOurs('.card button')).toHaveLength(2);
    await press(allOurs('.card button')[1]);
    const { id } = [first, second].find(({ summary }) => summary !== 'First') as typeof first;
    const [shown] = sent('show');
    expect([first.id, id]).toContain(shown?.id);
    expect(card()).toBeNull();
    await userEvent.hover(document.body, { position: { x: 1, y: 1 } });
  });
});

test('no card comes between a person and the words they select', async () => {
  const [words] = addMail(1, 'We assume the certificates are there.');
  start({ marks: [markOn('We assume the certificates')] });
  await expect.poll(names).toHaveLength(1);
  await userEvent.tripleClick(words as HTMLElement, { position: { x: 60, y: 9 } });
  await expect.poll(() => ours('[role=toolbar]')).not.toBeNull();
  await userEvent.hover(words as HTMLElement, { position: { x: 70, y: 9 } });
  await new Promise((done) => setTimeout(done, 400));
  expect(card()).toBeNull();
});

test('Alt and arrows walk the marks in the order of the text, through several mails', async () => {
  await screen.viewport(600, 500);
  addMail(1, 'We assume the certificates are there.', ...Array(60).fill('More words.'), 'The end.');
  addMail(2, 'Another mail.');
  const start1 = markOn('We assume', { summary: 'one' });
  const end = markOn('The end.', {
    summary: 'two',
    selectors: [
      { type: 'TextQuoteSelector', exact: 'The end.', prefix: '', suffix: '' },
      { type: 'TextPositionSelector', start: 758, end: 766 },
    ],
  });
  const started = start();
  started.answers.marks = () => ({
    marks: [[end, start1], [markOn('Another mail', { summary: 'three' })]],
  });
  started.events.redraw({});
  await expect.poll(names).toContain('Expectation: one');
  const press = (key: string) => userEvent.keyboard(`{Alt>}{${key}}{/Alt}`);
  await press('ArrowDown');
  await expect.poll(focused).toBe('Expectation: one');
  await press('ArrowDown');
  await expect.poll(focused).toBe('Expectation: two');
  await expect
    .poll(() => document.activeElement && ours('.column button:focus')?.getBoundingClientRect().top)
    .toBeLessThan(500);
  await press('ArrowDown');
  await expect.poll(focused).toBe('Expectation: three');
  await press('ArrowDown');
  expect(focused()).toBe('Expectation: three');
  await press('ArrowUp');
  await expect.poll(focused).toBe('Expectation: two');
  await screen.viewport(414, 896);
});

test('of a thousand marks those near the window are drawn, on paper all of them', async () => {
  const lines = Array.from({ length: 1000 }, (_, n) => `Sample line number ${n} of this mail.`);
  addMail(1, ...lines);
  let at = 0;
  const marks = lines.map((line) => {
    const exact = line.slice(0, -14);
    const mark = markOn(exact, {
      selectors: [
        { type: 'TextQuoteSelector', exact, prefix: '', suffix: ' of this mail.' },
        { type: 'TextPositionSelector', start: at, end: at + exact.length },
      ],
    });
    at += line.length + 1;
    return mark;
  });
  start({ marks });
  const drawn = () => [...CSS.highlights.values()].reduce((sum, { size }) => sum + size, 0);
  await expect.poll(() => names().length, { timeout: 10_000 }).toBeGreaterThan(10);
  expect(names().length).toBeLessThan(200);
  expect(drawn()).toBe(names().length);
  window.dispatchEvent(new Event('beforeprint'));
  expect(drawn()).toBe(1000);
  window.dispatchEvent(new Event('afterprint'));
  await expect.poll(drawn).toBeLessThan(200);
  scrollTo(0, 20_000);
  const top = () => ours('.column button')?.getBoundingClientRect().top ?? -Infinity;
  await expect.poll(top).toBeGreaterThan(-900);
  expect(names().length).toBeLessThan(200);
  const words = [...CSS.highlights.values()].flatMap((highlight) => [...highlight]).map(String);
  expect(words.some((line) => /number [6-9]\d\d /.test(`${line} `))).toBe(true);
  scrollTo(0, 0);
});
