// Finished reviews in the console: read, disputed by their owner, answered by the reviewer.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { REVIEW, SampleReviews, TOM } from './sample-reviews.ts';

let server: SampleReviews;
beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  localStorage.clear();
  server = new SampleReviews();
  await page.viewport(1280, 1000);
});

const now = () => new Date('2027-03-05T09:00:00');

async function open(at = `#/reviews/${REVIEW}`, shows = '.c-review-read') {
  const { place, go } = placeAt(at);
  const client = createClient(server.ask);
  const root = draw(<App {...{ client, place, now }} ask={server.ask} />);
  await soon(() => expect(root.querySelector(shows)).not.toBeNull());
  return { root, go };
}

function asOwner() {
  server.me = TOM;
  server.role = 'annotator';
  server.found.may = { correct: false, withdraw: false };
}

const press = (name: string) => userEvent.click(page.getByRole('button', { name }));
const standard = (root: ParentNode, id: string) => one(root, `[data-standard="${id}"]`);

describe('a review as it is read', () => {
  test('has both scores with what they are made of, and each standard with its targets', async () => {
    const { root } = await open();
    expect(one(root, 'h1').textContent).toBe('Cold store for Sample Foods, phase 1');
    const ours = one(root, '.c-review-score[data-side="ours"]').textContent;
    expect(ours).toContain('0 of 100');
    expect(ours).toContain('2 standards counted, 1 did not apply');
    expect(ours).toContain('A critical standard was missed');
    const theirs = one(root, '.c-review-score[data-side="theirs"]').textContent;
    expect(theirs).toContain('100 of 100');
    expect(theirs).toContain('1 not held against this');
    const hours = standard(root, 's2').textContent;
    for (const words of [
      'version 2 · weight 2',
      '6 working hours',
      'missed',
      'Nobody was on duty',
    ]) {
      expect(hours).toContain(words);
    }
    expect(hours).toContain('at most 4 working hours');
    expect(hours).toContain('at most 8 working hours');
    expect(standard(root, 's3').textContent).toContain('counts for nothing');
    expect(standard(root, 's3').textContent).toContain('No target of the customer’s is set.');
    expect(standard(root, 's4').textContent).toContain('Did not apply');
    await expectAccessible(root);
  });

  test('has findings with the words they are pinned to, and the way into the story', async () => {
    const { root } = await open();
    const [first, second] = [...root.querySelectorAll('.c-review-finding')];
    expect(first?.textContent).toContain('Nonconformity · Certificates before the audit');
    expect(first?.textContent).toContain('nobody told us until Monday morning');
    const team = one<HTMLAnchorElement>(root, '.c-review-top a[href^="#/session/project/"]');
    expect(team.hash).toContain(`review=${REVIEW}`);
    const link = one<HTMLAnchorElement>(first as Element, 'a[href^="#/story/"]');
    expect(decodeURIComponent(link.hash)).toMatch(/\?at=note\/.+\/2027-02-01T09:00:00Z$/);
    expect(second?.textContent).toContain('Opportunity for improvement');
    expect(second?.querySelector('a')).toBeNull();
  });

  test('is withdrawn with a reason, which stands above all; nothing can be said to it then', async () => {
    const { root } = await open();
    await press('Withdraw this review');
    await press('Withdraw it');
    expect(server.sent).toEqual([]);
    await userEvent.fill(page.getByRole('textbox', { name: 'Why it is withdrawn' }), 'Wrong one.');
    await press('Withdraw it');
    await soon(() => expect(one(root, '.c-review-note').textContent).toContain('Wrong one.'));
    expect(root.querySelector('.c-review-form')).toBeNull();
    expect([...root.querySelectorAll('button')].map((it) => it.textContent)).not.toContain('Ask');
  });
});

describe('its owner', () => {
  beforeEach(asOwner);

  test('says by keyboard of one standard that they do not agree, and why; before that nothing is sent', async () => {
    const { root } = await open();
    expect(root.textContent).toContain('This is about your work');
    expect(root.querySelector('a[href^="#/story/"]')).toBeNull();
    const row = standard(root, 's1');
    one<HTMLButtonElement>(row, '.c-review-exchange button').focus();
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(document.activeElement?.getAttribute('type')).toBe('radio'));
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await soon(() => expect(row.textContent).toContain('Choose one of the three.'));
    await userEvent.keyboard(' {ArrowRight}{ArrowRight}');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await soon(() => expect(row.textContent).toContain('Say why you do not agree.'));
    expect(server.sent).toEqual([]);
    await userEvent.keyboard('{Tab}They were in the mail of 4 May.');
    await expectAccessible(root);
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await soon(() => expect(row.querySelector('.c-review-said')).not.toBeNull());
    expect(server.sent.at(-1)?.body).toEqual({
      ...{ standard: 's1', stance: 'reject', reason: 'They were in the mail of 4 May.' },
    });
    expect(row.textContent).toContain('You do not agree');
    expect(row.textContent).toContain('The reviewer has not answered yet.');
    // Whoever says something has read it.
    expect(one(root, '.c-review-yours').textContent).toContain('You read it');
    expect(document.activeElement).toBe(one(row, '.c-review-exchange'));
    expect(localStorage).toHaveLength(0);
  });

  test('finds what was typed again after the page was closed, and when it could not be sent', async () => {
    const first = await open();
    await press('Say what you think of: How we sound');
    await userEvent.click(page.getByText('Partly', { exact: true }));
    await userEvent.fill(page.getByRole('textbox', { name: 'Why' }), 'It was a bad day');
    first.root.remove();
    const { root } = await open();
    const row = standard(root, 's3');
    await soon(() =>
      expect(one<HTMLTextAreaElement>(row, 'textarea').value).toBe('It was a bad day'),
    );
    server.instead = (line) => (line.startsWith('POST') ? 'offline' : null);
    await userEvent.click(one(row, 'button[type=submit]'));
    await soon(() => expect(root.textContent).toContain('What you wrote is still here.'));
    expect(one<HTMLTextAreaElement>(row, 'textarea').value).toBe('It was a bad day');
    server.instead = null;
    await userEvent.click(one(row, 'button[type=submit]'));
    await soon(() => expect(row.textContent).toContain('You agree partly'));
  });

  test('says that they have read it, without a word', async () => {
    const { root } = await open();
    await press('I have read it');
    await soon(() => expect(one(root, '.c-review-yours').textContent).toContain('You read it'));
    expect(server.sent.map(({ line }) => line)).toEqual([`POST /v1/reviews/${REVIEW}/acknowledge`]);
  });
});

