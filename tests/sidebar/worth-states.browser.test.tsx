// Every state of worth, outcome, Kano and looking back, at both widths, in both schemes and in long
// words: nothing is cut, everything is big enough to press, and axe finds nothing.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { SavedCard } from '../../src/extension/messages/views.ts';
import { say as sidebarSay } from '../../src/extension/sidebar/words.ts';
import { worthSay as say } from '../../src/extension/sidebar/worth/words.ts';
import { worthWords } from '../../src/ui/worth/words.ts';
import { expectAccessible } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { sampleCard, sampleId } from './samples.ts';
import { germanWords, germanWorth } from './worth-german.ts';

const english = [{ ...say }, { ...worthWords }] as const;
let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});
afterEach(() => {
  Object.assign(say, english[0]);
  Object.assign(worthWords, english[1]);
});

type Fields = SavedCard['fields'];
type Opened = () => Promise<unknown>;

async function openCard(opened: Opened, fields: Fields, titles: string[]) {
  background.cards = [sampleCard(1, { fields: { ...sampleCard(1).fields, ...fields } })];
  await opened();
  background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
  for (const title of titles) {
    const heading = page.getByRole('heading', { name: title, level: 3 });
    await expect.element(heading).toBeInTheDocument();
    if (heading.element().closest('details')?.open !== true) await userEvent.click(heading);
  }
  await settled();
}

const reply = (n: number, functional: 'like' | 'must-be' | 'neutral', who: string | null) => ({
  ...{ probe: sampleId(0x710 + n), functional, dysfunctional: 'dislike' as const, counts: true },
  contact: who === null ? null : { id: sampleId(0xd0 + n), name: who },
  at: new Date(Date.UTC(2027, 1, n + 1)).toISOString(),
});

const states: Record<string, (open: Opened) => Promise<void>> = {
  'nothing rated, nothing known': (opened) =>
    openCard(opened, {}, [say.worth, say.outcome, say.kano]),
  'rated and decided long ago': async (opened) => {
    background.worth.decidedBy = { name: 'Tom Sample', me: false };
    const decided = { decision: 'exceed', decidedAt: '2026-01-02T10:00:00Z' } as const;
    const rated = { value: 5, effort: 3, likelihood: 2, reviewOn: '2026-02-01' };
    await openCard(
      opened,
      { ...decided, ...rated, decidedBy: sampleId(3), decisionReason: 'A renewal hangs on it' },
      [say.worth],
    );
  },
  'a miss in numbers': async (opened) => {
    const missed = { outcome: 'missed', outcomeAt: '2027-02-20T10:00:00Z', gap: 3 } as const;
    await openCard(
      opened,
      {
        ...{ ...missed, dimension: 'reliability', outcomeText: 'Their mail of Monday' },
        ...{ outcomeValue: 1200.5, currency: 'EUR', unit: 'points' },
        ...{ adequate: 6, desired: 8, perceived: 5.5 },
      },
      [say.outcome],
    );
  },
  'numbers that cannot be': async (opened) => {
    await openCard(opened, { outcome: 'missed', adequate: 6 }, [say.outcome]);
    await userEvent.fill(page.getByLabelText(say.cost), '1,200');
    await userEvent.fill(page.getByLabelText(say.currency, { exact: true }), 'XQX');
    await userEvent.fill(page.getByLabelText(worthWords.desired), '4');
    await userEvent.tab();
    await settled();
  },
  'what many answered': async (opened) => {
    const long = 'Dr. Sample-Person von und zu Beispielhausen-Kundendienstleitung';
    background.worth.replies = [
      ...[reply(4, 'like', long), reply(3, 'must-be', 'شخص تجريبي')],
      ...[reply(2, 'must-be', 'Sample Person'), reply(1, 'neutral', null)],
    ];
    await openCard(opened, { kano: 'must-be' }, [say.kano]);
    await expect.poll(() => document.querySelector('.worth-kano')).not.toBeNull();
  },
  'looking back for the first time': async (opened) => {
    await opened();
    await userEvent.click(page.getByRole('button', { name: sidebarSay.lookBack }));
    await expect.element(page.getByLabelText(say.asked)).toBeInTheDocument();
  },
  'looking back with all there is': async (opened) => {
    const author = { name: 'Tom Sample', me: false };
    background.worth.lookBack = {
      held: [
        {
          ...{ id: sampleId(0x8f1), author, heldAt: '2026-11-02T10:00:00Z' },
          ...{ asked: 'Who signs?\nمن يوقّع؟', late: 'Nachtschichtbereitschaftsdienst' },
          differently: 'Ask the people on duty, not their manager',
        },
      ],
      ...{ asked: ['Who signs?'], late: ['Night shifts'], questions: ['Who pays?'], mayAdd: true },
      misses: [{ dimension: 'reliability', gap: 3 }, { dimension: 'empathy', gap: 3 }, {}],
    };
    await opened();
    await userEvent.click(page.getByRole('button', { name: sidebarSay.lookBack }));
    const differently = page.getByLabelText(say.differently);
    await userEvent.fill(differently, 'Who pays?\nKundendienstbereitschaftsplanungsgespräch?');
    await userEvent.tab();
    await settled();
    await userEvent.click(page.getByRole('button', { name: /Kundendienst/ }));
    await settled();
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
  return [...place.querySelectorAll('button, select, summary, label:has(input)')]
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
    [280, 'dark', true],
  ] as const)('%i px, %s, long words: %s', async (width, scheme, long) => {
    if (long) {
      Object.assign(say, germanWorth);
      Object.assign(worthWords, germanWords);
    }
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
