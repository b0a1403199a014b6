import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import type { ImportPreview } from '../../src/console/api.ts';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { sampleServer } from './sample-server.ts';

beforeEach(() => page.viewport(1280, 900));

const CSV =
  'Customer,Date,Score,Comment\nSample Foods,03/04/2027,9,Fine\nAcme Sample,05/06/2027,12,\n';
const COLUMNS = { Customer: 'customer', Date: 'date', Score: 'score', Comment: 'text' };

function preview(more: Partial<ImportPreview> = {}): ImportPreview {
  const values = { customer: 'Sample Foods', date: '03/04/2027', score: '9', text: 'Fine' };
  return {
    ...{ columns: Object.keys(COLUMNS), mapping: COLUMNS },
    asks: { order: null, orderUnknown: true, scale: true },
    rows: [
      {
        ...{ line: 2, values },
        errors: [{ field: 'date', message: '“03/04/2027” can be read in two ways.' }],
      },
    ],
    counts: { rows: 2, create: 0, skip: 0, errors: 2 },
    ...more,
  };
}

/** The server says this to each request of its kind, as it stands then. */
async function open(answers: { preview: () => ImportPreview; result?: object }) {
  const server = sampleServer(0);
  server.instead = (path) => {
    if (path === '/v1/import/preview') return Response.json(answers.preview());
    if (path === '/v1/import') return Response.json(answers.result);
    return null;
  };
  const { place } = placeAt('#/import');
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelector('.c-page')).toBeTruthy());
  const pick = async (name: string) => {
    const label = [...root.querySelectorAll('.u-segment-cell')].find(
      (cell) => cell.textContent === name,
    );
    await userEvent.click(label as HTMLElement);
  };
  const sent = () => server.requests.findLast(({ line }) => line.startsWith('POST'))?.body;
  return { root, pick, sent };
}

describe('importing surveys', () => {
  test('asks for the order of dates and the scale, then shows the rows as said', async () => {
    let now = preview();
    const { root, pick, sent } = await open({
      preview: () => now,
      result: { created: 2, skipped: 0, errors: [] },
    });
    await pick('Surveys');
    expect(root.textContent).toContain('whose, when, the score on its scale');
    await userEvent.upload(one(root, 'input[type=file]'), new File([CSV], 'survey.csv'));
    await soon(() => expect(root.textContent).toContain('Nothing of them is guessed.'));
    expect(sent()).toMatchObject({
      ...{ csv: CSV, kind: 'survey' },
      options: { order: null, scale: null, zone: expect.any(String) },
    });
    expect(one(root, 'tr:has(.u-error)').textContent).toContain('can be read in two ways');
    await expectAccessible(root);

    await pick('Month first');
    await soon(() => expect(sent()).toMatchObject({ options: { order: 'mdy' } }));
    const [from, to] = root.querySelectorAll<HTMLInputElement>('.c-import-scale input');
    await userEvent.fill(from as HTMLInputElement, '10');
    await userEvent.fill(to as HTMLInputElement, '0');
    await userEvent.click(one<HTMLButtonElement>(root, '.c-import-scale button'));
    await soon(() => expect(root.textContent).toContain('Give two numbers'));
    await userEvent.fill(from as HTMLInputElement, '0');
    await userEvent.fill(to as HTMLInputElement, '10');
    now = preview({ rows: [], counts: { rows: 2, create: 2, skip: 0, errors: 0 } });
    await userEvent.click(one<HTMLButtonElement>(root, '.c-import-scale button'));
    await soon(() =>
      expect(sent()).toMatchObject({ options: { order: 'mdy', scale: { min: 0, max: 10 } } }),
    );
    await soon(() => expect(root.textContent).toContain('Import 2 rows'));
    await userEvent.click(
      [...root.querySelectorAll('button')].find(
        (it) => it.textContent === 'Import 2 rows',
      ) as HTMLElement,
    );
    await soon(() => expect(root.textContent).toContain('2 imported.'));
    expect(sent()).toMatchObject({
      ...{ kind: 'survey', mapping: COLUMNS },
      options: { order: 'mdy', scale: { min: 0, max: 10 } },
    });
  });

  test('another file begins with nothing said', async () => {
    const { root, pick, sent } = await open({ preview });
    await pick('Surveys');
    await userEvent.upload(one(root, 'input[type=file]'), new File([CSV], 'a.csv'));
    await soon(() => expect(root.textContent).toContain('Month first'));
    await pick('Month first');
    await soon(() => expect(sent()).toMatchObject({ options: { order: 'mdy' } }));
    await userEvent.upload(one(root, 'input[type=file]'), new File([`${CSV}x`], 'b.csv'));
    await soon(() => expect(sent()).toMatchObject({ csv: `${CSV}x`, options: { order: null } }));
  });

  test('customers are asked for as before: no options, no questions', async () => {
    const { root, sent } = await open({
      preview: () => preview({ asks: undefined, columns: ['Name'], mapping: { Name: 'name' } }),
    });
    await userEvent.upload(one(root, 'input[type=file]'), new File(['Name\nA\n'], 'a.csv'));
    await soon(() => expect(root.querySelector('.c-mapping')).toBeTruthy());
    expect(sent()).toEqual({ csv: 'Name\nA\n', kind: 'customer' });
    expect(root.querySelector('.c-import-asks')).toBeNull();
  });

  test.each([375, 1280])('%i px wide nothing is wider than the page', async (width) => {
    await page.viewport(width, 900);
    const { root, pick } = await open({ preview });
    await pick('Past interactions');
    await userEvent.upload(one(root, 'input[type=file]'), new File([CSV], 'survey.csv'));
    await soon(() => expect(root.querySelector('.c-import-scale')).toBeTruthy());
    const whole = one(root, '.c-page');
    expect(whole.scrollWidth).toBeLessThanOrEqual(whole.clientWidth);
    await expectAccessible(root);
  });
});
