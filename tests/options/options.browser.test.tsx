// The options page: connecting, sites and what lies on this device.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/extension/options/options.css';
import type { ConnectState, SidebarCall } from '../../src/extension/messages/calls.ts';
import { App } from '../../src/extension/options/app.tsx';
import type { OptionsClient } from '../../src/extension/options/client.ts';
import { type Asked, readHash } from '../../src/extension/options/hash.ts';
import { callsView } from '../calls/samples.ts';
import { status } from '../sidebar/samples.ts';
import { draw, expectAccessible } from '../ui/draw.ts';

const waiting: ConnectState = {
  state: 'waiting',
  server: 'http://127.0.0.1:8787',
  userCode: 'WDJB-MJHT',
  verificationUri: 'http://127.0.0.1:8787/device?user_code=WDJB-MJHT',
  interval: 1,
  expiresAt: 600_000,
};
const connected: ConnectState = {
  state: 'connected',
  server: 'http://127.0.0.1:8787',
  workspace: 'Brightwater Sample',
  member: 'Jonas Sample',
};

let answers: Partial<Record<SidebarCall, unknown>>;
let made: { call: SidebarCall; payload: unknown }[];
let client: OptionsClient;

beforeEach(() => {
  made = [];
  answers = {
    status,
    connectPoll: { state: 'idle' },
    connectStart: waiting,
    connectResume: connected,
    disconnect: { unsynced: 3 },
    sites: { sites: [] },
    attention: { changes: [] },
    devices: { own: null, others: [] },
    following: { mode: 'all', customers: [], untold: false },
    calls: callsView(),
    reminders: { notify: true, allowed: false, words: false },
    mailReminders: null,
    neverLog: { mine: ['payroll', 'doctor.example'], workspace: ['hr.brightwater.example'] },
  };
  client = {
    call: (async (call: SidebarCall, payload: unknown) => {
      made.push({ call, payload });
      const answer = answers[call];
      if (answer instanceof Error) {
        return { ok: false, error: { code: 'storage', message: answer.message } };
      }
      return { ok: true, value: typeof answer === 'function' ? answer(payload) : (answer ?? null) };
    }) as OptionsClient['call'],
    allow: vi.fn(async () => true),
    revoke: vi.fn(async () => true),
    allowNotifications: vi.fn(async () => true),
    shortcuts: async () => [{ name: 'open', description: 'Open Unsaid', keys: 'Ctrl+Shift+U' }],
    openTab: vi.fn(),
    copy: vi.fn(async () => {}),
    save: vi.fn(),
  };
});

const calls = (call: SidebarCall) =>
  made.filter((each) => each.call === call).map((each) => each.payload);

async function open(asked: Asked = { ask: 'nothing' }) {
  const place = draw(<App client={client} asked={asked} now={() => 0} />);
  await expect.poll(() => calls('connectPoll').length).toBeGreaterThan(0);
  return place;
}

describe('connecting', () => {
  test('shows the code, waits, and says when it is connected', async () => {
    await open();
    await userEvent.click(page.getByRole('button', { name: 'Connect' }));
    expect(calls('connectStart')).toEqual([{ server: 'http://127.0.0.1:8787' }]);
    await expect.element(page.getByText('WDJB-MJHT')).toBeVisible();
    const link = page.getByRole('link', { name: 'Open the server’s page' });
    await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer');
    answers.connectPoll = connected;
    await expect.element(page.getByText('Connected to http://127.0.0.1:8787.')).toBeVisible();
  });

  test('an address that is none is refused in words', async () => {
    await open();
    await userEvent.fill(page.getByLabelText('Server address'), 'javascript:alert(1)');
    await userEvent.click(page.getByRole('button', { name: 'Connect' }));
    // The browser's own check may speak first; nothing is asked of any server either way.
    expect(calls('connectStart')).toEqual([]);
  });

  test('a failure says what is safe and what to do', async () => {
    answers.connectPoll = { state: 'failed', message: 'The code has ended. Connect again.' };
    await open();
    await expect.element(page.getByRole('alert')).toBeVisible();
    expect(page.getByRole('alert').element().textContent).toContain(
      'What you saved is safe on this device. The code has ended. Connect again.',
    );
  });

  test('the launcher’s code goes on by itself, a stranger’s server is asked about', async () => {
    await open({
      ask: 'resume',
      server: 'http://127.0.0.1:8787',
      deviceCode: 'sample-code',
      local: true,
    });
    await expect
      .poll(() => calls('connectResume'))
      .toEqual([{ server: 'http://127.0.0.1:8787', deviceCode: 'sample-code' }]);
  });

  test('a server elsewhere is asked about first', async () => {
    await open({
      ask: 'resume',
      server: 'https://else.example',
      deviceCode: 'sample-code',
      local: false,
    });
    await expect
      .element(page.getByText('Connect this browser to https://else.example?'))
      .toBeVisible();
    expect(calls('connectResume')).toEqual([]);
  });

  test('disconnecting says what is unsynced and asks again', async () => {
    answers.connectPoll = connected;
    answers.status = { ...status, unsynced: 3 };
    await open();
    await userEvent.click(page.getByRole('button', { name: 'Disconnect' }));
    await expect.element(page.getByText(/^3 cards are not on the server yet\./)).toBeVisible();
    expect(calls('disconnect')).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: 'Disconnect this browser' }));
    expect(calls('disconnect')).toEqual([{}]);
    await expect
      .element(page.getByText('Disconnected. 3 unsynced cards are kept on this device.'))
      .toBeVisible();
  });
});

