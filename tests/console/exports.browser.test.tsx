// Exporting in the console: what is chosen, how its making is seen, and the page of exports.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/ui/theme.css';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { FORMATS } from '../../src/console/exports/wish.ts';
import { TABLES } from '../../src/export/columns.ts';
import { FORMATS as SERVER_FORMATS } from '../../src/server/exports/wish.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { MIRA, SampleExports, TOM, wishOf } from './sample-exports.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';
import { PROJECT, SampleStory } from './sample-story.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  localStorage.clear();
  await page.viewport(1280, 1000);
});

interface Opened {
  readonly root: HTMLElement;
  readonly exports: SampleExports;
  readonly server: SampleServer;
  readonly go: (hash: string) => void;
}

async function open(
  at: string,
  exports = new SampleExports(),
  server = sampleServer(60),
): Promise<Opened> {
  const ask = exports.over(server.ask);
  const { place, go } = placeAt(at);
  const root = draw(<App client={createClient(ask)} ask={ask} place={place} />);
  await soon(() => one(root, 'main h1'));
  return { root, exports, server, go };
}

async function openDialog(at = '#/', exports = new SampleExports()): Promise<Opened> {
  const opened = await open(at, exports);
  await soon(() => expect(opened.root.querySelector('.c-bar')?.textContent).toMatch(/entr/));
  await userEvent.click(page.getByRole('button', { name: 'Export', exact: true }));
  await soon(() => one(opened.root, 'dialog[open]'));
  return opened;
}

const dialogOf = (root: Element) => one<HTMLDialogElement>(root, 'dialog');
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
/** As a click does, also where it is told that it may not: the button says why. */
const make = () => one<HTMLElement>(document, 'dialog footer .u-button-primary').click();
const choose = (format: string) =>
  userEvent.click(one(document, `.c-export-formats label:has([value="${format}"])`));
const asked = ({ exports }: Opened) =>
  (exports.bodies('POST /v1/export-jobs') as { wish: object }[]).map(({ wish }) => wish);
/** Asked so often, and the form has given way to the job. */
const isAsked = (opened: Opened, times: number) =>
  soon(() => {
    expect(asked(opened)).toHaveLength(times);
    one(opened.root, '.c-export-job');
  });
const order = (root: Element) =>
  [...root.querySelectorAll('.c-export-columns li label')].map((it) => it.textContent);
const openPart = (root: Element, name: RegExp) => {
  const found = [...root.querySelectorAll('summary')].find((it) => name.test(it.textContent));
  if (!found) throw new Error(`nothing to open is called ${name}`);
  return userEvent.click(found);
};

test('there are no formats that the server does not have', () => {
  for (const [what, formats] of Object.entries(FORMATS)) {
    expect(SERVER_FORMATS[what as keyof typeof FORMATS], what).toEqual(
      expect.arrayContaining([...formats]),
    );
  }
});

