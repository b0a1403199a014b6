import { expect, test } from 'vitest';
import { createClient } from '../../src/console/client.ts';
import { NO_FILTERS } from '../../src/console/filters.ts';
import { sampleRow } from './sample-server.ts';

const never = new AbortController().signal;

function reading(response: () => Response) {
  return createClient(async () => response()).register(NO_FILTERS, null, 10, never);
}

test.each([
  [
    'HTML of a proxy',
    () => new Response('<html>', { status: 502 }),
    { is: 'strange', status: 502 },
  ],
  ['half a JSON', () => new Response('{"rows":[', { status: 200 }), { is: 'strange', status: 200 }],
  ['another shape', () => Response.json({ rows: 'many' }), { is: 'strange', status: 200 }],
  ['nobody signed in', () => new Response('', { status: 401 }), { is: 'signed-out' }],
  [
    'a refusal in words',
    () => Response.json({ error: 'x', message: 'Ask an admin.' }, { status: 403 }),
    { is: 'refused', status: 403, message: 'Ask an admin.' },
  ],
  [
    'no network',
    () => {
      throw new TypeError('Failed to fetch');
    },
    { is: 'offline' },
  ],
])('%s becomes a failure, not an empty register', async (_, response, failure) => {
  expect(await reading(response)).toEqual({ ok: false, failure });
});

test('a row with words of a newer version is shown without them', async () => {
  const row = { ...sampleRow(0), stage: 'dreamt', class: 'sung', mood: 'new' };
  const answer = await reading(() => Response.json({ rows: [row], next: null, total: 1 }));
  expect(answer).toMatchObject({
    ok: true,
    value: { rows: [{ id: row.id, stage: null, class: null }] },
  });
});

test('a cancelled call is an abort, no failure to show', async () => {
  const stop = new AbortController();
  const client = createClient(async () => {
    stop.abort();
    throw stop.signal.reason;
  });
  await expect(client.register(NO_FILTERS, null, 10, stop.signal)).rejects.toBe(stop.signal.reason);
});
