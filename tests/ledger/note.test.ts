import { createHash, createHmac, generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fromBase64,
  type Hasher,
  LARGEST_NOTE,
  type NoteSigner,
  noteKey,
  openNote,
  parseNote,
  parseNoteKey,
  signNote,
  toBase64,
  type Verify,
  writeNoteKey,
} from '../../src/ledger/index.ts';

const hasher: Hasher = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  sha256Hex: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  sha256Into: (bytes, into, at) => into.set(hasher.sha256(bytes), at),
  hmac: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
  hmacInto: (key, bytes, into, at) => into.set(hasher.hmac(key, bytes), at),
};

const checkEd25519: Verify = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = { kty: 'OKP', crv: 'Ed25519', x };
  return verify(null, message, { key, format: 'jwk' }, signature);
};

function newSigner(name: string): NoteSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return { ...noteKey(hasher, name, raw), sign: (message) => sign(null, message, privateKey) };
}

// The worked example of SPEC 7: key and signature are another implementation's
// (golang.org/x/mod/sumdb/note).
const SPEC = readFileSync(new URL('../../src/ledger/SPEC.md', import.meta.url), 'utf8');
const PETER = /^ {4}key {4}(\S+)$/m.exec(SPEC)?.[1] ?? '';
const NOTE = (/^ {4}note {3}([\s\S]*?\n {11}— .*\n)/m.exec(SPEC)?.[1] ?? '').replaceAll(
  /^ {11}/gm,
  '',
);
const TEXT = NOTE.slice(0, NOTE.indexOf('\n\n') + 1);
const LINE = NOTE.slice(TEXT.length + 1);

// The example of the specification itself; its key is not published.
const SPEC_TEXT =
  'Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n';
const SPEC_NOTE = `${SPEC_TEXT}\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n`;

const signer = newSigner('unsaid.example/test');
const known = parseNoteKey(hasher, PETER);
if (known === null) throw new Error('the published key is well-formed');

const wellFormed = (text: string) => fc.string({ unit: 'binary' }).map((rest) => text + rest);
/** Texts a note can hold: empty lines inside, any script, no control characters. */
const noteText = fc
  .array(fc.string({ unit: 'grapheme' }), { maxLength: 6 })
  .map((lines) => `${lines.map((line) => line.replace(/\p{Cc}/gu, '')).join('\n')}\n`);

describe('SPEC 7.1, 7.2: the form of a note', () => {
  test('the example of the specification is read to the byte', () => {
    const note = parseNote(SPEC_NOTE);
    expect(note?.text).toBe(SPEC_TEXT);
    expect(note?.signatures).toMatchObject([
      { name: 'quasimodo.example/salvatore', id: '367ba04b' },
    ]);
    expect(note?.signatures[0]?.signature).toHaveLength(64);
  });

  test('what is signed is opened again, empty lines and all', async () => {
    await fc.assert(
      fc.asyncProperty(noteText, async (text) => {
        const note = await signNote(text, signer);
        expect(await openNote(note, [signer], checkEd25519)).toEqual({ ok: true, text });
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['no blank line', TEXT + LINE],
    ['no signature', `${TEXT}\n`],
    ['no newline at the end', NOTE.slice(0, -1)],
    ['a hyphen for the dash', NOTE.replace('—', '-')],
    ['two spaces', NOTE.replace('— PeterNeumann', '—  PeterNeumann')],
    ['a space at the end', `${NOTE.slice(0, -1)} \n`],
    ['no name', NOTE.replace('PeterNeumann ', '')],
    ['a plus in the name', NOTE.replace('PeterNeumann', 'Peter+Neumann')],
    ['a space of another script in the name', NOTE.replace('PeterNeumann', 'Peter\u3000Neumann')],
    ['NEL in the name', NOTE.replace('PeterNeumann', 'Peter\u0085Neumann')],
    ['a line that is no signature', `${NOTE}and more\n`],
    ['a signature without bytes', `${TEXT}\n— PeterNeumann x08gow==\n`],
    ['base64 without padding', NOTE.replace('nAM=', 'nAM')],
    ['base64 with bits left over', NOTE.replace('nAM=', 'nAN=')],
    ['base64url', NOTE.replace('x08go/', 'x08go_')],
    ['a carriage return', NOTE.replace(',\n', ',\r\n')],
    ['a tab', NOTE.replace('you think', 'you\tthink')],
    ['NUL', NOTE.replace('you think', 'you\u0000think')],
    ['half a character', NOTE.replace('you think', 'you\ud800think')],
    ['too many signatures', NOTE + LINE.repeat(100)],
    ['a megabyte and more', `${'x'.repeat(LARGEST_NOTE)}\n${NOTE}`],
    ['a megabyte of two bytes each', `${'é'.repeat(LARGEST_NOTE / 2)}\n${NOTE}`],
  ])('malformed: %s', async (_, note) => {
    expect(await openNote(note, [known], checkEd25519)).toEqual({ ok: false, why: 'malformed' });
  });

  test('whatever comes in, parsing never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), wellFormed(NOTE)), async (note) => {
        const opened = await openNote(note, [known], checkEd25519);
        if (opened.ok) expect(note.startsWith(TEXT)).toBe(true);
      }),
    );
  });

  test('a text that no note can hold is not signed', async () => {
    for (const text of ['no newline', 'a\tb\n', '\ud800\n']) {
      await expect(signNote(text, signer)).rejects.toThrow(TypeError);
    }
  });
});

