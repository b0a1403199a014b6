// Insight in the console: charts that can be read, listened to and walked through by keyboard.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import type { Dot, Insight } from '../../src/console/insight/calls.ts';
import { svgText } from '../../src/console/insight/svg-file.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 1000);
});

const id = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const NAMES = ['Acme roll-out', 'مشروع العينة', 'Second site', 'Pilot', ''];

function dot(n: number, satisfaction: number, ours: number): Dot {
  const happy = satisfaction >= 70;
  const isOurs = ours >= 80;
  return {
    ...{ id: id(n), review: id(100 + n), name: NAMES[n % NAMES.length] ?? '', theirs: null },
    ...{ customer: 'Sample Foods', satisfaction, ours, at: 0 },
    quadrant: happy
      ? isOurs
        ? 'good'
        : 'happy-below-ours'
      : isOurs
        ? 'unhappy-above-ours'
        : 'poor',
  };
}

const DOTS = [dot(3, 20, 30), dot(1, 30, 90), dot(4, 80, 95), dot(0, 90, 55), dot(2, 100, 40)];
const month = (n: number) => Date.UTC(2027, n, 1);

function sample(change: Partial<Insight> = {}, dots: Dot[] | null = DOTS): Insight {
  const count = (quadrant: Dot['quadrant']) =>
    (dots ?? []).filter((one) => one.quadrant === quadrant).length;
  return {
    ...{ now: 0, unit: 'project', bound: { satisfaction: 70, ours: 80 }, days: 7 },
    ...{ span: { from: null, to: 0 }, perPerson: true, step: 'month' },
    story: {
      ...{ population: 40, reviewed: 7, placed: dots?.length ?? 0, noScore: 0, noWord: 2 },
      ...{ gone: 0, hidden: 0, undrawn: 0, strata: 0, fields: null, dots },
      quadrants: {
        good: count('good'),
        'happy-below-ours': count('happy-below-ours'),
        'unhappy-above-ours': count('unhappy-above-ours'),
        poor: count('poor'),
      },
    },
    classes: [
      { begin: month(0), group: 'stated', missed: 1, met: 2, exceeded: 0 },
      { begin: month(2), group: 'unstated', missed: 3, met: 0, exceeded: 2 },
    ],
    dimensions: [
      { begin: month(0), group: 'empathy', missed: 1, met: 2, exceeded: 0 },
      { begin: month(2), group: '', missed: 3, met: 0, exceeded: 2 },
    ],
    promises: [{ begin: month(0), kept: 18, broken: 1, overdue: 1, open: 4 }],
    grievances: [{ begin: month(1), inTime: 0, late: 20, waiting: 1, over: 0 }],
    improvements: {
      ...{ open: 2, overdue: 1, unchecked: 0, effective: 3, ineffective: 1, dropped: 0 },
    },
    ...change,
  };
}

const EMPTY = sample(
  {
    ...{ classes: [], dimensions: [], promises: [], grievances: [] },
    improvements: {
      ...{ open: 0, overdue: 0, unchecked: 0, effective: 0, ineffective: 0, dropped: 0 },
    },
  },
  [],
);

