import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App, Signed } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { ConsoleWordsContext, en as consoleEn } from '../../src/console/words.ts';
import { en, WordsContext } from '../../src/ui/index.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import * as german from './german.ts';
import { placeAt } from './place.ts';
import { type SampleServer, sampleRow, sampleServer, TWICE } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 800);
});

async function open(server: SampleServer, hash = '#/') {
  const at = placeAt(hash);
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={at.place} />);
  root.style.blockSize = '100%';
  await soon(() => expect(root.querySelector('.c-shell, .c-alone a, [role=alert]')).toBeTruthy());
  return { root, ...at };
}

async function openRegister(count: number, hash = '#/') {
  const server = sampleServer(count);
  const opened = await open(server, hash);
  await soon(() => expect(opened.root.querySelector('.c-row-link, .u-empty')).toBeTruthy());
  return { server, ...opened };
}

function rowOf(element: Element | null): string | null | undefined {
  return element?.closest('tr')?.getAttribute('aria-rowindex');
}

describe('the gate', () => {
  test('leads to signing in and back to the same place', async () => {
    const server = sampleServer(0);
    server.instead = () =>
      Response.json({ error: 'not-signed-in', message: 'Sign in to see this.' }, { status: 401 });
    const { root } = await open(server, '#/?kind=risk');
    const href = one<HTMLAnchorElement>(root, 'a').getAttribute('href') ?? '';
    const next = new URL(href, 'http://x.example').searchParams.get('next');
    expect(next).toBe('/?at=%23%2F%3Fkind%3Drisk');
    await expectAccessible(root);
  });

  test('comes up when the session ends while a page is open', async () => {
    const { root, server, go } = await openRegister(5);
    server.instead = () => new Response('', { status: 401 });
    go('#/people');
    await soon(() => expect(root.textContent).toContain('You are signed out'));
  });
});

describe('the register', () => {
  test('draws only the rows in sight of 1,000, and reads on when scrolled', async () => {
    const { root, server } = await openRegister(1000);
    expect(root.textContent).toContain('1,000 entries');
    expect(root.querySelectorAll('.c-row-link').length).toBeLessThan(60);
    const scroller = one(root, '.c-scroll');
    await soon(() => {
      scroller.scrollTop = scroller.scrollHeight;
      expect(rowOf([...root.querySelectorAll('.c-row-link')].at(-1) ?? null)).toBe('1001');
    });
    expect(root.querySelectorAll('.c-row-link').length).toBeLessThan(60);
    const reads = server.requests.filter(({ line }) => line.startsWith('GET /v1/register'));
    expect(reads).toHaveLength(5);
  });

  test('shows the customer’s words in the serif, ours in the sans', async () => {
    const { root } = await openRegister(20);
    expect(getComputedStyle(one(root, '.c-quote .u-said')).fontFamily).toContain('ui-serif');
    expect(getComputedStyle(one(root, '.c-text')).fontFamily).toContain('system-ui');
  });

  test('j and k move, however fast they come', async () => {
    const { root } = await openRegister(300);
    await userEvent.keyboard('jjj');
    await soon(() => expect(rowOf(document.activeElement)).toBe('4'));
    await userEvent.keyboard('k');
    await soon(() => expect(rowOf(document.activeElement)).toBe('3'));
    // Enter is the browser's own: it follows the link that has the focus.
    expect(document.activeElement?.getAttribute('href')).toMatch(/^#\/record\//);
    await expectAccessible(root);
  });

  test('the row with the focus stays when it is scrolled away', async () => {
    const { root } = await openRegister(1000);
    await userEvent.keyboard('jj');
    await soon(() => expect(rowOf(document.activeElement)).toBe('3'));
    const focused = document.activeElement;
    one(root, '.c-scroll').scrollTop = 4_000;
    await soon(() => expect(root.querySelector('[aria-rowindex="110"]')).toBeTruthy());
    expect(document.activeElement).toBe(focused);
    await userEvent.keyboard('j');
    await soon(() => expect(rowOf(document.activeElement)).toBe('4'));
    await soon(() => expect(one(root, '.c-scroll').scrollTop).toBeLessThan(200));
  });

  test('a letter typed into a filter is no command', async () => {
    const { root, visited } = await openRegister(30);
    await userEvent.keyboard('/');
    const words = one<HTMLInputElement>(root, 'input[type=search]');
    expect(document.activeElement).toBe(words);
    await userEvent.keyboard('jk');
    expect(words.value).toBe('jk');
    await soon(() => expect(root.textContent).toContain('Nothing fits these filters.'));
    expect(visited).toEqual([]);
  });

  test('filters stand in the address and in the request', async () => {
    const { root, server, place } = await openRegister(100);
    await userEvent.click(one(root, '.c-kind[data-kind=risk]'));
    await userEvent.selectOptions(one(root, '.c-filter-row select'), 'implied');
    expect(place.location.hash).toBe('#/?kind=risk&class=implied');
    await soon(() => expect(server.requests.at(-1)?.line).toContain('kind=risk&class=implied'));
  });

  test('days are asked for as instants of the reader’s own day', async () => {
    const { server } = await openRegister(10, '#/?from=2027-01-05&to=2027-01-05');
    const read = server.requests.find(({ line }) => line.startsWith('GET /v1/register'));
    const query = new URL(read?.line.slice(4) ?? '', 'http://x.example').searchParams;
    const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
    expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000 - 1);
    expect(new Date(from).getHours()).toBe(0);
  });

  test('empty: says what to do next', async () => {
    const { root } = await openRegister(0);
    expect(one(root, '.u-empty').textContent).toMatch(/Open a mail.*press E/);
    await expectAccessible(root);
  });
});

