// What waits for the person: mentions, questions, what is theirs to do, and how much of it the tab says.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { InboxView } from '../../src/extension/messages/story-calls.ts';
import { sayInbox as say } from '../../src/extension/sidebar/inbox/words.ts';
import { expectAccessible, one, soon } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { germanInbox } from './german-story.ts';
import { open, settled } from './open.tsx';
import { sampleCard, sampleId } from './samples.ts';

const AT = Date.UTC(2027, 1, 24, 9, 12);
const [MENTION, OTHER, INQUIRY] = [sampleId(0x71), sampleId(0x72), sampleId(0x73)];
const REVIEW = sampleId(0x74);

let background: FakeBackground;
let inbox: InboxView;
const english = { ...say };
beforeEach(() => {
  background = new FakeBackground();
  background.cards = [sampleCard(1), sampleCard(2)];
  inbox = {
    mentions: [
      {
        ...{ id: MENTION, at: AT, by: 'Tom Sample', text: 'Look, @Jonas Sample: they worry.' },
        ...{ customer: 'Halden Foods', card: { kind: 'expectation', id: sampleCard(1).id } },
      },
      {
        ...{ id: OTHER, at: AT, by: 'Zoë Sample', text: 'And @Jonas Sample' },
        ...{ customer: '', card: null },
      },
    ],
    inquiries: [
      {
        ...{ id: INQUIRY, at: AT, by: 'Sample Manager', question: 'Why was it late?' },
        ...{ customer: 'Halden Foods', due: '2027-03-01', days: 5, draft: '', asks: 'answer' },
        ...{ project: 'Hall 3', inReview: true, url: 'https://unsaid.example/#/inquiries/1' },
        moment: {
          words: 'Nobody called.',
          card: { kind: 'expectation', id: sampleCard(2).id },
        },
      },
    ],
    dues: [
      {
        ...{ what: 'ours', key: 'a', text: 'We send them the certificates.', on: '2027-02-20' },
        ...{ customer: 'Halden Foods', days: -4 },
        card: { kind: 'expectation', id: sampleCard(2).id },
      },
    ],
  };
  const without = <T extends { id: string }>(all: readonly T[], id: string) =>
    all.filter((one) => one.id !== id);
  const { mentions, inquiries } = inbox;
  Object.assign(background.answers, {
    inbox: () => structuredClone(inbox),
    inboxCount: () => ({
      count: inbox.mentions.length + inbox.inquiries.length + inbox.dues.length,
    }),
    mentionSeen: ({ id, on }: { id: string; on: boolean }) => {
      inbox = { ...inbox, mentions: on ? without(inbox.mentions, id) : mentions };
      return null;
    },
    answerInquiry: ({ inquiry, answer }: { inquiry: string; answer: string }) => {
      inbox = { ...inbox, inquiries: answer ? without(inbox.inquiries, inquiry) : inquiries };
      return null;
    },
    reviewRead: ({ inquiry, on }: { inquiry: string; on: boolean }) => {
      inbox = { ...inbox, inquiries: on ? without(inbox.inquiries, inquiry) : inquiries };
      return null;
    },
  });
});
afterEach(() => {
  Object.assign(say, english);
});

async function openInbox(width = 360) {
  await page.viewport(width, 720);
  const opened = await open(background, width);
  opened.sidebar.show({ at: 'inbox' });
  await soon(() => expect(opened.place.querySelector('.s-inbox')).not.toBeNull());
  await settled();
  return opened;
}

const row = (place: ParentNode, id: string) => one<HTMLElement>(place, `[data-row="${id}"]`);

describe('a mention', () => {
  test('says who, when, what and about whom; opening it shows the card and marks it seen, which can be undone', async () => {
    const { place, sidebar } = await openInbox();
    const text = row(place, MENTION).textContent ?? '';
    for (const words of ['Tom Sample', 'they worry', 'Halden Foods', '24 Feb 2027']) {
      expect(text).toContain(words);
    }
    row(place, MENTION).focus();
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(sidebar.state.view.at).toBe('card'));
    expect(background.calls('mentionSeen')).toEqual([{ id: MENTION, on: true }]);
    await background.changed();
    await userEvent.keyboard('{Escape}');
    await soon(() => expect(sidebar.state.view.at).toBe('inbox'));
    await soon(() => expect(place.textContent).toContain(say.isSeen));
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await soon(() => expect(document.activeElement).toBe(row(place, MENTION)));
    expect(background.calls('mentionSeen').at(-1)).toEqual({ id: MENTION, on: false });
  });

  test('X marks it seen where it stands; arrows walk', async () => {
    const { place, sidebar } = await openInbox();
    row(place, MENTION).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(row(place, OTHER));
    // Its card is not here: it stays where it is.
    await userEvent.keyboard('{Enter}');
    expect([sidebar.state.view.at, background.calls('mentionSeen')]).toEqual(['inbox', []]);
    expect(place.textContent).toContain(say.notHere);
    await userEvent.keyboard('x');
    await soon(() => expect(document.activeElement?.textContent).toContain('Undo'));
    await background.changed();
    await soon(() => expect(sidebar.state.waiting).toBe(3));
    // The line is still there, and takes it back.
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(document.activeElement).toBe(row(place, OTHER)));
  });
});

