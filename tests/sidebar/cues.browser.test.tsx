// Places worth a question: listed, opened as cards, said to be none, switched off.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { CueView } from '../../src/extension/messages/cue-calls.ts';
import { expectAccessible } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { expectText, open, settled } from './open.tsx';
import { context, sampleCard, sampleDraft, sampleId } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});

function cue(n: number, words: string, changes: Partial<CueView['origin']> = {}): CueView {
  return {
    ...{ id: sampleId(0x800 + n), becomes: 'expectation', words },
    origin: {
      ...{ rule: 'assumption/of-course', why: 'Something is taken for granted.' },
      ...{ print: `print-${n}`, language: 'en', measured: true, ...changes },
    },
  };
}

const CERTIFICATES = 'Of course the certificates will be there, as always.';
const PHONE = 'I am not sure who picks up the phone at night.';
const row = (words: string) => page.getByRole('button', { name: new RegExp(`^${words}`) });
const notOne = (words: string) => page.getByRole('button', { name: `Not one: “${words}”` });
const undo = () => page.getByRole('button', { name: 'Undo' });

async function shown(...cues: CueView[]) {
  background.cues = cues;
  const opened = await open(background);
  await vi.waitFor(() => expect(opened.place.querySelector('.s-cues')).not.toBeNull());
  return opened;
}

describe('the list', () => {
  test('counts the places, says why, folds away and comes back', async () => {
    await shown(cue(1, CERTIFICATES), cue(2, PHONE, { why: 'They do not know.' }));
    const head = page.getByRole('button', { name: '2 places worth a question' });
    await expect.element(row(CERTIFICATES)).toBeVisible();
    await expect.element(page.getByText('They do not know.')).toBeVisible();
    await userEvent.click(head);
    await expect.element(row(CERTIFICATES)).not.toBeInTheDocument();
    await expect.element(head).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(row(CERTIFICATES)).toBeVisible();
  });

  test('is not there without any, and comes when some are found', async () => {
    const { place } = await open(background);
    expect(place.querySelector('.s-cues')).toBeNull();
    background.cues = [cue(1, CERTIFICATES)];
    background.tell({ event: 'cues', tab: 8 });
    await settled();
    expect(place.querySelector('.s-cues')).toBeNull();
    background.tell({ event: 'cues', tab: 7 });
    await expect.element(row(CERTIFICATES)).toBeVisible();
    await expect.element(page.getByText('1 place worth a question')).toBeVisible();
  });

  test('shows five of many at first', async () => {
    const many = Array.from({ length: 12 }, (_, n) => cue(n, `Of course, sample ${n}.`));
    const { place } = await shown(...many);
    expect(place.querySelectorAll('.s-cue-row')).toHaveLength(5);
    await userEvent.click(page.getByRole('button', { name: 'Show 7 more' }));
    expect(place.querySelectorAll('.s-cue-row')).toHaveLength(12);
  });

  test('says once of another language that nothing was measured in it', async () => {
    const german = { language: 'de', measured: false };
    const { place } = await shown(cue(1, CERTIFICATES, german), cue(2, PHONE, german));
    expect(place.textContent?.match(/German: how good these rules are was not measured/g)).toEqual([
      'German: how good these rules are was not measured',
    ]);
  });

  test('draws hostile words as text', async () => {
    const { place } = await shown(cue(1, '<img src=x onerror=alert(1)> of course \u202Edrow'));
    expect(place.querySelector('.s-cues img')).toBeNull();
    expect(place.querySelector('.s-cue-row')?.textContent).toContain('<img src=x');
  });

  test('“not one” takes its line away, teaches, and is undone in its place', async () => {
    const { place } = await shown(cue(1, CERTIFICATES), cue(2, PHONE));
    await userEvent.click(notOne(CERTIFICATES));
    await expect.element(row(CERTIFICATES)).not.toBeInTheDocument();
    const [taught] = background.calls('cueNot');
    expect(taught).toMatchObject({
      cue: { rule: 'assumption/of-course', print: 'print-1' },
      on: true,
    });
    await expect.element(undo()).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(row(CERTIFICATES)).toBeVisible();
    expect(background.calls('cueNot').at(-1)).toMatchObject({ on: false });
    expect(place.querySelector('[data-undo]')).toBeNull();
  });

  test('of the last one, the way back is still there', async () => {
    await shown(cue(1, CERTIFICATES));
    await userEvent.click(notOne(CERTIFICATES));
    await expect.element(undo()).toHaveFocus();
  });

  test('can be switched off here, and on again', async () => {
    await shown(cue(1, CERTIFICATES));
    await userEvent.click(page.getByRole('button', { name: 'Show no cues' }));
    await expect.element(row(CERTIFICATES)).not.toBeInTheDocument();
    expect(background.cuesOn).toBe(false);
    await expect.element(undo()).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(row(CERTIFICATES)).toBeVisible();
  });

  test('what fails is said, and nothing goes', async () => {
    await shown(cue(1, CERTIFICATES));
    background.failures.set('cueNot', { code: 'storage', message: 'No room.' });
    await userEvent.click(notOne(CERTIFICATES));
    await expectText(page.getByRole('alert'), /No room/);
    await expect.element(row(CERTIFICATES)).toBeVisible();
  });
});

