// Words of a quotation belong to the message they were written in.
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { addMail, allOurs, markOn, ours, start } from './sample.ts';

const names = () => allOurs('.column button').map((button) => button.getAttribute('aria-label'));

function quote(into: Element, ...texts: string[]): HTMLElement[] {
  const block = document.createElement('blockquote');
  block.setAttribute('type', 'cite');
  const paragraphs = texts.map((text) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    return paragraph;
  });
  block.append(...paragraphs);
  into.append(block);
  return paragraphs;
}

const body = (n: number) => document.querySelectorAll('[data-body]')[n] as HTMLElement;

async function keep(words: HTMLElement | undefined): Promise<void> {
  await userEvent.tripleClick(words as HTMLElement);
  await expect.poll(() => ours('[role=toolbar]')).not.toBeNull();
  await userEvent.keyboard('e');
}

test('selected in a reply, they are kept with the mail on the page that they come from', async () => {
  addMail(1, 'Good morning.', 'We assume the certificates are there.');
  addMail(2, 'Of course they are.');
  const [, quoted] = quote(body(1), 'Good morning.', 'We assume the certificates are there.');
  const { sent } = start();
  await keep(quoted);
  await expect
    .poll(() => sent('capture'))
    .toMatchObject([
      {
        quote: 'We assume the certificates are there.',
        quoted: false,
        message: { messageId: '<1@sample.example>' },
        selectors: [{ prefix: 'Good morning.\n' }, { start: 14 }],
      },
    ]);
});

test('of a mail that is not on the page, they are kept as quoted', async () => {
  addMail(2, 'Of course they are.');
  const [quoted] = quote(body(0), 'We assume the certificates are there.');
  const { sent } = start();
  await keep(quoted);
  await expect
    .poll(() => sent('capture'))
    .toMatchObject([{ quoted: true, message: { messageId: '<2@sample.example>' } }]);
});

test('an earlier mail’s marks show in the quotation only, and say whose they are', async () => {
  addMail(2, 'Of course the certificates are there.');
  quote(body(0), 'We assume the certificates are there.');
  const earlier = { sender: 'Sample Person', sentAt: '2027-02-24T09:11:00.000Z' };
  const { sent } = start({
    marks: [
      markOn('the certificates are there', { earlier, summary: 'Certificates' }),
      markOn('Of course', { earlier, summary: 'Not theirs' }),
    ],
  });
  await expect.poll(names).toEqual(['Expectation, quoted from an earlier mail: Certificates']);
  const [range] = [...CSS.highlights.values()].flatMap((highlight) => [...highlight]);
  expect(document.querySelector('blockquote')?.contains(range?.startContainer ?? null)).toBe(true);
  // That it does not stand here says nothing about the mark: it has lost no words.
  await expect
    .poll(() => sent('fates'))
    .toMatchObject([{ fates: [{ earlier: true, match: 'exact' }] }]);
});

test('words that somebody only indented are their own', async () => {
  addMail(1, 'Good morning.');
  const block = document.createElement('blockquote');
  block.textContent = 'We assume the certificates are there.';
  body(0).append(block);
  const { sent } = start();
  await keep(block);
  await expect.poll(() => sent('capture')).toMatchObject([{ quoted: false }]);
});

test('plain text is quoted line by line', async () => {
  addMail(1, 'We assume the certificates are there.');
  addMail(2);
  const pre = document.createElement('pre');
  pre.textContent = 'Of course.\n\n> We assume the certificates are there.\n> Bye';
  body(1).append(pre);
  const { sent } = start();
  const text = pre.firstChild as Text;
  const at = text.data.indexOf('We assume');
  document.getSelection()?.setBaseAndExtent(text, at, text, at + 37);
  await userEvent.keyboard('{Shift}');
  await expect.poll(() => ours('[role=toolbar]')).not.toBeNull();
  await userEvent.keyboard('e');
  await expect
    .poll(() => sent('capture'))
    .toMatchObject([{ quoted: false, message: { messageId: '<1@sample.example>' } }]);
});

test('words stay with their mail when a newer one comes above it before the key is pressed', async () => {
  const [words] = addMail(1, 'We assume the certificates are there.');
  addMail(2, 'Good morning.');
  const { sent } = start();
  await userEvent.tripleClick(words as HTMLElement);
  await expect.poll(() => ours('[role=toolbar]')).not.toBeNull();
  addMail(3);
  const newer = document.querySelectorAll('article')[2] as HTMLElement;
  quote(body(2), 'We assume the certificates are there.');
  document.body.prepend(newer);
  await expect
    .poll(() => sent('reading').at(-1)?.messages)
    .toMatchObject([3, 1, 2].map((n) => ({ messageId: `<${n}@sample.example>` })));
  await userEvent.keyboard('e');
  await expect
    .poll(() => sent('capture'))
    .toMatchObject([{ message: { messageId: '<1@sample.example>' } }]);
});
