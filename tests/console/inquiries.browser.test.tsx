// Questions in the console: listed, asked, answered by who is asked, taken back.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { MIRA, REVIEW, SampleReviews, sampleInquiry, TOM } from './sample-reviews.ts';

let server: SampleReviews;
const OPEN = sampleInquiry(2);
const LATE = sampleInquiry(3, { due: '2027-03-01', question: 'And what became of the probes?' });
const DONE = sampleInquiry(4, {
  ...{ state: 'answered', answer: 'It snowed.', answeredAt: '2027-02-25T08:00:00Z' },
  ...{ answeredBy: TOM.id, answeredByName: TOM.name, question: 'Who was on duty?' },
});
beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  localStorage.clear();
  server = new SampleReviews();
  server.inquiries = [OPEN, LATE, DONE];
  await page.viewport(1280, 900);
});

const now = () => new Date('2027-03-05T09:00:00');

async function open(at: string, shows: string) {
  const { place, go } = placeAt(at);
  const client = createClient(server.ask);
  const root = draw(<App {...{ client, place, now }} ask={server.ask} />);
  await soon(() => expect(root.querySelector(shows)).not.toBeNull());
  return { root, go, place };
}
const openOne = (id: string) => open(`#/inquiries/${id}`, '.c-asked-one');

function asTom() {
  server.me = TOM;
  server.role = 'annotator';
}

const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));

test('the list is filtered by address: what is open with what is late, overdue, answered', async () => {
  const { root, go } = await open('#/inquiries', '.c-asked');
  const rows = () =>
    [...root.querySelectorAll('.c-asked > li')].map((row) => row.textContent ?? '');
  expect(rows()).toHaveLength(2);
  expect(rows()[0]).toContain('You ask Sample Tom');
  expect(rows()[1]).toContain('Overdue since 1 Mar 2027');
  expect(root.textContent).toContain('Overdue 1');
  go('#/inquiries?state=answered');
  await soon(() => expect(rows().join()).toContain('It snowed.'));
  expect(rows()).toHaveLength(1);
  go('#/inquiries?state=overdue');
  await soon(() => expect(rows().join()).toContain('what became of the probes'));
  await expectAccessible(root);
  go('#/inquiries?state=open&whose=to-me');
  await soon(() => expect(root.textContent).toContain('Nothing waits for you here.'));
});

test('whoever is asked answers by its link, with the keyboard; what was typed is there after the page was closed', async () => {
  asTom();
  const first = await openOne(OPEN.id);
  expect(first.root.textContent).toContain('nobody told us until Monday morning');
  // The story is not for them.
  expect(first.root.querySelector('a[href^="#/story/"]')).toBeNull();
  await userEvent.click(page.getByRole('textbox', { name: 'Your answer' }));
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await soon(() => expect(first.root.textContent).toContain('Write an answer first.'));
  await userEvent.keyboard('It snowed');
  first.root.remove();
  const { root } = await openOne(OPEN.id);
  const area = await soon(() => one<HTMLTextAreaElement>(root, 'textarea'));
  expect(area.value).toBe('It snowed');
  area.focus();
  server.instead = (line) => (line.startsWith('POST') ? 'offline' : null);
  await userEvent.keyboard('{End}.{Control>}{Enter}{/Control}');
  await soon(() => expect(root.textContent).toContain('What you wrote is still here.'));
  expect(area.value).toBe('It snowed.');
  await expectAccessible(root);
  server.instead = null;
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await soon(() => expect(one(root, '.c-asked-words').textContent).toBe('It snowed.'));
  expect(document.activeElement?.tagName).toBe('H1');
  expect(localStorage).toHaveLength(0);
  expect(server.sent.at(-1)).toEqual({
    line: `POST /v1/inquiries/${OPEN.id}/answer`,
    body: { text: 'It snowed.' },
  });
  await press('Change your answer');
  expect(one<HTMLTextAreaElement>(root, 'textarea').value).toBe('It snowed.');
});

test('a review to read leads to it, and is read without a word', async () => {
  asTom();
  const toRead = {
    ...sampleInquiry(5),
    asks: 'acknowledge' as const,
    review: REVIEW,
    subject: null,
  };
  server.inquiries = [toRead];
  const { root } = await openOne(toRead.id);
  const link = page.getByRole('link', { name: 'Read the review' });
  await expect.element(link).toHaveAttribute('href', `#/reviews/${REVIEW}`);
  await press('I have read it');
  await soon(() => expect(one(root, '.c-asked-words').textContent).toBe('Read.'));
});

test('whoever asked takes it back after being asked whether they are sure; one who left is said', async () => {
  server.inquiries = [{ ...OPEN, toLeft: true }];
  const { root } = await openOne(OPEN.id);
  expect(root.textContent).toContain('Sample Tom is not a member any more.');
  expect(root.querySelector('textarea')).toBeNull();
  await press('Take it back');
  expect(server.sent).toEqual([]);
  await press('Yes, take it back');
  await soon(() => expect(root.textContent).toContain('This question was taken back.'));
  await expectAccessible(root);
});

