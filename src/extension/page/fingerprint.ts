/** A number that differs when the text does, but for one chance in 2^52; no secret, no signature. */
export function fingerprint(text: string): number {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x5bd1e995);
    b = Math.imul(b ^ code, 0x1b873593);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  return (b >>> 0) * 0x100000 + ((a >>> 12) & 0xfffff);
}
