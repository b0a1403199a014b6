// A draw says who has reviewed what, who is at it, and where one goes on.
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import type { Ask } from '../../src/console/pokes.ts';
import { draw, expectAccessible, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 900);
});

/** Four were drawn: one is reviewed, one begun here, one by two others, one by nobody. */
async function opened() {
  const server = sampleServer(0);
  server.draws.answer('POST /v1/draws', {
    ...{ name: 'Sample draw', unit: 'project', filter: {}, strata: 'none', blind: true },
    ...{ due: null, method: { kind: 'simple', size: 4 }, reviewers: [], calibration: false },
  });
  const [one] = server.draws.all;
  if (one === undefined) throw new Error('no draw');
  const [first = '', second = '', third = ''] = one.members;
  const draft = (id: string, subject: string, name: string, more: object = {}) => ({
    ...{ id, audit: one.id, unit: 'project', subject, reviewer: { id: name, name } },
    ...{ left: false, mine: false, startedAt: '2027-02-01T08:00:00Z', progress: null },
    ...{ title: null, customer: null, ...more },
  });
  const review = (id: string, subject: string, more: object = {}) => ({
    ...{ id, subject, reviewerName: 'Sample Tom', mine: false, withdrawn: false },
    ...{ finishedAt: '2027-02-02T08:00:00Z', ours: 80, theirs: 90, ...more },
  });
  const ask: Ask = async (path, init) => {
    if (path.startsWith('/v1/reviews/drafts')) {
      return Response.json({
        drafts: [
          draft('d1', second, 'Sample Mira', { mine: true, progress: { scored: 2, of: 7 } }),
          draft('d2', third, 'Sample Tom'),
          draft('d3', third, 'Sample Ann', { left: true }),
        ],
      });
    }
    if (path.startsWith('/v1/reviews')) {
      const reviews = [
        review('r1', first, { mine: true }),
        review('r2', third, { withdrawn: true }),
      ];
      return Response.json({ reviews });
    }
    return server.ask(path, init);
  };
  const { place } = placeAt(`#/draws/${one.id}`);
  const root = draw(<App client={createClient(ask)} ask={ask} place={place} />);
  await soon(() => expect(root.querySelectorAll('.c-draw-review')).toHaveLength(4));
  const rows = [...root.querySelectorAll('.c-draw-review')].map((cell) => cell.textContent);
  return { root, rows, draw: one, second };
}

test('reviewed, at it, begun here, not begun', async () => {
  const { root, rows, draw: one, second } = await opened();
  // One's own is not reviewed twice; one that was withdrawn counts for nothing.
  expect(rows[0]).toBe('by Sample Tom · 2 Feb 2027');
  expect(rows[1]).toBe('Continue2 of 7');
  expect(rows[2]).toBe('Sample Tom is at itbegun by Sample Ann, who has leftReview');
  expect(rows[3]).toBe('Review');
  const on = page.getByRole('link', { name: 'Continue the review: Sample project 1' });
  expect(on.element().getAttribute('href')).toBe(`#/review/${one.id}/${second}`);
  await expectAccessible(root);
});

test('at 375 px nothing is wider than the page', async () => {
  await page.viewport(375, 800);
  const { root } = await opened();
  expect(root.scrollWidth).toBeLessThanOrEqual(375);
  const button = page.getByRole('link', { name: 'Continue the review: Sample project 1' });
  // In one line.
  expect(button.element().getBoundingClientRect().height).toBeLessThan(40);
  await expectAccessible(root);
});
