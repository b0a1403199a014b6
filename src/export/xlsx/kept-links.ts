// The links of a sheet, which its file tells after the rows: kept as bytes, a fraction of what objects
// and strings would take.

const PIECE = 64 * 1024;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export type KeptLink = { cell: string; address: string };

export type KeptLinks = {
  /** `address` has no white space in it. */
  add(link: KeptLink): void;
  count(): number;
  /** All of them in their order, some at a time. */
  batches(): Generator<KeptLink[]>;
};

export function keptLinks(): KeptLinks {
  const done: Uint8Array[] = [];
  let last = '';
  let count = 0;
  const close = () => {
    if (last !== '') done.push(encoder.encode(last));
    last = '';
  };
  return {
    add({ cell, address }) {
      count += 1;
      last += `${cell} ${address}\n`;
      if (last.length > PIECE) close();
    },
    count: () => count,
    *batches() {
      close();
      for (const piece of done) {
        const lines = decoder.decode(piece).trimEnd().split('\n');
        yield lines.map((line) => {
          const [cell = '', address = ''] = line.split(' ');
          return { cell, address };
        });
      }
    },
  };
}
