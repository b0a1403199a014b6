// Text that has to wait until the rows are written: kept as bytes, a third of what strings take.

const PIECE = 64 * 1024;
const encoder = new TextEncoder();

export type KeptText = {
  add(text: string): void;
  /** All of it, in pieces. */
  pieces(): Uint8Array<ArrayBuffer>[];
};

export function keptText(): KeptText {
  const done: Uint8Array<ArrayBuffer>[] = [];
  let last = '';
  const close = () => {
    if (last !== '') done.push(encoder.encode(last));
    last = '';
  };
  return {
    add(text) {
      last += text;
      if (last.length > PIECE) close();
    },
    pieces() {
      close();
      return done;
    },
  };
}
