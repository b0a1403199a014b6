// The options page's lists: what needs attention, the member's devices, whom one follows.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/extension/options/options.css';
import type { SidebarCall } from '../../src/extension/messages/calls.ts';
import type { DevicesView, DeviceView, Unread } from '../../src/extension/messages/views.ts';
import { App } from '../../src/extension/options/app.tsx';
import type { OptionsClient } from '../../src/extension/options/client.ts';
import { say } from '../../src/extension/options/words.ts';
import { callsView } from '../calls/samples.ts';
import { sampleId, status } from '../sidebar/samples.ts';
import { draw, expectAccessible } from '../ui/draw.ts';
import { german } from './german.ts';

const LATE = Date.UTC(2027, 1, 24, 10, 0);
const unread = (n: number, patch: Partial<Unread> = {}): Unread => ({
  ...{ id: sampleId(n), kind: 'note', reason: 'note.text: too long', anew: false, aside: false },
  body: { text: `Sample words, ${n}`, label: 'note', evidence: { [sampleId(9)]: { quote: 'x' } } },
  ...patch,
});
const device = (n: number, patch: Partial<DeviceView> = {}): DeviceView => ({
  ...{ id: sampleId(0x70 + n), name: `Sample browser ${n}`, standing: 'first', since: LATE },
  ...{ by: null, revoked: false },
  ...patch,
});

let answers: Partial<Record<SidebarCall, unknown>>;
let made: { call: SidebarCall; payload: unknown }[];
let changes: Unread[];
let devices: DevicesView;
let client: OptionsClient;
const english = { ...say };

beforeEach(() => {
  made = [];
  changes = [unread(1)];
  devices = {
    own: device(1),
    others: [
      device(2, { standing: 'unattested' }),
      device(3, { standing: 'attested', by: 'Sample browser 1' }),
      device(4, { revoked: true }),
    ],
  };
  answers = {
    status: { ...status, attention: 1 },
    connectPoll: { state: 'idle' },
    sites: { sites: [] },
    calls: callsView(),
    neverLog: { mine: [], workspace: [] },
    attention: () => ({ changes }),
    putAside: ({ id, on }: { id: string; on: boolean }) => {
      changes = changes.map((each) => (each.id === id ? { ...each, aside: on } : each));
      return null;
    },
    mend: ({ id }: { id: string }) => {
      changes = changes.filter((each) => each.id !== id);
      return null;
    },
    devices: () => devices,
    vouch: ({ id, on }: { id: string; on: boolean }) => {
      const standing = on ? ('attested' as const) : ('unattested' as const);
      const others = devices.others.map((one) => (one.id === id ? { ...one, standing } : one));
      devices = { ...devices, others };
      return devices;
    },
    revokeDevice: ({ id }: { id: string }) => {
      const others = devices.others.map((one) => (one.id === id ? { ...one, revoked: true } : one));
      devices = { ...devices, others };
      return devices;
    },
    following: { mode: 'all', customers: [], untold: false },
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
    allow: async () => true,
    revoke: async () => true,
    allowNotifications: async () => true,
    shortcuts: async () => [],
    openTab: () => {},
    copy: vi.fn(async () => {}),
    save: vi.fn(),
  };
});
afterEach(() => void Object.assign(say, english));

const calls = (call: SidebarCall) =>
  made.filter((each) => each.call === call).map((each) => each.payload);
const button = (name: string | RegExp) => page.getByRole('button', { name });

async function open() {
  const place = draw(<App client={client} asked={{ ask: 'nothing' }} now={() => LATE} />);
  await expect.poll(() => calls('devices').length).toBeGreaterThan(0);
  await expect.element(page.getByText(/^This device\./)).toBeVisible();
  return place;
}

