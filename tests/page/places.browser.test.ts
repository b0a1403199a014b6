// A mark that lost its words gets a place by hand; a nearest place is taken as the right one.
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { addMail, markOn, ours, press, start } from './sample.ts';

const bar = () => ours('.bar')?.innerText.replace(/\s*\n\s*/g, ' ') ?? null;

test('the next words become the place: a press on the one button', async () => {
  const [, words] = addMail(1, 'Something else.', 'We take the certificates for granted.');
  const lost = markOn('These words were never in this mail', { summary: 'Certificates' });
  const { sent, events } = start({ marks: [lost] });
  await expect.poll(() => sent('fates')).toHaveLength(1);
  const { kind, id, evidence, summary } = lost;
  events.pickPlace({ mark: { kind, id, evidence, summary } });
  await expect.poll(bar).toBe('Select the words that belong to “Certificates”. Escape ends this.');
  await userEvent.tripleClick(words as HTMLElement);
  await expect.poll(bar).toBe('Put the mark here Enter');
  // A letter means nothing here: no card is made of these words.
  await userEvent.keyboard('e');
  expect(sent('capture')).toEqual([]);
  await press(ours('.bar button'));
  await expect
    .poll(() => sent('reattach'))
    .toMatchObject([
      {
        ...{ kind, id, evidence },
        selectors: [{ exact: 'We take the certificates for granted.' }, { start: 16 }],
        message: { messageId: '<1@sample.example>' },
      },
    ]);
  await expect.poll(bar).toBeNull();
});

test('by keyboard, too; and Escape gives it up', async () => {
  const [words] = addMail(1, 'We take the certificates for granted.');
  const lost = markOn('These words were never in this mail');
  const { sent, events } = start();
  await expect.poll(() => sent('reading')).toHaveLength(1);
  const mark = { kind: lost.kind, id: lost.id, evidence: lost.evidence, summary: 'Sample' };
  events.pickPlace({ mark });
  await expect.poll(bar).toContain('Select the words');
  await userEvent.keyboard('{Escape}');
  await expect.poll(bar).toBeNull();
  expect(sent('pickEnded')).toHaveLength(1);
  events.pickPlace({ mark });
  await expect.poll(bar).toContain('Select the words');
  await userEvent.tripleClick(words as HTMLElement);
  await expect.poll(bar).toContain('Put the mark here');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => sent('reattach')).toHaveLength(1);
});

test('the nearest place is told as the place when it is right', async () => {
  addMail(1, 'Somebody on your side surely knew our hygiene rules, they are on the wall.');
  const near = markOn('Somebody on your side surely knows our hygiene rules');
  const { sent, events } = start({ marks: [near] });
  await expect.poll(() => sent('fates')).toHaveLength(1);
  const { kind, id, evidence } = near;
  events.acceptPlace({ kind, id, evidence });
  await expect
    .poll(() => sent('reattach'))
    .toMatchObject([
      { id, selectors: [{ exact: 'Somebody on your side surely knew our hygiene rules' }, {}] },
    ]);
});
