// The settings of reminders: the browser's permission, what a notification says, and mails.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/extension/options/options.css';
import type { MailReminders, Reminders as Told } from '../../src/extension/messages/brief-calls.ts';
import type { SidebarCall } from '../../src/extension/messages/calls.ts';
import type { OptionsClient } from '../../src/extension/options/client.ts';
import { sayReminders as say } from '../../src/extension/options/reminder-words.ts';
import { Reminders } from '../../src/extension/options/reminders.tsx';
import { status } from '../sidebar/samples.ts';
import { draw, expectAccessible } from '../ui/draw.ts';

let told: Told;
let mail: MailReminders;
let made: { call: SidebarCall; payload: unknown }[];
let allowing: boolean;
let fails: boolean;

const client = {
  call: (async (call: SidebarCall, payload: object) => {
    made.push({ call, payload });
    const ok = (value: unknown) => ({ ok: true, value });
    if (fails) return { ok: false, error: { code: 'unreachable', message: 'It is away.' } };
    if (call === 'setReminders') told = { ...told, ...payload };
    if (call === 'setMailReminders' && mail) mail = { ...mail, ...payload };
    return ok(call.endsWith('ailReminders') ? mail : told);
  }) as unknown as OptionsClient['call'],
  allowNotifications: async () => {
    told = { ...told, allowed: allowing };
    return allowing;
  },
} as unknown as OptionsClient;

beforeEach(async () => {
  await page.viewport(700, 700);
  told = { notify: true, allowed: true, words: false };
  mail = { available: true, mail: false, words: false, zone: 'UTC', address: 'ada@unsaid.example' };
  made = [];
  allowing = true;
  fails = false;
});

const box = (name: string) => page.getByRole('checkbox', { name });
const sent = (call: SidebarCall) =>
  made.filter((one) => one.call === call).map(({ payload }) => payload);

async function open(now = status) {
  const place = draw(<Reminders client={client} status={now} />);
  await expect.element(page.getByText(say.here)).toBeVisible();
  return place;
}

test('the browser is asked by a click, and what it says is said', async () => {
  told = { ...told, allowed: false };
  allowing = false;
  await open();
  await expect.element(box(say.notify)).not.toBeInTheDocument();
  await userEvent.click(page.getByRole('button', { name: say.allow }));
  await expect.element(page.getByText(say.refused)).toBeVisible();
  allowing = true;
  await userEvent.click(page.getByRole('button', { name: say.allow }));
  await expect.element(box(say.notify)).toBeChecked();
});

test('whom and what it is about is said only where somebody wants it', async () => {
  await open();
  await expect.element(box(say.words)).not.toBeChecked();
  await userEvent.click(box(say.words));
  expect(sent('setReminders')).toEqual([{ words: true }]);
  await expect.element(page.getByText(say.saved)).toBeVisible();
  await userEvent.click(box(say.notify));
  await expect.element(box(say.words)).not.toBeInTheDocument();
});

test('mails are asked for with the time zone of this device', async () => {
  await open();
  const name = say.mailOn('ada@unsaid.example');
  await expect.element(box(name)).not.toBeChecked();
  await expect.element(box(say.mailWords)).not.toBeInTheDocument();
  await userEvent.click(box(name));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(sent('setMailReminders')).toEqual([{ mail: true, words: false, zone }]);
  await userEvent.click(box(say.mailWords));
  expect(sent('setMailReminders').at(-1)).toMatchObject({ mail: true, words: true });
});

test('a server without mail, and none at all, are said', async () => {
  mail = null;
  await open();
  await expect.element(page.getByText(say.noMail)).toBeVisible();
  draw(<Reminders client={client} status={{ ...status, connection: null }} />);
  await expect.element(page.getByText(say.notConnected)).toBeVisible();
});

test('what could not be saved is said, and stays as it was', async () => {
  await open();
  fails = true;
  await userEvent.click(box(say.words));
  await expect.element(page.getByText('It is away.')).toBeVisible();
  await expect.element(box(say.words)).not.toBeChecked();
});

test.each(['light', 'dark'])('nothing is in the way of reading it: %s', async (scheme) => {
  document.documentElement.style.colorScheme = scheme;
  mail = mail && { ...mail, mail: true };
  const place = await open();
  await expect.element(box(say.mailWords)).toBeVisible();
  await expectAccessible(place);
});