describe('a card of a cue', () => {
  async function opened(changes: Partial<CueView['origin']> = {}) {
    const all = await shown(cue(1, CERTIFICATES, changes));
    await userEvent.click(row(CERTIFICATES));
    await expect.element(page.getByText('Unsaid noticed:')).toBeVisible();
    return all;
  }

  test('says which rule noticed what, with the words and a question to copy', async () => {
    background.question = 'Which certificates do you count on?';
    const { place } = await opened();
    expect(place.querySelector('.u-quote p')?.textContent).toBe(CERTIFICATES);
    expect(place.querySelector('.s-cue')?.textContent).toContain('Something is taken for granted.');
    await expect.element(page.getByTitle('Rule: assumption/of-course')).toBeVisible();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await userEvent.click(page.getByRole('button', { name: 'Copy the question' }));
    expect(write).toHaveBeenCalledWith('Which certificates do you count on?');
    await expect.element(page.getByText('Copied.')).toBeVisible();
    write.mockRestore();
  });

  test('has no question where none is known, and says what was not measured', async () => {
    const { place } = await opened({ language: 'fr', measured: false });
    expect(place.querySelector('.s-cue-ask')).toBeNull();
    expect(place.querySelector('.s-cue')?.textContent).toContain(
      'French: how good these rules are was not measured for this language.',
    );
  });

  test('is kept as any card: with Enter', async () => {
    await opened();
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(background.calls('save')).toMatchObject([
      { draft: { cue: { rule: 'assumption/of-course' }, quote: CERTIFICATES } },
    ]);
    expect(background.calls('cueNot')).toEqual([]);
  });

  test('“not one” throws it away and teaches; undo brings both back', async () => {
    const { sidebar } = await opened();
    await userEvent.type(page.getByLabelText('What they expect, in our words'), 'Certificates');
    await userEvent.click(page.getByRole('button', { name: 'Not one', exact: true }));
    await expect.element(undo()).toHaveFocus();
    expect(background.drafts.size).toBe(0);
    expect(background.calls('cueNot')).toMatchObject([{ cue: { print: 'print-1' }, on: true }]);
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(background.calls('cueNot').at(-1)).toMatchObject({ on: false });
    await expect
      .element(page.getByLabelText('What they expect, in our words'))
      .toHaveValue('Certificates');
    expect(sidebar.state.cues?.cues).toHaveLength(1);
  });

  test('thrown away without a word, it teaches nothing', async () => {
    await opened();
    await userEvent.click(page.getByRole('button', { name: 'Discard' }));
    await settled();
    expect(background.drafts.size).toBe(0);
    expect(background.calls('cueNot')).toEqual([]);
  });
});

test.each([
  [280, 'light'],
  [360, 'dark'],
] as const)('at %i px, %s, nothing is cut and axe finds nothing', async (width, scheme) => {
  document.documentElement.style.colorScheme = scheme;
  try {
    const german = { language: 'de', measured: false };
    background.cues = [
      cue(1, CERTIFICATES),
      cue(
        2,
        'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung wie immer',
        german,
      ),
      cue(3, 'نفترض أن الشهادات ستكون جاهزة كما في المرة السابقة'),
    ];
    background.cards = [sampleCard(1)];
    background.context = { ...context };
    const { place } = await open(background, width);
    await vi.waitFor(() => expect(place.querySelectorAll('.s-cue-row')).toHaveLength(3));
    for (const each of place.querySelectorAll<HTMLElement>('.s-cues *')) {
      const { right } = each.getBoundingClientRect();
      expect(right).toBeLessThanOrEqual(place.getBoundingClientRect().right + 1);
    }
    await expectAccessible(place);
    const draft = sampleDraft({
      cue: {
        ...cue(1, '', german).origin,
        question: 'Which of the certificates do you count on, and by when?',
      },
    });
    background.drafts.set(draft.id, draft);
    background.tell({ event: 'draft', tab: 7, draft });
    await settled();
    await expectAccessible(place);
    for (const each of place.querySelectorAll<HTMLElement>('.s-cue *, .s-actions *')) {
      const { right } = each.getBoundingClientRect();
      expect(right).toBeLessThanOrEqual(place.getBoundingClientRect().right + 1);
    }
  } finally {
    document.documentElement.style.colorScheme = '';
  }
});
