// Base64 (RFC 4648, 4) that every platform has: with padding, and one spelling for each value.
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const left = bytes.length - at;
    text += letter(bits >> 18) + letter(bits >> 12);
    text += left > 1 ? letter(bits >> 6) : '=';
    text += left > 2 ? letter(bits) : '=';
  }
  return text;
}

/** null unless `text` is exactly what toBase64 writes: nobody can spell one signature in two ways. */
export function fromBase64(text: string): Uint8Array | null {
  const digits = text.replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    const value = LETTERS.indexOf(digit);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = bits >> held;
  }
  return toBase64(bytes) === text ? bytes : null;
}

function letter(bits: number): string {
  return LETTERS.charAt(bits & 63);
}