async function open(
  insight: Insight | (() => Response | 'offline'),
  at = '#/insight',
  role = 'manager',
) {
  const server = sampleServer(0);
  server.role = role;
  const asked: string[] = [];
  server.instead = (path) => {
    const found = /\/v1\/(insight|blind-spots)(\/reviewed)?(\?.*)?$/.exec(path);
    if (found === null) return null;
    if (found[1] === 'blind-spots') {
      return Response.json({ customers: 40, counts: { unanswered: 12 }, total: 12, rows: [] });
    }
    if (found[2] !== undefined) return Response.json({ total: 240, dots: DOTS.slice(3) });
    return typeof insight === 'function' ? insight() : Response.json(insight);
  };
  const { place, visited } = placeAt(at);
  const ask: typeof server.ask = (path, init) => {
    if (String(path).includes('/v1/insight')) asked.push(String(path));
    return server.ask(path, init);
  };
  const root = draw(<App client={createClient(ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelector('.c-page')).not.toBeNull());
  return { root, server, asked, visited };
}

/** Its text, with plain spaces. */
const textOf = (place: Element) => place.textContent.replaceAll('\u00a0', ' ');
const links = (root: Element) => [...root.querySelectorAll<SVGAElement>('.c-plot a')];
const drawn = (root: Element, count = 4) =>
  soon(() => expect(root.querySelectorAll('.c-plot')).toHaveLength(count));
const figure = (root: Element, title: string) => {
  const found = [...root.querySelectorAll<HTMLElement>('.c-figure')].find(
    (one) => one.querySelector('h2')?.textContent === title,
  );
  if (found === undefined) throw new Error(`no figure is called ${title}`);
  return found;
};
const STORY = 'How satisfied they are, against our own score';

describe('the page', () => {
  test('says each figure with what it is of and its interval, never a bare share', async () => {
    const { root } = await open(sample());
    await drawn(root);
    // 18 of 20: Wilson .699–.972; 0 of 20: 0–.161, as published.
    expect(textOf(root)).toContain('Promises kept: 90 % (18 of 20; 95 % interval 70–97 %)');
    expect(textOf(root)).toContain(
      'Grievances answered within 7 days: 0 % (0 of 20; 95 % interval 0–16 %). 1 still in time.',
    );
    // Of 40 projects 5 were looked at.
    expect(textOf(figure(root, STORY))).toContain(
      'Happy, but below our standard: 40 % (2 of 5; 95 % interval 13–76 %; few, so read it with care)',
    );
    expect(textOf(figure(root, STORY))).toContain('there are 40 projects in all');
    expect(textOf(figure(root, STORY))).toContain('2 reviewed of which no customer has said');
    await soon(() =>
      expect(textOf(figure(root, 'Blind spots'))).toContain(
        '30 % (12 of 40; all of them were looked at)',
      ),
    );
    for (const said of root.querySelectorAll('.c-figure p, .c-figure td')) {
      // What stands in brackets behind a share says what it is of.
      const bare = textOf(said).replace(/\d+ % \(\d[^)]* of [^)]*\)/g, '');
      expect(bare).not.toMatch(/\d %/);
    }
    await expectAccessible(root);
  });

  test('each chart is named and described, its parts are links or silent', async () => {
    const { root } = await open(sample());
    await drawn(root);
    for (const chart of root.querySelectorAll('.c-plot')) {
      const text = (name: string) =>
        document.getElementById(chart.getAttribute(name) ?? '')?.textContent ?? '';
      expect(text('aria-labelledby')).not.toBe('');
      expect(text('aria-describedby')).toMatch(/\d/);
      expect(chart.querySelector('style')).toBeNull();
      const isWalked = chart.querySelector('a') !== null;
      expect(chart.getAttribute('role')).toBe(isWalked ? 'group' : 'img');
    }
    expect(links(root).map((link) => link.getAttribute('aria-label'))[3]).toBe(
      'Acme roll-out, Sample Foods: satisfaction 90, our score 55. Happy, but below our standard.',
    );
    expect(links(root).at(2)?.getAttribute('aria-label')).toContain('Without a name');
  });

  test('quarters differ by shape, outcomes by pattern', async () => {
    const { root } = await open(sample());
    await drawn(root);
    const shapes = links(root).map((link) => one<SVGPathElement>(link, 'path').getAttribute('d'));
    // The last two stand in one quarter.
    expect(new Set(shapes).size).toBe(4);
    expect(shapes[3]).toBe(shapes[4]);
    const fills = [...root.querySelectorAll('.c-plot rect')].map((bar) => bar.getAttribute('fill'));
    expect(fills).toContain('url(#c-missed)');
    expect(fills).toContain('url(#c-exceeded)');
    expect(root.querySelectorAll('#c-missed')).toHaveLength(1);
  });
});

describe('the keyboard', () => {
  test('one stop, arrows from dot to dot, Enter opens the story', async () => {
    const { root } = await open(sample());
    await drawn(root);
    expect(links(root).filter((link) => link.getAttribute('tabindex') === '0')).toHaveLength(1);
    links(root)[0]?.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}');
    expect(document.activeElement).toBe(links(root)[3]);
    await soon(() => expect(one(root, '.c-pointed').textContent).toContain('Acme roll-out'));
    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(document.activeElement).toBe(links(root)[4]);
    await userEvent.keyboard('{ArrowLeft}');
    let went: string | null = null;
    root.addEventListener('click', (event) => {
      event.preventDefault();
      const link = (event.target as Element).closest('a');
      went = link?.getAttribute('href') ?? link?.getAttribute('xlink:href') ?? null;
    });
    await userEvent.keyboard('{Enter}');
    expect(went).toBe(`#/story/project/${id(0)}`);
    await userEvent.click(links(root)[4] as unknown as HTMLElement);
    expect(went).toBe(`#/story/project/${id(2)}`);
  });

  test('what is written meanwhile is drawn, and takes nobody’s place away', async () => {
    let insight = sample();
    const { root, server } = await open(() => Response.json(insight));
    await drawn(root);
    const before = links(root)[3];
    before?.focus();
    insight = sample({}, [dot(7, 10, 10), ...DOTS]);
    server.poke();
    await soon(() => expect(links(root)).toHaveLength(6));
    expect(document.activeElement).toBe(links(root)[4]);
    expect(document.activeElement).not.toBe(before);
  });
});

