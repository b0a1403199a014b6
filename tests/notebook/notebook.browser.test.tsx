import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fileWords } from '../../src/export/file-words.ts';
import { say } from '../../src/extension/notebook/words.ts';
import { expectAccessible, one, soon } from '../ui/draw.ts';
import { FakeNotebook, HALDEN, sampleRow } from './fake-notebook.ts';
import { open } from './open.tsx';

beforeEach(async () => {
  await page.viewport(1024, 900);
});

const count = (root: HTMLElement) => one(root, '.n-count').textContent?.trim();
const texts = (root: HTMLElement) =>
  [...root.querySelectorAll('.n-open')].map((each) => each.textContent);
const many = (length: number) => Array.from({ length }, (_, n) => sampleRow(n));

test('an empty notebook says what to do, and can take a file', async () => {
  const root = await open(new FakeNotebook());
  expect(one(root, '.u-empty').textContent).toContain(say.empty);
  expect(root.querySelector('table')).toBeNull();
  one(root, 'input[type="file"]');
  await expectAccessible(root);
});

test('of 100,000 records those in sight are in the document, wherever one scrolls to', async () => {
  const background = new FakeNotebook();
  background.rows = many(100_000);
  const root = await open(background);
  expect(count(root)).toBe('100,000 records.');
  await soon(() => expect(texts(root).length).toBeGreaterThan(5));
  expect(root.querySelectorAll('.n-row').length).toBeLessThan(80);
  const scroller = one(root, '.n-scroll');
  scroller.scrollTop = 37 * 61_803;
  await soon(() => expect(texts(root).join()).toContain('time 61804'));
  expect(root.querySelectorAll('.n-row').length).toBeLessThan(80);
  expect(one(root, 'table').getAttribute('aria-rowcount')).toBe('100001');
});

test('words and filters narrow the list; the words are marked; a search is kept and asked again', async () => {
  const background = new FakeNotebook();
  background.rows = [
    sampleRow(0, { words: 'Zertifikate <b>fehlen</b>' }),
    sampleRow(1, { words: 'the invoice is late' }),
    ...many(8).map((row) => ({ ...row, look: 'praise', kind: 'note' })),
  ];
  const root = await open(background);
  await userEvent.keyboard('/');
  await userEvent.keyboard('zertif');
  await soon(() => expect(count(root)).toBe('one record.'));
  expect(one(root, '.n-open mark').textContent).toBe('Zertifikate');
  expect(root.querySelector('.n-open b')).toBeNull();
  await userEvent.click(page.getByRole('button', { name: say.keep }));
  await userEvent.fill(page.getByLabelText(say.keepName), 'Missing certificates');
  await userEvent.keyboard('{Enter}');
  await userEvent.fill(page.getByLabelText(say.search, { exact: true }), '');
  await soon(() => expect(count(root)).toBe('10 records.'));
  await userEvent.selectOptions(page.getByLabelText(say.kind, { exact: true }), 'praise');
  await soon(() => expect(count(root)).toBe('8 records.'));
  await userEvent.click(page.getByRole('button', { name: 'Missing certificates', exact: true }));
  await soon(() => expect(count(root)).toBe('one record.'));
  await expectAccessible(root);
});

test('from the keyboard: walk, choose, open, close', async () => {
  const background = new FakeNotebook();
  background.rows = many(300);
  const root = await open(background);
  await soon(() => expect(texts(root).length).toBeGreaterThan(5));
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard('jjj');
  await soon(() => expect(document.activeElement?.textContent).toContain('time 3'));
  await userEvent.keyboard('x');
  await soon(() => expect(one(root, '.n-bulk').textContent).toContain(say.chosen(1)));
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(one(root, '.n-panel').textContent).toContain('time 3'));
  await userEvent.keyboard('{Escape}');
  await soon(() => expect(root.querySelector('.n-panel')).toBeNull());
  expect(document.activeElement?.textContent).toContain('time 3');
  await userEvent.keyboard('{End}');
  await soon(() => expect(document.activeElement?.textContent).toContain('time 300'));
  await expectAccessible(root);
});