describe('a question', () => {
  test('is answered from the keyboard; what is typed is kept at each key; undone it is in the field again', async () => {
    const { place } = await openInbox();
    await userEvent.click(page.getByLabelText(say.answer));
    await userEvent.keyboard('Snow.');
    expect(background.calls('keepAnswer').at(-1)).toEqual({ inquiry: INQUIRY, text: 'Snow.' });
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await soon(() => expect(place.textContent).toContain(say.answered));
    expect(background.calls('answerInquiry')).toEqual([{ inquiry: INQUIRY, answer: 'Snow.' }]);
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await soon(() => expect(one<HTMLTextAreaElement>(place, 'textarea').value).toBe('Snow.'));
  });

  test('what is typed on while the answer is on its way belongs to it', async () => {
    const { place } = await openInbox();
    let go = () => {};
    background.held.set(
      'answerInquiry',
      new Promise((done) => {
        go = done;
      }),
    );
    await userEvent.click(page.getByLabelText(say.answer));
    await userEvent.keyboard('Snow{Control>}{Enter}{/Control} and ice.');
    go();
    await soon(() => expect(place.textContent).toContain(say.answered));
    await settled();
    expect(background.calls('answerInquiry').at(-1)).toEqual({
      ...{ inquiry: INQUIRY, answer: 'Snow and ice.' },
    });
  });

  test('an empty answer is not sent, and what was kept is there', async () => {
    const { place } = await openInbox();
    await userEvent.click(page.getByRole('button', { name: say.save }));
    await soon(() => expect(place.textContent).toContain(say.noAnswer));
    expect(background.calls('answerInquiry')).toEqual([]);
    const kept = { ...inbox.inquiries[0], id: sampleId(0x79), draft: 'Begun' };
    inbox = { ...inbox, inquiries: [kept as InboxView['inquiries'][number]] };
    await background.changed();
    await soon(() => expect(one<HTMLTextAreaElement>(place, 'textarea').value).toBe('Begun'));
  });

  test('that could not be sent stays in its field', async () => {
    const { place } = await openInbox();
    background.failures.set('answerInquiry', { code: 'disk-full', message: '' });
    await userEvent.fill(page.getByLabelText(say.answer), 'Snow.');
    await userEvent.click(page.getByRole('button', { name: say.save }));
    await soon(() => expect(place.textContent).toContain('the disk is full'));
    expect(one<HTMLTextAreaElement>(place, 'textarea').value).toBe('Snow.');
  });
});

const toRead: InboxView['inquiries'][number] = {
  ...{ id: REVIEW, at: AT, by: 'Sample Manager', asks: 'acknowledge' },
  question: '“Hall 3” was reviewed (Spring). Read the review and say what you think of it.',
  ...{ customer: 'Halden Foods', project: 'Hall 3', inReview: true, moment: null },
  ...{ due: '2027-02-20', days: -4, draft: '', url: 'https://unsaid.example/#/reviews/1' },
};

test('a question says where it comes from, opens its moment here and its page in the console', async () => {
  const { place, sidebar } = await openInbox();
  const question = row(place, INQUIRY);
  for (const words of ['about Halden Foods', 'project Hall 3', say.inReview, 'answer by 1 Mar']) {
    expect(question.textContent).toContain(words);
  }
  const link = page.getByRole('link', { name: say.inConsole });
  await expect.element(link).toHaveAttribute('href', 'https://unsaid.example/#/inquiries/1');
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer');
  await userEvent.click(page.getByRole('button', { name: 'Nobody called.' }));
  await soon(() => expect(sidebar.state.view.at).toBe('card'));
});

