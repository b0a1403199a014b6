import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeNoteKey } from '../../src/ledger/index.ts';
import { checkpointOf, LOG_KEY } from '../ledger/sample-log.ts';
import { naivelySound } from './naive-verify.ts';
import { bundleOf, type Files, sampleLog, verified } from './sample-bundle.ts';

const KEY = writeNoteKey(LOG_KEY);
const rows = sampleLog(40);
const words = (outcome: { findings: { words: string }[] }) =>
  outcome.findings.map((one) => one.words).join(' ');

test('SPEC 16.6 a whole bundle: everything is proven, what is erased is said to be', async () => {
  const files = await bundleOf(rows);
  const outcome = await verified(files);
  expect(outcome).toMatchObject({
    sound: true,
    wrongs: 0,
    keyGiven: true,
    whole: true,
    findings: [],
  });
  expect(outcome.proven).toEqual({ open: 39, partly: 0, leftOut: 0, erased: 1 });
  expect(outcome.log?.size).toBe(40);
  expect(naivelySound(files, KEY)).toBe(true);
});

test('SPEC 16.4 fields and records that are left out take nothing from the others', async () => {
  const files = await bundleOf(rows, { seqs: [0, 2, 6, 20, 39], hide: ['text'], leave: [20] });
  const outcome = await verified(files);
  expect(outcome.findings).toEqual([]);
  expect(outcome.proven).toEqual({ open: 1, partly: 2, leftOut: 1, erased: 1 });
  expect(naivelySound(files, KEY)).toBe(true);
  const all = Buffer.concat([...files.values()]).toString('utf8');
  expect(all).not.toContain('=1+1');
  expect(all).toContain('"label"');
  // With the salt, a short text could be found by trying.
  expect(all).not.toContain(`"salt":"${rows[0]?.salt}"`);
});

test('SPEC 16.5 more than a thousand changes are proven by tiles, a whole log by its leaves', async () => {
  const many = sampleLog(2_300);
  const most = many.slice(0, -1).map(({ seq }) => seq);
  const parts = await bundleOf(many, { seqs: [...most.slice(1), many.length - 1] });
  expect([...parts.keys()].filter((name) => name.startsWith('tile/')).length).toBeGreaterThan(9);
  expect((await verified(parts)).findings).toEqual([]);
  const whole = await bundleOf(many);
  expect([...whole.keys()].some((name) => /^(tile|proofs)\//.test(name))).toBe(false);
  const outcome = await verified(whole);
  expect(outcome).toMatchObject({ sound: true, proven: { open: 2_299, erased: 1 } });
  expect(naivelySound(whole, KEY)).toBe(true);
  const [name = ''] = [...parts.keys()].filter((one) => one.startsWith('tile/0'));
  const broken = new Map(parts).set(name, Buffer.from(parts.get(name) ?? []).fill(7, 0, 1));
  expect((await verified(broken)).findings.some(({ file }) => file === name)).toBe(true);
});

test('without a key the bundle vouches for itself only, and another key is refused', async () => {
  const files = await bundleOf(rows);
  expect(await verified(files, null)).toMatchObject({ sound: true, keyGiven: false });
  const other = { ...LOG_KEY, id: '00000000' };
  const outcome = await verified(files, other);
  expect(outcome.sound).toBe(false);
  expect(words(outcome)).toContain('has not signed it');
});

test('any single byte that is changed in any file is found, and the place is named', async () => {
  const bundles = [
    await bundleOf(rows),
    await bundleOf(rows, { seqs: [0, 1, 3, 6, 30, 39], hide: ['text'] }),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...bundles),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (files, which, where, by) => {
        const names = [...files.keys()];
        const name = names[which % names.length] ?? '';
        const bytes = Buffer.from(files.get(name) ?? []);
        const at = where % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ by;
        const changed = new Map(files).set(name, bytes);
        const { sound, findings } = await verified(changed);
        expect(sound).toBe(false);
        // A manifest that was changed is known by its signature, and may name other files wrongly.
        const places = findings.map(({ file }) => file);
        expect(name === 'manifest.json' || places.includes(name)).toBe(true);
        if (name === 'manifest.json') expect(places.length).toBeGreaterThan(0);
        expect(naivelySound(changed, KEY)).toBe(false);
      },
    ),
    { numRuns: 1_000 },
  );
}, 120_000);

const lines = (files: Files) =>
  Buffer.from(files.get('changes.ndjson') ?? [])
    .toString()
    .split('\n');
const withLines = (files: Files, all: string[]) =>
  new Map(files).set('changes.ndjson', Buffer.from(all.join('\n')));