describe('SPEC 7.3: keys', () => {
  test('the published key is read and written, and its id is what follows from it', () => {
    expect(known).toMatchObject({ name: 'PeterNeumann', id: 'c74f20a3' });
    expect(writeNoteKey(known)).toBe(PETER);
    expect(noteKey(hasher, known.name, known.publicKey)).toEqual(known);
    // A '+' in the base64 belongs to the base64; this key is of transparency-dev/formats.
    const plus = 'TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6';
    expect(parseNoteKey(hasher, plus)?.id).toBe('7997405c');
  });

  test('no part of it can be changed, and no other algorithm passes', () => {
    for (let at = 0; at < PETER.length; at++) {
      const other = PETER[at] === 'B' ? 'C' : 'B';
      expect(parseNoteKey(hasher, PETER.slice(0, at) + other + PETER.slice(at + 1))).toBeNull();
      expect(parseNoteKey(hasher, PETER.slice(0, at))).toBeNull();
    }
    const cosigner = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2';
    expect(parseNoteKey(hasher, cosigner)).toBeNull();
  });
});

describe('SPEC 7.4: verifying', () => {
  test('the worked example, signed by another implementation, is opened', async () => {
    expect(TEXT).toMatch(/^If you think .*\n.* your problem is\.\n$/);
    expect(await openNote(NOTE, [known], checkEd25519)).toEqual({ ok: true, text: TEXT });
  });

  test('signatures of unknown keys are ignored, also of the same name or the same id', async () => {
    const other = newSigner('other.example');
    const both = (await signNote(TEXT, other)) + LINE;
    expect(await openNote(both, [known], checkEd25519)).toEqual({ ok: true, text: TEXT });
    const namesake = await signNote(TEXT, newSigner(known.name));
    const lookalike = await signNote(TEXT, { ...other, id: known.id });
    for (const note of [namesake, lookalike, SPEC_NOTE]) {
      expect(await openNote(note, [known], checkEd25519)).toEqual({
        ok: false,
        why: 'unknown-key',
      });
    }
    expect(await openNote(NOTE, [], checkEd25519)).toEqual({ ok: false, why: 'unknown-key' });
  });

  test('one bad signature of a known key spoils the note, beside a good one too', async () => {
    const forged = await signNote(TEXT, {
      ...newSigner('x.example'),
      name: known.name,
      id: known.id,
    });
    const line = forged.slice(forged.lastIndexOf('— '));
    for (const note of [forged, NOTE + line, forged + LINE]) {
      expect(await openNote(note, [known], checkEd25519)).toEqual({
        ok: false,
        why: 'bad-signature',
      });
    }
  });

  test('no change to a signed note goes unnoticed', async () => {
    const note = await signNote('unsaid site knowledge\n{"sites":{},"version":1}\n', signer);
    const opened = await openNote(note, [signer], checkEd25519);
    const text = opened.ok ? opened.text : '';
    await fc.assert(
      fc.asyncProperty(
        fc.nat(note.length - 1),
        fc.nat(3),
        fc.string({ maxLength: 3 }),
        async (at, cut, put) => {
          const changed = note.slice(0, at) + put + note.slice(at + cut);
          const result = await openNote(changed, [signer], checkEd25519);
          if (result.ok) expect(result.text).toBe(text);
          if (changed !== note && changed.length < note.length) expect(result.ok).toBe(false);
        },
      ),
    );
    for (let length = 0; length < note.length; length++) {
      expect((await openNote(note.slice(0, length), [signer], checkEd25519)).ok).toBe(false);
    }
  });
});

test('SPEC 7.1 base64 is the standard one, and each value has one spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
  fc.assert(
    fc.property(fc.base64String(), fc.string(), (good, text) => {
      for (const one of [good, text, good + text]) {
        const bytes = fromBase64(one);
        if (bytes !== null) expect(Buffer.from(bytes).toString('base64')).toBe(one);
      }
    }),
  );
});
