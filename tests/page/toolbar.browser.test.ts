import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { addMail, ours, select, start, textOf } from './sample.ts';

const toolbar = () => ours('[role=toolbar]');
const refusal = () => ours('.bar[role=status]')?.textContent ?? null;

/** A key that means nothing: the end of selecting by keyboard. */
const settle = () => userEvent.keyboard('{Shift}');

async function shown(): Promise<HTMLElement> {
  await expect.poll(toolbar).not.toBeNull();
  return toolbar() as HTMLElement;
}

describe('the toolbar', () => {
  test('offers eight named kinds after words were selected with the mouse', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    start();
    await userEvent.tripleClick(words as HTMLElement);
    const names = [...(await shown()).querySelectorAll('button')].map(
      (button) => button.getAttribute('aria-label') ?? button.querySelector('span')?.textContent,
    );
    expect(names).toEqual([
      'Expectation',
      'Note',
      'Promise',
      'Grievance',
      'Praise',
      'Question',
      'Decision',
      'Risk',
    ]);
  });

  test('stands at the selection, inside the window', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    start();
    await userEvent.tripleClick(words as HTMLElement);
    const bar = (await shown()).getBoundingClientRect();
    const line = (words as HTMLElement).getBoundingClientRect();
    expect(bar.left).toBeGreaterThanOrEqual(0);
    expect(bar.right).toBeLessThanOrEqual(innerWidth);
    expect(bar.top).toBeGreaterThanOrEqual(line.top);
    expect(bar.top - line.bottom).toBeLessThan(20);
  });

  test('sends the very words, the message and the kind when its key is pressed', async () => {
    const [words] = addMail(1, 'We assume 🧊 الشهادات are there. Kind regards');
    const { sent } = start();
    select(textOf(words as HTMLElement), 3, textOf(words as HTMLElement), 22);
    await settle();
    await shown();
    await userEvent.keyboard('g');
    await expect.poll(() => sent('capture')).toHaveLength(1);
    expect(sent('capture')[0]).toMatchObject({
      kind: 'grievance',
      quote: 'assume 🧊 الشهادات',
      selectors: [{ exact: 'assume 🧊 الشهادات', prefix: 'We ' }, { start: 3 }],
      message: { messageId: '<1@sample.example>', keys: ['mid:<1@sample.example>'] },
      site: 'practice',
    });
    await expect.poll(toolbar).toBeNull();
  });

  test('says what failed in its own place and lets one try again', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const { answers, sent } = start();
    const works = answers.capture;
    answers.capture = () => ({ error: { code: 'disk-full', message: 'The disk is full.' } });
    await userEvent.tripleClick(words as HTMLElement);
    await shown();
    await userEvent.keyboard('e');
    await expect.poll(() => ours('[role=alert]')?.textContent).toBe('The disk is full.');
    if (works) answers.capture = works;
    await userEvent.keyboard('e');
    await expect.poll(toolbar).toBeNull();
    expect(sent('capture')).toHaveLength(2);
  });

  test('tells the message again when telling it failed, and only then captures', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const { answers, sent, events } = start();
    const works = answers.reading;
    answers.reading = () => ({ error: { code: 'storage', message: 'Storage is away.' } });
    events.announce({ wholly: false });
    await userEvent.tripleClick(words as HTMLElement);
    await shown();
    await userEvent.keyboard('e');
    await expect.poll(() => ours('[role=alert]')?.textContent).toBe('Storage is away.');
    expect(sent('capture')).toEqual([]);
    if (works) answers.reading = works;
    await userEvent.keyboard('e');
    await expect.poll(() => sent('capture')).toHaveLength(1);
  });

  test('closes with Escape, which the page does not get, and stays closed for these words', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    start();
    await userEvent.tripleClick(words as HTMLElement);
    await shown();
    const keys: string[] = [];
    const hear = (event: Event) => keys.push((event as KeyboardEvent).key);
    window.addEventListener('keydown', hear, true);
    await userEvent.keyboard('{Escape}');
    await settle();
    window.removeEventListener('keydown', hear, true);
    expect(keys).toEqual(['Shift']);
    expect(toolbar()).toBeNull();
  });

  test('goes when the selection is gone', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    start();
    await userEvent.tripleClick(words as HTMLElement);
    await shown();
    document.getSelection()?.removeAllRanges();
    await expect.poll(toolbar).toBeNull();
  });
});

