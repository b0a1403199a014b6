// Draws a published draw again, by docs/drawing.md alone: nothing of this project is imported here.
//
//     node tests/audit/replay.ts DRAW LIST
//
// DRAW: {nonce, checkpoint, commitment, population: {hash}, method: {kind, size, least?},
// replacements: [{out}]}, as the draw's record has them, or {draw} with that. LIST: the population.
// Prints the ids to be reviewed, one a line.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

type Published = {
  nonce: string;
  checkpoint: string;
  commitment: string;
  population: { hash: string };
  method: { kind: string; size: number; least?: number };
  replacements: { out: string }[];
};
type Ticket = { id: string; stratum: string; ticket: Buffer };

const [, , drawFile = '', listFile = ''] = process.argv;
const given = JSON.parse(readFileSync(drawFile, 'utf8')) as Published | { draw: Published };
const draw = 'draw' in given ? given.draw : given;
const list = readFileSync(listFile);
const sha256 = (...parts: (Buffer | string)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const nonce = Buffer.from(draw.nonce, 'hex');

if (sha256(list).toString('hex') !== draw.population.hash) stop('This is not the list announced.');
if (sha256(nonce).toString('hex') !== draw.commitment) stop('This is not the nonce announced.');

const seed = sha256(draw.checkpoint, nonce);
const tickets: Ticket[] = list
  .toString('utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [id = '', stratum = ''] = line.split('\t');
    return { id, stratum, ticket: sha256(seed, id) };
  })
  .sort((a, b) => Buffer.compare(a.ticket, b.ticket));

const stratified = draw.method.kind === 'stratified';
const sample = stratified
  ? tickets.filter(isInItsShare(sharesOf(tickets, draw.method)))
  : tickets.slice(0, draw.method.size);

// Who was put out, and who came in.
const used = new Set(sample.map(({ id }) => id));
const members: (Ticket | undefined)[] = [...sample];
for (const { out } of draw.replacements) {
  const at = members.findIndex((member) => member?.id === out);
  const stratum = members[at]?.stratum;
  const next = tickets.find((one) => !used.has(one.id) && (!stratified || one.stratum === stratum));
  if (next !== undefined) used.add(next.id);
  members[at] = next;
}
process.stdout.write(members.flatMap((member) => (member ? [`${member.id}\n`] : [])).join(''));

/** "First the least number announced; what is left one by one to whoever is furthest below." */
function sharesOf(all: Ticket[], { size, least = 0 }: Published['method']) {
  const strata = [...new Set(all.map(({ stratum }) => stratum))].sort();
  const shares = strata.map((name) => {
    const number = all.filter(({ stratum }) => stratum === name).length;
    return { name, number, share: Math.min(least, number) };
  });
  let left = size - shares.reduce((sum, { share }) => sum + share, 0);
  while (left > 0) {
    const below = shares
      .filter(({ number, share }) => share < number)
      .map((one) => ({ one, lack: size * one.number - all.length * one.share }))
      .sort((a, b) => b.lack - a.lack)[0];
    if (below === undefined) stop('The sample is larger than the population.');
    else below.one.share += 1;
    left -= 1;
  }
  return new Map(shares.map(({ name, share }) => [name, share]));
}

function isInItsShare(left: Map<string, number>) {
  return ({ stratum }: Ticket) => {
    const more = left.get(stratum) ?? 0;
    left.set(stratum, more - 1);
    return more > 0;
  };
}

function stop(words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}
