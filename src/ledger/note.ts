// Signed notes, as https://c2sp.org/signed-note has them (SPEC 7): a text, a blank line, and lines
// that say who signed it. Ed25519 comes in as an argument: WebCrypto in the browser, node:crypto on
// the server. A note is read whole or not at all, and its text is handed out only once it is proven.
import { fromBase64, toBase64 } from './base64.ts';
import { fromHex, toHex, utf8 } from './canonical.ts';
import type { Hasher } from './hasher.ts';

/** Bytes a note may have, and signatures: the specification asks for 16 at least. */
export const LARGEST_NOTE = 1_000_000;
const MOST_SIGNATURES = 100;

/** The one algorithm here, as the byte that names it. */
const ED25519 = 0x01;
const KEY_BYTES = 32;
const ID_BYTES = 4;

/** A public key by name. `id` is 8 hex digits; name and id together say which key signed. */
export type NoteKey = { name: string; id: string; publicKey: Uint8Array };

export type NoteSignature = { name: string; id: string; signature: Uint8Array };

export type Verify = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>;

export type NoteSigner = NoteKey & {
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
};

export type OpenedNote =
  | { ok: true; text: string }
  /** Not a note at all; signed by nobody we know; by somebody we know, but not this text. */
  | { ok: false; why: 'malformed' | 'unknown-key' | 'bad-signature' };

/** The text, once one of `keys` has signed it and no signature of theirs fails (SPEC 7.4). */
export async function openNote(note: string, keys: NoteKey[], verify: Verify): Promise<OpenedNote> {
  const parsed = parseNote(note);
  if (parsed === null) return { ok: false, why: 'malformed' };
  const message = utf8(parsed.text);
  let proven = false;
  for (const { name, id, signature } of parsed.signatures) {
    const key = keys.find((one) => one.name === name && one.id === id);
    if (key === undefined) continue;
    if (!(await verify(key.publicKey, message, signature))) {
      return { ok: false, why: 'bad-signature' };
    }
    proven = true;
  }
  return proven ? { ok: true, text: parsed.text } : { ok: false, why: 'unknown-key' };
}

/** Signs a text that ends in a newline. Throws on a text that no note can hold. */
export async function signNote(text: string, signer: NoteSigner): Promise<string> {
  if (!text.endsWith('\n') || !isPlain(text)) throw new TypeError('no text for a signed note');
  const signature = await signer.sign(utf8(text));
  const bytes = [...fromHex(signer.id), ...signature];
  return `${text}\n— ${signer.name} ${toBase64(Uint8Array.from(bytes))}\n`;
}

/** The parts of a note, nothing of them proven; null when it is malformed (SPEC 7.1, 7.2). */
export function parseNote(note: string): { text: string; signatures: NoteSignature[] } | null {
  if (note.length > LARGEST_NOTE || utf8(note).length > LARGEST_NOTE) return null;
  if (!isPlain(note) || !note.endsWith('\n')) return null;
  // The last empty line: the text may have some of its own.
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0) return null;
  const lines = note.slice(blank + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) return null;
  const signatures = lines.map(parseSignature);
  if (signatures.some((one) => one === null)) return null;
  return { text: note.slice(0, blank + 1), signatures: signatures.filter((one) => one !== null) };
}

function parseSignature(line: string): NoteSignature | null {
  const [, name = '', encoded = ''] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || bytes === null || bytes.length <= ID_BYTES) return null;
  return { name, id: toHex(bytes.slice(0, ID_BYTES)), signature: bytes.slice(ID_BYTES) };
}

/** A key by its name: the id follows from both (SPEC 7.3). */
export function noteKey(hasher: Hasher, name: string, publicKey: Uint8Array): NoteKey {
  if (!isKeyName(name) || publicKey.length !== KEY_BYTES) throw new TypeError('no key of a note');
  const named = Uint8Array.from([...utf8(`${name}\n`), ED25519, ...publicKey]);
  return { name, id: toHex(hasher.sha256(named).slice(0, ID_BYTES)), publicKey };
}

/** "name+id+base64", as keys are printed and handed on. */
export function writeNoteKey({ name, id, publicKey }: NoteKey): string {
  return `${name}+${id}+${toBase64(Uint8Array.from([ED25519, ...publicKey]))}`;
}

/** null when the text is no Ed25519 key, or its id is not the one that follows from it. */
export function parseNoteKey(hasher: Hasher, text: string): NoteKey | null {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || bytes?.length !== 1 + KEY_BYTES || bytes[0] !== ED25519) return null;
  const key = noteKey(hasher, name, bytes.slice(1));
  return key.id === id ? key : null;
}

/** Neither empty nor with a space of any kind or a plus; NEL is a space to Unicode, not to \s. */
function isKeyName(name: string): boolean {
  return name !== '' && isPlain(name) && !/[\s\u0085+]/u.test(name);
}

/** Well-formed, and no control characters below U+0020 but newlines. */
function isPlain(text: string): boolean {
  if (!text.isWellFormed()) return false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && code !== 0x0a) return false;
  }
  return true;
}
