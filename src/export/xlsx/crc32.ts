// CRC-32 as zip files have it (ISO 3309), eight bytes at a time.

const TABLES = tables();

function tables(): Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
  const all = [first];
  for (let n = 1; n < 8; n += 1) {
    const before = all[n - 1] as Int32Array;
    all.push(before.map((crc) => (first[crc & 0xff] as number) ^ (crc >>> 8)));
  }
  return all;
}

const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES as [
  ...[Int32Array, Int32Array, Int32Array, Int32Array],
  ...[Int32Array, Int32Array, Int32Array, Int32Array],
];

/** `before`: of the bytes that came before these, 0 for none. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  const whole = bytes.length - (bytes.length % 8);
  const at = (index: number) => bytes[index] as number;
  let n = 0;
  for (; n < whole; n += 8) {
    crc ^= at(n) | (at(n + 1) << 8) | (at(n + 2) << 16) | (at(n + 3) << 24);
    crc =
      (T7[crc & 0xff] as number) ^
      (T6[(crc >>> 8) & 0xff] as number) ^
      (T5[(crc >>> 16) & 0xff] as number) ^
      (T4[crc >>> 24] as number) ^
      (T3[at(n + 4)] as number) ^
      (T2[at(n + 5)] as number) ^
      (T1[at(n + 6)] as number) ^
      (T0[at(n + 7)] as number);
  }
  for (; n < bytes.length; n += 1) crc = (T0[(crc ^ at(n)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}
