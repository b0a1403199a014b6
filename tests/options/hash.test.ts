import { expect, test } from 'vitest';
import { readHash, webOrigin } from '../../src/extension/options/hash.ts';

test.each([
  ['https://mail.example', 'https://mail.example'],
  ['https://mail.example/', 'https://mail.example'],
  ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
  ['HTTPS://Mail.Example', 'https://mail.example'],
])('%s is an origin', (text, origin) => {
  expect(webOrigin(text)).toBe(origin);
});

test.each([
  '',
  'mail.example',
  'javascript:alert(1)',
  'file:///etc',
  'chrome-extension://abc',
  'https://mail.example/path',
  'https://mail.example?x',
  'https://user@mail.example',
  'https://user:pass@mail.example',
  'https://*',
  'https://mail.example\\@other.example',
  'https://mail example',
  'https://',
])('“%s” is none', (text) => {
  expect(webOrigin(text)).toBeNull();
});

test('what the address asks for', () => {
  expect(readHash('')).toEqual({ ask: 'nothing' });
  expect(readHash('#sites')).toEqual({ ask: 'section', section: 'sites' });
  expect(readHash('#allow=https%3A%2F%2Fmail.example')).toEqual({
    ask: 'allow',
    origin: 'https://mail.example',
  });
  expect(readHash('#allow=javascript%3Aalert(1)')).toEqual({ ask: 'nothing' });
  expect(readHash('#server=http://127.0.0.1:8787&device_code=abcDEF-123_~.')).toEqual({
    ask: 'resume',
    server: 'http://127.0.0.1:8787',
    deviceCode: 'abcDEF-123_~.',
    local: true,
  });
  expect(readHash('#server=http://127.evil.example&device_code=abcDEF-123')).toMatchObject({
    local: false,
  });
  expect(readHash('#server=http://127.0.0.1:8787&device_code=<b>')).toEqual({ ask: 'nothing' });
});