describe('what may be selected', () => {
  test('words of two mails are refused in words', async () => {
    const [first] = addMail(1, 'First mail.');
    const [second] = addMail(2, 'Second mail.');
    start();
    select(textOf(first as HTMLElement), 2, textOf(second as HTMLElement), 4);
    await settle();
    await expect.poll(refusal).toBe('Select words within one mail.');
    expect(toolbar()).toBeNull();
  });

  test('200,000 characters are refused with their number', async () => {
    const [words] = addMail(1, 'x'.repeat(200_000));
    start();
    select(textOf(words as HTMLElement), 0, textOf(words as HTMLElement), 200_000);
    await settle();
    await expect
      .poll(refusal)
      .toBe('That is a lot of text (200,000 characters). Select a sentence or two.');
  });

  test('a header that was selected together with the words is left out', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const { sent } = start();
    select(document.querySelector('[data-from]') as Element, 0, textOf(words as HTMLElement), 9);
    await settle();
    await shown();
    await userEvent.keyboard('n');
    await expect.poll(() => sent('capture')).toHaveLength(1);
    expect(sent('capture')[0]).toMatchObject({ kind: 'note', quote: 'We assume' });
  });

  test.for(['input', 'textarea'])('nothing is offered for words in an %s', async (name) => {
    addMail(1, 'We assume the certificates are there.');
    const field = document.createElement(name) as HTMLInputElement;
    field.value = 'typed by the reader';
    document.querySelector('[data-body]')?.append(field);
    start();
    field.focus();
    field.select();
    await settle();
    await new Promise((done) => setTimeout(done, 50));
    expect(toolbar()).toBeNull();
  });

  test('nothing is offered for words in an editor', async () => {
    const [words] = addMail(1, 'A draft of a reply.');
    (words as HTMLElement).contentEditable = 'true';
    start();
    (words as HTMLElement).focus();
    select(textOf(words as HTMLElement), 0, textOf(words as HTMLElement), 5);
    await settle();
    await new Promise((done) => setTimeout(done, 50));
    expect(toolbar()).toBeNull();
  });

  test('words in an open shadow root are kept, those in a closed one are left alone', async () => {
    addMail(1, 'Before.');
    const body = document.querySelector('[data-body]') as HTMLElement;
    const inside = (mode: ShadowRootMode, text: string) => {
      const host = body.appendChild(document.createElement('div'));
      const paragraph = document.createElement('p');
      paragraph.textContent = text;
      host.attachShadow({ mode }).append(paragraph);
      return mode === 'open' ? paragraph : host;
    };
    const open = inside('open', 'Words of an open root.');
    const closed = inside('closed', 'Words of a closed root.');
    const { sent } = start();
    await userEvent.tripleClick(closed);
    await new Promise((done) => setTimeout(done, 50));
    expect(toolbar()).toBeNull();
    await userEvent.tripleClick(open);
    await shown();
    await userEvent.keyboard('d');
    await expect.poll(() => sent('capture')).toHaveLength(1);
    expect(sent('capture')[0]).toMatchObject({ quote: 'Words of an open root.' });
  });

  test('words on a page that is no mail are kept without a message or with the page', async () => {
    document.documentElement.removeAttribute('data-unsaid-practice');
    const main = document.body.appendChild(document.createElement('main'));
    main.textContent = 'Some other text, long enough to be the main part.';
    const aside = document.body.appendChild(document.createElement('aside'));
    aside.textContent = 'Beside it';
    const { sent } = start();
    select(textOf(aside), 0, textOf(aside), 6);
    await settle();
    await shown();
    await userEvent.keyboard('n');
    await expect.poll(() => sent('capture')).toHaveLength(1);
    expect(sent('capture')[0]).toMatchObject({ quote: 'Beside', message: null });
  });
});

describe('the browser command', () => {
  test('keeps the selection without the toolbar having been used', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const { events, sent } = start();
    select(textOf(words as HTMLElement), 0, textOf(words as HTMLElement), 9);
    await settle();
    events.captureSelection({ kind: 'risk' });
    await expect.poll(() => sent('capture')).toMatchObject([{ kind: 'risk', quote: 'We assume' }]);
  });

  test('says so when nothing is selected', async () => {
    addMail(1, 'We assume the certificates are there.');
    const { events } = start();
    await settle();
    events.captureSelection({ kind: 'expectation' });
    await expect.poll(refusal).toBe('Select the words first, then press the key.');
  });
});