describe('the dialog', () => {
  test('says what is exported, by which filters, and asks for exactly that', async () => {
    const opened = await openDialog('#/?kind=risk,praise&class=implied&q=alarm');
    const { root } = opened;
    const dialog = dialogOf(root);
    expect(dialog.textContent).toContain('Kind: Risk, Praise');
    expect(dialog.textContent).toContain('Class: Implied');
    expect(dialog.textContent).toContain('Words: alarm');
    expect(dialog.textContent).toMatch(/Shown there: \d+ entr/);
    expect(document.activeElement).not.toBe(document.body);
    expect(dialog.contains(document.activeElement)).toBe(true);
    await expectAccessible(root);
    await choose('csv');
    make();
    await isAsked(opened, 1);
    expect(asked(opened)[0]).toMatchObject({
      ...{ what: 'register', format: 'csv' },
      filter: { kind: 'risk,praise', class: 'implied', q: 'alarm' },
    });
  });

  test('days are those of the reader, and names stand for ids', async () => {
    const customer = '00000000-0000-7000-8000-0000000000c0';
    const opened = await openDialog(`#/?customer=${customer}&from=2027-01-05`);
    await soon(() => expect(dialogOf(opened.root).textContent).toContain('Customer: Sample Foods'));
    expect(dialogOf(opened.root).textContent).toContain('From: 5 Jan 2027, 00:00');
    make();
    await isAsked(opened, 1);
    const [wish] = asked(opened) as { filter: { from: string } }[];
    expect(wish?.filter.from).toBe(new Date('2027-01-05T00:00:00').toISOString());
  });

  test('by keyboard: opened, a format, made, downloaded, closed; the focus comes back', async () => {
    const { root, exports } = await open('#/');
    await soon(() => one(root, '.c-row-link'));
    const opener = [...root.querySelectorAll<HTMLElement>('.c-bar .u-button')].at(-1);
    opener?.focus();
    await userEvent.keyboard('{Enter}');
    await soon(() => one(root, 'dialog[open] .c-export-formats'));
    one<HTMLInputElement>(root, '.c-export-formats input:checked').focus();
    await userEvent.keyboard('{ArrowDown}');
    await soon(() =>
      expect(one<HTMLInputElement>(root, '.c-export-formats input:checked').value).toBe('csv'),
    );
    one<HTMLElement>(root, 'dialog footer .u-button-primary').focus();
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(exports.jobs).toHaveLength(1));
    await soon(() => expect(document.activeElement?.tagName).toBe('H2'));
    exports.now({ state: 'done', rows: 60, bytes: 12_345, fileName: 'unsaid-sample.csv' });
    await soon(() => expect(document.activeElement?.textContent).toBe('Download'));
    expect(document.activeElement?.getAttribute('href')).toBe('/v1/export-jobs/j1/file');
    await userEvent.keyboard('{Escape}');
    await soon(() => expect(root.querySelector('dialog')).toBeNull());
    expect(opener?.textContent).toBe('Export');
    expect(document.activeElement).toBe(opener);
  });

  test('gives way when one goes back: the page behind it is another', async () => {
    const { root, go } = await openDialog('#/?kind=risk');
    go('#/?kind=praise');
    await soon(() => expect(root.querySelector('dialog')).toBeNull());
  });

  test('keys that are pressed in it are no commands of the page', async () => {
    const { root } = await openDialog();
    one<HTMLElement>(root, 'dialog footer .u-button-primary').focus();
    await userEvent.keyboard('j/');
    expect(dialogOf(root).contains(document.activeElement)).toBe(true);
  });
});

