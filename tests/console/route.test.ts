import { expect, test } from 'vitest';
import { NO_FILTERS } from '../../src/console/filters.ts';
import { readRoute, registerHref, returnHref, signInHref } from '../../src/console/route.ts';

test('an address and what it shows are the same thing', () => {
  const filters = { ...NO_FILTERS, kind: 'risk,praise', q: 'a&b=c #?' };
  const record = { kind: 'note', id: 'a/b c' };
  expect(readRoute(registerHref(filters, record))).toEqual({ page: 'register', filters, record });
  expect(readRoute(registerHref(filters))).toEqual({ page: 'register', filters, record: null });
});

test.each(['', '#', '#/', '#/register'])('“%s” is the register', (hash) => {
  expect(readRoute(hash)).toEqual({ page: 'register', filters: NO_FILTERS, record: null });
});

test.each(['#/record/note', '#/nowhere', '#/import/x', '#/record/%E0%A4%A/x/y'])(
  '“%s” is no page',
  (hash) => {
    expect(readRoute(hash)).toEqual({ page: 'unknown' });
  },
);

test('signing in leads back, and only to places of our own', () => {
  const next = new URL(signInHref('#/record/note/1?kind=note'), 'http://x.example').searchParams;
  const back = new URL(next.get('next') ?? '', 'http://x.example');
  expect(returnHref(back.search)).toBe('/#/record/note/1?kind=note');
  expect(returnHref('?at=https://evil.example')).toBeNull();
  expect(returnHref('?at=//evil.example')).toBeNull();
  expect(returnHref('')).toBeNull();
});