test('what is chosen is changed after saying what that does, and can be undone', async () => {
  const background = new FakeNotebook();
  background.rows = many(12);
  const root = await open(background);
  await userEvent.click(page.getByRole('checkbox', { name: say.all }));
  await soon(() => expect(one(root, '.n-bulk').textContent).toContain(say.chosen(12)));
  const inBulk = page.getByRole('region', { name: say.bulk });
  await userEvent.selectOptions(inBulk.getByLabelText(say.setStage), 'asked');
  await soon(() => one(root, '.n-plan'));
  expect(one(root, '.n-plan').textContent).toContain(say.would(3));
  expect(one(root, '.n-plan').textContent).toContain(say.skipped['no-field'](9));
  expect(background.rows.some((row) => row.stage === 'asked')).toBe(false);
  await expectAccessible(root);
  await userEvent.click(page.getByRole('button', { name: say.doIt(3) }));
  await soon(() => expect(root.textContent).toContain(say.done(3)));
  expect(background.rows.filter((row) => row.stage === 'asked')).toHaveLength(3);
  await userEvent.click(page.getByRole('button', { name: 'Undo' }));
  await soon(() => expect(root.textContent).toContain(say.undone));
  expect(background.rows.filter((row) => row.stage === 'asked')).toHaveLength(0);
});

test('deleted records are listed when asked for, and brought back', async () => {
  const background = new FakeNotebook();
  background.rows = [sampleRow(0), sampleRow(1, { deleted: true })];
  const root = await open(background);
  expect(count(root)).toBe('one record.');
  await userEvent.click(page.getByRole('button', { name: say.taken }));
  await soon(() => expect(texts(root).join()).toContain('time 2'));
  await userEvent.click(page.getByRole('checkbox', { name: say.all }));
  await userEvent.click(page.getByRole('button', { name: say.bringBack }));
  await userEvent.click(page.getByRole('button', { name: say.doIt(1) }));
  await soon(() => expect(background.rows.every((row) => !row.deleted)).toBe(true));
});

test('everything goes into a file, and the file back in: nothing twice, bad rows by themselves', async () => {
  const background = new FakeNotebook();
  background.rows = many(450);
  const root = await open(background);
  await userEvent.click(page.getByRole('button', { name: say.doExport }));
  await soon(() => expect(root.textContent).toContain(say.exported(450)));
  const [file] = background.saved;
  expect(file?.name).toBe('unsaid-notebook-2027-02-24.json');
  const written = (await file?.file.text()) ?? '';

  background.rows = [...many(3), sampleRow(3, { words: 'changed since' })];
  const bad = JSON.stringify({ kind: 'member', id: sampleRow(999).id, fields: {} });
  const text = written.replace(/\n\]\}\n$/, `,\n${bad}\n]}\n`);
  const input = one<HTMLInputElement>(root, 'input[type="file"]');
  await userEvent.upload(input, new File([text], 'mine.json', { type: 'application/json' }));
  await soon(() => one(root, '.n-preview'));
  const preview = one(root, '.n-preview').textContent ?? '';
  for (const line of [say.isNew(446), say.isHere(3), say.differs(1), say.why.kind ?? '', '451']) {
    expect(preview).toContain(line);
  }
  expect(background.rows).toHaveLength(4);
  await expectAccessible(root);
  await userEvent.click(page.getByRole('button', { name: say.doImport(446) }));
  await soon(() => expect(root.textContent).toContain(say.imported(446)));
  expect(background.row(sampleRow(3).id)?.words).toBe('changed since');
  await userEvent.upload(input, new File([text], 'mine.json', { type: 'application/json' }));
  await soon(() => expect(root.textContent).toContain(say.nothingToAdd));
});

test('what is listed or chosen goes into a table with the columns that were chosen', async () => {
  const background = new FakeNotebook();
  background.rows = many(700);
  const root = await open(background);
  const text = async (at: number) => (await background.saved[at]?.file.text()) ?? '';
  await userEvent.selectOptions(page.getByLabelText(say.kind, { exact: true }), 'praise');
  await soon(() => expect(count(root)).toBe('140 records.'));
  await userEvent.selectOptions(page.getByLabelText(say.what), say.whats.listed(140));
  await userEvent.selectOptions(page.getByLabelText(say.format), 'csv');
  expect(root.textContent).toContain(say.formatWhy.csv);
  one(root, '.n-more summary').click();
  await userEvent.selectOptions(page.getByLabelText(say.headings), 'de');
  await userEvent.selectOptions(page.getByLabelText(say.separator), ';');
  for (const name of ['Ergebnis', 'Stand', 'Verfasst von', 'Kennung', 'Adresse', 'Fällig']) {
    await userEvent.click(page.getByRole('checkbox', { name, exact: true }));
  }
  await userEvent.click(page.getByRole('checkbox', { name: 'Worte', exact: true }));
  await userEvent.click(page.getByRole('checkbox', { name: 'Worte', exact: true }));
  await userEvent.keyboard('{Alt>}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}{/Alt}');
  expect(document.activeElement?.closest('li')?.textContent).toContain('Worte');
  await expectAccessible(root);
  await userEvent.click(page.getByRole('button', { name: say.doExport }));
  await soon(() => expect(root.textContent).toContain(say.exported(140)));
  const lines = (await text(0)).trimEnd().split('\r\n');
  expect(lines).toHaveLength(141);
  expect(lines[0]?.replace('\uFEFF', '')).toBe(
    'Worte;Art;Geschrieben;Kunde;Ihre Worte;Zurückgenommen;Nur auf diesem Gerät',
  );
  expect(lines[1]).toContain('time 4');

  one(root, '.n-row [type="checkbox"]').click();
  await soon(() => one(root, '.n-bulk'));
  await userEvent.selectOptions(page.getByLabelText(say.what), say.whats.chosen(1));
  await userEvent.selectOptions(page.getByLabelText(say.format), 'xlsx');
  await userEvent.click(page.getByRole('button', { name: say.doExport }));
  await soon(() => expect(root.textContent).toContain(say.exported(1)));
  expect((await text(1)).slice(0, 2)).toBe('PK');
  await userEvent.selectOptions(page.getByLabelText(say.format), 'jsonld');
  await userEvent.click(page.getByRole('button', { name: say.doExport }));
  await soon(() => expect(background.saved).toHaveLength(3));
  expect(JSON.parse(await text(2))).toMatchObject({ type: 'AnnotationCollection', total: 1 });
});

