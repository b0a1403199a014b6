// The bar in a real browser: keys, pointer and what is spoken.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { sampleCall, sampleTag } from '../calls/samples.ts';
import { one, soon } from '../ui/draw.ts';
import { FakeBar } from './fake-bar.ts';
import { down, open, press, up, wait } from './open.tsx';

let background: FakeBar;
let root: HTMLElement;
const tagged = () => background.of('callTag').map(({ tag }) => tag);
const said = () => one(root, '[role=status]').textContent ?? '';
const rows = () => [...root.querySelectorAll('.b-latest li')].map((row) => row.textContent);

beforeEach(async () => {
  await page.viewport(420, 600);
  background = new FakeBar();
  background.run();
  root = await open(background);
});

afterEach(() => vi.restoreAllMocks());

describe('keys', () => {
  test('one key is one tag, shown, stored and spoken', async () => {
    press('2');
    await soon(() => expect(rows().join()).toMatch(/12:00.*Grievance/));
    expect(said()).toMatch(/^Grievance at 12:0\d\.$/);
    await soon(() => expect(tagged()).toEqual(['grievance']));
  });

  test('the tag has the moment of the key, however late it is heard', async () => {
    const event = new KeyboardEvent('keydown', { key: '2', code: 'Digit2', bubbles: true });
    const at = Date.now();
    await wait(300);
    document.body.dispatchEvent(event);
    await soon(() => expect(tagged()).toHaveLength(1));
    expect(Math.abs(Number(background.of('callTag')[0]?.at) - at)).toBeLessThan(50);
  });

  test('two keys held together are one moment', async () => {
    down('1');
    await wait(60);
    down('2');
    up('1');
    up('2');
    await soon(() => expect(tagged()).toEqual(['expectation', 'grievance']));
    const [first, second] = background.of('callTag').map(({ at }) => at);
    expect(second).toBe(first);
    expect(said()).toMatch(/Expectation.*Grievance/);
  });

  test('a key that is held marks from when to when', async () => {
    down('2');
    await soon(() => expect(root.querySelector('[data-held]')).not.toBeNull());
    await wait(900);
    up('2');
    await soon(() => expect(background.of('callTagEdit')).toHaveLength(1));
    const { span } = (background.of('callTagEdit')[0] as { patch: { span: number } }).patch;
    expect(span).toBeGreaterThan(850);
    expect(span).toBeLessThan(3_000);
    expect(root.querySelector('[data-held]')).toBeNull();
    expect(said()).toMatch(/^Grievance for 0:0\d/);
  });

  test('a short press is a moment, not a span', async () => {
    press('2');
    await soon(() => expect(tagged()).toHaveLength(1));
    expect(background.of('callTagEdit')).toEqual([]);
  });

  test('a window that is left lets go of what was held', async () => {
    down('2');
    await wait(500);
    window.dispatchEvent(new FocusEvent('blur'));
    await soon(() => expect(background.of('callTagEdit')).toHaveLength(1));
  });

  test('pressed twice within 300 ms counts once', async () => {
    press('2');
    press('2');
    await wait(350);
    press('2');
    await soon(() => expect(tagged()).toHaveLength(2));
    expect(rows()).toHaveLength(2);
  });

  test('a moment ago dates the next tag back, and only that one', async () => {
    press('0');
    await soon(() =>
      expect(page.getByRole('button', { name: 'A moment ago' }).element().ariaPressed).toBe('true'),
    );
    press('2');
    press('3');
    await soon(() => expect(tagged()).toHaveLength(2));
    expect(background.of('callTag').map(({ before }) => before)).toEqual([10_000, undefined]);
  });

  test('a kept moment is that of all tags until the same key again', async () => {
    press('.');
    await soon(() =>
      expect(page.getByRole('button', { name: /Keep the moment/ }).element().ariaPressed).toBe(
        'true',
      ),
    );
    await wait(120);
    press('1');
    await wait(120);
    press('2');
    press('.');
    await wait(120);
    press('3');
    await soon(() => expect(tagged()).toHaveLength(3));
    const at = background.of('callTag').map((each) => Number(each.at));
    expect(at[1]).toBe(at[0]);
    expect(at[2]).toBeGreaterThan((at[0] ?? 0) + 100);
  });

  test('typing does not tag; with Alt it does', async () => {
    const field = one<HTMLInputElement>(root, 'input');
    field.focus();
    press('2', field);
    press('h', field);
    await wait(50);
    expect(background.made.filter(({ call }) => call !== 'calls')).toEqual([]);
    press('2', field, { altKey: true });
    await soon(() => expect(tagged()).toEqual(['grievance']));
  });

  test('what AltGr types is typed: on Windows it is Ctrl with Alt', async () => {
    const field = one<HTMLInputElement>(root, 'input');
    field.focus();
    const typed = new KeyboardEvent('keydown', {
      ...{ key: '²', code: 'Digit2', ctrlKey: true, altKey: true },
      ...{ bubbles: true, cancelable: true, view: window },
    });
    field.dispatchEvent(typed);
    await wait(50);
    expect(typed.defaultPrevented).toBe(false);
    expect(tagged()).toEqual([]);
  });

  test('single keys can be switched off; Alt with the key goes on working', async () => {
    press('?');
    await userEvent.click(page.getByText('Off', { exact: true }));
    await soon(() => expect(background.of('callSettings')[0]).toEqual({ patch: { keys: false } }));
    await soon(() => expect(root.querySelector('.b-tags .u-key')).toBeNull());
    expect(root.textContent).toContain('Off switches all of these off');
    press('Escape');
    await soon(() => expect(root.querySelector('.b-keys')).toBeNull());
    for (const key of ['2', 'h', '?', '0', '.', 'n', ' ', 'Backspace']) press(key);
    expect(root.querySelector('.b-keys')).toBeNull();
    press('3', document.body, { altKey: true });
    await soon(() => expect(tagged()).toEqual(['praise']));
    expect(background.of('callEnd')).toEqual([]);
  });

  test('a key of this device’s own stands in the place of the workspace’s', async () => {
    background.view.settings = { ...background.view.settings, remapped: { grievance: 'z' } };
    background.tell();
    await soon(() => expect(root.querySelector('.b-tags')?.textContent).toContain('Z'));
    press('2');
    press('z');
    await soon(() => expect(tagged()).toEqual(['grievance']));
  });

  test('the bar’s other keys can be others, or none, and are shown as they are', async () => {
    const acts = { hangUp: 'q', momentAgo: '', keys: 'k' };
    background.view.settings = { ...background.view.settings, acts };
    background.tell();
    const hangUp = page.getByRole('button', { name: 'Hang up' });
    await soon(() => expect(hangUp.element().textContent).toContain('Q'));
    for (const key of ['h', '?', '0']) press(key);
    expect(root.querySelector('.b-keys')).toBeNull();
    press('2');
    await soon(() => expect(tagged()).toEqual(['grievance']));
    expect(background.of('callTag')[0]).not.toHaveProperty('before');
    press('k');
    await soon(() => expect(root.querySelector('.b-keys')?.textContent).toContain('Hang up'));
    const rows = [...root.querySelectorAll('.b-keys dl > div')].map((row) => row.textContent);
    expect(rows).toContain('QHang up');
    expect(rows.some((text) => text?.includes('The next tag goes back'))).toBe(false);
    press('k');
    press('q');
    await soon(() => expect(background.of('callEnd')).toHaveLength(1));
  });

  test('Backspace takes back the last tag, and says so', async () => {
    press('2');
    press('Backspace');
    await soon(() => expect(background.tags[0]?.deleted).toBe(true));
    expect(rows()).toEqual([]);
    expect(said()).toMatch(/^Taken back: Grievance at 12:0\d\.$/);
  });

  test('each of the last tags can be taken back', async () => {
    for (const key of ['1', '2', '3']) press(key);
    await soon(() => expect(rows()).toHaveLength(3));
    await userEvent.click(page.getByRole('button', { name: /Take back: Grievance/ }));
    await soon(() =>
      expect(background.tags.filter(({ deleted }) => deleted).map(({ tag }) => tag)).toEqual([
        'grievance',
      ]),
    );
  });

  test('Space stops the clock and goes on; H hangs up', async () => {
    press(' ');
    await soon(() => expect(background.of('callPause').map(({ on }) => on)).toEqual([true]));
    expect(said()).toMatch(/^Paused/);
    press(' ');
    await soon(() => expect(background.of('callPause').map(({ on }) => on)).toEqual([true, false]));
    press('h');
    await soon(() => expect(background.of('callEnd')).toHaveLength(1));
    await soon(() => expect(root.querySelector('h2')?.textContent).toBe('Wrap up'));
  });
});

