// npm run bench -- NAME [PART …] [--json] [--quick] [--seed N] [--quotes N] [--data FILE]: runs
// bench/NAME.bench.ts, or parts of it, and shows what it measured, beside the peer it measured in the
// same run. Benches import anything; nothing imports benches.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asObject, type Figure } from './figure.ts';
import { machine } from './machine.ts';
import { asTable } from './table.ts';

/** What a bench module exports. `quick`: done within 50 s, all benches of a file together. */
export type Bench = { run(options: Options): Promise<Figure[]> };

/**
 * `seed` and `quotes` are for benches that make up their samples, `parts` for those that have parts,
 * `data` (a file) for those that judge one; the others pass over them.
 */
export type Options = {
  quick: boolean;
  seed?: number;
  quotes?: number;
  parts?: string[];
  data?: string;
};

const SUFFIX = '.bench.ts';

/**
 * Runs one bench; the exit code: 0 measured, 2 no such bench. Goals that were missed are in the
 * table and in `ok`: on a busy machine they are no failure.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      seed: { type: 'string' },
      quotes: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const [name, ...parts] = positionals;
  if (name === undefined || !/^[\w-]+$/.test(name) || !existsSync(fileOf(name))) {
    const problem = name === undefined ? 'Which bench?' : `There is no bench “${name}”.`;
    console.error(`${problem} There are: ${benches().join(', ')}`);
    return 2;
  }
  const { run } = (await import(fileOf(name))) as Bench;
  const { quick, seed, quotes, data } = values;
  const figures = await run({
    quick,
    parts,
    ...numbers({ seed, quotes }),
    ...(data === undefined ? {} : { data }),
  });
  if (values.json) {
    const object = { bench: name, machine: machine(), figures: figures.map(asObject) };
    console.log(JSON.stringify(object));
  } else {
    const { cpu, cores, memory, system, node } = machine();
    console.log(`${name} · ${cores} × ${cpu}, ${memory} · ${system} · Node ${node}\n`);
    console.log(asTable(figures));
  }
  return 0;
}

// Of these options, those that were given as a whole number above 0.
function numbers(given: { [name: string]: string | undefined }): { [name: string]: number } {
  return Object.fromEntries(
    Object.entries(given)
      .map(([name, text]) => [name, Number(text)] as const)
      .filter(([, value]) => Number.isSafeInteger(value) && value > 0),
  );
}

function fileOf(name: string): string {
  return join(import.meta.dirname, `${name}${SUFFIX}`);
}

function benches(): string[] {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(SUFFIX));
  return files.map((file) => file.slice(0, -SUFFIX.length)).sort();
}

if (import.meta.main) process.exit(await main());