test('a question is asked about a finding: to its owner, with a day a week on; nothing typed is lost', async () => {
  const { root } = await open(`#/reviews/${REVIEW}`, '.c-review-finding');
  await press('Ask about: Tell them beforehand who is on duty.');
  const form = await soon(() => one(root, 'form.c-ask'));
  await soon(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
  expect(one<HTMLInputElement>(form, 'input[role=combobox]').value).toBe(TOM.name);
  expect(one<HTMLInputElement>(form, 'input[type=date]').value).toBe('2027-03-12');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await soon(() => expect(form.textContent).toContain('Write what you want to know.'));
  await userEvent.keyboard('Who is it in March?');
  await userEvent.fill(one<HTMLInputElement>(form, 'input[type=date]'), '2027-03-01');
  await userEvent.click(one(form, 'button[type=submit]'));
  await soon(() => expect(form.textContent).toContain('This day is over.'));
  await expectAccessible(root);
  await press('Cancel');
  await press('Ask about: Tell them beforehand who is on duty.');
  const again = await soon(() => one(root, 'form.c-ask'));
  expect(one<HTMLTextAreaElement>(again, 'textarea').value).toBe('Who is it in March?');
  await userEvent.click(one(again, 'button[type=submit]'));
  await soon(() => expect(root.querySelector('form.c-ask')).toBeNull());
  expect(server.sent.at(-1)).toEqual({
    line: 'POST /v1/inquiries',
    body: {
      id: expect.any(String),
      ...{ to: TOM.id, question: 'Who is it in March?', due: '2027-03-12' },
      ...{ review: REVIEW, finding: 'f2', standard: null, subject: null },
    },
  });
  expect(localStorage).toHaveLength(0);
});

test('what was shown of older ones stays when something comes in', async () => {
  server.inquiries = Array.from({ length: 5 }, (_, at) =>
    sampleInquiry(20 - at, { question: `Question ${5 - at}?` }),
  );
  const { ask } = server;
  server.ask = async (path, init) => {
    const url = new URL(path, 'http://console.example');
    const answer = await ask(path, init);
    if (url.pathname !== '/v1/inquiries') return answer;
    const list = (await answer.json()) as { inquiries: { id: string }[] };
    const before = url.searchParams.get('before');
    const from = before === null ? 0 : list.inquiries.findIndex(({ id }) => id === before) + 1;
    const inquiries = list.inquiries.slice(from, from + 2);
    const isLast = from + 2 >= list.inquiries.length;
    return Response.json({ ...list, inquiries, next: isLast ? null : inquiries.at(-1)?.id });
  };
  const { root } = await open('#/inquiries', '.c-asked');
  const asked = () => [...root.querySelectorAll('.c-asked-question')].map((it) => it.textContent);
  await press('Show older ones');
  await soon(() => expect(asked()).toHaveLength(4));
  server.inquiries = [sampleInquiry(30, { question: 'A new one?' }), ...server.inquiries];
  server.server.poke();
  await soon(() => expect(asked()[0]).toBe('A new one?'));
  expect(asked()).toHaveLength(4);
  await press('Show older ones');
  await soon(() => expect(asked()).toHaveLength(6));
});

test('where the answer was lost, asking again asks no second time, in a new tab either', async () => {
  const { ask } = server;
  let isLost = true;
  server.ask = async (path, init) => {
    const answer = await ask(path, init);
    if (init?.method !== 'POST' || !isLost) return answer;
    isLost = false;
    throw new TypeError('Failed to fetch');
  };
  const before = server.inquiries.length;
  const first = await open(`#/reviews/${REVIEW}`, '.c-review-finding');
  await press('Ask about: Tell them beforehand who is on duty.');
  const form = await soon(() => one(first.root, 'form.c-ask'));
  await userEvent.fill(one<HTMLTextAreaElement>(form, 'textarea'), 'Who is it in March?');
  await userEvent.click(one(form, 'button[type=submit]'));
  await soon(() => expect(form.textContent).toContain('cannot be reached'));
  first.root.remove();
  const { root } = await open(`#/reviews/${REVIEW}`, '.c-review-finding');
  await press('Ask about: Tell them beforehand who is on duty.');
  await soon(() => one(root, 'form.c-ask'));
  await userEvent.click(one(root, 'form.c-ask button[type=submit]'));
  await soon(() => expect(root.querySelector('form.c-ask')).toBeNull());
  expect(server.inquiries).toHaveLength(before + 1);
});

test.each([
  [375, 'light'],
  [1440, 'dark'],
] as const)(
  '%i px wide, %s: the list and one of them are whole, axe finds nothing',
  async (width, scheme) => {
    document.documentElement.style.colorScheme = scheme;
    await page.viewport(width, 900);
    const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter';
    server.inquiries = [{ ...LATE, question: `${long}?`, byName: long, by: 'x' }, OPEN];
    const { root, go } = await open('#/inquiries', '.c-asked');
    const whole = async () => {
      const scroller = one(root, '.c-page');
      expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth);
      await expectAccessible(root);
    };
    await whole();
    go(`#/inquiries/${LATE.id}`);
    await soon(() => expect(root.querySelector('.c-asked-one')).not.toBeNull());
    await whole();
    expect(server.me).toBe(MIRA);
  },
);
