// Messages on the never-log list: nothing of them leaves the page, and nothing of it is read.
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { SITES } from '../../src/sites/all.ts';
import { later } from '../../src/sites/later.ts';
import type { Site } from '../../src/sites/site.ts';
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

test('the list holds for the last mail of very many', async () => {
  for (let n = 0; n < 500; n += 1) {
    const [words] = addMail(1, 'Of somebody else.');
    const from = words?.closest('article')?.querySelector('[data-from]');
    from?.setAttribute('data-from', 'Other <other@halden.example>');
  }
  addMail(2, 'The salary is between us.');
  document.title = 'Payslip: sample';
  const { sent } = start({ never: ['acme.example'] });
  await expect.poll(() => sent('reading')).toMatchObject([{ never: 1, title: '' }]);
  document.title = '';
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
  // Nor does a card of another mail say what the page is called.
  document.title = 'Payslip: sample';
  await userEvent.keyboard('e');
  await expect.poll(() => sent('capture')).toMatchObject([{ title: '' }]);
  expect(JSON.stringify(sent('capture'))).not.toContain('Payslip');
  document.title = '';
});

test('nothing is read or told before the list is known, though words are selected', async () => {
  const [words] = addMail(1, 'The salary is between us.');
  document.title = 'Payslip: sample';
  const asked: ((list: unknown) => void)[] = [];
  const { calls, sent } = start({ begin: () => new Promise((resolve) => asked.push(resolve)) });
  await userEvent.tripleClick(words as HTMLElement);
  await userEvent.keyboard('e');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(new Set(calls.map(({ call }) => call))).toEqual(new Set(['begin']));
  expect(ours('[role=toolbar]')).toBeNull();
  for (const answer of asked) answer({ never: ['acme.example'], sites: {} });
  await expect.poll(() => sent('reading')).toMatchObject([{ never: 1, title: '' }]);
  expect(sent('capture')).toEqual([]);
  document.title = '';
});

test('where the list cannot be had nothing is read, and it is asked for again', async () => {
  const [words] = addMail(1, 'We assume the certificates.');
  const broken = () => ({ error: { code: 'storage', message: 'Not now.' } });
  const { calls, sent, answers } = start({ begin: broken });
  await userEvent.tripleClick(words as HTMLElement);
  await expect.poll(() => ours('.bar')?.innerText).toContain('it read nothing');
  await userEvent.keyboard('e');
  expect(new Set(calls.map(({ call }) => call))).toEqual(new Set(['begin']));
  answers.begin = () => ({ never: [], sites: {} });
  addMail(2, 'Another one.');
  await expect.poll(() => sent('reading').at(-1)?.messages).toHaveLength(2);
});

test('a page that does not change is read all the same, once the list can be had', async () => {
  addMail(1, 'We assume the certificates.');
  const broken = () => ({ error: { code: 'ended', message: 'The worker was just starting.' } });
  const { sent, answers } = start({ begin: broken });
  await expect.poll(() => sent('begin')).toHaveLength(1);
  answers.begin = () => ({ never: [], sites: {} });
  await expect.poll(() => sent('reading').at(-1)?.messages, { timeout: 5_000 }).toHaveLength(1);
});

test('a list that came cannot be obeyed: what was read before is not read any more', async () => {
  addMail(1, 'The salary is between us.');
  const deps = { never: async () => null };
  const { calls, sent, answers, events } = start({ marks: [markOn('The salary')], deps });
  await expect.poll(() => CSS.highlights.size).toBe(1);
  answers.begin = () => ({ never: ['acme.example'], sites: {} });
  events.settings({});
  await expect.poll(() => CSS.highlights.size).toBe(0);
  const before = sent('reading').length;
  addMail(2, 'The bonus is between us.');
  await expect.poll(() => calls.at(-1)?.call).toBe('begin');
  expect(sent('reading')).toHaveLength(before);
});

test('a page whose reader is on its way tells nothing, not even its title', async () => {
  const [words] = addMail(1, 'The salary is between us.');
  document.title = 'Payslip: sample';
  const practice = SITES.find(({ name }) => name === 'practice') as Site;
  let come = (_sites: Site[]) => {};
  const deps = {
    sites: [later(practice, 'practice')],
    unpack: () => new Promise<Site[]>((resolve) => (come = resolve)),
  };
  const { sent } = start({ never: ['acme.example'], deps });
  await userEvent.tripleClick(words as HTMLElement);
  await userEvent.keyboard('e');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(sent('reading')).toEqual([]);
  expect(sent('capture')).toEqual([]);
  come([practice]);
  await expect.poll(() => sent('reading')).toMatchObject([{ never: 1, title: '' }]);
  await expect.poll(() => ours('.bar')?.innerText).toContain('on your never-log list');
  document.title = '';
});
