// Numbers in as few bytes as they need: seven bits in each, the last without the eighth (LEB128).

export class Bytes {
  length = 0;
  #room = new Uint8Array(1 << 16);

  number(value: number): void {
    let rest = value;
    this.#grow(5);
    while (rest > 127) {
      this.#room[this.length] = (rest & 127) | 128;
      this.length += 1;
      rest >>>= 7;
    }
    this.#room[this.length] = rest;
    this.length += 1;
  }

  copy(from: Uint8Array, start: number, end: number): void {
    this.#grow(end - start);
    // What is copied is mostly a byte or two: a call into the browser costs more.
    for (let at = start; at < end; at += 1) {
      this.#room[this.length + at - start] = from[at] ?? 0;
    }
    this.length += end - start;
  }

  /** What was written, in bytes of its own; then it is empty again. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#room.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  #grow(more: number): void {
    if (this.length + more <= this.#room.length) return;
    const room = new Uint8Array(Math.max(this.#room.length * 2, this.length + more));
    room.set(this.#room);
    this.#room = room;
  }
}

/** Reads what Bytes wrote. */
export class Reading {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number(): number {
    const { bytes } = this;
    let byte = bytes[this.at] ?? 0;
    this.at += 1;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[this.at] ?? 0;
      this.at += 1;
      value |= (byte & 127) << shift;
    }
    return value;
  }

  skip(count: number): void {
    for (let left = count; left > 0; this.at += 1) {
      if ((this.bytes[this.at] ?? 0) < 128) left -= 1;
    }
  }
}
