import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/ui/theme.css';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { ndjsonText } from '../../src/export/records-file.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';

beforeEach(() => page.viewport(1280, 900));

const HEAD = {
  workspace: { id: '00000000-0000-7000-8000-00000000000f', name: 'Sample Office' },
  exportedAt: '2027-02-24T12:00:00.000Z',
  ...{ what: 'workspace', filter: {} },
};
const idOf = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const AUTHOR = idOf(0xa);

function record(n: number, fields: { [field: string]: string } = {}, kind = 'note') {
  const written = '2027-02-01T08:00:00.000Z';
  const said = { author: AUTHOR, written, visibility: 'workspace' } as const;
  return { kind, id: idOf(n), ...said, fields: { text: `Note ${n}`, ...fields } };
}

const fileOf = (text: string, name = 'office.ndjson') => new File([text], name);

async function open(server: SampleServer = sampleServer(0)) {
  const { place } = placeAt('#/import');
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelector('.c-page')).toBeTruthy());
  const button = (name: string | RegExp) =>
    soon(() => {
      const found = [...root.querySelectorAll('button')].find((it) =>
        typeof name === 'string' ? it.textContent === name : name.test(it.textContent ?? ''),
      );
      if (!found) throw new Error(`no button ${name}`);
      return found;
    });
  const choose = (file: File) => userEvent.upload(one(root, 'input[type=file]'), file);
  const says = (text: string) => soon(() => expect(root.textContent).toContain(text));
  return { root, server, button, choose, says };
}

/** What the file has of a kind: new, as here, otherwise here, with a problem. */
function countsOf(root: HTMLElement, kind: string): string[] {
  const row = [...root.querySelectorAll('.c-import-kinds tbody tr')].find(
    (it) => it.querySelector('th')?.textContent === kind,
  );
  return [...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent ?? '');
}

