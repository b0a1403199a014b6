// The setting of mails that log themselves: off at first, and what it means said beside it.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/extension/options/options.css';
import type { SidebarCall } from '../../src/extension/messages/calls.ts';
import type { LoggingView } from '../../src/extension/messages/logging-calls.ts';
import type { OptionsClient } from '../../src/extension/options/client.ts';
import { Logging } from '../../src/extension/options/logging.tsx';
import { draw, expectAccessible } from '../ui/draw.ts';

let view: LoggingView;
let failure: string | null;
let made: { call: SidebarCall; payload: unknown }[];

const client = {
  call: async (call: SidebarCall, payload: { on?: boolean }) => {
    made.push({ call, payload });
    if (failure !== null) return { ok: false, error: { code: 'storage', message: failure } };
    if (call === 'setLogging') view = { ...view, on: payload.on === true };
    return { ok: true, value: view };
  },
} as unknown as OptionsClient;

beforeEach(() => {
  made = [];
  failure = null;
  view = { on: false, follows: 'all' };
});

const box = () => page.getByLabelText('Log mails of followed customers when I open them');

test('is off, is switched on and off, and each time it is said what that means', async () => {
  draw(<Logging client={client} status={null} />);
  await expect.element(box()).toBeEnabled();
  await expect.element(box()).not.toBeChecked();
  await userEvent.click(box());
  await expect.element(box()).toBeChecked();
  await expect
    .element(page.getByText('Mails that you open from now on log themselves.'))
    .toBeVisible();
  await userEvent.click(box());
  await expect.element(box()).not.toBeChecked();
  await expect.element(page.getByText(/^Nothing logs itself\./)).toBeVisible();
  expect(made.filter(({ call }) => call === 'setLogging')).toMatchObject([
    { payload: { on: true } },
    { payload: { on: false } },
  ]);
});

test('says what is logged and what is not, and whom it is for', async () => {
  view = { on: true, follows: 'chosen' };
  const place = draw(<Logging client={client} status={null} />);
  await expect.element(page.getByText(/that you have chosen to follow/)).toBeVisible();
  for (const words of ['never-log list', 'What the mail says.', 'Sender, recipients, date']) {
    expect(place.textContent).toContain(words);
  }
  await expectAccessible(place);
});

test('what could not be stored is said, and the box stays as it was', async () => {
  draw(<Logging client={client} status={null} />);
  await expect.element(box()).toBeEnabled();
  failure = 'The browser refused to store it.';
  await userEvent.click(box());
  await expect.element(page.getByText(failure)).toBeVisible();
  await expect.element(box()).not.toBeChecked();
});

test.each(['light', 'dark'])('can be seen in %s, 320 px wide', async (scheme) => {
  const place = draw(<Logging client={client} status={null} />);
  place.style.width = '320px';
  document.documentElement.style.colorScheme = scheme;
  await expect.element(box()).toBeEnabled();
  expect(place.scrollWidth).toBeLessThanOrEqual(320);
  await expectAccessible(place);
});