describe('the line', () => {
  test('its words get the time of their first letter', async () => {
    const field = one<HTMLInputElement>(root, 'input');
    await userEvent.click(field);
    const before = Date.now();
    await userEvent.type(field, 'w');
    const after = Date.now();
    await wait(400);
    await userEvent.type(field, 'ants it on paper{Enter}');
    await soon(() => expect(background.of('callTag')).toHaveLength(1));
    const [note] = background.of('callTag');
    expect(note).toMatchObject({ tag: 'note', text: 'wants it on paper' });
    expect(Number(note?.at)).toBeGreaterThanOrEqual(before - 2);
    expect(Number(note?.at)).toBeLessThanOrEqual(after + 2);
  });

  test('Enter opens it for the last tag', async () => {
    press('2');
    await soon(() => expect(rows()).toHaveLength(1));
    press('Enter');
    const field = one<HTMLInputElement>(root, 'input');
    await soon(() => expect(document.activeElement).toBe(field));
    await userEvent.type(field, 'third time{Enter}');
    await soon(() => expect(background.tags[0]?.text).toBe('third time'));
    expect(background.tags).toHaveLength(1);
  });

  test('Escape leaves it with its words; a window opened anew has them too', async () => {
    const field = one<HTMLInputElement>(root, 'input');
    await userEvent.click(field);
    await userEvent.type(field, 'half a tho{Escape}');
    expect(document.activeElement).not.toBe(field);
    expect(field.value).toBe('half a tho');
    const again = await open(background);
    expect(one<HTMLInputElement>(again, 'input').value).toBe('half a tho');
    expect(background.of('callTag')).toEqual([]);
  });
});