describe('columns', () => {
  const COLUMNS = /^Columns/;

  test('are left out, and put in order by Alt and the arrow keys and by the arrows', async () => {
    const opened = await openDialog();
    const { root } = opened;
    await openPart(root, COLUMNS);
    const [first = '', second = '', third = ''] = order(root);
    const boxes = () => [...root.querySelectorAll<HTMLInputElement>('.c-export-columns input')];
    boxes()[0]?.focus();
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(order(root).slice(0, 3)).toEqual([second, first, third]);
    expect(document.activeElement).toBe(boxes()[1]);
    expect(one(root, '.c-export-columns [role=status]').textContent).toBe(
      `${first} is now 2 of ${boxes().length}.`,
    );
    await userEvent.click(button(`${third}: up`));
    expect(order(root).slice(0, 3)).toEqual([second, third, first]);
    await userEvent.keyboard(' ');
    expect(boxes()[1]?.checked).toBe(false);
    await expectAccessible(root);
    make();
    await isAsked(opened, 1);
    // The usual ones are of the register; the third is left out, the first two have changed places.
    const usual = TABLES.register[0].columns.filter(({ extra }) => !extra).map(({ key }) => key);
    const [first_, two, , ...rest] = usual;
    expect((asked(opened)[0] as { columns?: string[] }).columns).toEqual([two, first_, ...rest]);
  });

  test('are dragged to another place', async () => {
    const { root } = await openDialog();
    await openPart(root, COLUMNS);
    const before = order(root);
    const rows = [...root.querySelectorAll('.c-export-columns li')];
    const grip = one(rows[0] as Element, '.c-export-grip');
    const box = grip.getBoundingClientRect();
    const at = (clientY: number) => ({
      ...{ clientX: box.x + 5, clientY, pointerId: 1, bubbles: true, cancelable: true },
    });
    grip.setPointerCapture = () => undefined;
    grip.dispatchEvent(new PointerEvent('pointerdown', at(box.y + 5)));
    const third = (rows[2] as Element).getBoundingClientRect();
    grip.dispatchEvent(new PointerEvent('pointermove', at(third.y + 5)));
    grip.dispatchEvent(new PointerEvent('pointerup', at(third.y + 5)));
    await soon(() =>
      expect(order(root)).toEqual([before[1], before[2], before[0], ...before.slice(3)]),
    );
  });

  test('with none there is nothing to be made, and why is said', async () => {
    const opened = await openDialog();
    await openPart(opened.root, COLUMNS);
    const boxes = opened.root.querySelectorAll<HTMLInputElement>('.c-export-columns input');
    for (const box of boxes) {
      if (!box.checked) continue;
      box.click();
      await soon(() => expect(one(opened.root, 'dialog summary').textContent).toMatch(/: \d/));
    }
    await soon(() => expect(opened.root.textContent).toContain('Choose at least one column.'));
    make();
    expect(asked(opened)).toEqual([]);
    await userEvent.click(button('The usual ones'));
    make();
    await isAsked(opened, 1);
    expect(asked(opened)[0]).not.toHaveProperty('columns');
  });

  test('are not asked for where the format keeps everything', async () => {
    const { root } = await openDialog();
    await choose('ndjson');
    await soon(() => expect(root.querySelector('.c-export-columns')).toBeNull());
    expect([...root.querySelectorAll('dialog summary')]).toEqual([]);
  });
});

test('a column that is not usual is offered and taken; other languages name the columns', async () => {
  const opened = await openDialog();
  const { root } = opened;
  await openPart(root, /^Columns/);
  expect(one(root, 'dialog summary').textContent).toBe('Columns: the usual 15');
  await userEvent.click(page.getByRole('checkbox', { name: 'Channel' }));
  await soon(() => expect(one(root, 'dialog summary').textContent).toBe('Columns: 16'));
  await openPart(root, /^More/);
  await userEvent.selectOptions(page.getByLabelText('Headings'), 'de');
  await soon(() => expect(order(root)).toContain('Kanal'));
  make();
  await isAsked(opened, 1);
  expect((asked(opened)[0] as { columns?: string[] }).columns?.at(-1)).toBe('channel');
});

test('of a workbook each table’s columns are chosen, and a table without one is left out', async () => {
  const opened = await open('#/exports');
  const { root } = opened;
  await userEvent.click(button('Calls and their tags'));
  await soon(() => one(root, 'dialog[open] .c-export-formats'));
  await choose('xlsx');
  await openPart(root, /^Columns: the usual ones of 2 tables/);
  await openPart(root, /^Call tags?: the usual|^Tags: the usual/);
  await userEvent.click(page.getByRole('checkbox', { name: 'Span (ms)' }));
  await soon(() => expect(root.textContent).toContain('Columns: chosen in 2 tables'));
  await expectAccessible(root);
  make();
  await isAsked(opened, 1);
  const [first] = asked(opened) as { columns: string[] }[];
  const [calls, tags] = TABLES.calls.map(({ key, columns }) =>
    columns.filter(({ extra }) => !extra).map((column) => `${key}.${column.key}`),
  );
  expect(first?.columns).toEqual([
    ...(calls ?? []),
    ...(tags ?? []).filter((key) => key !== 'tags.span'),
  ]);
});

