// The page of an evidence bundle that is read: nothing of it is markup, and it needs nothing else.
import { expect, test } from 'vitest';
import { type ReportRow, reportText } from '../../src/server/evidence/report.ts';

const HOSTILE = '</style></title><script>alert(1)</script>" & مصنع\n\\';
const about = {
  ...{ made: '2027-03-01T10:00:00Z', by: { id: 'm', name: HOSTILE } },
  ...{ workspace: { id: 'w', name: HOSTILE }, filter: { customer: HOSTILE }, leftOut: [HOSTILE] },
  log: { origin: 'sample.example/log', size: 50_123, key: 'sample.example/log+00000000+AA' },
};

function row(fields: ReportRow['fields'], more: Partial<ReportRow> = {}): ReportRow {
  return {
    ...{ seq: 1_234, at: '2027-02-24T09:12:05.123Z', by: 'Sample Mira', kind: 'note', record: 'r' },
    ...{ fields, hidden: [], why: '', ...more },
  };
}
const page = (...rows: ReportRow[]) => [...reportText(about, rows, rows.length)].join('');

test('whatever names and texts hold, it stays text, in the page, its title and its margins', () => {
  const html = page(row({ text: HOSTILE, [HOSTILE]: { [HOSTILE]: [HOSTILE, null] } }));
  expect(html).not.toContain('<script');
  expect(html.match(/<\/style>/g)).toHaveLength(1);
  expect(html.match(/<\/title>/g)).toHaveLength(1);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('it asks for nothing from anywhere, and may not', () => {
  const html = page(row({ text: 'x', url: 'https://sample.example/' }));
  expect(html).toContain("default-src 'none'; style-src 'unsafe-inline'");
  expect(html).not.toMatch(/<(?:link|img|script|iframe|a)\b|url\(|@import/);
});

test('a value within others is read by the way to it; the customer’s words in the serif', () => {
  const id = '01930000-0000-7000-8000-00000000cafe';
  const html = page(
    row({
      evidence: { [id]: { quote: 'nobody told us', offset: 0 } },
      tags: ['a', 'b'],
      due: null,
    }),
  );
  expect(html).toContain(
    '<bdi>evidence › …00cafe › quote</bdi></dt><dd dir="auto" class="theirs">nobody told us</dd>',
  );
  expect(html).toContain('<bdi>evidence › …00cafe › offset</bdi></dt><dd dir="auto">0</dd>');
  expect(html).toContain('<bdi>tags</bdi></dt><dd dir="auto">a, b</dd>');
  expect(html).toContain('emptied');
});

test('what is left out or erased is said; times and numbers are for people', () => {
  const html = page(
    row({ text: 'x' }, { hidden: ['customer'] }),
    row(null, { why: 'Erased by change 7.' }),
  );
  expect(html).toContain('<dt>customer</dt><dd class="quiet">left out</dd>');
  expect(html).toContain('Erased by change 7.');
  expect(html).toContain('2027-02-24 09:12:05 UTC');
  expect(html).toContain('<td>1,234</td>');
});

test('values of any depth and size end', () => {
  let deep: { [name: string]: object } = {};
  for (let at = 0; at < 200; at += 1) deep = { a: deep };
  expect(page(row({ deep: deep as never, text: 'y'.repeat(200_000) })).length).toBeLessThan(
    300_000,
  );
});

test('a record that another names by its id is called as the bundle itself calls it', () => {
  const [customer, secret] = [
    '01930000-0000-7000-8000-0000000000c1',
    '01930000-0000-7000-8000-0000000000c2',
  ];
  const html = page(
    row({ text: 'x', customer, contact: secret }),
    row({ name: 'Sample & Sons' }, { kind: 'customer', record: customer }),
    row({ role: 'buyer' }, { kind: 'contact', record: secret, hidden: ['name'] }),
  );
  const quiet = (id: string) => `<code class="quiet">${id}</code>`;
  expect(html).toContain(`<bdi>Sample &amp; Sons</bdi> ${quiet(customer)}</dd>`);
  // What is left out has no name here.
  expect(html).toContain(`<dd dir="auto">${secret}</dd>`);
});
