import { describe, expect, test } from 'vitest';
import { page as screen, userEvent } from 'vitest/browser';
import { Marks } from '../../src/anchor/index.ts';
import { addMail, allOurs, markOn, ours, start } from './sample.ts';

const icons = () => allOurs('.column button');
const names = () => icons().map((button) => button.getAttribute('aria-label'));

// A point of it can be hit: nothing cuts it off.
function seen(button: HTMLElement): boolean {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const root = button.getRootNode() as ShadowRoot;
  return root.elementsFromPoint((left + right) / 2, (top + bottom) / 2).includes(button);
}
const ranges = () => [...CSS.highlights.values()].flatMap((highlight) => [...highlight]);
const drawn = () => ranges().map(String);

describe('marks', () => {
  test('an answer that comes late does not bring back what was taken away since', async () => {
    addMail(1, 'We assume the certificates are there.');
    const { answers, events } = start({ marks: [markOn('the certificates')] });
    await expect.poll(() => CSS.highlights.size).toBe(1);
    const marks = answers.marks?.({ messages: [{}] });
    let late = (_marks: unknown) => {};
    answers.marks = () => new Promise((resolve) => (late = resolve));
    events.redraw({});
    answers.marks = () => ({ marks: [[]] });
    events.redraw({});
    await expect.poll(() => CSS.highlights.size).toBe(0);
    late(marks);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(CSS.highlights.size).toBe(0);
  });

  test('are drawn on the words of their message, without touching the page’s nodes', async () => {
    expect(Marks.supported).toBe(true);
    addMail(1, 'We assume the certificates are there.');
    addMail(2, 'We assume the certificates are there.');
    const before = document.body.innerHTML;
    start({ marks: [markOn('the certificates')] });
    await expect.poll(drawn).toEqual(['the certificates']);
    expect(document.body.innerHTML).toBe(before);
    const [range] = ranges();
    expect(document.querySelector('article')?.contains(range?.startContainer ?? null)).toBe(true);
  });

  test('have an icon each in the gutter, named by kind and summary', async () => {
    addMail(1, 'We assume the certificates are there. You said two minutes.');
    start({
      marks: [
        markOn('You said two minutes', { look: 'commitment', kind: 'commitment', summary: 'Two' }),
        markOn('We assume the certificates', { summary: 'Certificates', probably: true }),
      ],
    });
    await expect.poll(names).toEqual(['Expectation, probably: Certificates', 'Promise: Two']);
    const [first, second] = allOurs('button').map((button) => button.getBoundingClientRect());
    const line = document.querySelector('[data-body] p')?.getBoundingClientRect();
    expect(first?.right).toBeLessThanOrEqual(line?.left ?? 0);
    // Both begin on one line: side by side, the first of the text nearer to it.
    expect(second?.right).toBeLessThanOrEqual((first?.left ?? 0) + 3);
    expect(second?.top).toBe(first?.top);
  });

  test('say how they were found: approximate ones show it, lost ones are told', async () => {
    addMail(1, 'Somebody on your side surely knew our hygiene rules, they are on the wall.');
    const near = markOn('Somebody on your side surely knows our hygiene rules');
    const lost = markOn('These words were never in this mail at all');
    const { sent } = start({ marks: [near, lost] });
    await expect.poll(() => sent('fates')).toHaveLength(1);
    expect(sent('fates')[0]).toMatchObject({
      fates: [
        { id: near.id, evidence: near.evidence, match: 'approximate' },
        { id: lost.id, evidence: lost.evidence, match: 'orphan' },
      ],
    });
    expect(names()).toEqual([`Expectation, nearest place: ${near.summary}`]);
    expect(ours('button')?.textContent).toBe('≈');
  });

  test('show their card when the icon is pressed, or the words are clicked', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const mark = markOn('We assume the certificates are there');
    const { sent } = start({ marks: [mark] });
    await expect.poll(names).toHaveLength(1);
    ours('button')?.click();
    expect(sent('show')).toEqual([]);
    ours('button')?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => sent('show')).toEqual([{ kind: 'expectation', id: mark.id }]);
    await userEvent.click(words as HTMLElement, { position: { x: 20, y: 9 } });
    await expect.poll(() => sent('show')).toHaveLength(2);
  });

  test('return when the page draws the mail anew, and go with it', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const { sent } = start({ marks: [markOn('the certificates')] });
    await expect.poll(drawn).toEqual(['the certificates']);
    const again = document.createElement('p');
    again.textContent = 'Hello. We assume the certificates are there.';
    words?.replaceWith(again);
    await expect.poll(() => ranges()[0]?.startContainer.parentNode).toBe(again);
    document.querySelector('article')?.remove();
    await expect.poll(drawn).toEqual([]);
    expect(allOurs('button')).toEqual([]);
    await expect.poll(() => sent('reading').at(-1)?.messages).toEqual([]);
  });

  test('are asked for again when records changed', async () => {
    addMail(1, 'We assume the certificates are there.');
    const { answers, events } = start();
    await expect.poll(drawn).toEqual([]);
    answers.marks = () => ({ marks: [[markOn('We assume')]] });
    events.redraw({});
    await expect.poll(drawn).toEqual(['We assume']);
  });

  test('of another mail never lie on the one shown now', async () => {
    addMail(1, 'We assume the certificates are there.');
    const { answers } = start({ marks: [markOn('the certificates')] });
    await expect.poll(drawn).toHaveLength(1);
    answers.marks = () => new Promise(() => {});
    document.body.replaceChildren();
    addMail(2, 'We assume the certificates are there.');
    await expect.poll(drawn).toEqual([]);
  });

  test('follow their words in a scroller and hide with them', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.', ...Array(40).fill('More.'));
    const pane = document.createElement('div');
    pane.style.cssText = 'height: 200px; overflow: auto';
    const mail = document.querySelector('article') as HTMLElement;
    mail.replaceWith(pane);
    pane.append(mail);
    start({ marks: [markOn('the certificates')] });
    await expect.poll(names).toHaveLength(1);
    const button = ours('button') as HTMLElement;
    const middle = (box: DOMRect) => (box.top + box.bottom) / 2;
    pane.scrollTop = 10;
    await expect
      .poll(() =>
        Math.abs(
          middle(button.getBoundingClientRect()) -
            middle((words as HTMLElement).getBoundingClientRect()),
        ),
      )
      .toBeLessThan(2);
    pane.scrollTop = 400;
    await expect.poll(() => seen(button)).toBe(false);
    pane.scrollTop = 4_000;
    await expect.poll(names).toEqual([]);
    pane.scrollTop = 0;
    await expect.poll(names).toHaveLength(1);
  });

  test('revealed: scrolled into sight and focused', async () => {
    await screen.viewport(500, 400);
    addMail(1, ...Array(60).fill('Some words before.'), 'We assume the certificates are there.');
    const mark = markOn('We assume the certificates', {
      selectors: [
        { type: 'TextQuoteSelector', exact: 'We assume the certificates', prefix: '', suffix: '' },
        { type: 'TextPositionSelector', start: 1100, end: 1126 },
      ],
    });
    const { events } = start({ marks: [mark] });
    await expect.poll(drawn).toEqual(['We assume the certificates']);
    // Far below the window it is no node yet.
    expect(names()).toEqual([]);
    events.reveal({ id: mark.id });
    await expect.poll(names).toEqual([`Expectation: ${mark.summary}`]);
    const button = ours('.column button') as HTMLElement;
    await expect.poll(() => button.getBoundingClientRect().bottom).toBeLessThan(innerHeight);
    expect(button.matches(':focus')).toBe(true);
    await screen.viewport(414, 896);
  });
});