test('of several tables a CSV has one, which is chosen; its columns are not asked of others', async () => {
  const opened = await open('#/exports');
  await userEvent.click(button('Calls and their tags'));
  await soon(() => one(opened.root, 'dialog[open] .c-export-formats'));
  expect(opened.root.textContent).not.toContain('Which table');
  await choose('csv');
  await userEvent.selectOptions(page.getByLabelText('Which table'), 'tags');
  await openPart(opened.root, /^Columns/);
  await userEvent.click(page.getByRole('checkbox', { name: 'Span (ms)' }));
  make();
  await isAsked(opened, 1);
  const [tags] = asked(opened) as { filter: object; columns: string[] }[];
  expect(tags?.filter).toEqual({ table: 'tags' });
  expect(tags?.columns).not.toContain('span');
  await userEvent.click(button('Cancel'));
  await userEvent.click(button('Change what I chose'));
  await choose('xlsx');
  make();
  await isAsked(opened, 2);
  expect(asked(opened)[1]).not.toHaveProperty('columns');
});

describe('what was chosen', () => {
  test('is saved under a name, for the team, taken again, changed, deleted and put back', async () => {
    const opened = await openDialog();
    const { root, exports } = opened;
    await choose('csv');
    await openPart(root, /^More/);
    await userEvent.selectOptions(page.getByLabelText('Between the cells'), ';');
    await userEvent.click(button('Save this choice…'));
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(root.textContent).toContain('Give it a name.'));
    await userEvent.keyboard('For Excel');
    await userEvent.click(page.getByLabelText('Everybody in the workspace sees it'));
    await userEvent.click(button('Save'));
    await soon(() => expect(root.textContent).toContain('Saved as “For Excel”.'));
    expect(exports.choices[0]).toMatchObject({
      ...{ name: 'For Excel', shared: true },
      wish: { what: 'register', format: 'csv', separator: ';', filter: {} },
    });
    const saved = page.getByLabelText('As saved');
    await choose('markdown');
    await userEvent.selectOptions(saved, '');
    await userEvent.selectOptions(saved, 'For Excel');
    await soon(() =>
      expect(one<HTMLInputElement>(root, '.c-export-formats input:checked').value).toBe('csv'),
    );
    await choose('xlsx');
    await userEvent.click(button('Save it as “For Excel” again'));
    await soon(() => expect(exports.choices[0]?.wish.format).toBe('xlsx'));
    await userEvent.click(button('Delete this saved choice'));
    await soon(() => expect(exports.choices).toEqual([]));
    await userEvent.click(button('Undo'));
    await soon(() => expect(exports.choices[0]?.name).toBe('For Excel'));
  });

  test('of a colleague is taken as it is; who may not share sees no box for it', async () => {
    const exports = new SampleExports();
    exports.choices = [
      {
        ...{ id: 'c1', name: 'Tom’s', shared: true, by: TOM },
        wish: wishOf({ format: 'csv', language: 'keys', columns: ['id', 'quote'] }),
      },
      { id: 'c2', name: 'Of calls', shared: false, by: MIRA, wish: wishOf({ what: 'calls' }) },
    ];
    const server = sampleServer(3);
    server.role = 'annotator';
    const opened = await open('#/', exports, server);
    await soon(() => one(opened.root, '.c-row-link'));
    await userEvent.click(button('Export'));
    const saved = page.getByLabelText('As saved');
    await soon(() => expect(saved.element().textContent).toContain('Tom’s · shared by Sample Tom'));
    expect(saved.element().textContent).not.toContain('Of calls');
    await userEvent.selectOptions(saved, 'c1');
    expect(opened.root.textContent).not.toContain('Delete this saved choice');
    await userEvent.click(button('Save this choice…'));
    expect(opened.root.textContent).not.toContain('Everybody in the workspace sees it');
    make();
    await isAsked(opened, 1);
    expect(asked(opened)[0]).toMatchObject({ language: 'keys', columns: ['id', 'quote'] });
  });

  test('is offered the next time in this browser', async () => {
    const first = await openDialog();
    await choose('markdown');
    make();
    await isAsked(first, 1);
    await userEvent.click(button('Close'));
    await userEvent.click(button('Export'));
    await soon(() =>
      expect(one<HTMLInputElement>(first.root, '.c-export-formats input:checked').value).toBe(
        'markdown',
      ),
    );
  });
});