describe('a file of records', () => {
  test('is looked at whole, then imported as was chosen, and taken back', async () => {
    const { root, server, button, choose, says } = await open();
    server.imports.here.set(`note/${idOf(2)}`, JSON.stringify(record(2).fields));
    server.imports.here.set(`note/${idOf(3)}`, '{"text":"Ours"}');
    const records = [
      record(0xa, { name: 'Sample Ines' }, 'member'),
      ...[1, 2, 3].map((n) => record(n)),
      record(4, { label: 'nonsense' }),
      record(5, { name: 'Sample Foods' }, 'customer'),
      record(6, {}, 'review'),
    ];
    await choose(fileOf(ndjsonText(HEAD, records)));
    await says('From the workspace “Sample Office”, exported');
    expect(countsOf(root, 'Notes')).toEqual(['1', '1', '1', '1']);
    expect(countsOf(root, 'Customers')).toEqual(['1', '0', '0', '0']);
    expect(root.textContent).toContain('Not taken: People (1), Reviews (1).');
    expect(one<HTMLAnchorElement>(root, '.c-page a[href="#/exports"]').textContent).toBe(
      'evidence bundle',
    );
    expect(one(root, 'section:has(#c-problems) tbody').textContent).toContain('6');
    expect(root.textContent).toContain('note.label');
    expect(server.imports.taken).toEqual([]);
    await expectAccessible(root);

    await button('Import 2 records');
    await userEvent.click(
      [...root.querySelectorAll('.u-segment-cell')].find(
        (it) => it.textContent === 'Take the file’s',
      ) as HTMLElement,
    );
    await userEvent.click(await button('Import 3 records'));
    await says('2 records imported, 1 changed.');
    expect(root.textContent).toContain('1 is here already.');
    expect(root.textContent).toContain('1 had a problem and was left out.');
    const [sent] = server.imports.taken;
    expect(sent).toMatchObject({ take: 'file', part: 0 });
    expect(sent?.records.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    // Who wrote it is said by name: the id is nobody's here.
    expect(sent?.records[1]?.by).toBe('Sample Ines');

    server.imports.undoTakes = 3;
    await userEvent.click(await button('Take back'));
    await says('3 records of this import go again.');
    await expectAccessible(root);
    await userEvent.click(await button('Keep it'));
    await userEvent.click(await button('Take back'));
    await userEvent.click(await button('Take it back'));
    await says('3 records.');
    await says('Taken back');
    const asked = server.requests.filter(({ line }) => line.endsWith('/undo'));
    expect(asked).toHaveLength(3);
  });

  test('of thousands goes in parts, in their order, each row once', async () => {
    const { server, button, choose, says } = await open();
    const records = Array.from({ length: 2_300 }, (_, n) => record(n + 16));
    await choose(fileOf(ndjsonText(HEAD, records)));
    await userEvent.click(await button('Import 2,300 records'));
    await says('2,300 records imported.');
    const { taken, listed } = server.imports;
    expect(taken.length).toBeGreaterThan(4);
    expect(taken.map((one) => (one as unknown as { part: number }).part)).toEqual(
      taken.map((_, at) => at),
    );
    const rows = taken.flatMap((one) => one.records.map(({ row }) => row));
    expect(rows).toEqual(records.map((_, at) => at + 2));
    expect(listed[0]).toMatchObject({ created: 2_300, ended: true });
  });

  test('is stopped while it is looked at, and while it is imported', async () => {
    const { root, server, button, choose, says } = await open();
    let go = () => {};
    const held = () =>
      new Promise<void>((done) => {
        go = done;
      });
    server.imports.wait = held;
    const records = Array.from({ length: 1_200 }, (_, n) => record(n + 16));
    const file = fileOf(ndjsonText(HEAD, records));
    await choose(file);
    await says('Nothing is written yet.');
    await expectAccessible(root);
    await userEvent.click(await button('Stop'));
    await soon(() => expect(root.querySelector('progress')).toBeNull());
    go();
    server.imports.wait = async () => undefined;

    await choose(file);
    const run = await button('Import 1,200 records');
    server.imports.wait = held;
    await userEvent.click(run);
    await userEvent.click(await button('Stop'));
    await soon(() => expect(server.requests.at(-1)?.line).toContain('/records'));
    go();
    await says('You stopped it.');
    expect(server.imports.taken).toHaveLength(1);
    await says('Not finished');
  });

  test('that was cut off says so; what came before it can be imported', async () => {
    const { root, button, choose, says } = await open();
    const whole = ndjsonText(HEAD, [record(1), record(2), record(3)]);
    await choose(fileOf(whole.slice(0, whole.lastIndexOf('{"kind"'))));
    await says('The file ends too early');
    expect(countsOf(root, 'Notes')).toEqual(['2', '0', '0', '0']);
    await button('Import 2 records');
  });

  test.each([
    ['some other JSON', '{"hello":"world"}', 'This is no file of records'],
    [
      'of a newer version',
      '{"format":"unsaid-records","version":9}\n',
      'A newer version of Unsaid',
    ],
    ['a notebook', '{"format":"unsaid-notebook","version":1,"records":[]}', 'in the notebook'],
    ['no text', new Uint8Array([0x7b, 0xff, 0xfe, 0x0a]), 'no text in UTF-8'],
  ])('%s is told in words', async (_, content, words) => {
    const { root, choose, says } = await open();
    await choose(new File([content], 'file.json'));
    await says(words);
    expect(root.textContent).toContain('Nothing was imported.');
    await expectAccessible(root);
  });

  test('annotations of Hypothesis become notes', async () => {
    const { root, server, button, choose, says } = await open();
    const row = (id: string, text: string) => ({
      ...{ id, text, uri: 'https://mail.example/1', user: 'acct:ines@hypothes.is', tags: [] },
      created: '2027-01-05T08:00:00+00:00',
      target: [
        {
          source: 'https://mail.example/1',
          selector: [{ type: 'TextQuoteSelector', exact: 'by then', prefix: '', suffix: '' }],
        },
      ],
    });
    const file = JSON.stringify({ total: 2, rows: [row('aB1', 'Ask them'), row('aB2', 'Again')] });
    await choose(fileOf(file, 'hypothesis.json'));
    await says('Annotations of Hypothesis');
    expect(countsOf(root, 'Notes')).toEqual(['2', '0', '0', '0']);
    await userEvent.click(await button('Import 2 records'));
    await says('2 records imported.');
    const [sent] = server.imports.taken[0]?.records ?? [];
    expect(sent?.record.fields).toMatchObject({ text: 'Ask them' });
    expect(sent?.record.fields).not.toHaveProperty('customer');
    expect(JSON.stringify(sent?.record.fields)).toContain('by then');
  });

  test('annotations of Hypothesis are all about the customer that was chosen', async () => {
    const { root, server, button, choose, says } = await open();
    const row = { id: 'aB1', text: 'Ask them', uri: 'https://mail.example/1', user: '', tags: [] };
    await choose(fileOf(JSON.stringify({ total: 1, rows: [row] }), 'hypothesis.json'));
    await says('Customer of these notes');
    await expectAccessible(root);
    one<HTMLInputElement>(root, '.c-page [role=combobox]').focus();
    await userEvent.keyboard('Acme');
    await soon(() => expect(root.querySelector('[role=option]')?.textContent).toContain('Acme'));
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await userEvent.click(await button('Import 1 record'));
    await says('1 record imported.');
    const [sent] = server.imports.taken[0]?.records ?? [];
    expect(sent?.record.fields).toMatchObject({ customer: '00000000-0000-7000-8000-0000000000c2' });
  });

  test('a failure on the way says that what was taken stays', async () => {
    const { root, server, button, choose, says } = await open();
    const records = Array.from({ length: 900 }, (_, n) => record(n + 16));
    await choose(fileOf(ndjsonText(HEAD, records)));
    const run = await button('Import 900 records');
    server.instead = (path) =>
      path.endsWith('/records') && server.imports.taken.length > 0
        ? Response.json({ error: 'not-now', message: 'This import has ended.' }, { status: 409 })
        : null;
    await userEvent.click(run);
    await says('This import has ended.');
    expect(root.textContent).toContain('what is here already is passed over');
  });

  test.each([
    ['light', 375],
    ['dark', 375],
    ['light', 1440],
    ['dark', 1440],
  ])('%s, %i px wide: nothing is wider than the page', async (scheme, width) => {
    await page.viewport(width, 1000);
    document.documentElement.style.colorScheme = scheme;
    const { root, server, choose, says } = await open();
    server.imports.here.set(`note/${idOf(3)}`, '{"text":"Ours"}');
    const name = 'the-whole-workspace-of-the-sample-office-in-february-2027.ndjson';
    for (const [at, undo] of (['none', 'begun', 'done'] as const).entries()) {
      server.imports.listed.push({
        ...{ id: `p${at}`, at: '2027-02-20T09:00:00Z', name, format: at === 2 ? 'csv' : 'jsonld' },
        ...{ created: 12_345, changed: at * 7, same: 3, differs: 0, wrong: 1, left: 0 },
        ...{ by: { id: 'a1', name: 'Sample Mira' }, ended: at !== 1, undo },
        ...{ undoneAt: undo === 'done' ? '2027-02-21T09:00:00Z' : null, undone: 12_340, kept: 5 },
      });
    }
    const records = [
      ...[1, 2, 3].map((n) => record(n)),
      ...[4, 5, 6].map((n) => record(n, { label: 'nonsense' })),
      record(7, {}, 'expectation'),
      record(8, {}, 'review'),
      record(9, {}, 'audit'),
    ];
    await choose(fileOf(ndjsonText(HEAD, records), name));
    await says('What is in it');
    const whole = one(root, '.c-page');
    expect(whole.scrollWidth).toBeLessThanOrEqual(whole.clientWidth);
    await expectAccessible(root);
  });
});

test('what was imported so far is listed, also where it was nothing', async () => {
  const { says } = await open();
  await says('Nothing has been imported yet.');
});