describe('pointer', () => {
  const grievance = () => page.getByRole('button', { name: 'Grievance' }).element();
  const at = (x: number) => {
    const box = grievance().getBoundingClientRect();
    const place = { clientX: box.left + x, clientY: box.top + 5, button: 0, pointerId: 1 };
    return { ...place, bubbles: true, view: window };
  };
  const pointer = (kind: string, x: number) =>
    grievance().dispatchEvent(new PointerEvent(kind, at(x)));

  test('a click tags once and leaves the focus where it was', async () => {
    await userEvent.click(grievance());
    await soon(() => expect(tagged()).toEqual(['grievance']));
    expect(document.activeElement).toBe(document.body);
  });

  test('held, it marks a span', async () => {
    // There is no pointer behind events of a test.
    vi.spyOn(Element.prototype, 'setPointerCapture').mockReturnValue();
    pointer('pointerdown', 5);
    await wait(600);
    pointer('pointerup', 5);
    await soon(() => expect(background.of('callTagEdit')).toHaveLength(1));
  });

  test('let go beside the button, it was not meant', async () => {
    // There is no pointer behind events of a test.
    vi.spyOn(Element.prototype, 'setPointerCapture').mockReturnValue();
    pointer('pointerdown', 5);
    await soon(() => expect(tagged()).toHaveLength(1));
    pointer('pointerup', -50);
    await soon(() => expect(background.tags[0]?.deleted).toBe(true));
  });

  test('the keyboard and readers press it with a click', async () => {
    (grievance() as HTMLElement).click();
    await soon(() => expect(tagged()).toEqual(['grievance']));
  });
});

describe('a worker that dies', () => {
  test('shows tags at once, says what is not stored, and loses nothing', async () => {
    background.dead = true;
    for (const key of ['1', '2', '3']) press(key);
    await soon(() => expect(rows()).toHaveLength(3));
    await soon(() => expect(root.textContent).toContain('3 are not stored yet.'));
    expect(rows()[0]).toContain('not stored yet');
    background.dead = false;
    await soon(() => expect(tagged()).toEqual(['expectation', 'grievance', 'praise']));
    await soon(() => expect(root.textContent).not.toContain('not stored'));
    expect(background.tags).toHaveLength(3);
  });

  test('a window that is closed meanwhile: the next one stores what it left', async () => {
    background.dead = true;
    press('1');
    press('2');
    await soon(() => expect(background.disk.size).toBe(2));
    const next = new FakeBar();
    next.view = background.view;
    for (const [key, value] of background.disk) next.disk.set(key, value);
    await open(next);
    await soon(() => expect(next.tags.map(({ tag }) => tag)).toEqual(['expectation', 'grievance']));
    expect(next.disk.size).toBe(0);
    background.dead = false;
  });

  test('what is refused is said, kept, and can be tried again or left out', async () => {
    background.failures.set('callTag', { code: 'not-found', message: 'There is no such call.' });
    press('2');
    await soon(() => expect(page.getByRole('alert').element().textContent).toMatch('no such call'));
    expect(rows()).toHaveLength(1);
    background.failures.clear();
    await userEvent.click(page.getByRole('button', { name: 'Try again' }));
    await soon(() => expect(background.tags).toHaveLength(1));
    await soon(() => expect(root.querySelector('[role=alert]')).toBeNull());
  });
});