test('a change that is left out, moved, doubled or put in is found at its place', async () => {
  const files = await bundleOf(rows);
  const all = lines(files);
  const without = await verified(withLines(files, all.toSpliced(5, 1)));
  expect(words(without)).toContain('Changes 5 to 5 are missing');
  const moved = await verified(withLines(files, [all[1] ?? '', all[0] ?? '', ...all.slice(2)]));
  expect(
    moved.findings.some(({ line, words: say }) => line === 2 && say.includes('out of order')),
  ).toBe(true);
  const twice = await verified(withLines(files, all.toSpliced(3, 0, all[2] ?? '')));
  expect(twice.findings.find(({ line }) => line === 4)?.words).toContain('there twice');
});

test('files of two bundles do not go together, nor an older checkpoint', async () => {
  const one = await bundleOf(rows);
  const other = await bundleOf(rows, { seqs: [1, 39], made: '2027-03-05T00:00:00Z' });
  for (const name of ['manifest.json', 'signature.txt', 'changes.ndjson']) {
    const mixed = new Map(one).set(name, other.get(name) ?? new Uint8Array(0));
    expect((await verified(mixed)).sound, name).toBe(false);
    expect(naivelySound(mixed, KEY), name).toBe(false);
  }
  const older = await checkpointOf(rows.slice(0, 30));
  const signed = await bundleOf(rows, { checkpoint: older });
  const outcome = await verified(signed);
  expect(words(outcome)).toContain('with 30 changes; the manifest says');
  expect(naivelySound(signed, KEY)).toBe(false);
});

test('a checkpoint that is none takes nothing from the checking of the files', async () => {
  const files = await bundleOf(rows);
  const changes = Buffer.from(files.get('changes.ndjson') ?? []).fill('x', 100, 101);
  files.set('checkpoint.txt', Buffer.from('none')).set('changes.ndjson', changes);
  const { sound, log, findings } = await verified(files);
  expect({ sound, log }).toEqual({ sound: false, log: null });
  expect(findings.map(({ file }) => file)).toContain('changes.ndjson');
});

test('a device’s changes are each held against the one before', async () => {
  // Sealed and logged as it stands, but for the place in its device's chain.
  const log = sampleLog(6);
  const [from = 0, to = 0] = [1, 2];
  const [one, two] = [log[from], log[to]];
  if (one === undefined || two === undefined) throw new Error('there are six');
  const leaf = JSON.parse(Buffer.from(two.leaf).toString()) as { prevHash: string };
  const text = Buffer.from(two.leaf).toString().replace(leaf.prevHash, 'ab'.repeat(32));
  const broken = log.with(to, { ...two, leaf: Buffer.from(text) });
  const outcome = await verified(await bundleOf(broken));
  expect(outcome.findings[0]).toMatchObject({
    ...{ file: 'changes.ndjson', line: 3, seq: 2 },
    words: 'Change 2 does not follow its device’s change before.',
  });
});

test('lines that are hostile or too long are told of at their place', async () => {
  const files = await bundleOf(rows);
  const all = lines(files);
  const half = all.with(2, (all[2] ?? '').replace('\\"kind\\":\\"note', '\\"kind\\":\\"\\\\ud800'));
  expect((await verified(withLines(files, half))).findings[0]).toMatchObject({ line: 3, seq: 2 });
  const odd = '"targets":[{"kind":{"toString":1,"valueOf":1},"id":null},null,1,[]]';
  const names = all.with(39, (all[39] ?? '').replace(/"targets":\[[^\]]*\]/, odd));
  const told = (await verified(withLines(files, names))).findings;
  expect(told).toContainEqual(expect.objectContaining({ line: 40, seq: 39 }));
  // Four million bytes and more without an end, in pieces; what follows is read.
  const long = all.toSpliced(4, 0, `{"seq":4,"leaf":"${'x'.repeat(4_000_000)}"}`);
  const outcome = await verified(withLines(files, long));
  expect(outcome.findings).toMatchObject([
    { line: 5, words: 'This line is no change as bundles have them.' },
    { file: 'changes.ndjson' },
  ]);
  expect(outcome.proven.open).toBe(39);
});

test('what is said to be erased needs the erasure that names it', async () => {
  const files = await bundleOf(rows, { seqs: [0, 6] });
  expect(words(await verified(files))).toContain('which is no erasure in this bundle');
});

test('a file that is missing, too much, or not a bundle at all', async () => {
  const files = await bundleOf(rows);
  const extra = await verified(new Map(files).set('more.txt', Buffer.from('x')));
  expect(extra.findings).toMatchObject([
    { file: 'more.txt', words: 'The manifest does not name it.' },
  ]);
  const less = new Map(files);
  less.delete('report.html');
  expect((await verified(less)).findings).toMatchObject([{ file: 'report.html' }]);
  expect((await verified(new Map())).findings).toMatchObject([{ file: 'manifest.json' }]);
});

test('nothing that stands in the files makes it throw', async () => {
  const files = await bundleOf(rows, { seqs: [0, 1, 39] });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files.keys()), fc.string(), async (name, text) => {
      const outcome = await verified(new Map(files).set(name, Buffer.from(text)));
      expect(outcome.sound).toBe(false);
    }),
    { numRuns: 200 },
  );
});
