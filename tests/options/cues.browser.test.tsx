// The settings of cues: on and off, what was taught, what was measured.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/extension/options/options.css';
import type { SidebarCall } from '../../src/extension/messages/calls.ts';
import type { CueSettings } from '../../src/extension/messages/cue-calls.ts';
import type { OptionsClient } from '../../src/extension/options/client.ts';
import { Cues } from '../../src/extension/options/cues.tsx';
import { draw, expectAccessible } from '../ui/draw.ts';

const OF_COURSE = {
  ...{ rule: 'assumption/of-course', why: '“Of course” takes something for granted.' },
  ...{ yes: 2, no: 1 },
};
let settings: CueSettings;
let failure: string | null;
let made: { call: SidebarCall; payload: unknown }[];

const client = {
  call: async (call: SidebarCall, payload: { on?: boolean; rule?: string | null }) => {
    made.push({ call, payload });
    if (failure !== null) return { ok: false, error: { code: 'storage', message: failure } };
    if (call === 'setCues') settings = { ...settings, on: payload.on === true };
    if (call === 'cueForget') {
      settings = { ...settings, rules: [], none: payload.rule === null ? 0 : settings.none };
    }
    if (call === 'cueRemember') settings = { ...settings, rules: [OF_COURSE], none: 3 };
    return { ok: true, value: settings };
  },
} as unknown as OptionsClient;

beforeEach(() => {
  made = [];
  failure = null;
  settings = {
    ...{ on: true, rules: [OF_COURSE], none: 3 },
    languages: [
      { code: 'en', measured: true },
      { code: 'de', measured: false },
    ],
  };
});

const box = () => page.getByLabelText('Show cues');
const forget = () => page.getByRole('button', { name: /^Forget what assumption/ });

test('cues are switched off and on again, and it is said', async () => {
  draw(<Cues client={client} />);
  await expect.element(box()).toBeChecked();
  await userEvent.click(box());
  await expect.element(box()).not.toBeChecked();
  await expect.element(page.getByText('No cues are shown.')).toBeInTheDocument();
  await userEvent.click(box());
  await expect.element(box()).toBeChecked();
  expect(made.filter(({ call }) => call === 'setCues')).toMatchObject([
    { payload: { on: false } },
    { payload: { on: true } },
  ]);
});

test('what was taught is counted by rule, forgotten, and known again', async () => {
  const place = draw(<Cues client={client} />);
  await expect.element(page.getByText('kept 2, not one 1')).toBeVisible();
  await expect.element(page.getByText(/^3 sentences are not marked again/)).toBeVisible();
  await userEvent.click(forget());
  await expect.element(forget()).not.toBeInTheDocument();
  expect(made.at(-1)?.payload).toEqual({ rule: 'assumption/of-course' });
  await userEvent.click(page.getByRole('button', { name: 'Undo' }));
  await expect.element(forget()).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Forget everything taught' }));
  expect(made.at(-1)?.payload).toEqual({ rule: null });
  await expect.element(page.getByText('Nothing taught yet.', { exact: false })).toBeVisible();
  await expectAccessible(place);
});

test('says which languages were measured', async () => {
  draw(<Cues client={client} />);
  await expect.element(page.getByText('English: measured on labelled mails.')).toBeVisible();
  await expect.element(page.getByText(/^German: .* was not measured\.$/)).toBeVisible();
});

test('says what failed and shows what is so', async () => {
  draw(<Cues client={client} />);
  await expect.element(box()).toBeChecked();
  failure = 'The disk is full.';
  await userEvent.click(box());
  await expect.element(page.getByText('The disk is full.')).toBeVisible();
  await expect.element(box()).toBeChecked();
});