describe('a job', () => {
  test('shows rows and time left, and is cancelled', async () => {
    const { root, exports } = await openDialog();
    make();
    await soon(() => expect(root.textContent).toContain('Waiting for its turn'));
    exports.now({ state: 'running', rows: 12_000, of: 214_000, secondsLeft: 130 });
    await soon(() =>
      expect(root.textContent).toContain('12,000 of 214,000 rows · about 2 minutes left'),
    );
    expect(one<HTMLProgressElement>(root, 'progress').value).toBeCloseTo(12 / 214, 3);
    await expectAccessible(root);
    exports.now({ of: null, secondsLeft: null });
    await soon(() => expect(root.textContent).toContain('12,000 rows so far'));
    expect(one<HTMLProgressElement>(root, 'progress').position).toBe(-1);
    await userEvent.click(button('Cancel'));
    await soon(() => expect(root.textContent).toContain('Cancelled after 12,000 rows.'));
    expect(exports.asked.at(-2)?.line).toBe('DELETE /v1/export-jobs/j1');
  });

  test('that fails says why and is begun again with the same wish', async () => {
    const opened = await openDialog();
    const { root, exports } = opened;
    make();
    await soon(() => expect(exports.jobs).toHaveLength(1));
    exports.now({ state: 'failed', words: 'The disk of the server is full.' });
    await soon(() => expect(one(root, '[role=alert]').textContent).toContain('disk of the server'));
    await expectAccessible(root);
    await userEvent.click(button('Again'));
    await isAsked(opened, 2);
    expect(asked(opened)[1]).toEqual(asked(opened)[0]);
    await soon(() => expect(root.textContent).toContain('Waiting for its turn'));
  });

  test('that is refused leaves what was chosen', async () => {
    const opened = await openDialog();
    const { root, exports } = opened;
    const message = '5 of your exports are waiting already. Cancel one, or wait.';
    exports.refuses = Response.json({ error: 'too-many', message }, { status: 409 });
    await choose('markdown');
    make();
    await soon(() => expect(root.textContent).toContain(message));
    expect(root.textContent).toContain('What you chose stays.');
    exports.refuses = 'offline';
    make();
    await soon(() => expect(asked(opened)).toHaveLength(2));
    await soon(() => expect(root.textContent).not.toContain(message));
    exports.refuses = null;
    make();
    await soon(() => expect(root.textContent).toContain('Waiting for its turn'));
    expect(asked(opened).at(-1)).toMatchObject({ format: 'markdown' });
  });
});

describe('where it begins', () => {
  const withStory = (change: Partial<SampleStory['story']> = {}) => {
    const server = sampleServer(3);
    const story = { ...new SampleStory(3).story, ...change };
    server.instead = (path) => (path === '/v1/story' ? Response.json(story) : null);
    return server;
  };

  test('a story is exported by whose it is', async () => {
    const opened = await open(`#/story/project/${PROJECT}`, new SampleExports(), withStory());
    await soon(() => one(opened.root, '.c-st-tools'));
    await userEvent.click(button('Export'));
    await soon(() => expect(dialogOf(opened.root).textContent).toContain('Project: Cold store'));
    expect([...dialogOf(opened.root).querySelectorAll('[value=webvtt]')]).toEqual([]);
    make();
    await isAsked(opened, 1);
    expect(asked(opened)[0]).toMatchObject({ what: 'story', filter: { project: PROJECT } });
  });

  test('a call has its tags as subtitles besides', async () => {
    const server = withStory({ unit: 'call' });
    const opened = await open(`#/story/call/${PROJECT}`, new SampleExports(), server);
    await soon(() => one(opened.root, '.c-st-tools'));
    await userEvent.click(button('Export its tags'));
    await soon(() => one(opened.root, 'dialog .c-export-formats'));
    await choose('webvtt');
    make();
    await isAsked(opened, 1);
    expect(asked(opened)[0]).toMatchObject({
      ...{ what: 'calls', format: 'webvtt', filter: { call: PROJECT } },
    });
  });

  test('a story that is read blind is not: it would tell the names', async () => {
    const server = withStory({ blind: true });
    const { root } = await open(`#/story/project/${PROJECT}`, new SampleExports(), server);
    await soon(() => one(root, '.c-st-tools'));
    expect(one(root, '.c-st-tools').textContent).toContain('Print');
    expect(one(root, '.c-st-tools').textContent).not.toContain('Export');
  });

  test('draws lead to the audit', async () => {
    const opened = await open('#/draws');
    await userEvent.click(button('Export'));
    await soon(() => expect(dialogOf(opened.root).textContent).toContain('Export: Audit'));
    make();
    await isAsked(opened, 1);
    expect(asked(opened)[0]).toMatchObject({ what: 'audit', format: 'xlsx', filter: {} });
  });
});

