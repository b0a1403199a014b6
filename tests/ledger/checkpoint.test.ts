import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkpointText,
  emptyRoot,
  extend,
  leafHash,
  parseCheckpoint,
  rootOf,
  toHex,
  utf8,
} from '../../src/ledger/index.ts';
import { nodeHasher as hasher } from '../../src/server/hasher.ts';

const SPEC = readFileSync(new URL('../../src/ledger/SPEC.md', import.meta.url), 'utf8');
const TEXT = (
  /^ {4}checkpoint {3}([\s\S]*?\n {17}\S+\n {17}\S+\n)/m.exec(SPEC)?.[1] ?? ''
).replaceAll(/^ {17}/gm, '');
const ORIGIN = 'log.example/5f3a/01890a5d-ac96-774b-bcce-b302099a8001';

describe('SPEC 9.1, 9.2: checkpoints', () => {
  test('the worked example: its leaves, its root, its text', () => {
    const leaves = [...SPEC.matchAll(/^ {4}leaf {9}(.*)$/gm)].map(([, text = '']) => text);
    expect(leaves).toHaveLength(3);
    const hashes = leaves.map((leaf) => leafHash(hasher, utf8(leaf)));
    const root = rootOf(hasher, extend(hasher, 0, [], hashes).frontier);
    expect(toHex(root)).toBe(/^ {4}root {9}(\S+)$/m.exec(SPEC)?.[1]);
    expect(checkpointText({ origin: ORIGIN, size: 3, root })).toBe(TEXT);
    expect(parseCheckpoint(TEXT)).toEqual({ origin: ORIGIN, size: 3, root: Uint8Array.from(root) });
  });

  test('one of nothing has size 0 and the hash of nothing', () => {
    const text = checkpointText({ origin: ORIGIN, size: 0, root: emptyRoot(hasher) });
    expect(text).toBe(`${ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`);
    expect(parseCheckpoint(text)?.size).toBe(0);
  });

  test('every checkpoint is read as it was written, and no other text', () => {
    const origin = fc.stringMatching(/^[a-z0-9./-]{1,80}$/).map((text) => text);
    const root = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(
        origin,
        fc.maxSafeNat(),
        root,
        fc.nat(),
        fc.string(),
        (name, size, hash, at, put) => {
          const text = checkpointText({ origin: name, size, root: hash });
          expect(parseCheckpoint(text)).toEqual({ origin: name, size, root: hash });
          const changed = text.slice(0, at % text.length) + put + text.slice(at % text.length);
          const read = parseCheckpoint(changed);
          if (read) expect(checkpointText(read)).toBe(changed);
        },
      ),
    );
  });

  const root = TEXT.split('\n')[2] ?? '';
  test.each([
    ['nothing', ''],
    ['no origin', `\n3\n${root}\n`],
    ['a space in the origin', `log example\n3\n${root}\n`],
    ['a space of another script', `log\u3000example\n3\n${root}\n`],
    ['a plus in the origin', `log+example\n3\n${root}\n`],
    ['no size', `${ORIGIN}\n\n${root}\n`],
    ['a negative size', `${ORIGIN}\n-3\n${root}\n`],
    ['a size with a zero before it', `${ORIGIN}\n03\n${root}\n`],
    ['a size with a plus', `${ORIGIN}\n+3\n${root}\n`],
    ['a size with a point', `${ORIGIN}\n3.0\n${root}\n`],
    ['a size in hex', `${ORIGIN}\n0x3\n${root}\n`],
    ['a size too large', `${ORIGIN}\n9007199254740992\n${root}\n`],
    ['a short root', `${ORIGIN}\n3\n${root.slice(4)}\n`],
    ['a root without padding', `${ORIGIN}\n3\n${root.replace('=', '')}\n`],
    [
      'a root in another spelling',
      `${ORIGIN}\n3\n${root.replace(/.=$/, (end) => `${end === 'B=' ? 'C' : 'B'}=`)}\n`,
    ],
    ['an extension line', `${TEXT}more\n`],
    ['an empty line', `${TEXT}\n`],
    ['no newline at the end', TEXT.slice(0, -1)],
    ['carriage returns', TEXT.replaceAll('\n', '\r\n')],
    ['site knowledge', 'unsaid site knowledge\n{"version":1,"sites":{}}\n'],
  ])('refused: %s', (_, text) => {
    expect(parseCheckpoint(text)).toBeNull();
  });

  test('what is no checkpoint is not written', () => {
    const good = { origin: ORIGIN, size: 3, root: new Uint8Array(32) };
    for (const bad of [{ origin: '' }, { origin: 'a b' }, { origin: 'a\nb' }, { size: -1 }]) {
      expect(() => checkpointText({ ...good, ...bad })).toThrow();
    }
    expect(() => checkpointText({ ...good, root: new Uint8Array(31) })).toThrow(TypeError);
  });
});