test('an export of Hypothesis is looked at, then brought in', async () => {
  const background = new FakeNotebook();
  const root = await open(background);
  const rows = [
    { ...{ id: 'a1', uri: 'https://page.example/', text: 'Noted', tags: [], target: [] } },
    { id: 7 },
  ];
  const input = one<HTMLInputElement>(root, 'input[type="file"]');
  await userEvent.upload(input, new File([JSON.stringify({ total: 2, rows })], 'h.json'));
  await soon(() => one(root, '.n-preview'));
  for (const line of [say.isNew(1), fileWords.noAnnotation]) {
    expect(one(root, '.n-preview').textContent).toContain(line);
  }
  expect(background.rows).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: say.doImport(1) }));
  await soon(() => expect(root.textContent).toContain(say.imported(1)));
  expect(background.rows.map(({ words }) => words)).toEqual(['Noted']);
});

test('a file that is none says so, and a failure says what is safe', async () => {
  const background = new FakeNotebook();
  background.rows = many(3);
  const root = await open(background);
  const input = one<HTMLInputElement>(root, 'input[type="file"]');
  await userEvent.upload(input, new File(['{"a":'], 'broken.json', { type: 'application/json' }));
  await soon(() => expect(root.textContent).toContain(fileWords.notOurs));
  const cut = '{"format":"unsaid-records","version":1}\n{"kind":"note"';
  await userEvent.upload(input, new File([cut], 'cut.ndjson'));
  await soon(() => expect(root.textContent).toContain(fileWords.cut));
  background.failures.set('search', { code: 'storage', message: 'The browser refused.' });
  background.tell();
  await soon(() => expect(root.textContent).toContain(say.again));
  // What was read stands.
  expect(texts(root)).toHaveLength(3);
  background.failures.clear();
  await userEvent.click(page.getByRole('button', { name: say.again }));
  await soon(() => expect(root.textContent).not.toContain(say.again));
});

/** What stands out of the page. The list’s rows are cut on purpose. */
function cut(root: HTMLElement): string[] {
  const edge = document.documentElement.clientWidth + 1;
  return [...root.querySelectorAll<HTMLElement>('*')]
    .filter((each) => !each.matches('.u-hidden, .u-hidden *, .n-scroll *, input, select'))
    .filter((each) => each.getBoundingClientRect().right > edge)
    .map((each) => `${each.className} ${each.textContent?.slice(0, 60)}`);
}

test.each([
  [375, 'light'],
  [375, 'dark'],
  [1024, 'dark'],
  [1400, 'light'],
] as const)('long words at %i px, %s', async (width, scheme) => {
  await page.viewport(width, 900);
  document.documentElement.style.colorScheme = scheme;
  const long = 'Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel'.repeat(2);
  const background = new FakeNotebook();
  background.rows = [
    sampleRow(0, { words: long, customer: { ...HALDEN, name: long } }),
    sampleRow(1, {
      words: 'نفترض أن الشهادات ستكون موجودة',
      customer: { ...HALDEN, name: 'شركة' },
    }),
    ...many(30),
  ];
  background.searches = [{ id: sampleRow(9).id, name: long, words: '', filters: {} }];
  const root = await open(background);
  one(root, '.n-row [type="checkbox"]').click();
  one(root, '.n-open').click();
  await soon(() => one(root, '.n-words'));
  await userEvent.selectOptions(page.getByLabelText(say.format), 'csv');
  one(root, '.n-more summary').click();
  await userEvent.selectOptions(page.getByLabelText(say.headings), 'de');
  expect(cut(root)).toEqual([]);
  await expectAccessible(root);
});