test('a review to read has the way to it; read without a word, it can be undone', async () => {
  inbox.inquiries.push(toRead);
  const { place } = await openInbox();
  const request = row(place, REVIEW);
  expect(request.textContent).toContain('Sample Manager has reviewed your work');
  expect(request.textContent).toContain('the answer was due 20 Feb 2027');
  // Nothing is to be written here.
  expect(request.querySelector('textarea')).toBeNull();
  const link = page.getByRole('link', { name: say.review });
  await expect.element(link).toHaveAttribute('href', 'https://unsaid.example/#/reviews/1');
  one<HTMLElement>(request, 'a').focus();
  await userEvent.keyboard('{Tab}{Enter}');
  await soon(() => expect(place.textContent).toContain(say.isRead));
  expect(background.calls('reviewRead')).toEqual([{ inquiry: REVIEW, on: true }]);
  await userEvent.click(page.getByRole('button', { name: 'Undo' }));
  await soon(() => expect(document.activeElement).toBe(row(place, REVIEW)));
  expect(background.calls('reviewRead').at(-1)).toEqual({ inquiry: REVIEW, on: false });
  expect(background.calls('answerInquiry')).toEqual([]);
});

test('one that was taken back vanishes, and what was begun as its answer harms nothing', async () => {
  const { place } = await openInbox();
  await userEvent.fill(page.getByLabelText(say.answer), 'Begun');
  inbox = { ...inbox, inquiries: [] };
  await background.changed();
  await soon(() => expect(place.querySelector(`[data-row="${INQUIRY}"]`)).toBeNull());
  expect(row(place, MENTION)).not.toBeNull();
});

test('what is due says how late it is and opens its card; tags of calls are a way on', async () => {
  background.calling = { ...background.calling, waiting: 3 };
  const { place, sidebar } = await openInbox();
  expect(place.textContent).toContain('4 days late, 20 Feb 2027');
  await userEvent.click(page.getByRole('button', { name: say.showTags }));
  expect(background.calls('callPage')).toMatchObject([{ waiting: true }]);
  await userEvent.click(page.getByRole('button', { name: /We send them/ }));
  await soon(() => expect(sidebar.state.view.at).toBe('card'));
});

test('an improvement that is due leads to its page in the console', async () => {
  const url = 'https://unsaid.company.example/#/improvements/1';
  const due = { what: 'check', key: 'b', text: 'A rota', on: '2027-02-20', customer: '' } as const;
  inbox = { ...inbox, dues: [{ ...due, days: -4, card: null, url }] };
  const { place } = await openInbox();
  const link = one<HTMLAnchorElement>(place, `a[href="${url}"]`);
  expect(link.textContent).toContain('See whether it helped');
  expect(link.target).toBe('_blank');
});

test('the tab says how much waits, in a number and in words, and nothing where nothing does', async () => {
  const { sidebar } = await open(background);
  const tab = page.getByRole('button', { name: /^Inbox/ });
  await soon(() => expect(tab.element().textContent).toContain('4'));
  await expect.element(tab).toHaveAccessibleName('Inbox 4 waiting');
  inbox = { mentions: [], inquiries: [], dues: [] };
  await background.changed();
  await soon(() => expect(tab.element().textContent).toBe('Inbox'));
  sidebar.show({ at: 'inbox' });
  await soon(() => expect(document.body.textContent).toContain(say.empty));
});

test.each([
  ['English', 280, 'light'],
  ['English', 280, 'dark'],
  ['German', 280, 'light'],
  ['German', 360, 'dark'],
])(
  'in %s, %i px wide, %s: nothing is cut, all can be pressed, axe finds nothing',
  async (language, width, scheme) => {
    document.documentElement.style.colorScheme = scheme;
    if (language === 'German') Object.assign(say, germanInbox);
    const [first] = inbox.mentions;
    const rtl = 'תסתכל @Jonas Sample, הם מודאגים מהביקורת.';
    if (first) inbox.mentions.push({ ...first, id: sampleId(0x90), text: rtl });
    if (first) {
      const by = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter';
      inbox.mentions.push({ ...first, id: sampleId(0x91), by });
    }
    inbox.inquiries.push(toRead);
    background.calling = { ...background.calling, waiting: 3 };
    const { place, sidebar } = await openInbox(width);
    await soon(() => expect(sidebar.state.waiting).toBe(7));
    await settled();
    const scroller = one(place, '.s-main');
    expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth);
    for (const control of place.querySelectorAll<HTMLElement>('.s-inbox button')) {
      expect(control.offsetHeight, control.textContent ?? '').toBeGreaterThanOrEqual(24);
    }
    await vi.waitFor(() => expectAccessible(place));
  },
);
