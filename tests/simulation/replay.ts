// One schedule again: node tests/simulation/replay.ts SEED [COUNT]
import 'fake-indexeddb/auto';
import { copyPlainValuesByHand } from './copies.ts';
import { countRequests } from './disk.ts';
import { run, STEPS } from './schedule.ts';

countRequests();
copyPlainValuesByHand();
const [first = 1, count = 1] = process.argv.slice(2).map(Number);
for (let seed = first; seed < first + count; seed += 1) {
  console.log(seed, await run({ seed, steps: STEPS }));
}
