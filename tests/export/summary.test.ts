import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { callSummary, callWords } from '../../src/export/index.ts';
import { calls, START, sampleCall, sampleTag, UPSELL } from './samples.ts';

const ZONE = 'Europe/Berlin';

const call = sampleCall(
  [
    sampleTag({ offset: 754_000, tag: 'grievance', text: 'Third late delivery\nthis year' }),
    sampleTag({ offset: 60_000, tag: 'promise-ours', text: 'Offer by Friday' }),
    sampleTag({ offset: 30_000, tag: UPSELL, span: 15_000, text: 'a second site' }),
    sampleTag({ offset: 31_000, tag: 'grievance' }),
    sampleTag({ offset: 32_000, tag: 'grievance', text: 'a slip', deleted: true }),
  ],
  {
    subject: 'Renewal',
    customer: { id: 'c', name: 'Halden AG' },
    participants: [
      { name: 'Mira Example', address: 'mira@halden.example' },
      { name: '', address: 'jo@halden.example' },
    ],
    seemed: 2,
    shift: 1_000,
    clock: {
      startedAt: START,
      pauses: [{ from: START + 60_000, to: START + 120_000 }],
      endedAt: START + 1_860_000,
    },
  },
);

test('a summary says the facts, then the tags by what they mean, in the order of their times', () => {
  expect(callSummary(call, callWords, ZONE).text).toBe(`Call: Renewal
Customer: Halden AG
With: Mira Example, jo@halden.example
Began: 24 Feb 2027, 10:00
Length: 30:00
How satisfied they seemed: 2 of 5

Expectations
  0:31–0:46  Up-sell: "now": a second site

Grievances
  0:32
  12:35  Third late delivery
    this year

What we promised
  1:01  Offer by Friday
`);
});

test('its HTML says the same', () => {
  expect(callSummary(call, callWords, ZONE).html).toBe(
    [
      '<div lang="en-GB"><p><b><bdi>Call: Renewal</bdi></b></p><p>',
      'Customer: <bdi>Halden AG</bdi><br>',
      'With: <bdi>Mira Example, jo@halden.example</bdi><br>',
      'Began: <bdi>24 Feb 2027, 10:00</bdi><br>Length: <bdi>30:00</bdi><br>',
      'How satisfied they seemed: <bdi>2 of 5</bdi></p>',
      '<p><b>Expectations</b></p><ul>',
      '<li>0:31–0:46 <bdi>Up-sell: &quot;now&quot;: a second site</bdi></li></ul>',
      '<p><b>Grievances</b></p><ul><li>0:32 </li>',
      '<li>12:35 <bdi>Third late delivery<br>this year</bdi></li></ul>',
      '<p><b>What we promised</b></p><ul><li>1:01 <bdi>Offer by Friday</bdi></li></ul></div>',
    ].join(''),
  );
});

test('a call without tags says so', () => {
  const { text, html } = callSummary(sampleCall([], { subject: '' }), callWords, ZONE);
  expect(text).toBe('Call\nBegan: 24 Feb 2027, 10:00\nLength: 30:00\n\nNothing was tagged.\n');
  expect(html).toContain('<p>Nothing was tagged.</p>');
});

test('no text becomes markup, whatever it is', () => {
  const hostile = '</li><img src=x onerror="alert(1)"><script>\'&lt;';
  const named = { id: 'x', name: hostile };
  const { html } = callSummary(
    sampleCall([sampleTag({ text: hostile })], {
      ...{ subject: hostile, customer: named, project: named },
      participants: [{ name: hostile, address: '' }],
    }),
    callWords,
    ZONE,
  );
  expect(html).not.toMatch(/<(?!\/?(div|p|b|br|ul|li|bdi)\b)/);
  fc.assert(
    fc.property(calls, (any) => {
      const found = callSummary(any, callWords, ZONE).html;
      expect(found.replaceAll('<div lang="en-GB">', '').match(/<[^>]*>/g) ?? []).toSatisfy(
        (tags: string[]) => tags.every((tag) => /^<\/?(div|p|b|br|ul|li|bdi)>$/.test(tag)),
      );
    }),
  );
});
