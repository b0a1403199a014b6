// The settings of calls: keys, times, proposals, and the browser's commands.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/extension/options/options.css';
import type { CallSettings } from '../../src/extension/messages/call-views.ts';
import type { SidebarCall } from '../../src/extension/messages/calls.ts';
import { App } from '../../src/extension/options/app.tsx';
import type { OptionsClient } from '../../src/extension/options/client.ts';
import { say } from '../../src/extension/options/words.ts';
import { callsView, settings } from '../calls/samples.ts';
import { status } from '../sidebar/samples.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';

let kept: CallSettings;
let patches: Partial<CallSettings>[];
let fails: boolean;

const client = {
  call: (async (call: SidebarCall, payload: { patch: Partial<CallSettings> }) => {
    const ok = (value: unknown) => ({ ok: true, value });
    if (call === 'status') return ok(status);
    if (call === 'calls') return ok(callsView({ settings: kept }));
    if (call !== 'callSettings') return { ok: false, error: { code: 'not-found', message: '' } };
    if (fails) return { ok: false, error: { code: 'storage', message: 'The disk is full.' } };
    patches.push(payload.patch);
    kept = { ...kept, ...payload.patch };
    return ok({ settings: kept });
  }) as unknown as OptionsClient['call'],
  shortcuts: async () => [
    { name: 'open', description: 'Open Unsaid', keys: 'Alt+Shift+U' },
    { name: 'call-start', description: 'Start or hang up a call', keys: 'Ctrl+Shift+1' },
    { name: 'call-tag-1', description: 'Call: tag 1', keys: '' },
  ],
} as unknown as OptionsClient;

beforeEach(async () => {
  await page.viewport(900, 900);
  kept = settings;
  patches = [];
  fails = false;
});

async function open() {
  const asked = { ask: 'section', section: 'calls' } as const;
  const place = draw(<App client={client} asked={asked} now={() => 0} />);
  const section = () => one(place, '#calls');
  await soon(() => expect(section().textContent).toContain(say.callTimes));
  return section();
}

const keyField = (name: string) => page.getByLabelText(`Key of ${name}`, { exact: true });

describe('keys', () => {
  test('are shown as they are, changed with one letter, and put back all at once', async () => {
    const section = await open();
    await expect.element(keyField('Risk')).toHaveValue('8');
    await userEvent.click(keyField('Risk'));
    await userEvent.keyboard('{End}x{Tab}');
    await soon(() => expect(patches).toEqual([{ remapped: { risk: 'x' } }]));
    expect(section.textContent).toContain('Saved.');
    await expect.element(keyField('Risk')).toHaveValue('X');
    await expectAccessible(section);
    await userEvent.click(page.getByRole('button', { name: say.keysAsUsual }));
    await soon(() => expect(patches[1]).toEqual({ remapped: {}, acts: {} }));
    await expect.element(keyField('Risk')).toHaveValue('8');
  });

  test('two with one key, or the bar’s own, are said and not saved until it is mended', async () => {
    const section = await open();
    await userEvent.fill(keyField('Risk'), '2');
    await userEvent.keyboard('{Tab}');
    expect(section.textContent).toContain('Grievance has this key too.');
    await userEvent.fill(keyField('Grievance'), 'h');
    await userEvent.keyboard('{Tab}');
    expect(section.textContent).toContain('Hang up has this key too.');
    expect(patches).toEqual([]);
    await expectAccessible(section);
    await userEvent.fill(keyField('Grievance'), '8');
    await userEvent.keyboard('{Tab}');
    await soon(() => expect(patches).toEqual([{ remapped: { grievance: '8', risk: '2' } }]));
  });

  test('the bar’s other keys are chosen like those of tags', async () => {
    const section = await open();
    await expect.element(keyField('Hang up')).toHaveValue('H');
    await userEvent.fill(keyField('Hang up'), 'q');
    await userEvent.keyboard('{Tab}');
    await soon(() => expect(patches).toEqual([{ acts: { hangUp: 'q' } }]));
    // What it was is free for a tag now.
    await userEvent.fill(keyField('Risk'), 'h');
    await userEvent.keyboard('{Tab}');
    await soon(() => expect(patches[1]).toEqual({ remapped: { risk: 'h' } }));
    await userEvent.fill(keyField('A note'), '');
    await userEvent.keyboard('{Tab}');
    await soon(() => expect(patches[2]).toEqual({ acts: { hangUp: 'q', note: '' } }));
    await expectAccessible(section);
  });

  test('can be switched off', async () => {
    await open();
    await userEvent.click(page.getByLabelText(say.callKeysOn));
    await soon(() => expect(patches).toEqual([{ keys: false }]));
    await soon(() => expect(keyField('Risk').elements()).toHaveLength(0));
  });
});

test('lead, a moment ago and proposals are kept; a strange number is said', async () => {
  const section = await open();
  await userEvent.fill(page.getByLabelText(say.callBack), '12,5');
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(patches).toEqual([{ back: 12_500 }]));
  await userEvent.fill(page.getByLabelText(say.callLead), '90');
  await userEvent.keyboard('{Tab}');
  expect(section.textContent).toContain('Write seconds, from 0 to 60.');
  await userEvent.click(page.getByLabelText(say.callPropose));
  await soon(() => expect(patches[1]).toEqual({ propose: false }));
  expect(patches).toHaveLength(2);
});

test('the browser’s commands stand here, with where to set them, and not twice', async () => {
  const section = await open();
  await soon(() => expect(section.textContent).toContain('Start or hang up a callCtrl+Shift+1'));
  expect(section.textContent).toContain('Call: tag 1not set');
  expect(section.textContent).toContain('chrome://extensions/shortcuts');
  const others = one(document.body, '#shortcuts');
  await soon(() => expect(others.textContent).toContain('Open Unsaid'));
  expect(others.textContent).not.toContain('Call: tag 1');
});

test('what could not be saved is said', async () => {
  const section = await open();
  fails = true;
  await userEvent.click(page.getByLabelText(say.callPropose));
  await soon(() => expect(section.textContent).toContain('The disk is full.'));
  await expectAccessible(section);
});