describe('evidence', () => {
  test('leaves out fields, records and customers', async () => {
    const { root, exports } = await open('#/exports');
    await userEvent.click(button('An evidence bundle'));
    await soon(() => one(root, 'dialog .c-export-leave'));
    await userEvent.click(page.getByRole('checkbox', { name: /\(text\)/ }));
    await userEvent.fill(page.getByLabelText(/^Other fields/), 'note.label, no field!');
    await soon(() => expect(root.textContent).toContain('“field!” is no field.'));
    make();
    expect(exports.jobs).toEqual([]);
    await userEvent.fill(page.getByLabelText(/^Other fields/), 'note.label');
    await userEvent.fill(page.getByLabelText('Leave another customer out'), 'Sample Foods');
    await userEvent.keyboard('{Enter}');
    await soon(() => one(root, '.c-export-customers li'));
    const id = '00000000-0000-7000-8000-00000000000a';
    await userEvent.fill(
      page.getByLabelText(/^Records without/),
      `https://unsaid.example/#/record/note/${id}?kind=risk`,
    );
    await expectAccessible(root);
    make();
    await soon(() => expect(exports.jobs).toHaveLength(1));
    expect(exports.jobs[0]?.wish).toMatchObject({
      ...{ what: 'evidence', format: 'zip', hide: ['text', 'note.label'], filter: {} },
      ...{ without: [`note/${id}`] },
      withoutCustomers: ['00000000-0000-7000-8000-0000000000c0'],
    });
  });
});