describe('tables and files', () => {
  test('each chart has its table, with the same figures, and a way to take both', async () => {
    const { root } = await open(sample(), `#/insight?customer=${id(1)}&period=all`);
    await drawn(root);
    const outcomes = figure(root, 'Missed, met and exceeded');
    await userEvent.click(one(outcomes, 'input[value=table]').closest('label') as HTMLElement);
    await soon(() => expect(one(outcomes, '.c-figure-table').checkVisibility()).toBe(true));
    expect(one(outcomes, '.c-chart').checkVisibility()).toBe(false);
    const rows = [...outcomes.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map(textOf),
    );
    expect(rows[0]?.slice(0, 5)).toEqual(['Jan 2027', 'Stated', '1', '2', '0']);
    expect(rows[1]?.[5]).toContain('60 % (3 of 5;');
    await userEvent.click(one(outcomes, 'input[value=dimensions]').closest('label') as HTMLElement);
    await soon(() => expect(textOf(outcomes)).toContain('Not said'));
    expect(one<HTMLAnchorElement>(outcomes, 'a[download]').getAttribute('href')).toBe(
      `/v1/insight/table.csv?customer=${id(1)}&table=dimensions`,
    );
    const story = figure(root, STORY);
    await userEvent.click(one(story, 'input[value=table]').closest('label') as HTMLElement);
    const table = one(story, '.c-figure-table');
    expect(table.querySelectorAll('tbody a')).toHaveLength(5);
    expect(table.querySelector('tbody tr')?.textContent).toContain('2');
    await expectAccessible(root);
  });

  test('a chart as a file needs nothing of the page', async () => {
    const { root } = await open(sample());
    await drawn(root);
    const chart = one<SVGSVGElement>(figure(root, STORY), '.c-plot');
    const text = svgText(chart, 'A title', 'What it <says> & means');
    expect(text).not.toContain('var(');
    expect(text).not.toContain('#/story');
    const read = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(read.querySelector('parsererror')).toBeNull();
    expect(read.querySelector('title')?.textContent).toBe('A title');
    expect(read.querySelector('desc')?.textContent).toBe('What it <says> & means');
    // Light, on white, whatever the theme is.
    expect(read.querySelector('rect')?.getAttribute('fill')).toBe('#fff');
    expect(read.querySelectorAll('path').length).toBeGreaterThan(5);
  });
});

describe('the list', () => {
  test('those happy, but below our standard, the lowest first, each with its review', async () => {
    const { root, visited } = await open(sample());
    await drawn(root);
    const list = one(root, '.c-insight-list');
    const rows = [...list.querySelectorAll('tbody tr')];
    expect(rows.map((row) => row.children[3]?.textContent)).toEqual(['40', '55']);
    expect(
      [...list.querySelectorAll('tbody a')].map((link) => link.getAttribute('href')).slice(0, 2),
    ).toEqual([`#/story/project/${id(2)}`, `#/reviews/${id(102)}`]);
    await userEvent.selectOptions(one<HTMLSelectElement>(list, 'select'), 'poor');
    await soon(() => expect(visited).toEqual(['#/insight?list=poor']));
    await soon(() =>
      expect(one(root, '.c-insight-list').querySelectorAll('tbody tr')).toHaveLength(1),
    );
  });

  test('too many for a dot each: fields, said so, each leading to its list', async () => {
    const many = sample();
    const fields = [
      { satisfaction: 70, ours: 50, count: 90_000 },
      { satisfaction: 95, ours: 95, count: 12 },
    ];
    const { root, asked } = await open(
      {
        ...many,
        story: { ...many.story, ...{ placed: 90_012, population: 100_000, dots: null, fields } },
      },
      '#/insight?list=70-50',
    );
    await drawn(root);
    expect(textOf(figure(root, STORY))).toContain('90,012 projects would hide each other as dots.');
    expect(links(root).map((link) => link.getAttribute('aria-label'))).toEqual([
      '90,000 projects: satisfaction 70 to 75, our score 50 to 55.',
      '12 projects: satisfaction 95 to 100, our score 95 to 100.',
    ]);
    const hrefs = links(root).map(
      (link) => link.getAttribute('href') ?? link.getAttribute('xlink:href'),
    );
    expect(hrefs[1]).toBe('#/insight?list=95-95');
    await soon(() => expect(asked.at(-1)).toContain('/v1/insight/reviewed?'));
    expect(asked.at(-1)).toContain('field=70-50');
    const list = one(root, '.c-insight-list');
    await soon(() => expect(list.querySelectorAll('tbody tr')).toHaveLength(2));
    expect(textOf(list)).toContain('2 of 240.');
    await userEvent.click(page.getByRole('button', { name: 'Show 100 more' }));
    await soon(() => expect(asked.at(-1)).toContain('offset=2'));
    await soon(() => expect(list.querySelectorAll('tbody tr')).toHaveLength(4));
    await expectAccessible(root);
  });
});