describe('what needs attention', () => {
  test('is shown with its reason and can be copied', async () => {
    await open();
    await expect.element(page.getByText(/note.text: too long/)).toBeVisible();
    await userEvent.click(button('Copy'));
    expect(client.copy).toHaveBeenCalledWith(expect.stringContaining('Text: Sample words, 1'));
  });

  test('is mended: its text edited, what is no text left out, and written again', async () => {
    await open();
    await userEvent.click(button('Mend…'));
    await userEvent.fill(page.getByRole('textbox', { name: 'Text' }), 'Shorter words');
    await userEvent.click(page.getByRole('checkbox').first());
    await userEvent.click(button('Write it again'));
    expect(calls('mend')).toEqual([
      { id: sampleId(1), body: { text: 'Shorter words', label: 'note' } },
    ]);
    await expect.element(page.getByText(/^Written again\./)).toBeVisible();
    await expect.element(page.getByText('Nothing does.')).toBeVisible();
  });

  test('of an erased record becomes a new one, and says so before', async () => {
    changes = [unread(1, { anew: true })];
    await open();
    await userEvent.click(button('Mend…'));
    await expect.element(page.getByText(/What you write again becomes a new one/)).toBeVisible();
  });

  test('what still does not fit stays in the fields, with the reason', async () => {
    answers.mend = new Error('This cannot be saved: note.text: too long. Nothing is lost.');
    await open();
    await userEvent.click(button('Mend…'));
    await userEvent.fill(page.getByRole('textbox', { name: 'Text' }), 'Still too long');
    await userEvent.click(button('Write it again'));
    await expect.element(page.getByRole('alert')).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Text' })).toHaveValue('Still too long');
  });

  test('is put aside, which is undone where it happened and later', async () => {
    await open();
    await userEvent.click(button('Put aside'));
    await expect.element(page.getByText('1 put aside')).toBeVisible();
    await userEvent.click(button('Undo'));
    await expect.element(page.getByText(/note.text: too long/)).toBeVisible();
    await userEvent.click(button('Put aside'));
    await userEvent.click(page.getByText('1 put aside'));
    await userEvent.click(button('Bring back'));
    await expect.element(button('Mend…')).toBeVisible();
  });

  test('all that is not on the server goes into a file, page by page, also when signed out', async () => {
    answers.status = { ...status, signedOut: true };
    const pending = (n: number) => ({
      ...{ id: sampleId(n), kind: 'note', record: sampleId(n + 1) },
      ...{ writtenAt: '2027-02-24T09:00:00.000Z', body: { text: `${n}` }, problem: null },
    });
    answers.pending = ({ from }: { from: number }) =>
      from === 0
        ? { changes: [pending(1)], next: 7 }
        : { changes: [{ ...pending(3), problem: 'why' }], next: null };
    await open();
    await userEvent.click(button('Save what is not on the server in a file'));
    await expect.element(page.getByText('2 changes saved in a file.')).toBeVisible();
    const [name, text] = vi.mocked(client.save).mock.calls[0] ?? [];
    expect(name).toBe('unsaid-2027-02-24.json');
    expect(JSON.parse(text ?? '')).toMatchObject({
      workspace: { name: 'Brightwater Sample' },
      changes: [pending(1), { ...pending(3), problem: 'why' }],
    });
  });
});

describe('devices', () => {
  test.each([
    ['first', device(1), /It is your first.*24 Feb 2027/],
    ['attested', device(1, { standing: 'attested', by: 'Other' }), /“Other” vouched for it on 24/],
    ['unattested', device(1, { standing: 'unattested' }), /none of your other devices/],
    ['keyless', device(1, { standing: 'keyless' }), /does not sign what it sends/],
    ['revoked', device(1, { revoked: true }), /It was revoked.*save it in a file/],
  ])('this one, %s: says why and since when', async (_, own, words) => {
    devices = { own, others: [] };
    await open();
    await expect.element(page.getByText(words)).toBeVisible();
  });

  test('one that nobody vouched for is asked about; vouching is undone in its place', async () => {
    await open();
    await expect.element(page.getByText('Is this yours?')).toBeVisible();
    await userEvent.click(button('Vouch for it: Sample browser 2'));
    expect(calls('vouch')).toEqual([{ id: sampleId(0x72), on: true }]);
    await expect.element(page.getByText('You vouched for Sample browser 2.')).toBeVisible();
    expect(page.getByText('Is this yours?').query()).toBeNull();
    await userEvent.click(button('Undo'));
    expect(calls('vouch').at(-1)).toEqual({ id: sampleId(0x72), on: false });
    await expect.element(page.getByText('Is this yours?')).toBeVisible();
  });

  test('a device that signs nothing is not asked to vouch', async () => {
    devices = { ...devices, own: device(1, { standing: 'keyless' }) };
    await open();
    await expect.element(page.getByText('Is this yours?')).toBeVisible();
    expect(button(/^Vouch for it/).query()).toBeNull();
  });

  test('revoking asks again, since it cannot be taken back', async () => {
    await open();
    await userEvent.click(button('Revoke…: Sample browser 2'));
    await expect.element(page.getByText(/This cannot be taken back/)).toBeVisible();
    expect(calls('revokeDevice')).toEqual([]);
    await userEvent.click(button('Keep it'));
    await userEvent.click(button('Revoke…: Sample browser 2'));
    await userEvent.click(button('Revoke it'));
    expect(calls('revokeDevice')).toEqual([{ id: sampleId(0x72) }]);
    await expect.element(page.getByText('Revoked: Sample browser 2.')).toBeVisible();
  });
});

