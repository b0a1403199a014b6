// Typed on at once after the key that keeps words: the card gets it, the page hears nothing of it.
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { createMore } from '../../src/extension/page/more.ts';
import { addMail, ours, start } from './sample.ts';

/** Keys that the page hears of. */
function eavesdrop(): string[] {
  const heard: string[] = [];
  const hear = (event: KeyboardEvent) => heard.push(event.key);
  window.addEventListener('keydown', hear, { capture: true });
  return heard;
}

/** The card has the focus: the sidebar is a frame of its own. */
function focusElsewhere(): void {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  frame.contentWindow?.focus();
}

async function begun(options: Parameters<typeof start>[0] = {}) {
  const [words] = addMail(1, 'We assume the certificates are there.');
  const started = start(options);
  await userEvent.tripleClick(words as HTMLElement);
  return started;
}

async function offered(options: Parameters<typeof start>[0] = {}) {
  const started = await begun(options);
  await expect.poll(() => ours('[role=toolbar]')).not.toBeNull();
  return started;
}

test('goes to the card once that has the focus, corrected as it was typed', async () => {
  const { sent } = await offered();
  const heard = eavesdrop();
  await userEvent.keyboard('eThey want them earlz{Backspace}y, #1{Enter}');
  await expect.poll(() => sent('capture')).toHaveLength(1);
  expect(heard).toEqual([]);
  expect(sent('ahead')).toEqual([]);
  focusElsewhere();
  await expect
    .poll(() => sent('ahead'))
    .toEqual([{ draft: 'sample-draft', text: 'They want them early, #1' }]);
});

test('also what is typed while the rest of the script is on its way', async () => {
  let come = () => {};
  const load = new Promise<typeof createMore>((done) => (come = () => done(createMore)));
  const { sent } = await begun({ deps: { load: () => load } });
  const heard = eavesdrop();
  await userEvent.keyboard('nsoon');
  come();
  await expect.poll(() => sent('capture')).toHaveLength(1);
  await userEvent.keyboard('er');
  focusElsewhere();
  await expect.poll(() => sent('ahead')).toEqual([{ draft: 'sample-draft', text: 'sooner' }]);
  expect(heard).toEqual([]);
});

test('a card that comes after the focus has gone gets it all the same', async () => {
  const { sent, answers } = await offered();
  let come = () => {};
  const made = new Promise((done) => (come = () => done({ draft: 'late-draft' })));
  answers.capture = () => made;
  await userEvent.keyboard('esoon');
  focusElsewhere();
  come();
  await expect.poll(() => sent('ahead')).toEqual([{ draft: 'late-draft', text: 'soon' }]);
});

test('a page that puts the focus into a field of its own, or fakes that it went away, reads nothing', async () => {
  const { sent } = await offered();
  await userEvent.keyboard('ea');
  const field = document.body.appendChild(document.createElement('input'));
  field.focus();
  window.dispatchEvent(new FocusEvent('blur'));
  await userEvent.keyboard('b');
  expect(field.value).toBe('');
  field.remove();
  focusElsewhere();
  await expect.poll(() => sent('ahead')).toEqual([{ draft: 'sample-draft', text: 'ab' }]);
});

test('commands stay the page’s, and so do its keys once the person is elsewhere in it', async () => {
  const { sent } = await offered();
  const heard = eavesdrop();
  await userEvent.keyboard('eab{Control>}k{/Control}{ArrowDown}');
  expect(heard.filter((key) => key.length === 1 || key === 'ArrowDown')).toEqual([
    ...['k', 'ArrowDown'],
  ]);
  const field = document.body.appendChild(document.createElement('input'));
  await userEvent.click(field);
  await userEvent.keyboard('in a field');
  expect(field.value).toBe('in a field');
  await expect.poll(() => sent('ahead')).toEqual([{ draft: 'sample-draft', text: 'ab' }]);
  field.remove();
  await userEvent.keyboard('j');
  expect(heard.at(-1)).toBe('j');
});

test.for(['{Tab}', '{Escape}'])('%s gives the page its keys back', async (key) => {
  const { sent } = await offered();
  await userEvent.keyboard(`eab${key}`);
  const heard = eavesdrop();
  await userEvent.keyboard('j');
  expect(heard).toEqual(['j']);
  await expect.poll(() => sent('ahead')).toEqual([{ draft: 'sample-draft', text: 'ab' }]);
});

test('where no card comes the page has its keys back, and the next card gets what was typed', async () => {
  const { sent, answers } = await offered();
  let refuse = () => {};
  const refused = { error: { code: 'never', message: 'This mail is never read.' } };
  const made = new Promise((done) => (refuse = () => done(refused)));
  answers.capture = () => made;
  await userEvent.keyboard('esoon');
  refuse();
  await expect.poll(() => ours('[role=toolbar]')?.textContent).toContain('never read');
  const heard = eavesdrop();
  await userEvent.keyboard('j');
  expect(heard).toContain('j');
  answers.capture = () => ({ draft: 'next-draft' });
  await userEvent.keyboard('n');
  await expect.poll(() => sent('capture')).toHaveLength(2);
  focusElsewhere();
  await expect.poll(() => sent('ahead')).toEqual([{ draft: 'next-draft', text: 'soon' }]);
});

test('a key that is held down is typed once at most, and faked keys are nobody’s words', async () => {
  const { sent } = await offered();
  await userEvent.keyboard('{e>5}{/e}a');
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }));
  await expect.poll(() => sent('capture')).toHaveLength(1);
  focusElsewhere();
  await expect.poll(() => sent('ahead')).toEqual([{ draft: 'sample-draft', text: 'a' }]);
});
