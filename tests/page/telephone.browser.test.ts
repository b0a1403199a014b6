// A click on a telephone number is told, so that tagging the call can be proposed.
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { addMail, start } from './sample.ts';

function addLink(href: string, text: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = href;
  link.append(document.createElement('b'), ` ${text}\n `);
  // Nothing is to be opened by the test's browser.
  link.addEventListener('click', (event) => event.preventDefault());
  return document.body.appendChild(link);
}

async function begun(options: Parameters<typeof start>[0] = {}) {
  addMail(1, 'Call me.');
  const started = start(options);
  await expect.poll(() => started.sent('reading')).toHaveLength(1);
  return started;
}

test('a person’s click on a number tells it with its words', async () => {
  const { sent } = await begun();
  await userEvent.click(addLink('tel:+49-30-1234', 'Sample Buyer'));
  await userEvent.click(addLink('sip:1234@phone.example', '1234'));
  expect(sent('telephoned')).toEqual([
    { number: 'tel:+49-30-1234', text: 'Sample Buyer' },
    { number: 'sip:1234@phone.example', text: '1234' },
  ]);
});

test('other links, and clicks that the page makes, tell nothing', async () => {
  const { sent, page } = await begun();
  await userEvent.click(addLink('mailto:buyer@halden.example', 'Sample Buyer'));
  const link = addLink('tel:1234', '1234');
  link.click();
  link.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(sent('telephoned')).toEqual([]);
  page.end();
  await userEvent.click(link);
  expect(sent('telephoned')).toEqual([]);
});

test('where a mail on the never-log list is open, nothing is told', async () => {
  const { sent } = await begun({ never: ['acme.example'] });
  await userEvent.click(addLink('tel:+49-30-1234', 'Sample Buyer'));
  expect(sent('telephoned')).toEqual([]);
});