describe('the page', () => {
  test('has one’s files: running, ready, failed; they are downloaded, cancelled, thrown away', async () => {
    const exports = new SampleExports();
    exports.jobs = [
      exports.job({ state: 'running', rows: 500, of: 1_000, secondsLeft: 20 }),
      exports.job({
        ...{ state: 'done', rows: 60, bytes: 12_345, fileName: 'unsaid-sample.csv' },
        endsAt: '2027-03-01T08:00:00Z',
      }),
      exports.job({ state: 'failed', words: 'The disk of the server is full.' }),
    ];
    const { root } = await open('#/exports', exports);
    const table = await soon(() => one(root, '.c-exports-jobs'));
    expect(table.textContent).toContain('500 of 1,000 rows · less than a minute left');
    expect(table.textContent).toContain('60 rows, 12 kB');
    expect(table.textContent).toContain('Kept until 1 Mar 2027.');
    expect(one(table, 'a[download]').getAttribute('href')).toBe('/v1/export-jobs/j2/file');
    await expectAccessible(root);
    await userEvent.click(button('Cancel: Register'));
    await soon(() => expect(table.textContent).toContain('Cancelled after 500 rows.'));
    await userEvent.click(button('Throw away unsaid-sample.csv'));
    await soon(() => expect(table.textContent).not.toContain('12 kB'));
    await userEvent.click(button('Again: Register').last());
    await soon(() => expect(exports.bodies('POST /v1/export-jobs')).toEqual([{ wish: wishOf() }]));
  });

  test('plans exports that come again: made, changed, paused, deleted', async () => {
    const { root, exports } = await open('#/exports');
    await soon(() => expect(root.textContent).toContain('Nothing is exported by itself.'));
    await userEvent.click(button('Plan one'));
    await userEvent.click(button('Plan it'));
    await soon(() => expect(root.textContent).toContain('Give it a name.'));
    await userEvent.fill(page.getByLabelText('Name'), 'Weekly');
    await userEvent.selectOptions(page.getByLabelText('How often'), 'month');
    await userEvent.selectOptions(page.getByLabelText('On the'), '31');
    await userEvent.selectOptions(page.getByLabelText('At', { exact: true }), '4');
    await userEvent.selectOptions(page.getByLabelText('What'), 'register');
    await expectAccessible(root);
    await userEvent.click(button('Plan it'));
    const table = await soon(() => one(root, '.c-exports-plans'));
    expect(exports.bodies('POST /v1/export-schedules')[0]).toMatchObject({
      ...{ name: 'Weekly', every: 'month', onDay: 31, hour: 4, keep: 7 },
      wish: { what: 'register', format: 'xlsx' },
    });
    expect(table.textContent).toContain('Every month, 31. at 04:00');
    await userEvent.click(button('Pause: Weekly'));
    await soon(() => expect(table.textContent).toContain('Paused'));
    await userEvent.click(button('Change: Weekly'));
    await userEvent.fill(page.getByLabelText('Name'), 'Monthly');
    await userEvent.selectOptions(page.getByLabelText('How often'), 'day');
    await userEvent.click(button('Save'));
    await soon(() => expect(table.textContent).toContain('Every day at 04:00'));
    expect(exports.schedules[0]).toMatchObject({ name: 'Monthly', onDay: 0, paused: true });
    await userEvent.click(button('Delete: Monthly'));
    await userEvent.click(button('Delete it'));
    await soon(() => expect(root.textContent).toContain('Nothing is exported by itself.'));
  });

  test('says how the last time of a schedule went', async () => {
    const exports = new SampleExports();
    const plan = {
      ...{ every: 'week' as const, onDay: 1, hour: 3, zone: 'Europe/Oslo', keep: 7, paused: false },
      ...{ wish: wishOf({ what: 'workspace', format: 'ndjson' }), by: MIRA, next: null },
    };
    const last = { rows: 1_234, words: null, startedAt: '2027-02-24T14:10:00Z' };
    exports.schedules = [
      { ...plan, id: 's1', name: 'Good', last: { ...last, id: 'l1', state: 'done', path: 'x' } },
      {
        ...{ ...plan, id: 's2', name: 'Bad' },
        last: { ...last, id: 'l2', state: 'failed', words: 'Whoever made it may not any more.' },
      },
    ];
    const { root } = await open('#/exports', exports);
    const table = await soon(() => one(root, '.c-exports-plans'));
    const [, good, bad] = [...table.querySelectorAll('tr')].map((row) => row.textContent);
    expect(good).toContain('Every week, Monday at 03:00, Europe/Oslo');
    expect(good).toContain('1,234 rows');
    expect(bad).toContain('failed. Whoever made it may not any more.');
    expect(one(table, 'a').getAttribute('href')).toBe('/v1/export-jobs/l1/file');
    await expectAccessible(root);
  });

  test('a schedule whose button is pressed twice at once is run once, and again afterwards', async () => {
    const exports = new SampleExports();
    exports.schedules = [
      {
        ...{ every: 'week', onDay: 1, hour: 3, zone: 'Europe/Oslo', keep: 7, paused: false },
        ...{ wish: wishOf({ what: 'workspace', format: 'ndjson' }), by: MIRA, next: null },
        ...{ id: 's1', name: 'Good', last: null },
      },
    ];
    const { root } = await open('#/exports', exports);
    const run = await soon(() => one(root, '[aria-label="Run now: Good"]'));
    const asked = () => exports.bodies('POST /v1/export-schedules/s1/runs').length;
    const read = () => exports.bodies('GET /v1/export-schedules').length;
    const before = read();
    run.click();
    run.click();
    await soon(() => expect(read()).toBeGreaterThan(before));
    expect(asked()).toBe(1);
    run.click();
    await soon(() => expect(asked()).toBe(2));
  });

  test('an annotator sees their files and the verifier, nothing of others', async () => {
    const server = sampleServer(3);
    server.role = 'annotator';
    const { root, exports } = await open('#/exports', new SampleExports(), server);
    await soon(() => expect(root.textContent).toContain('no file waits for you'));
    expect([...root.querySelectorAll('h2')].map((it) => it.textContent)).toEqual([
      'Take something with you',
      'Your files',
      'Check a bundle',
    ]);
    expect([...root.querySelectorAll('.c-exports-take button')]).toHaveLength(1);
    expect(one(root, 'a[href="/unsaid-verify.html"]').textContent).toContain('verifier page');
    expect(exports.asked.map(({ line }) => line)).toEqual(['GET /v1/export-jobs']);
    await expectAccessible(root);
  });
});

