// Messages on the never-log list: nothing of them leaves the page, and nothing of it is read.
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { addMail, markOn, ours, start } from './sample.ts';

test('nothing is told of a message on the list but that there is one', async () => {
  const [words] = addMail(1, 'The salary is between us.');
  document.title = 'Payslip: sample';
  const { calls, sent } = start({ never: ['acme.example'] });
  await expect
    .poll(() => sent('reading'))
    .toMatchObject([{ never: 1, messages: [], title: '', subject: '', record: null }]);
  await userEvent.tripleClick(words as HTMLElement);
  await expect
    .poll(() => ours('.bar')?.innerText)
    .toBe('This mail is on your never-log list. Nothing is read or stored.');
  await userEvent.keyboard('e');
  expect(sent('capture')).toEqual([]);
  const told = JSON.stringify(calls);
  for (const word of ['salary', 'Payslip', 'sample.person', 'acme', '1@sample']) {
    expect(told).not.toContain(word);
  }
  document.title = '';
});

test('its words are not even read by us', async () => {
  const [words] = addMail(1, 'The salary is between us.');
  const text = (words as HTMLElement).firstChild as Text;
  const read = vi.spyOn(text, 'data', 'get');
  const { sent, events } = start({ never: ['sample.person@acme.example'] });
  await expect.poll(() => sent('reading')).toHaveLength(1);
  events.announce({ wholly: true });
  await expect.poll(() => sent('reading')).toHaveLength(2);
  expect(read).not.toHaveBeenCalled();
});

test('other mails of the page go on, and the list counts from the moment it changes', async () => {
  const [, second] = [addMail(1, 'One of them.'), addMail(2, 'We assume the certificates.')];
  document
    .querySelectorAll('article')[1]
    ?.querySelector('[data-from]')
    ?.setAttribute('data-from', 'Other <other@halden.example>');
  const { sent, answers, events } = start({ marks: [markOn('One of them')] });
  await expect.poll(() => sent('reading').at(-1)?.messages).toHaveLength(2);
  await expect.poll(() => CSS.highlights.size).toBe(1);
  answers.begin = () => ({ never: ['# ours', 'acme.example'], sites: {} });
  answers.marks = () => ({ marks: [[]] });
  events.settings({});
  await expect
    .poll(() => sent('reading').at(-1))
    .toMatchObject({
      never: 1,
      messages: [{ from: { address: 'other@halden.example' } }],
    });
  await expect.poll(() => CSS.highlights.size).toBe(0);
  await userEvent.tripleClick(second?.[0] as HTMLElement);
  await expect.poll(() => ours('[role=toolbar]')).not.toBeNull();
});