describe('live', () => {
  test('new rows come in above without moving what is being read', async () => {
    const { root, server } = await openRegister(400);
    const scroller = one(root, '.c-scroll');
    scroller.scrollTop = 37 * 50;
    const place = () => {
      const row = [...root.querySelectorAll('tr')].find((it) => it.innerHTML.includes('00015d'));
      return row?.getBoundingClientRect().top;
    };
    await soon(() => expect(place()).toBeDefined());
    const before = place();
    server.rows = [sampleRow(402), sampleRow(401), sampleRow(400), ...server.rows];
    server.poke();
    const button = await soon(() => one<HTMLButtonElement>(root, '.c-bar [role="status"] button'));
    expect(button.textContent).toBe('3 new');
    expect(place()).toBe(before);
    await userEvent.click(button);
    await soon(() => expect(root.querySelector('[aria-rowindex="2"]')).toBeTruthy());
    expect(root.querySelector('.c-bar [role="status"] button')).toBeNull();
    expect(root.textContent).toContain('403 entries');
  });

  test('a restarted server: says since when, connects again, catches up', async () => {
    const { root, server } = await openRegister(3);
    await soon(() => expect(one(root, '.c-foot').textContent).toBe('Up to date'));
    server.instead = (path) => (path === '/v1/pokes' ? 'offline' : null);
    server.drop();
    await soon(() => expect(one(root, '.c-foot').textContent).toMatch(/^Offline since \d\d:\d\d/));
    server.rows = [sampleRow(3), ...server.rows];
    server.instead = null;
    await soon(() => expect(root.textContent).toContain('4 entries'));
    expect(one(root, '.c-foot').textContent).toBe('Up to date');
  });

  test('what was not there at first is read once the server is back', async () => {
    const server = sampleServer(3);
    let away = true;
    server.instead = (path) => (away && path !== '/v1/me' ? 'offline' : null);
    const { root } = await open(server);
    await soon(() => expect(root.textContent).toContain('cannot be reached'));
    await expectAccessible(root);
    away = false;
    await soon(() => expect(root.textContent).toContain('3 entries'));
  });
});

