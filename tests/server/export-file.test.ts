// A file is fetched as RFC 9110 has it: in parts, again, and only where it is the same.
import { describe, expect, test } from 'vitest';
import { ask, ended, fetchFile, type Job, office, sha256 } from './export-office.ts';
import { usePostgres } from './postgres.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

async function made(count: number, length: number): Promise<{ mira: Visitor; job: Job }> {
  const { mira, notes } = await office(await postgres.database());
  await notes(count, length);
  const job = await ended(mira, await ask(mira));
  expect(job.state).toBe('done');
  return { mira, job };
}

test('a download that breaks off goes on where it was: the same bytes', async () => {
  const { mira, job } = await made(3_000, 3_000);
  const broken = new AbortController();
  const first = await fetchFile(mira, job.id, { signal: broken.signal });
  const tag = first.headers.get('etag') ?? '';
  const got: Uint8Array[] = [];
  const reader = first.body?.getReader();
  for (let have = 0; reader && have < 100_000; ) {
    const { value } = await reader.read();
    if (value) got.push(value);
    have += value?.length ?? 0;
  }
  broken.abort();
  const have = got.reduce((sum, piece) => sum + piece.length, 0);
  expect(have).toBeLessThan(job.bytes);
  const rest = await fetchFile(mira, job.id, {
    headers: { range: `bytes=${have}-`, 'if-range': tag },
  });
  expect(rest.status).toBe(206);
  expect(rest.headers.get('content-range')).toBe(`bytes ${have}-${job.bytes - 1}/${job.bytes}`);
  got.push(new Uint8Array(await rest.arrayBuffer()));
  const whole = Buffer.concat(got);
  expect(whole.length).toBe(job.bytes);
  expect(sha256(whole)).toBe(job.sha256);
});

describe('parts', () => {
  test('are what was asked for, and nothing else', async () => {
    const { mira, job } = await made(20, 50);
    const all = Buffer.from(await (await fetchFile(mira, job.id)).arrayBuffer());
    const size = all.length;
    const part = async (range: string, headers: Record<string, string> = {}) => {
      const response = await fetchFile(mira, job.id, { headers: { range, ...headers } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, bytes };
    };
    const cases: [range: string, from: number, to: number][] = [
      ['bytes=0-0', 0, 0],
      ['bytes=10-19', 10, 19],
      ['bytes=5-', 5, size - 1],
      ['bytes=-7', size - 7, size - 1],
      ['bytes=0-999999999', 0, size - 1],
      [`bytes=-${size + 5}`, 0, size - 1],
    ];
    for (const [range, from, to] of cases) {
      const { status, headers, bytes } = await part(range);
      expect(status, range).toBe(206);
      expect(headers.get('content-range'), range).toBe(`bytes ${from}-${to}/${size}`);
      expect(headers.get('content-length'), range).toBe(String(to - from + 1));
      expect(bytes.equals(all.subarray(from, to + 1)), range).toBe(true);
    }
    for (const range of [`bytes=${size}-`, 'bytes=-0', `bytes=${size + 9}-${size + 10}`]) {
      const { status, headers } = await part(range);
      expect(status, range).toBe(416);
      expect(headers.get('content-range'), range).toBe(`bytes */${size}`);
    }
    // Several parts, other units and what is malformed: the whole.
    for (const range of ['bytes=0-1,5-6', 'lines=1-2', 'bytes=9-3', 'bytes=-', 'bytes=a-b']) {
      const { status, bytes } = await part(range);
      expect(status, range).toBe(200);
      expect(bytes.equals(all), range).toBe(true);
    }
  });

  test('of a file that is not the same any more are the whole of the new one', async () => {
    const { mira, job } = await made(20, 50);
    const head = await fetchFile(mira, job.id, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(job.bytes));
    expect(head.headers.get('accept-ranges')).toBe('bytes');
    expect(await head.text()).toBe('');
    const tag = head.headers.get('etag') ?? '';
    const changed = head.headers.get('last-modified') ?? '';
    const asked = async (headers: Record<string, string>) => {
      const response = await fetchFile(mira, job.id, { headers });
      return { status: response.status, length: (await response.arrayBuffer()).byteLength };
    };
    const range = 'bytes=0-9';
    expect(await asked({ range, 'if-range': tag })).toEqual({ status: 206, length: 10 });
    expect(await asked({ range, 'if-range': changed })).toEqual({ status: 206, length: 10 });
    for (const other of ['"other"', `W/${tag}`, new Date(0).toUTCString()]) {
      const got = await asked({ range, 'if-range': other });
      expect(got, other).toEqual({ status: 200, length: job.bytes });
    }
    expect(await asked({ 'if-none-match': tag })).toEqual({ status: 304, length: 0 });
    expect((await asked({ 'if-none-match': '"other"' })).status).toBe(200);
    expect((await asked({ 'if-match': '"other"' })).status).toBe(412);
    expect((await asked({ 'if-match': `"other", ${tag}`, range })).status).toBe(206);
    const part = await fetchFile(mira, job.id, { method: 'HEAD', headers: { range } });
    expect([part.status, part.headers.get('content-length')]).toEqual([206, '10']);
  });
});