describe.each([
  [375, 'light'],
  [375, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
])('%i px wide, %s', (width, scheme) => {
  beforeEach(async () => {
    await page.viewport(width, 900);
    document.documentElement.style.colorScheme = scheme;
  });

  test('the dialog is no wider than the page, all of it can be read and reached', async () => {
    const exports = new SampleExports();
    exports.choices = [
      {
        ...{ id: 'c1', shared: true, by: TOM, wish: wishOf() },
        name: 'Kundenerwartungsverzeichnis für die Geschäftsführungsbesprechung',
      },
    ];
    const { root } = await openDialog(
      '#/?kind=expectation,grievance&q=Kalibrierzertifikate',
      exports,
    );
    const dialog = dialogOf(root);
    await soon(() => one(dialog, '.u-choice select'));
    await choose('csv');
    await expectAccessible(root);
    await openPart(root, /^Columns/);
    await openPart(root, /^More/);
    await expectAccessible(root);
    const body = one(dialog, '.c-export-body');
    expect(body.scrollWidth).toBeLessThanOrEqual(body.clientWidth);
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    expect([left >= 0, right <= width, top >= 0, bottom <= 900]).toEqual([true, true, true, true]);
    const last = one(dialog, 'footer').getBoundingClientRect();
    expect(last.bottom).toBeLessThanOrEqual(900);
  });

  test('the page of exports too', async () => {
    const exports = new SampleExports();
    const long = 'Kundenerwartungsverzeichnis-Geschäftsführungsbesprechung';
    exports.jobs = [
      exports.job({ state: 'running', rows: 500, of: 1_000, secondsLeft: 20 }),
      exports.job({ state: 'done', rows: 60, bytes: 12_345, fileName: `${long}.csv` }),
      exports.job({ state: 'failed', words: 'The disk of the server is full.' }),
    ];
    exports.schedules = [
      {
        ...{ id: 's1', name: long, wish: wishOf({ what: 'workspace', format: 'ndjson' }) },
        ...{ every: 'month', onDay: 31, hour: 3, zone: 'America/Argentina/Buenos_Aires' },
        ...{ keep: 7, paused: true, by: MIRA, last: null, next: null },
      },
    ];
    exports.log = [
      {
        ...{ id: 'e1', at: '2027-02-24T14:10:00Z', what: 'register', format: 'csv', rows: 1_200 },
        ...{ by: MIRA, columns: ['Kind', 'Quote'], filter: { kind: 'risk', q: '…' } },
      },
    ];
    const { root } = await open('#/exports', exports);
    await soon(() => one(root, '.c-exports-log tbody tr'));
    const all = one(root, '.c-page');
    expect(all.scrollWidth).toBeLessThanOrEqual(all.clientWidth);
    await expectAccessible(root);
    all.scrollTop = all.scrollHeight;
    await userEvent.click(button('Plan one'));
    expect(all.scrollWidth).toBeLessThanOrEqual(all.clientWidth);
    await expectAccessible(root);
  });
});
