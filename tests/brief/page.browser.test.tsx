// The brief on a page of its own: read, printed, copied.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/extension/brief/brief.css';
import { App } from '../../src/extension/brief/app.tsx';
import type { BriefClient } from '../../src/extension/brief/client.ts';
import type { BriefView } from '../../src/extension/messages/brief-calls.ts';
import type { Failure } from '../../src/extension/messages/result.ts';
import { briefView, fullRecords, made, manyHunches } from '../sidebar/brief-samples.ts';
import { CUSTOMER } from '../sidebar/samples.ts';
import { draw, expectAccessible, soon } from '../ui/draw.ts';

let view: BriefView;
let failure: Failure | null;
let asked: unknown[];
let copied: { text: string; html?: string }[];
let printed: number;
let changed: () => void;
let refuses: boolean;

const client: BriefClient = {
  call: (async (call: string, payload: unknown) => {
    asked.push({ call, payload });
    return failure === null ? { ok: true, value: view } : { ok: false, error: failure };
  }) as unknown as BriefClient['call'],
  changes: (hear) => {
    changed = hear;
    return () => undefined;
  },
  copy: async (both) => {
    if (refuses) throw new Error('refused');
    copied.push(both);
  },
  print: () => {
    printed += 1;
  },
};

beforeEach(async () => {
  [view, failure, asked, copied, printed, refuses] = [
    briefView(fullRecords()),
    null,
    [],
    [],
    0,
    false,
  ];
  await page.viewport(800, 900);
});

async function open(customer: string | null = CUSTOMER) {
  const place = draw(<App client={client} customer={customer} />);
  await soon(() => expect(place.querySelector('dl, .u-empty, .u-problem')).not.toBeNull());
  return place;
}

test('asks for the customer of the address, and again when something changed', async () => {
  const place = await open();
  expect(asked).toEqual([{ call: 'brief', payload: { customer: CUSTOMER } }]);
  await soon(() => expect(document.title).toBe('Before you talk to Halden Foods'));
  view = briefView(manyHunches(1));
  changed();
  await soon(() => expect(place.textContent).toContain('Sample expectation 0'));
});

test('is copied as text, as Markdown, and with its form; printed by its button', async () => {
  await open();
  const press = (name: string) => userEvent.click(page.getByRole('button', { name }));
  await press('Copy as text');
  await expect.element(page.getByText('Copied.')).toBeVisible();
  await press('Copy as Markdown');
  await press('Copy as formatted text');
  await soon(() => expect(copied).toHaveLength(3));
  expect(copied.map(({ html }) => html === undefined)).toEqual([true, true, false]);
  expect(copied[1]?.text).toContain('# Before you talk');
  await press('Print');
  expect(printed).toBe(1);
  refuses = true;
  await press('Copy as text');
  await expect.element(page.getByText('The browser did not allow copying.')).toBeVisible();
});

test('a thousand lines are all there, for the printer too', async () => {
  view = briefView(manyHunches(1_000));
  const place = await open();
  expect(place.querySelectorAll('li')).toHaveLength(1_000);
});

describe('without anything to show', () => {
  test('no customer, nothing on file, nothing known: each says so', async () => {
    expect((await open(null)).textContent).toContain('Open this page from the sidebar');
    expect(asked).toEqual([]);
    view = briefView([]);
    expect((await open()).textContent).toContain('Nothing is on file yet');
    failure = { code: 'not-found', message: 'Nothing is known of this customer on this device.' };
    expect((await open('nonsense')).textContent).toContain('Nothing is known of this customer');
  });
});

describe.each([
  ['full', () => briefView(fullRecords())],
  ['empty', () => briefView([])],
  [
    'long',
    () =>
      briefView([
        made('expectation', 1, { statement: 'Rechtsschutzversicherung'.repeat(12) }),
        made('note', 2, { label: 'praise', text: 'نتوقع أن تصل الشهادات قبل التدقيق' }),
      ]),
  ],
] as const)('%s', (_name, of) => {
  test.each([
    [800, 'light'],
    [800, 'dark'],
    [320, 'light'],
  ] as const)('%i px, %s', async (width, scheme) => {
    document.documentElement.style.colorScheme = scheme;
    await page.viewport(width, 900);
    view = of();
    const place = await open();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    await expectAccessible(place);
  });
});