test('the reviewer answers: it stands; said again, the score is changed, and all of it stays', async () => {
  const said = { review: REVIEW, standard: 's1', by: TOM.id, byName: TOM.name, answered: null };
  const more = { answeredByName: '', stance: 'reject' as const };
  server.disputes = [
    { ...said, ...more, id: 'd0', at: '2027-02-25T08:00:00Z', reason: 'They were there.' },
  ];
  const { root } = await open();
  const row = standard(root, 's1');
  expect(row.textContent).toContain('Sample Tom does not agree');
  await press('Answer what was said to: Certificates before the audit');
  await userEvent.click(page.getByText('It stands', { exact: true }));
  await userEvent.fill(page.getByRole('textbox', { name: 'Why' }), 'Not before the audit.');
  await press('Answer');
  await soon(() => expect(row.textContent).toContain('Sample Mira: It stands'));
  expect(server.sent.at(-1)?.body).toEqual({
    ...{ result: 'stands', text: 'Not before the audit.', score: null },
  });
  server.disputes.push({
    ...said,
    ...more,
    id: 'd1',
    at: '2027-02-27T08:00:00Z',
    reason: 'See May.',
  });
  server.server.poke();
  await soon(() => expect(row.textContent).toContain('See May.'));
  await press('Answer what was said to: Certificates before the audit');
  await userEvent.click(page.getByText('I change it', { exact: true }));
  await userEvent.click(one(row, '.c-review-rescore .u-segment-cell'));
  await userEvent.fill(page.getByRole('textbox', { name: 'Why' }), 'You are right.');
  await expectAccessible(root);
  await press('Answer');
  await soon(() => expect(row.textContent).toContain('Sample Mira: The score was changed'));
  expect(server.sent.at(-1)?.body).toMatchObject({
    ...{ result: 'changed', text: 'You are right.', score: { ours: 1, theirs: 1 } },
  });
  // Both, and what was answered to the first.
  expect(row.textContent).toContain('They were there.');
  expect(row.textContent).toContain('Not before the audit.');
  expect(one(root, '.c-review-top').textContent).toContain('Corrected after it was finished');
});

test('the list says how far each has got with its owner, finds, and says what is withdrawn', async () => {
  const { root, go } = await open('#/reviews', '.c-reviews');
  expect(root.querySelectorAll('tbody tr')).toHaveLength(2);
  expect(one(root, 'tbody tr').textContent).toContain('not read yet');
  expect(one(root, 'tr[data-withdrawn]').textContent).toContain('withdrawn');
  await userEvent.fill(page.getByRole('searchbox'), 'acme');
  await soon(() => expect(root.querySelectorAll('tbody tr')).toHaveLength(1));
  await expectAccessible(root);
  go(`#/reviews/${REVIEW}`);
  await soon(() => expect(root.querySelector('.c-review-read')).not.toBeNull());
});

test.each([
  [375, 'light', 'annotator'],
  [375, 'dark', 'manager'],
  [1440, 'dark', 'annotator'],
  [1440, 'light', 'manager'],
] as const)(
  '%i px wide, %s, for %s: nothing is cut and axe finds nothing',
  async (width, scheme, role) => {
    document.documentElement.style.colorScheme = scheme;
    await page.viewport(width, 900);
    if (role === 'annotator') asOwner();
    const said = { review: REVIEW, standard: 's1', by: TOM.id, byName: TOM.name };
    server.disputes = [
      {
        ...{ ...said, id: 'd0', at: '2027-02-25T08:00:00Z', stance: 'reject' },
        reason:
          'They were there: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter',
        answered: { result: 'stands', text: 'After it.', at: '2027-02-26T08:00:00Z', by: null },
        answeredByName: 'Sample Mira',
      },
      {
        ...{ ...said, id: 'd1', at: '2027-02-27T08:00:00Z', stance: 'partly', reason: 'Some.' },
        ...{ answered: null, answeredByName: '' },
      },
    ];
    const { root } = await open();
    const scroller = one(root, '.c-page');
    expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth);
    await expectAccessible(root);
  },
);
