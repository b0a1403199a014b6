// The states that are easy to forget, at both widths, in both schemes and in long words: nothing is
// cut, everything is big enough to press, and axe finds nothing.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ContextMessage } from '../../src/extension/messages/views.ts';
import { say } from '../../src/extension/sidebar/words.ts';
import { callsView, sampleCall, sampleTag } from '../calls/samples.ts';
import { expectAccessible } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { german } from './german.ts';
import { open, settled } from './open.tsx';
import {
  CUSTOMER,
  context,
  message,
  nobody,
  sampleCard,
  sampleDraft,
  sampleId,
  status,
  writtenTwice,
} from './samples.ts';

let background: FakeBackground;
const english = { ...say };
beforeEach(() => {
  background = new FakeBackground();
});
afterEach(() => {
  Object.assign(say, english);
});

function shown(n: number, patch: Partial<ContextMessage>): ContextMessage {
  const from = { name: `Sample Sender ${n}`, address: `sender-number-${n}@halden-foods.example` };
  const known = { warnings: [], interaction: null, logged: false, probably: false };
  return { ...message, from, keys: [`mid:${n}`], ...known, ...patch };
}

const fate = (n: number, match: 'approximate' | 'orphan') => ({
  kind: 'expectation' as const,
  id: sampleCard(n).id,
  evidence: sampleId(0x2000 + n),
  earlier: false,
  match,
});

type Opened = () => Promise<unknown>;
const RIGHT_TO_LEFT = 'نتوقع أن تصل الشهادات قبل التدقيق كما هو معتاد دائما، دون أن نطلب ذلك.';