describe('following', () => {
  let customers: { id: string; name: string }[];
  beforeEach(() => {
    customers = [{ id: sampleId(0xc1), name: 'Halden Foods' }];
    const view = () => ({ mode: 'chosen', customers, untold: false });
    answers.following = view;
    answers.find = { hits: [{ id: sampleId(0xc2), name: 'Sample Logistics', detail: '' }] };
    answers.follow = ({ customer, on }: { customer: string; on: boolean }) => {
      const others = customers.filter(({ id }) => id !== customer);
      customers = on ? [...others, { id: customer, name: 'Sample Logistics' }] : others;
      return view();
    };
  });

  test('from all to chosen ones', async () => {
    answers.following = { mode: 'all', customers: [], untold: false };
    answers.setFollowing = { mode: 'chosen', customers: [], untold: true };
    await open();
    await userEvent.click(page.getByText('Those I choose'));
    expect(calls('setFollowing')).toEqual([{ mode: 'chosen' }]);
    await expect.element(page.getByText(/^No customer yet\./)).toBeVisible();
    await expect.element(page.getByText('Takes effect with the next sync.')).toBeVisible();
  });

  test('a customer is chosen, let go, and taken back', async () => {
    await open();
    await userEvent.type(page.getByRole('combobox', { name: 'Follow one more' }), 'Samp');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.poll(() => calls('follow')).toEqual([{ customer: sampleId(0xc2), on: true }]);
    await userEvent.click(button('Unfollow: Halden Foods'));
    await expect.element(page.getByText(/^Halden Foods is not followed any more/)).toBeVisible();
    await userEvent.click(button('Undo'));
    expect(calls('follow').at(-1)).toEqual({ customer: sampleId(0xc1), on: true });
  });
});

test('what does not agree in the server’s history is said with its time; going on is confirmed', async () => {
  const finding = { words: 'An administrator has begun anew.', since: LATE, mayBeginAnew: true };
  answers.status = { ...status, finding };
  answers.beginAnew = status;
  await open();
  await expect.element(page.getByText('An administrator has begun anew.')).toBeVisible();
  await expect.element(page.getByText(/^Noticed on 24 Feb 2027/)).toBeVisible();
  await userEvent.click(button(/go on with the new history/));
  await expect.poll(() => page.getByText('An administrator has begun anew.').query()).toBeNull();
});

test('that the server signs nothing is said, with why', async () => {
  await open();
  expect(page.getByText(say.unsigned).query()).toBeNull();
  answers.status = { ...status, unsigned: 'It was restored from a backup.' };
  await open();
  await expect.element(page.getByText(say.unsigned)).toBeVisible();
  await expect.element(page.getByText('It was restored from a backup.')).toBeVisible();
});

test.each([
  ['light', 1_000, false],
  ['dark', 1_000, false],
  ['light', 375, true],
] as const)(
  'axe finds nothing, and nothing is cut: %s, %i px, long words: %s',
  async (scheme, width, long) => {
    if (long) Object.assign(say, german);
    changes = [unread(1), unread(2, { anew: true }), unread(3, { aside: true })];
    answers.following = {
      ...{ mode: 'chosen', untold: true },
      customers: [{ id: sampleId(0xc1), name: 'Halden Foods' }],
    };
    const finding = { words: 'Sample finding. Tell your administrator.', since: LATE };
    answers.status = {
      ...status,
      attention: 2,
      finding: { ...finding, mayBeginAnew: true },
      unsigned: 'Sample reason.',
    };
    document.documentElement.style.colorScheme = scheme;
    await page.viewport(width, 900);
    const place = draw(<App client={client} asked={{ ask: 'nothing' }} now={() => LATE} />);
    await expect.poll(() => calls('devices').length).toBeGreaterThan(0);
    await userEvent.click(button(say.mend).first());
    await userEvent.click(button(new RegExp(say.revokeDevice)).first());
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    await expectAccessible(place);
  },
);