describe('sites', () => {
  test('access is asked of the browser in the click, then told', async () => {
    await open({ ask: 'allow', origin: 'https://mail.example' });
    await userEvent.click(page.getByRole('button', { name: 'Allow' }));
    expect(client.allow).toHaveBeenCalledWith('https://mail.example');
    await expect
      .poll(() => calls('siteChanged'))
      .toEqual([{ origin: 'https://mail.example', on: true }]);
  });

  test('a refusal changes nothing and says so', async () => {
    client = { ...client, allow: async () => false };
    await open({ ask: 'allow', origin: 'https://mail.example' });
    await userEvent.click(page.getByRole('button', { name: 'Allow' }));
    await expect
      .element(
        page.getByText('The browser gave no access to https://mail.example. Nothing has changed.'),
      )
      .toBeVisible();
    expect(calls('siteChanged')).toEqual([]);
  });

  test('access can be taken back', async () => {
    answers.sites = { sites: [{ origin: 'https://mail.example', on: true }] };
    await open();
    await userEvent.click(
      page.getByRole('button', { name: 'Take back access to https://mail.example' }),
    );
    await expect
      .poll(() => calls('siteChanged'))
      .toEqual([{ origin: 'https://mail.example', on: false }]);
    answers.sites = { sites: [] };
    await userEvent.click(page.getByRole('button', { name: 'Allow again' }));
    expect(client.allow).toHaveBeenCalledWith('https://mail.example');
    await expect
      .poll(() => calls('siteChanged').at(-1))
      .toEqual({ origin: 'https://mail.example', on: true });
  });

  test('an access that the browser keeps is said', async () => {
    answers.sites = { sites: [{ origin: 'https://mail.example', on: true }] };
    client = { ...client, revoke: async () => false };
    await open();
    await userEvent.click(
      page.getByRole('button', { name: 'Take back access to https://mail.example' }),
    );
    await expect.element(page.getByText(/^The browser kept the access/)).toBeVisible();
    expect(calls('siteChanged')).toEqual([]);
  });
});

describe('never log', () => {
  const field = () => page.getByLabelText('Your lines, one below the other');
  let mine: string[];
  beforeEach(() => {
    mine = ['payroll.*'];
    answers.neverLog = () => ({ mine, workspace: ['hr.brightwater.example'] });
    answers.setNeverLog = ({ lines }: { lines: string[] }) => {
      mine = lines;
      return { mine, workspace: [] };
    };
  });

  test('one’s own lines are changed, and that is undone', async () => {
    await open();
    await expect.element(field()).toHaveValue('payroll.*');
    await userEvent.fill(field(), 'payroll.*\n\n  doctor.example \npayroll.*');
    await userEvent.tab();
    await expect.poll(() => mine).toEqual(['payroll.*', 'doctor.example']);
    await expect.element(page.getByText('Saved.')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await expect.poll(() => mine).toEqual(['payroll.*']);
    await expect.element(field()).toHaveValue('payroll.*');
  });

  test('a field that was only visited changes nothing', async () => {
    await open();
    await expect.element(field()).toHaveValue('payroll.*');
    await userEvent.click(field());
    await userEvent.tab();
    expect(calls('setNeverLog')).toEqual([]);
  });

  test('a line that the sidebar added meanwhile stays', async () => {
    await open();
    await expect.element(field()).toHaveValue('payroll.*');
    mine = ['payroll.*', 'added@sample.example'];
    await userEvent.fill(field(), 'doctor.example');
    await userEvent.tab();
    await expect.poll(() => mine).toEqual(['doctor.example', 'added@sample.example']);
  });

  test('a line that is not understood is said with its reason while it is typed', async () => {
    await open();
    await expect.element(field()).toHaveValue('payroll.*');
    await userEvent.fill(field(), 'doctor.example\npayroll\n*');
    await expect
      .element(page.getByText('2 lines are not understood, and do nothing.'))
      .toBeVisible();
    await expect.element(page.getByText(/This would be every mail/)).toBeVisible();
    await expect.element(field()).toHaveAttribute('aria-invalid', 'true');
  });

  test('lines that could not be written stay in the field', async () => {
    await open();
    await expect.element(field()).toHaveValue('payroll.*');
    answers.setNeverLog = new Error('The disk is full.');
    await userEvent.fill(field(), 'doctor.example');
    await userEvent.tab();
    await expect.element(page.getByRole('alert')).toBeVisible();
    await expect.element(field()).toHaveValue('doctor.example');
  });

  test('the workspace’s lines are shown, with where they are changed', async () => {
    await open({ ask: 'section', section: 'never' });
    await expect.element(page.getByText('hr.brightwater.example')).toBeVisible();
    await expect
      .element(page.getByRole('link', { name: 'Open the console' }))
      .toHaveAttribute('href', 'http://127.0.0.1:8787/#/settings');
  });
});

test.each([
  ['idle', { state: 'idle' }],
  ['waiting', waiting],
  ['connected', connected],
])('axe finds nothing: %s', async (_, state) => {
  answers.connectPoll = state;
  answers.sites = { sites: [{ origin: 'https://mail.example', on: true }] };
  const place = await open(readHash('#allow=https://crm.example'));
  await expect.element(page.getByText('Ctrl+Shift+U')).toBeVisible();
  await expectAccessible(place);
});