describe('clocks', () => {
  test('one that is set back does not move tags', async () => {
    await wait(1_100);
    background.set = -3_600_000;
    const at = Date.now();
    press('2');
    await soon(() => expect(background.of('callClockSet')).toHaveLength(1));
    expect(Math.abs(Number(background.of('callClockSet')[0]?.by) + 3_600_000)).toBeLessThan(100);
    press('3');
    await soon(() => expect(tagged()).toHaveLength(2));
    for (const tag of background.of('callTag')) {
      expect(Math.abs(Number(tag.at) - at)).toBeLessThan(2_500);
    }
    expect(one(root, '[role=timer]').textContent).toMatch(/^12:0/);
  });

  test('one that ran ahead is asked about', async () => {
    background.set = 42 * 60_000;
    await soon(() => expect(root.textContent).toContain('slept, or its clock was set: 42:00'));
    await userEvent.click(page.getByRole('button', { name: 'It was the clock' }));
    await soon(() => expect(background.of('callClockSet')).toHaveLength(1));
    await soon(() => expect(one(root, '[role=timer]').textContent).toMatch(/^12:/));
  });
});

test('a three-hour call with 2,000 tags: a key is drawn as quickly as in an empty one', async () => {
  const running = background.run(180);
  background.tags = Array.from({ length: 2_000 }, (_, n) => sampleTag(running, n));
  background.tell();
  await soon(() => expect(rows()).toHaveLength(8));
  expect(one(root, '[role=timer]').textContent).toMatch(/^3:00:0/);
  expect(root.querySelectorAll('*').length).toBeLessThan(600);
  press('2');
  await soon(() => expect(rows()[0]).toMatch(/3:00:0.*Grievance/));
});

test('parked calls wait with their clocks, and go on', async () => {
  await userEvent.click(page.getByRole('button', { name: 'Park' }));
  await soon(() => expect(root.textContent).toContain('Parked'));
  await userEvent.click(page.getByRole('button', { name: 'Go on: Halden Foods' }));
  await soon(() => expect(background.of('callResume')).toHaveLength(1));
  expect(one(root, '[role=timer]')).not.toBeNull();
});

test('none runs: a call is begun, also one that began before', async () => {
  background.view = { ...background.view, running: null };
  background.tell();
  const minutes = page.getByLabelText('It began so many minutes ago');
  await userEvent.fill(minutes, '3');
  await userEvent.click(page.getByRole('button', { name: 'Start a call' }));
  await soon(() => expect(background.of('callStart')).toHaveLength(1));
  const at = Number(background.of('callStart')[0]?.at);
  expect(Math.abs(Date.now() - 180_000 - at)).toBeLessThan(5_000);
  await soon(() => expect(one(root, '[role=timer]').textContent).toMatch(/^3:0/));
});

test('a meeting is proposed, and can be waved away', async () => {
  const proposal = {
    ...{ channel: 'meeting' as const, subject: 'Moss, phase 2', number: '', tab: 7 },
    ...{ url: 'https://meet.example/1', customer: { ...named, reason: 'by mail domain' } },
  };
  background.view = { ...background.view, running: null, proposal };
  background.tell();
  await soon(() => expect(root.textContent).toContain('Moss, phase 2'));
  await userEvent.click(page.getByRole('button', { name: 'Tag this one' }));
  await soon(() => expect(background.of('callStart')[0]).toMatchObject({ proposed: true, tab: 7 }));
});
const named = { id: sampleCall(0).customer?.id ?? '', name: 'Halden Foods' };