const states: Record<string, (open: Opened) => Promise<void>> = {
  async 'the first mail that was ever opened'(opened) {
    background.cards = [];
    background.status = { ...status, connection: null };
    await opened();
  },
  async 'nothing on file, a page that is no mail'(opened) {
    background.cards = [];
    const guess = { ...context.guess, customer: nobody, contact: nobody, project: nobody };
    background.context = { ...context, page: 'other', messages: [], guess };
    await opened();
  },
  async 'a thousand expectations'(opened) {
    background.cards = [1, 2].map((n) => sampleCard(n));
    background.story = Array.from({ length: 1_000 }, (_, n) => sampleCard(3 + n));
    await opened();
  },
  async 'words from right to left'(opened) {
    const arabic = (n: number) => {
      const card = sampleCard(n);
      const evidence = card.evidence.map((one) => ({ ...one, quote: RIGHT_TO_LEFT }));
      return { ...card, evidence, customer: { id: CUSTOMER, name: 'شركة العينة للأغذية المبردة' } };
    };
    background.cards = [arabic(1), arabic(2)];
    background.story = [arabic(3)];
    const customer = { ...context.guess.customer, name: 'شركة العينة للأغذية المبردة' };
    background.context = { ...context, guess: { ...context.guess, customer } };
    await opened();
  },
  async 'away from the server for a day'(opened) {
    background.cards = [sampleCard(1, { synced: false }), sampleCard(2)];
    background.status = { ...status, unsynced: 12, offlineSince: Date.UTC(2027, 1, 24, 14, 10) };
    await opened();
  },
  async 'marks that are gone or moved'(opened) {
    background.cards = [1, 2, 3, 4].map((n) => sampleCard(n, { keptHere: n === 1 }));
    await opened();
    const fates = [fate(2, 'approximate'), fate(3, 'orphan'), fate(4, 'orphan')];
    background.tell({ event: 'fates', tab: 7, frame: 0, fates });
    const { kind, id, evidence } = fate(1, 'orphan');
    background.tell({ event: 'replaced', tab: 7, kind, id, evidence, before: null });
    await settled();
    await userEvent.click(page.getByRole('button', { name: new RegExp(say.choose) }).first());
  },
  async 'a thread with all there is to say'(opened) {
    const address = 'invoice@brіghtwater.example';
    background.context = {
      ...context,
      page: 'thread',
      changed: 'Sample Mail',
      never: 1,
      messages: [
        shown(1, { shown: 'collapsed' }),
        shown(2, { warnings: [{ kind: 'look-alike', address, like: 'brightwater.example' }] }),
        shown(3, { shown: 'clipped', logged: true, probably: true }),
        shown(4, { warnings: [{ kind: 'other-address', address, shown: 'sample@else.example' }] }),
      ],
    };
    await opened();
    await userEvent.click(page.getByRole('button', { name: say.neverAsk }));
  },
  async 'a card with a number in its words'(opened) {
    await opened();
    const quote = 'Please take it off 4111 1111 1111 1111 as before.';
    const draft = sampleDraft({ quote, quoted: true, keepHere: true });
    background.tell({ event: 'draft', tab: 7, draft });
  },
  async 'all that may stand at the foot'(opened) {
    background.status = {
      ...status,
      ...{ unsynced: 20_000, attention: 2, strangers: 1, problem: 'The server answered 503.' },
      progress: { done: 3_400, of: 20_000 },
      finding: {
        ...{ words: 'The server shows another history than it showed before.', since: 0 },
        mayBeginAnew: false,
      },
    };
    background.followed = false;
    await opened();
  },
  async 'cards that were written twice'(opened) {
    background.cards = [writtenTwice(1), writtenTwice(2)];
    await opened();
  },
  async 'a card that was written twice'(opened) {
    background.cards = [writtenTwice(1)];
    await opened();
    background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
    await settled();
  },
  async 'a call that runs, after the computer slept'(opened) {
    background.time = Date.UTC(2027, 1, 24, 9, 30);
    const clock = { startedAt: background.time - 3_724_000, pauses: [], endedAt: null };
    const running = sampleCall(0, { state: 'running', clock });
    background.calling = callsView({ running, latest: [sampleTag(running, 4)] });
    background.steady = 0;
    await opened();
    background.time += 42 * 60_000;
    await expect
      .poll(() => page.getByRole('timer').element().textContent, { timeout: 5_000 })
      .toBe('1:44:04');
  },
  async 'what is left of calls, and one that is proposed'(opened) {
    const proposal = {
      ...{ channel: 'meeting' as const, subject: 'Weekly with the cold store in Moss', number: '' },
      ...{ url: 'https://meet.example/abc', tab: 9, customer: context.guess.customer },
    };
    const customer = { id: CUSTOMER, name: 'Halden Foods' };
    background.calling = callsView({
      ...{ waiting: 3, parked: [sampleCall(1, { state: 'parked' })] },
      proposal: { ...proposal, customer: { ...customer, reason: '' } },
    });
    await opened();
  },
  async 'a saved card with changes'(opened) {
    background.cards = [sampleCard(1, { keptHere: true })];
    await opened();
    background.tell({ event: 'fates', tab: 7, frame: 0, fates: [fate(1, 'approximate')] });
    background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
    await settled();
    await userEvent.click(page.getByText('Stated', { exact: true }));
    await userEvent.click(page.getByRole('button', { name: 'Confirmed' }));
  },
};

/** What stands out of the sidebar, or is hidden by what it stands in. */
function cut(place: HTMLElement): string[] {
  const edge = place.getBoundingClientRect().right + 1;
  return [...place.querySelectorAll<HTMLElement>('*')]
    .filter((each) => !each.matches('.u-hidden, .u-hidden *, .s-cut, input'))
    .filter(
      (each) =>
        each.getBoundingClientRect().right > edge ||
        (getComputedStyle(each).overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1),
    )
    .map((each) => each.outerHTML.slice(0, 200));
}

function small(place: HTMLElement): string[] {
  return [...place.querySelectorAll('button, select, label:has(input)')]
    .filter((each) => each.checkVisibility())
    .map((each) => ({ html: each.outerHTML, box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.height < 24 || box.width < 24)
    .map(({ html }) => html);
}

describe.each(Object.keys(states))('%s', (name) => {
  test.each([
    [360, 'light', false],
    [360, 'dark', false],
    [280, 'light', true],
  ] as const)('%i px, %s, long words: %s', async (width, scheme, long) => {
    if (long) Object.assign(say, german);
    document.documentElement.style.colorScheme = scheme;
    await page.viewport(width, 900);
    let place = document.body;
    await states[name]?.(async () => {
      ({ place } = await open(background, width));
    });
    await settled();
    expect(cut(place)).toEqual([]);
    expect(small(place)).toEqual([]);
    await expectAccessible(place);
  });
});
