// A brief as text, as Markdown and as HTML: the same in each, and nothing of it is more than words.
import { expect, test } from 'vitest';
import { briefHtml, briefMarkdown, briefText } from '../../src/ui/brief/out.ts';
import { briefView, fullRecords, made } from '../sidebar/brief-samples.ts';
import { sampleId } from '../sidebar/samples.ts';

const full = briefView(fullRecords());

test('text to paste into anything', () => {
  const text = briefText(full);
  expect(
    text.startsWith(
      'Before you talk to Halden Foods\nAs of 24 Feb 2027\n\nAsked last: 14 days ago',
    ),
  ).toBe(true);
  expect(text).toContain(
    [
      'Still unsaid',
      '- The night shift can do it alone.',
      '  Ask: Who starts the machine at night?',
      '  planned for 26 Feb 2027',
    ].join('\n'),
  );
  expect(text).toContain('- Send the floor plan\n  due 20 Feb 2027, 4 days late');
  expect(text).toContain('- “Your fitter was wonderful with our people.”');
});

test('Markdown and HTML say the same words', () => {
  const letters = (text: string) =>
    text
      .replace(/<[^>]*>/g, ' ')
      .replace(/&#39;/g, "'")
      .match(/\p{L}{4,}/gu);
  const words = new Set(letters(briefText(full)));
  expect(new Set(letters(briefMarkdown(full)))).toEqual(words);
  const inHtml = new Set(letters(briefHtml(full)));
  for (const word of words) expect(inHtml).toContain(word);
  expect(briefMarkdown(full)).toContain('# Before you talk to Halden Foods');
  expect(briefMarkdown(full)).toContain('  **Ask: Who starts the machine at night?**');
});

test('what others wrote is no markup, no link and no second line', () => {
  const hostile =
    '# <script>alert(1)</script> [x](http://evil.example) ![y](z)\n- a `b` *c* \u202egnihton';
  const view = {
    ...briefView([
      made('expectation', 1, {
        statement: hostile,
        evidence: { [sampleId(9)]: { quote: `- ${hostile}` } },
      }),
      made('expectation', 2, { statement: 'x', owner: sampleId(0x99) }),
    ]),
    customer: { id: sampleId(1), name: hostile },
    names: { [sampleId(0x99)]: '<b onclick=x>Evil</b>' },
  };
  const html = briefHtml(view);
  expect(html).not.toMatch(/<script|<b onclick|<img|<a /);
  expect(html.match(/<li>/g)).toHaveLength(2);
  const markdown = briefMarkdown(view);
  expect(markdown.match(/^# /gm)).toHaveLength(1);
  expect(markdown).not.toMatch(/(?<!\\)[<`]|(?<!\\)\]\(|http:\/\//);
  for (const out of [briefText(view), html, markdown]) expect(out).not.toContain('\u202e');
  expect(
    briefText(view)
      .split('\n')
      .filter((line) => line.startsWith('- ')),
  ).toHaveLength(2);
});

test('an empty one is still whole', () => {
  const empty = briefView([]);
  expect(briefText(empty)).toContain('Nobody has ever asked them anything.');
  expect(briefHtml(empty)).toMatch(/^<div lang="en">.*<\/div>$/s);
});
