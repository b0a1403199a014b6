// What a card says before it is saved: numbers to black out, a quotation, where it is kept.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { BLACKED_OUT } from '../../src/domain/redact.ts';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { sampleDraft } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});

async function captured(patch: Parameters<typeof sampleDraft>[0] = {}) {
  const opened = await open(background);
  const draft = sampleDraft(patch);
  background.drafts.set(draft.id, draft);
  background.tell({ event: 'draft', tab: 7, draft });
  await settled();
  return { ...opened, draft };
}

function words(prefix: string, exact: string, suffix: string) {
  return [
    { type: 'TextQuoteSelector', exact, prefix, suffix },
    { type: 'TextPositionSelector', start: 10, end: 10 + exact.length },
  ] satisfies ReturnType<typeof sampleDraft>['selectors'];
}

const kept = () => [...background.drafts.values()][0];
const black = (length: number) => BLACKED_OUT.repeat(length);

describe('card and account numbers', () => {
  // A number that every card company gives out for tests.
  const quote = 'Take it off 4111 1111 1111 1111 please';
  const hidden = `Take it off ${[4, 4, 4, 4].map(black).join(' ')} please`;

  test('are blacked out on request, and that is undone', async () => {
    const { place } = await captured({ quote, selectors: words('a ', quote, ' b') });
    await expect.element(page.getByText('There is a card number in these words.')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Black it out' }));
    await settled();
    expect(place.querySelector('.u-quote')?.textContent).toContain(hidden);
    expect(kept()?.quote).toBe(hidden);
    expect(JSON.stringify(kept()?.selectors)).not.toContain('1111');
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await settled();
    expect(kept()?.quote).toBe(quote);
    expect(JSON.stringify(kept()?.selectors)).toContain('4111');
  });

  test('once blacked out they are saved so, and the line is over', async () => {
    await captured({ quote, selectors: words('', quote, '') });
    await userEvent.click(page.getByRole('button', { name: 'Black it out' }));
    await userEvent.keyboard('{Enter}');
    await settled();
    const [save] = background.calls('save');
    expect(save).toMatchObject({ draft: { quote: hidden, fields: { statement: hidden } } });
    expect(JSON.stringify(save)).not.toContain('1111');
  });

  test('may be saved as they are', async () => {
    await captured({ quote });
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(background.calls('save')[0]).toMatchObject({ draft: { quote } });
  });

  test('beside the words are found too, since a few words beside them are kept', async () => {
    await captured({
      quote: 'please',
      selectors: words('off DE89 3704 0044 0532 0130 00 ', 'please', ''),
    });
    await expect
      .element(page.getByText(/^There is a card or account number beside these words/))
      .toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Black it out' }));
    await settled();
    expect(JSON.stringify(kept()?.selectors)).not.toContain('3704');
    expect(kept()?.quote).toBe('please');
  });

  test('other words are not asked about', async () => {
    await captured();
    expect(page.getByRole('button', { name: 'Black it out' }).elements()).toHaveLength(0);
  });
});

test('words that were quoted from an earlier mail say so', async () => {
  await captured({ quoted: true });
  await expect.element(page.getByText('Quoted from an earlier mail')).toBeVisible();
});

test('a card for this device alone says what that means, before and after it is saved', async () => {
  await captured();
  const box = page.getByRole('checkbox', { name: /^Keep on this device/ });
  await userEvent.click(box);
  await settled();
  expect(kept()?.keepHere).toBe(true);
  (page.getByLabelText('What they expect, in our words').element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await settled();
  const row = document.querySelector<HTMLElement>('[data-record]');
  expect(row?.textContent).toContain('Kept on this device.');
  row?.focus();
  await userEvent.keyboard('{Enter}');
  await expect
    .element(
      page.getByText('Kept on this device: it is not sent to a server, and nobody else sees it.'),
    )
    .toBeVisible();
});