describe('a record', () => {
  const hash = `#/record/expectation/${sampleRow(11).id}`;

  test('shows the quote, who said it, the card, and every change with its number', async () => {
    const { root } = await openRegister(30, hash);
    const panel = one(root, '.c-panel');
    await soon(() => expect(panel.querySelector('.c-history')).toBeTruthy());
    const row = sampleRow(11);
    expect(one(panel, 'blockquote').textContent).toBe(row.quote);
    expect(one(panel, 'figcaption').textContent).toContain('Sample Person');
    expect(one(panel, '.c-card').textContent).toContain('OwnerSample Tom');
    expect(one(panel, '.c-card').textContent).toContain(`Customer${row.customer?.name}`);
    const [newest, first] = panel.querySelectorAll('.c-history li');
    expect(newest?.textContent).toMatch(/Sample Tom.*Sample desk, Firefox · no\. 57/);
    expect(newest?.textContent).toContain('reached the server');
    expect(first?.textContent).toContain('no. 41');
    await expectAccessible(root);
  });

  test('shows what two wrote at the same time, the one that counts first', async () => {
    const row = sampleRow(13);
    const { root } = await openRegister(30, `#/record/${row.kind}/${TWICE}`);
    const panel = one(root, '.c-panel');
    const conflict = await soon(() => one(panel, '.c-conflict'));
    expect(conflict.textContent).toContain('written by two at the same time');
    const [shown, other] = conflict.querySelectorAll('dl > div');
    expect(shown?.textContent).toMatch(/^Shown now:.*Sample Tom/s);
    expect(other?.textContent).toMatch(/^Also written:Certificates on paper\..*Sample Mira/s);
    await expectAccessible(root);
  });

  test('only a web address becomes a link, and it tells nobody where one came from', async () => {
    const server = sampleServer(30);
    const { root } = await open(server, hash);
    const link = await soon(() => one<HTMLAnchorElement>(root, '.c-source'));
    expect(link.rel).toContain('noreferrer');
    const hostile = sampleServer(30);
    hostile.rows = hostile.rows.map((row) => ({
      ...row,
      quote: '<img src=x onerror=alert(1)>',
      source: { url: 'javascript:alert(1)', subject: null, from: null, sentAt: null },
    }));
    const other = await open(hostile, hash);
    await soon(() => expect(other.root.querySelector('.c-panel blockquote')).toBeTruthy());
    expect(other.root.querySelector('.c-source, a[href^="javascript"], img')).toBeNull();
    expect(one(other.root, '.c-panel').textContent).toContain('not opened from here');
  });

  test.each([
    ...([['en', /by \u2068مينا Sample\u2069, brought in by Sample Mira/]] as const),
    ...([['de', /verfasst von \u2068مينا Sample\u2069, aus einer Datei eingebracht von/]] as const),
  ])('says who wrote what somebody else brought in from a file, in %s', async (lang, says) => {
    const server = sampleServer(30);
    server.rows = server.rows.map((row) =>
      row.id === sampleRow(11).id
        ? { ...row, author: { id: row.author.id, name: 'Sample Mira' }, writtenBy: 'مينا Sample' }
        : row,
    );
    const root = draw(
      <WordsContext.Provider value={lang === 'de' ? german.shared : en}>
        <ConsoleWordsContext.Provider value={lang === 'de' ? german.console : consoleEn}>
          <Signed client={createClient(server.ask)} ask={server.ask} place={placeAt(hash).place} />
        </ConsoleWordsContext.Provider>
      </WordsContext.Provider>,
    );
    const head = await soon(() => one(root, '.c-panel header'));
    await soon(() => expect(head.textContent).toMatch(says));
    const writers = [...root.querySelectorAll<HTMLElement>('.c-table td.c-author')];
    const told = writers.filter(({ title }) => title.includes('مينا Sample'));
    expect(told.map((cell) => cell.textContent)).toEqual([told[0]?.title]);
    expect(told[0]?.title).toContain('Sample Mira');
    // All others say nothing but their author.
    const others = writers.filter((cell) => !told.includes(cell));
    expect(others.length).toBeGreaterThan(5);
    expect(others.every((cell) => /^Sample \S+$/.test(cell.textContent ?? ''))).toBe(true);
    await expectAccessible(root);
  });

  test('on a phone, whoever wrote a row leaves room for whom it is about', async () => {
    await page.viewport(375, 800);
    const server = sampleServer(30);
    server.rows = server.rows.map((row) => ({ ...row, writtenBy: 'Sample Ines '.repeat(20) }));
    const { root } = await open(server);
    await soon(() => {
      const cells = [...root.querySelectorAll('td.c-customer')].filter((it) => it.textContent);
      expect(cells.length).toBeGreaterThan(3);
      for (const cell of cells) expect(cell.clientWidth).toBeGreaterThan(100);
    });
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(375);
  });

  test('Escape closes it; the filters stay', async () => {
    const { root, place } = await openRegister(30, `${hash}?kind=expectation`);
    await soon(() => expect(root.querySelector('.c-panel .c-history')).toBeTruthy());
    await userEvent.keyboard('{Escape}');
    await soon(() => expect(root.querySelector('.c-panel')).toBeNull());
    expect(place.location.hash).toBe('#/?kind=expectation');
    await soon(() => expect(document.activeElement?.className).toBe('c-row-link'));
  });

  test('one that is gone says so', async () => {
    const { root } = await openRegister(3, '#/record/note/nothing');
    await soon(() => expect(one(root, '.c-panel').textContent).toContain('This entry is gone.'));
  });
});

test.each([
  ['#/', '.c-row-link'],
  [`#/record/expectation/${sampleRow(11).id}`, '.c-history'],
  ['#/people', '.c-plain'],
  ['#/import', '.c-drop'],
  ['#/settings', '.c-setting'],
])('%s is clean for axe and no wider than a phone, light and dark', async (hash, ready) => {
  await page.viewport(375, 720);
  for (const scheme of ['light', 'dark']) {
    document.documentElement.style.colorScheme = scheme;
    const { root } = await open(sampleServer(30), hash);
    await soon(() => expect(root.querySelector(ready)).toBeTruthy());
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(375);
    await expectAccessible(root);
    root.remove();
  }
});

test.each([1280, 375])(
  'in a language a third longer, labels wrap and nothing is cut at %i px',
  async (width) => {
    await page.viewport(width, 800);
    const server = sampleServer(50);
    const { place } = placeAt('#/?class=implied');
    const root = draw(
      <WordsContext.Provider value={german.shared}>
        <ConsoleWordsContext.Provider value={german.console}>
          <Signed client={createClient(server.ask)} ask={server.ask} place={place} />
        </ConsoleWordsContext.Provider>
      </WordsContext.Provider>,
    );
    await soon(() => expect(root.querySelector('.c-row-link')).toBeTruthy());
    if (width < 640) await userEvent.click(one(root, '.c-filters-open button'));
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    const labels = root.querySelectorAll<HTMLElement>(
      '.u-label, .u-button, .c-kind, nav a, .c-scroll:not([data-layout=stacked]) th, td.c-class',
    );
    const cut = [...labels].filter(
      (it) => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 1,
    );
    expect(cut.map((it) => it.textContent)).toEqual([]);
  },
);
