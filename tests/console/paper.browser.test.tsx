// What is printed of the register, and what stands in the margins of every sheet.
import { beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { cssString } from '../../src/domain/css-string.ts';
import { keepPaper } from '../../src/ui/paper.ts';
import { draw, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 900);
});

/** The register of so many, as it is on paper. */
async function opened(rows: number, hash = '#/') {
  const server = sampleServer(rows);
  const { place } = placeAt(hash);
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => one(root, '.c-table tbody tr'));
  return { root, server };
}

function printing() {
  let paper = '';
  let rows = 0;
  const print = vi.spyOn(window, 'print').mockImplementation(() => {
    window.dispatchEvent(new Event('beforeprint'));
    paper = one(document, '.c-register-paper').textContent ?? '';
    rows = document.querySelectorAll('.c-register-paper tbody tr').length;
    window.dispatchEvent(new Event('afterprint'));
  });
  return { print, told: () => ({ paper, rows }) };
}

test('the button prints all of the register, and nothing stays behind', async () => {
  await opened(700);
  const { print, told } = printing();
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await soon(() => expect(print).toHaveBeenCalledOnce());
  expect(told().rows).toBe(700);
  expect(told().paper).toContain('700 entries');
  expect(told().paper).not.toContain('the first');
  expect(document.querySelector('.c-register-paper')).toBeNull();
  expect(document.documentElement.dataset.printing).toBeUndefined();
  print.mockRestore();
});

test('the browser’s own printing takes what is loaded, and the paper says so', async () => {
  await opened(700);
  window.dispatchEvent(new Event('beforeprint'));
  const paper = one(document, '.c-register-paper');
  expect(paper.querySelectorAll('tbody tr')).toHaveLength(200);
  expect(one(paper, 'caption').textContent).toContain('the first 200 are here');
  window.dispatchEvent(new Event('afterprint'));
});

test('a server that is gone is said, and nothing is printed', async () => {
  const { root, server } = await opened(700);
  const { print } = printing();
  server.instead = () => 'offline';
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await soon(() => expect(root.textContent).toContain('cannot be reached'));
  expect(print).not.toHaveBeenCalled();
  print.mockRestore();
});

test('what customers are called cannot end the words in the margin', () => {
  const hostile = 'A "quoted" \\ name; } body { display: none } </style>\n/* مصنع 東京 */';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`p { --said: ${cssString(hostile)}; color: red }`);
  expect(sheet.cssRules).toHaveLength(1);
  const [rule] = sheet.cssRules;
  const probe = draw(<p />);
  const { style } = one(probe, 'p');
  style.content = (rule as CSSStyleRule).style.getPropertyValue('--said');
  // As the browser reads it: the name, with its spaces as one.
  const read = style.content.replace(/\\(["\\])/g, '$1').slice(1, -1);
  expect(read).toBe(hostile.replace(/\s+/g, ' '));
  expect([...cssString('x'.repeat(500))].length).toBeLessThan(100);
});

test('the margins are lent the title and the day that it is printed', () => {
  const before = document.title;
  keepPaper(window, 'en-GB', () => new Date('2027-02-24T09:12:00'));
  document.title = 'Audit report: Spring audit';
  window.dispatchEvent(new Event('beforeprint'));
  const { style } = document.documentElement;
  expect(style.getPropertyValue('--paper-title')).toBe('"Audit report: Spring audit"');
  expect(style.getPropertyValue('--paper-day')).toBe('"24 Feb 2027, 09:12"');
  document.title = before;
});
