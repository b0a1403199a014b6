// Mails that logged themselves, and the one line of a blind spot.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ContextMessage } from '../../src/extension/messages/views.ts';
import { expectAccessible } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { context, sampleId } from './samples.ts';

const MAIL = sampleId(0x77);
let background: FakeBackground;

function shows(...messages: Partial<ContextMessage>[]): void {
  const [sample] = context.messages;
  if (sample === undefined) throw new Error('the sample context shows a mail');
  background.context = { ...context, messages: messages.map((one) => ({ ...sample, ...one })) };
}
const itself = { logged: true, interaction: MAIL, itself: { interaction: MAIL, words: false } };

beforeEach(() => {
  background = new FakeBackground();
  shows(itself);
});

const notThis = () => page.getByRole('button', { name: /^Not this one/ });
const keep = () => page.getByRole('button', { name: /^Keep its words/ });

describe('a mail that logged itself', () => {
  test('says so, is taken back with one press, and comes back with another', async () => {
    const { place } = await open(background);
    expect(place.textContent).toContain('Logged by itself');
    await expectAccessible(place);
    await userEvent.click(notThis());
    expect(background.calls('notThisOne')).toEqual([{ interaction: MAIL, on: true }]);
    shows({});
    await background.changed();
    await expect.element(page.getByText(/It does not log itself again/)).toBeVisible();
    expect(place.textContent).not.toContain('Logged by itself');
    // By hand it can still be logged.
    await expect.element(page.getByRole('button', { name: /^Log/ }).first()).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    expect(background.calls('notThisOne').at(-1)).toEqual({ interaction: MAIL, on: false });
    await expect.element(page.getByText(/It does not log itself again/)).not.toBeInTheDocument();
  });

  test('is kept with its words when that is asked for, and says that they are', async () => {
    const { place } = await open(background, 360, 7);
    let done: () => void = () => undefined;
    background.held.set(
      'keepWords',
      new Promise((resolve) => {
        done = resolve;
      }),
    );
    await userEvent.click(keep());
    await expect.element(page.getByText('Reading its words…')).toBeVisible();
    done();
    await settled();
    expect(background.calls('keepWords')).toEqual([{ tab: 7, interaction: MAIL }]);
    shows({ ...itself, itself: { interaction: MAIL, words: true } });
    await background.changed();
    expect(place.textContent).toContain('Logged by itself, with its words');
    await expect.element(keep()).not.toBeInTheDocument();
  });

  test('of a page that does not show them the reason is said', async () => {
    await open(background);
    const message = 'The page does not show the words of this mail. Open it, then ask again.';
    background.failures.set('keepWords', { code: 'not-found', message });
    await userEvent.click(keep());
    await expect.element(page.getByText(message)).toBeVisible();
    await expect.element(keep()).toBeEnabled();
  });

  test('among the mails of a conversation each says its own', async () => {
    const two = sampleId(0x78);
    shows(
      { ...itself, keys: ['mid:1'], from: { name: 'Sample Jo', address: 'jo@halden.example' } },
      {
        ...{ keys: ['mid:2'], logged: true, interaction: two },
        from: { name: 'Sample Kim', address: 'kim@halden.example' },
      },
    );
    const { place } = await open(background, 280);
    const [first, second] = place.querySelectorAll('.s-thread > li');
    expect(first?.textContent).toContain('Logged by itself');
    expect(second?.textContent).toContain('Logged');
    expect(second?.textContent).not.toContain('by itself');
    await expect
      .element(page.getByRole('button', { name: 'Not this one: take the mail of Sample Jo back' }))
      .toBeVisible();
    expect(place.scrollWidth).toBeLessThanOrEqual(280);
    await expectAccessible(place);
  });
});

describe('the line of a blind spot', () => {
  test('says the most urgent reason, and goes when there is none any more', async () => {
    background.blindSpot = { kind: 'not-asked', days: 94, asked: 3, since: 0 };
    const { place } = await open(background);
    const line = page.getByText('Nobody has asked them anything for 94 days.');
    await expect.element(line).toBeVisible();
    expect(place.querySelectorAll('.s-blind')).toHaveLength(1);
    await expectAccessible(place);
    background.blindSpot = null;
    await background.changed();
    await expect.element(line).not.toBeInTheDocument();
  });

  test('is not there without one, nor where it cannot be told', async () => {
    const { place } = await open(background);
    await expect.poll(() => background.calls('blindSpot').length).toBe(1);
    expect(place.querySelector('.s-blind')).toBeNull();
    background.failures.set('blindSpot', { code: 'storage', message: 'broken' });
    await background.changed();
    await expect.poll(() => background.calls('blindSpot').length).toBe(2);
    expect(place.textContent).not.toContain('broken');
  });
});
