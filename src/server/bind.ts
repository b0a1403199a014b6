// PostgreSQL's Bind message ("Message Formats" of its protocol) where values are long, as a push's
// arrays are: in pieces. The driver copies them together, several times while they outgrow its memory.
import type { Writable } from 'node:stream';

/** As the driver hands it over. `valueMapper` makes bytes, which are sent as they are, text or null. */
export type Bind = {
  portal?: string | undefined;
  statement?: string | undefined;
  binary?: boolean | undefined;
  values?: readonly unknown[] | undefined;
  valueMapper(value: unknown): unknown;
};

export type Binding = { stream: Writable; bind(config: Bind): void };

/** Bytes from which on a value is a piece of its own. */
const LONG = 4_096;

/** From now on this connection sends long values as they lie in memory. */
export function bindInPieces(connection: Binding): void {
  const bind = connection.bind.bind(connection);
  connection.bind = (config) => {
    if (config.values?.some(isLongBytes) !== true) {
      bind(config);
      return;
    }
    const pieces = bindPieces(config);
    const { stream } = connection;
    if (!stream.writable) return;
    stream.cork();
    for (const piece of pieces) stream.write(piece);
    stream.uncork();
  };
}

type Value = { bytes: Buffer | null; isText: boolean; isLong: boolean };

/** The message in pieces, in their order. Throws what making a value throws. */
export function bindPieces(config: Bind): Buffer[] {
  const { portal = '', statement = '', binary = false } = config;
  const values = (config.values ?? []).map((value) => made(config.valueMapper(value)));
  const names = Buffer.from(`${portal}\0${statement}\0`);
  let [short, long] = [0, 0];
  for (const { bytes, isLong } of values) {
    if (isLong) long += bytes?.length ?? 0;
    else short += bytes?.length ?? 0;
  }
  // Code and length, names, how many formats and they, how many values and their lengths, and the
  // one format of all that is answered.
  const count = values.length;
  const frame = Buffer.allocUnsafe(5 + names.length + 2 + 2 * count + 2 + 4 * count + short + 4);
  let at = frame.writeUInt8(BIND, 0);
  at = frame.writeInt32BE(frame.length + long - 1, at);
  at += names.copy(frame, at);
  at = frame.writeInt16BE(count, at);
  for (const { isText } of values) at = frame.writeInt16BE(isText ? 0 : 1, at);
  at = frame.writeInt16BE(count, at);
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { bytes, isLong } of values) {
    at = frame.writeInt32BE(bytes?.length ?? -1, at);
    if (bytes === null) continue;
    if (isLong) {
      pieces.push(frame.subarray(from, at), bytes);
      from = at;
    } else at += bytes.copy(frame, at);
  }
  at = frame.writeInt16BE(1, at);
  frame.writeInt16BE(binary ? 1 : 0, at);
  pieces.push(frame.subarray(from));
  return pieces;
}

function made(value: unknown): Value {
  if (value === null || value === undefined) return { bytes: null, isText: true, isLong: false };
  if (Buffer.isBuffer(value)) return { bytes: value, isText: false, isLong: isLongBytes(value) };
  return { bytes: Buffer.from(String(value)), isText: true, isLong: false };
}

const BIND = 0x42;

function isLongBytes(value: unknown): boolean {
  return Buffer.isBuffer(value) && value.length >= LONG;
}