describe('filters', () => {
  test('stand in the address and in what is asked', async () => {
    const { root, asked, visited } = await open(sample());
    await drawn(root);
    expect(asked.some((path) => /\/v1\/insight\?from=\d{4}-\d\d-\d\d$/.test(path))).toBe(true);
    await userEvent.selectOptions(page.getByLabelText('Time'), 'all');
    await soon(() => expect(asked).toContain('/v1/insight'));
    await userEvent.selectOptions(page.getByLabelText('One dot is'), 'call');
    await soon(() => expect(visited.at(-1)).toBe('#/insight?unit=call&period=all'));
    await userEvent.fill(page.getByLabelText('Our standard: at least'), '101');
    await soon(() => expect(textOf(root)).toContain('A whole number from 0 to 100.'));
    await userEvent.fill(page.getByLabelText('Our standard: at least'), '65');
    await soon(() => expect(asked.at(-1)).toBe('/v1/insight?unit=call&ours=65'));
  });

  test('nothing of one person where that is switched off', async () => {
    const { root } = await open(sample({ perPerson: false }));
    await drawn(root);
    expect(textOf(root)).toContain('Figures about one person are switched off');
    expect([...root.querySelectorAll('label')].map((label) => label.textContent)).not.toContain(
      'Project’s owner',
    );
  });
});

describe('nothing, one, and failures', () => {
  test('an empty workspace says what to do', async () => {
    const story = { ...EMPTY.story, population: 0, reviewed: 0, noWord: 0 };
    const { root } = await open({ ...EMPTY, story });
    await soon(() => expect(textOf(root)).toContain('Nothing was reviewed yet in this time.'));
    expect(one(figure(root, STORY), 'a[href="#/draws"]').textContent).toBe('To the draws');
    expect(root.querySelector('.c-plot')).toBeNull();
    expect(textOf(root)).not.toContain('NaN');
    await expectAccessible(root);
  });

  test('one project', async () => {
    const only = sample({}, DOTS.slice(3, 4));
    const story = { ...only.story, population: 1, reviewed: 1, noWord: 0 };
    const { root } = await open({ ...EMPTY, story });
    await drawn(root, 2);
    expect(textOf(root)).toContain(
      '100 % (1 of 1; all of them were looked at; few, so read it with care)',
    );
    expect(links(root)).toHaveLength(1);
    links(root)[0]?.focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(links(root)[0]);
  });

  test('the server cannot be reached: said, and tried again', async () => {
    let is: 'offline' | 'there' = 'offline';
    const { root } = await open(() => (is === 'offline' ? is : Response.json(sample())));
    await soon(() => expect(root.querySelector('[role=alert]')).toBeTruthy());
    is = 'there';
    await userEvent.click(one<HTMLButtonElement>(root, '[role=alert] button'));
    await drawn(root);
    expect(root.querySelector('[role=alert]')).toBeNull();
  });

  test('annotators are told whose page it is, and nothing is asked', async () => {
    const { root, asked } = await open(sample(), '#/insight', 'annotator');
    await soon(() => expect(textOf(root)).toMatch(/managers/i));
    expect(asked).toEqual([]);
  });
});

test.each([
  [375, 'light'],
  [375, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
])('%i px wide, %s: nothing is wider than the page, all can be read', async (width, scheme) => {
  await page.viewport(width, 900);
  document.documentElement.style.colorScheme = scheme;
  const { root } = await open(sample());
  await drawn(root);
  const all = one(root, '.c-page');
  expect(all.scrollWidth).toBeLessThanOrEqual(all.clientWidth);
  await expectAccessible(root);
});
