// The states of the bar that are easy to forget.
import { expect } from 'vitest';
import { userEvent } from 'vitest/browser';
import { sampleCall, sampleTag } from '../calls/samples.ts';
import { sampleCard, sampleId } from '../sidebar/samples.ts';
import { soon } from '../ui/draw.ts';
import type { FakeBar } from './fake-bar.ts';
import { down, press, wait } from './open.tsx';

function tags(background: FakeBar, count: number): void {
  const running = background.run(28);
  background.tags = Array.from({ length: count }, (_, n) => sampleTag(running, n));
}

function wrapUp(background: FakeBar, count: number): void {
  tags(background, count);
  const card = (n: number, statement: string) =>
    sampleCard(n, { fields: { statement, stage: 'hunch' } });
  background.hunches = [card(1, 'One person to call by name'), card(2, 'Certificates in time')];
}

type Opened = () => Promise<HTMLElement>;
export const states: Record<string, (open: Opened, background: FakeBar) => Promise<unknown>> = {
  async 'no call runs'(opened, background) {
    const parked = [sampleCall(1, { state: 'parked' })];
    background.view = { ...background.view, parked };
    await opened();
  },
  async 'a meeting is proposed'(opened, background) {
    background.view.proposal = {
      ...{ channel: 'meeting', subject: 'Moss: what comes after phase 2', number: '', tab: 7 },
      ...{ url: 'https://meet.example/1' },
      customer: { id: sampleCall(0).id, name: 'Halden Foods', reason: 'by mail domain' },
    };
    await opened();
  },
  async 'nothing tagged yet'(opened, background) {
    tags(background, 0);
    await opened();
  },
  async 'tags, a kept moment, a moment ago and a key that is held'(opened, background) {
    tags(background, 5);
    background.view.parked = [sampleCall(1, { state: 'parked' })];
    await opened();
    press('.');
    press('0');
    down('2');
    await wait(500);
  },
  async 'not stored, and a clock that ran ahead'(opened, background) {
    tags(background, 3);
    const root = await opened();
    background.dead = true;
    background.set = 42 * 60_000;
    press('2');
    await soon(() => expect(root.querySelectorAll('.b-gap').length).toBe(2));
  },
  async 'a tag is refused'(opened, background) {
    tags(background, 3);
    const root = await opened();
    background.failures.set('callTag', { code: 'not-found', message: 'There is no such call.' });
    press('2');
    await soon(() => expect(root.querySelector('[role=alert]')).not.toBeNull());
  },
  async 'the keys'(opened, background) {
    tags(background, 2);
    await opened();
    press('?');
  },
  async 'wrapping up'(opened, background) {
    wrapUp(background, 6);
    const root = await opened();
    await userEvent.keyboard('h');
    await soon(() => expect(root.querySelector('.w-up')).not.toBeNull());
    root.querySelector<HTMLElement>('.w-line')?.focus();
    await userEvent.keyboard('e');
    await wait(50);
    await userEvent.keyboard('p');
    await userEvent.click(root.querySelectorAll('.w-score .u-segment-cell')[3] as HTMLElement);
    await userEvent.click(root.querySelectorAll('.w-score .u-segment-cell')[6] as HTMLElement);
  },
  async 'what a tag confirms'(opened, background) {
    wrapUp(background, 3);
    const word = 'Kalibrierungszertifikatsübergabetermin';
    background.open = Array.from({ length: 12 }, (_, n) => ({
      ...{ expectation: sampleId(0x7100 + n), statement: `${word} ${n}`, stage: 'asked' },
      probe: n % 2 === 0 ? null : { id: sampleId(0x7200 + n), question: `${word}sfrage ${n}?` },
    }));
    const root = await opened();
    await userEvent.keyboard('h');
    await soon(() => expect(root.querySelector('.w-up')).not.toBeNull());
    root.querySelector<HTMLElement>('.w-line')?.focus();
    await userEvent.keyboard('c');
    await soon(() => expect(root.querySelectorAll('.w-open li')).toHaveLength(9));
  },
  async 'wrapping up a call without tags'(opened, background) {
    background.run(3, { customer: null, subject: '' });
    const root = await opened();
    await userEvent.keyboard('h');
    await soon(() => expect(root.querySelector('.w-up')).not.toBeNull());
  },
};
