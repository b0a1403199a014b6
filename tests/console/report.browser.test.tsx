// The report of an audit: what it counts, what it leaves out, and how it stands on paper.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import type { Ask } from '../../src/console/pokes.ts';
import type { Report } from '../../src/console/report/answer.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { DRAW, sampleReport } from './sample-report.ts';
import { sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 900);
});

async function opened(report: Report) {
  const server = sampleServer(0);
  const ask: Ask = async (path, init) => {
    if (path === `/v1/reports/${DRAW}`) return Response.json(report);
    if (path === '/v1/log') {
      return Response.json({ checkpoint: 'sample.example/log\n50123\nzz\n\n— a b\n', key: 'k' });
    }
    return server.ask(path, init);
  };
  const { place } = placeAt(`#/report/${DRAW}`);
  const root = draw(<App client={createClient(ask)} ask={ask} place={place} />);
  await soon(() => one(root, '.c-report'));
  return root;
}

const section = (root: Element, name: string) =>
  [...root.querySelectorAll('section')].find(
    (one) => one.querySelector('h2')?.textContent === name,
  );
const textOf = (element: Element | undefined) =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const charts = (root: Element) => [...root.querySelectorAll('.c-chart svg')];

describe('twelve drawn, eleven reviewed', () => {
  test('it says what was reviewed, and every share with what it is of and its interval', async () => {
    const root = await opened(sampleReport(12, 11));
    expect(root.querySelector('h1')?.textContent).toBe('Audit report: Spring audit');
    expect(textOf(root)).toContain('11 of the 12 projects drawn are reviewed.');
    const short = textOf(section(root, 'In short'));
    // By hand: scores 88 and 87 of eleven are 80 or more; Wilson for 2 of 11 out of 60.
    expect(short).toContain('By our standard (a score of 80 or more)2 of 11 · 6–45 %');
    expect(short).toContain('With a nonconformity, or a critical standard missed4 of 11 · 16–62 %');
    expect(short).not.toMatch(/\d+ % \(/);
    const rows = root.querySelectorAll('.c-report-scores tbody tr');
    expect(rows).toHaveLength(12);
    expect(textOf(rows[11])).toContain('not reviewed yet');
    expect(textOf(section(root, 'What was said to the reviews'))).toContain(
      '1 score was not agreed with. 1 answered; 1 changed.',
    );
    expect(textOf(section(root, 'What is done about it'))).toContain('it helped · 2 Apr 2027');
    const proof = textOf(section(root, 'What proves it'));
    for (const hash of ['aa', 'bb', 'cc']) expect(proof).toContain(hash.repeat(32));
    expect(proof).toContain('sample.example/log 50123');
  });

  test('each chart says in words what it shows, and its table stands beside it', async () => {
    const root = await opened(sampleReport(12, 11));
    await soon(() => expect(charts(root)).toHaveLength(3));
    for (const chart of charts(root)) {
      const said = (name: string) =>
        document.getElementById(chart.getAttribute(name) ?? '')?.textContent ?? '';
      expect(said('aria-labelledby')).not.toBe('');
      expect(said('aria-describedby')).not.toBe('');
      expect(chart.querySelector('a')).toBeNull();
    }
    await expectAccessible(root);
  });

  test('the customer’s words are in the serif; nothing of them is markup', async () => {
    const root = await opened(sampleReport(12, 11));
    const quote = one(root, '.u-quote blockquote');
    expect(getComputedStyle(quote).fontFamily).toContain('serif');
    expect(getComputedStyle(one(root, 'td.c-theirs')).fontFamily).toMatch(/ui-serif|Georgia/);
    expect(getComputedStyle(one(root, 'td:not(.c-theirs)')).fontFamily).not.toMatch(/ui-serif/);
    expect(root.querySelector('b')).toBeNull();
    expect(textOf(root)).toContain('Retrofit <b>hall 7</b>');
  });

  test('at 375 px nothing is wider than the page', async () => {
    await page.viewport(375, 800);
    const root = await opened(sampleReport(12, 11));
    await soon(() => expect(charts(root)).toHaveLength(3));
    expect(one(root, '.c-page').scrollWidth).toBeLessThanOrEqual(375);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(375);
    await expectAccessible(root);
  });
});

test('the head of what did not apply stands in two lines at most, as wide as a sheet', async () => {
  const root = await opened(sampleReport(12, 11));
  one(root, '.c-report').style.inlineSize = '640px';
  const [head] = [...root.querySelectorAll('.c-report-standards thead th')].slice(-1);
  const words = document.createRange();
  words.selectNodeContents(head as Element);
  const lines = new Set([...words.getClientRects()].map(({ top }) => Math.round(top)));
  expect(lines.size).toBeLessThanOrEqual(2);
});

test('while it is printed, charts are as wide as a sheet, whatever the screen', async () => {
  await page.viewport(375, 800);
  const root = await opened(sampleReport(12, 11));
  await soon(() => expect(charts(root)).toHaveLength(3));
  const widths = () => charts(root).map((chart) => Number(chart.getAttribute('width')));
  const before = widths();
  let printed: number[] = [];
  const print = vi.spyOn(window, 'print').mockImplementation(() => {
    window.dispatchEvent(new Event('beforeprint'));
    printed = widths();
    window.dispatchEvent(new Event('afterprint'));
  });
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  expect(print).toHaveBeenCalledOnce();
  expect(Math.min(...printed)).toBeGreaterThan(500);
  expect(widths()).toEqual(before);
  print.mockRestore();
});

describe('how many there are', () => {
  test('none drawn', async () => {
    const root = await opened(sampleReport(0));
    expect(textOf(root)).toContain('Nothing is to be reviewed in this draw.');
    expect(section(root, 'What was found')).toBeUndefined();
    expect(charts(root)).toHaveLength(0);
  });

  test('none reviewed: nothing is said to have been found, or not found', async () => {
    const root = await opened(sampleReport(5, 0));
    expect(textOf(root)).toContain('None of the 5 projects drawn is reviewed yet.');
    expect(textOf(root)).not.toContain('Nothing was found');
    expect(section(root, 'In short')).toBeUndefined();
  });

  test('one', async () => {
    const root = await opened(sampleReport(1));
    expect(textOf(root)).toContain('The one project drawn is reviewed.');
    expect(textOf(root)).toContain('With fewer than ten, read every share with care.');
  });

  test('two hundred are shown by how many have which score, and one by one in the table', async () => {
    const root = await opened(sampleReport(200, 190));
    await soon(() => expect(charts(root)).toHaveLength(3));
    expect(root.querySelectorAll('.c-report-scores tbody tr')).toHaveLength(200);
    expect(textOf(root)).toContain('How many have which score, in steps of 10');
  });
});

test('where figures about one person are off, it is said, and no owner column is there', async () => {
  const report = sampleReport(12, 11);
  const bare: Report = {
    ...{ ...report, perPerson: false },
    subjects: report.subjects.map((subject) => ({
      ...{ ...subject, owner: null },
      reviews: subject.reviews.map((review) => ({
        ...{ ...review, reviewer: null, seconds: null },
        disputes: review.disputes.map((one) => ({ ...one, byName: null, answeredByName: null })),
      })),
    })),
  };
  const root = await opened(bare);
  expect(textOf(root)).toContain('Figures about single people are switched off');
  expect(textOf(root)).not.toContain('Time spent');
  const heads = [...root.querySelectorAll('.c-report-scores thead th')].map(textOf);
  expect(heads).not.toContain('Owner');
  expect(textOf(one(root, '.c-report-scores tbody'))).not.toContain('Sample Mira');
  const said = textOf(section(root, 'What was said to the reviews'));
  expect(said).toContain('The owner does not agree');
  expect(said).not.toContain('Sample');
});

test('reviews that one may not see yet are counted, and said', async () => {
  const root = await opened({ ...sampleReport(12, 9), hidden: 2 });
  expect(textOf(root)).toContain(
    '2 reviews are not in this report: you have not finished your own',
  );
});

test('without a draw it says where to choose one; annotators are not led there', async () => {
  const { place } = placeAt('#/report');
  const { ask } = sampleServer(0);
  const root = draw(<App client={createClient(ask)} ask={ask} place={place} />);
  await soon(() => expect(textOf(root)).toContain('A report is of one draw.'));
});
