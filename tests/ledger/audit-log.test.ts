import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Leaf } from '../../src/domain/index.ts';
import { TreeAudit } from '../../src/ledger/audit-log/tree.ts';
import {
  canonicalBytes,
  emptyRoot,
  type Finding,
  fromUtf8,
  type LogRow,
  noteKey,
  TILE_WIDTH,
  tileRoot,
  timestampOf,
  toBase64,
  utf8,
} from '../../src/ledger/index.ts';
import { nodeHasher as hasher } from '../../src/server/hasher.ts';
import {
  audit,
  CONSOLE,
  checkpointOf,
  FIRST,
  idOf,
  type Kept,
  LOG_KEY,
  MEMBER,
  newKey,
  ORIGIN,
  OTHER_MEMBER,
  RECORD,
  rootOfRows,
  SampleLog,
  SECOND,
  tilesOf,
} from './sample-log.ts';

const FIRST_KEY = newKey(2);
const SECOND_KEY = newKey(3);
const ROWS = 300;
const PINNED_AT = 280;

let honest: Kept;

const device = (record: string, body: LogBody) => ({ kind: 'device', record, body });
type LogBody = { [field: string]: string | boolean | null };

/** Devices register, the first vouches for the second, and notes follow in batches of five. */
function writeHonestly(): SampleLog {
  const log = new SampleLog();
  const key = (one: { publicKey: Uint8Array }) => toBase64(one.publicKey);
  log.note(FIRST, MEMBER);
  log.write(
    FIRST,
    MEMBER,
    device(FIRST, { member: MEMBER, name: 'Laptop', publicKey: key(FIRST_KEY) }),
    FIRST_KEY,
  );
  log.write(
    SECOND,
    MEMBER,
    device(SECOND, { member: MEMBER, name: 'Desk', publicKey: key(SECOND_KEY) }),
    SECOND_KEY,
  );
  log.write(FIRST, MEMBER, device(SECOND, { attestedBy: FIRST }), FIRST_KEY);
  while (log.rows.length < ROWS) {
    const at = log.rows.length;
    // Every fifth change of a device ends a batch.
    if (at % 3 === 0) log.note(CONSOLE, OTHER_MEMBER, null, idOf(5_000 + at));
    else {
      const [who, signs] =
        at % 3 === 1 ? ([FIRST, FIRST_KEY] as const) : ([SECOND, SECOND_KEY] as const);
      log.note(who, MEMBER, at % 5 === 0 || at > ROWS - 4 ? signs : null, idOf(5_000 + at));
    }
  }
  return log;
}

async function keptOf(rows: LogRow[]): Promise<Kept> {
  return {
    rows,
    tiles: tilesOf(rows),
    checkpoint: await checkpointOf(rows),
    pinned: [await checkpointOf(rows.slice(0, PINNED_AT)), await checkpointOf(rows.slice(0, 256))],
    kept: { size: rows.length, root: rootOfRows(rows) },
  };
}

beforeAll(async () => {
  honest = await keptOf(writeHonestly().rows);
});

/** What is wrong after somebody changed what is kept, and nothing else. */
async function wrongs(change: (kept: Kept) => Kept) {
  const { findings } = await audit(change(honest));
  return findings
    .filter((one) => one.is === 'wrong')
    .map(({ what, seq }) => (seq === undefined ? what : `${what} ${seq}`));
}

const withRow = (seq: number, edit: (row: LogRow) => LogRow) => (kept: Kept) => ({
  ...kept,
  rows: kept.rows.with(seq, edit(kept.rows[seq] as LogRow)),
});
const withLeaf = (seq: number, edit: (leaf: Leaf) => object) =>
  withRow(seq, (row) => ({ ...row, leaf: canonicalBytes(edit(leafOf(row))) }));
const leafOf = (row: LogRow) => JSON.parse(fromUtf8(row.leaf)) as Leaf;
const seqs = (rows: LogRow[]) => rows.map((row, seq) => ({ ...row, seq }));
/** As somebody does who can write every table, and has no key of the server or of a device. */
const thoroughly = (kept: Kept): Kept => ({
  ...kept,
  tiles: tilesOf(kept.rows),
  kept: { size: kept.rows.length, root: rootOfRows(kept.rows) },
});

describe('SPEC 9.10: an honest log', () => {
  test('is sound, and says who nobody could vouch for and who does not sign', async () => {
    const { sound, size, findings } = await audit(honest);
    expect(findings).toEqual([
      expect.objectContaining({ is: 'notice', what: 'first-device', device: FIRST }),
      expect.objectContaining({ is: 'notice', what: 'unsigned-device', device: CONSOLE }),
    ]);
    expect({ sound, size }).toEqual({ sound: true, size: ROWS });
  });

  test('of nothing is sound', async () => {
    const empty = { size: 0, root: emptyRoot(hasher) };
    const checkpoint = await checkpointOf([]);
    const none = { rows: [], tiles: new Map(), checkpoint, pinned: [], kept: empty };
    expect(await audit(none)).toEqual({ findings: [], sound: true, size: 0 });
    expect(await audit({ ...none, checkpoint: null })).toMatchObject({ sound: true });
  });

  test('that grew since the server signed is sound', async () => {
    const checkpoint = await checkpointOf(honest.rows.slice(0, 290));
    expect(await audit({ ...honest, checkpoint })).toMatchObject({ sound: true });
  });

  test('with erased records is sound: by a change before and after, all records it names', async () => {
    const log = new SampleLog();
    const gone = (row: LogRow) => Object.assign(row, { body: null, salt: null, folded: false });
    gone(log.note(CONSOLE, MEMBER, null, RECORD));
    const kept = log.note(CONSOLE, MEMBER, null, idOf(30));
    const targets = [
      { kind: 'note', id: RECORD },
      { kind: 'note', id: idOf(31) },
      { kind: 'member', id: idOf(32) },
    ];
    const body = { targets, cause: 'request' };
    const erasure = log.write(CONSOLE, MEMBER, { kind: 'erasure', record: idOf(40), body });
    gone(log.note(CONSOLE, MEMBER, null, idOf(31)));
    const { sound, findings } = await audit(await keptOf(log.rows));
    expect(sound).toBe(true);
    expect(findings[0]).toMatchObject({ is: 'notice', what: 'erasure', seq: erasure.seq });
    expect(findings[0]?.words).toContain('2 records');
    gone(kept);
    expect((await audit(await keptOf(log.rows))).findings).toContainEqual(
      expect.objectContaining({ is: 'wrong', what: 'body-missing', seq: kept.seq }),
    );
  });

  test('with contents that never matched is sound, and says so', async () => {
    const { sound, findings } = await audit(
      withRow(9, (row) => ({ ...row, folded: false, body: utf8('{"text":"other"}') }))(honest),
    );
    expect(sound).toBe(true);
    expect(findings).toContainEqual(
      expect.objectContaining({ is: 'notice', what: 'body-never-matched', seq: 9 }),
    );
  });
});

describe('SPEC 9.10: leaves', () => {
  test('an edited leaf', async () => {
    const edit = withLeaf(100, (leaf) => ({ ...leaf, author: OTHER_MEMBER }));
    expect((await wrongs(edit)).sort()).toEqual([
      'author-changed 100',
      'author-changed 103',
      'chain-broken 103',
      'fork',
      'fork',
      'leaf-changed 100',
      'root-differs',
      'root-differs',
      'signature-wrong 100',
    ]);
  });

  test('an edited leaf, its tiles and its root with it', async () => {
    const found = await wrongs((kept) =>
      thoroughly(
        withLeaf(100, (leaf) => ({ ...leaf, received: '2027-01-15T08:00:01.000Z' }))(kept),
      ),
    );
    expect(found).toEqual(expect.arrayContaining(['fork', 'fork', 'root-differs']));
  });

  test('a deleted one, the numbers left as they are', async () => {
    const found = await wrongs((kept) => ({ ...kept, rows: kept.rows.toSpliced(50, 1) }));
    expect(found).toContain('gap 50');
    expect(found).toContain('leaf-changed 50');
    expect(found).toContain('root-differs');
    expect(found.filter((one) => one.startsWith('leaf-changed'))).toHaveLength(1);
  });

  test('a deleted one, the others moved up, tiles and root anew', async () => {
    const found = await wrongs((kept) =>
      thoroughly({ ...kept, rows: seqs(kept.rows.toSpliced(50, 1)) }),
    );
    expect(found).toEqual(expect.arrayContaining(['number-skipped 52', 'fork', 'rollback']));
  });

  test('two in each other’s place', async () => {
    const found = await wrongs((kept) => {
      const [a, b] = [kept.rows[60] as LogRow, kept.rows[63] as LogRow];
      return thoroughly({ ...kept, rows: seqs(kept.rows.with(60, b).with(63, a)) });
    });
    expect(found).toEqual(
      expect.arrayContaining(['number-skipped 60', 'number-reused 63', 'fork']),
    );
  });

  test('one put in between', async () => {
    const found = await wrongs((kept) => {
      const copy = { ...(kept.rows[60] as LogRow) };
      return thoroughly({ ...kept, rows: seqs(kept.rows.toSpliced(70, 0, copy)) });
    });
    expect(found).toEqual(expect.arrayContaining(['number-reused 70', 'fork', 'root-differs']));
  });

  test('a number that is there twice', async () => {
    const found = await wrongs((kept) => ({
      ...kept,
      rows: kept.rows.toSpliced(70, 0, kept.rows[69] as LogRow),
    }));
    expect(found).toEqual(['repeat 69']);
  });

  test('a number far away ends the audit', async () => {
    const found = await wrongs((kept) => ({
      ...kept,
      rows: kept.rows.with(ROWS - 1, { ...(kept.rows[ROWS - 1] as LogRow), seq: 2 ** 50 }),
    }));
    expect(found).toEqual(expect.arrayContaining(['gap 299', 'rollback', 'size-differs']));
  });

  test('one that is none, is not canonical, or of another workspace', async () => {
    const rewrite = (seq: number, leaf: Uint8Array) => withRow(seq, (row) => ({ ...row, leaf }));
    const spaced = utf8(JSON.stringify(leafOf(honest.rows[5] as LogRow), null, 1));
    expect(await wrongs(rewrite(5, spaced))).toContain('leaf-not-canonical 5');
    expect(await wrongs(withLeaf(5, (leaf) => ({ ...leaf, workspace: idOf(9) })))).toContain(
      'other-workspace 5',
    );
    for (const bytes of [new Uint8Array(0), utf8('null'), utf8('{}'), Uint8Array.of(0xff, 0xfe)]) {
      expect(await wrongs(rewrite(5, bytes))).toContain('leaf-malformed 5');
    }
    expect(await wrongs(withLeaf(5, (leaf) => ({ ...leaf, more: 1 })))).toContain(
      'leaf-malformed 5',
    );
  });

  test('a rank above the device’s time, or above the time of arrival', async () => {
    const far = timestampOf({ ms: 1_900_000_000_000, counter: 0 });
    expect(await wrongs(withLeaf(5, (leaf) => ({ ...leaf, rank: far })))).toContain(
      'rank-above-at 5',
    );
    expect(await wrongs(withLeaf(5, (leaf) => ({ ...leaf, rank: far, at: far })))).toContain(
      'rank-above-received 5',
    );
  });
});

describe('SPEC 9.10: tiles', () => {
  test('changed, missing or cut, with the leaves as they were', async () => {
    const edit = (path: string, bytes: Uint8Array | null) => (kept: Kept) => {
      const tiles = new Map(kept.tiles);
      if (bytes === null) tiles.delete(path);
      else tiles.set(path, bytes);
      return { ...kept, tiles };
    };
    const flipped = Uint8Array.from(honest.tiles.get('tile/0/000') ?? []);
    flipped[32 * 4] = (flipped[32 * 4] as number) ^ 1;
    expect(await wrongs(edit('tile/0/000', flipped))).toEqual(['leaf-changed 4']);
    expect(await wrongs(edit('tile/0/000', null))).toEqual(['tile-missing']);
    expect(await wrongs(edit('tile/0/000', flipped.subarray(32)))).toEqual(['tile-missing']);
  });

  test('one of a level above that does not go with those below', async () => {
    const hash = hasher.sha256(utf8('the same leaf 65,536 times'));
    const low = Buffer.concat(Array.from({ length: TILE_WIDTH }, () => hash));
    const root = tileRoot(hasher, low);
    const high = Buffer.concat(Array.from({ length: TILE_WIDTH }, () => root));
    high[32 * 7] = (high[32 * 7] as number) ^ 1;
    const findings: Finding[] = [];
    const tile = async (level: number) => (level === 0 ? low : high);
    const tree = new TreeAudit(hasher, tile, [], (one) => findings.push(one));
    for (let seq = 0; seq < TILE_WIDTH ** 2; seq += 1) await tree.add(hash);
    expect(findings.map(({ what, words }) => [what, words.includes('tile/0/007')])).toEqual([
      ['tile-changed', true],
    ]);
  });
});

describe('SPEC 9.10: checkpoints', () => {
  test('a log that was cut off, and all it keeps with it', async () => {
    const found = await wrongs((kept) => thoroughly({ ...kept, rows: kept.rows.slice(0, 250) }));
    expect(found.filter((one) => one === 'rollback')).toHaveLength(3);
  });

  test('a log that was cut off, and the server signed what is left', async () => {
    const rows = honest.rows.slice(0, 270);
    const checkpoint = await checkpointOf(rows);
    const found = await wrongs((kept) => thoroughly({ ...kept, rows, checkpoint }));
    expect(found.filter((one) => one === 'rollback')).toHaveLength(1);
  });

  test('a history other than the one that was pinned, signed all the same', async () => {
    const kept = withLeaf(265, (leaf) => ({ ...leaf, received: '2027-01-15T08:00:01.000Z' }))(
      honest,
    );
    const checkpoint = await checkpointOf(kept.rows);
    const found = await wrongs(() => thoroughly({ ...kept, checkpoint }));
    expect(found.filter((one) => one === 'fork')).toHaveLength(1);
    expect(found).not.toContain('root-differs');
  });

  test('notes that are none, of others, or changed', async () => {
    const stranger = {
      ...noteKey(hasher, LOG_KEY.name, newKey(9).publicKey),
      sign: newKey(9).sign,
    };
    const note = honest.checkpoint ?? '';
    const other = `${LOG_KEY.name}/${idOf(9)}`;
    for (const [checkpoint, what] of [
      ['no note', 'checkpoint-malformed'],
      [await checkpointOf(honest.rows, ORIGIN, stranger), 'checkpoint-unknown-key'],
      [note.replace('\n300\n', '\n299\n'), 'checkpoint-bad-signature'],
      [await checkpointOf(honest.rows, other), 'other-log'],
      [await checkpointOf(honest.rows, `${ORIGIN}/x`), 'other-log'],
      [await checkpointOf(honest.rows, `${ORIGIN}/02`), 'other-log'],
      [await checkpointOf(honest.rows, `${ORIGIN}/1`), 'other-log'],
      [`${note}`.replace(LOG_KEY.name, 'log.example/other'), 'checkpoint-bad-signature'],
    ] as const) {
      expect(await wrongs((kept) => ({ ...kept, checkpoint }))).toEqual([what]);
      expect(await wrongs((kept) => ({ ...kept, pinned: [checkpoint] }))).toEqual([what]);
    }
  });

  test('a history that was begun anew is told, and not held against the one before', async () => {
    const rows = honest.rows.slice(0, 270);
    const checkpoint = await checkpointOf(rows, `${ORIGIN}/2`);
    const { findings } = await audit(thoroughly({ ...honest, rows, checkpoint }));
    const about = findings.filter(({ what }) => what === 'other-origin');
    expect(about.map(({ is }) => is)).toEqual(['notice', 'notice']);
    expect(findings.map(({ what }) => what)).not.toContain('rollback');
  });

  test('a row of the workspace that does not go with its leaves', async () => {
    const root = emptyRoot(hasher);
    expect(await wrongs((kept) => ({ ...kept, kept: { size: ROWS, root } }))).toEqual([
      'root-differs',
    ]);
    expect(await wrongs((kept) => ({ ...kept, kept: { size: 5, root } }))).toEqual([
      'size-differs',
    ]);
  });
});

describe('SPEC 9.10: contents', () => {
  test('changed, without their salt, taken out', async () => {
    const edit = (change: Partial<LogRow>) => withRow(77, (row) => ({ ...row, ...change }));
    for (const body of [
      '{"text":"Nothing"}',
      '{}',
      '[]',
      'null',
      '{',
      '{"text":"Note 77","more":1}',
    ]) {
      expect(await wrongs(edit({ body: utf8(body) }))).toEqual(['body-changed 77']);
    }
    expect(await wrongs(edit({ salt: '00'.repeat(16) }))).toEqual(['body-changed 77']);
    expect(await wrongs(edit({ salt: 'no hex' }))).toEqual(['body-changed 77']);
    expect(await wrongs(edit({ salt: null }))).toEqual(['salt-missing 77']);
    expect(await wrongs(edit({ salt: null, body: null }))).toEqual(['body-missing 77']);
    expect(await wrongs(edit({ body: null, folded: false }))).toEqual(['body-missing 77']);
  });

  test('an erasure that was changed covers nothing', async () => {
    const log = new SampleLog();
    const gone = log.note(CONSOLE, MEMBER, null, RECORD);
    Object.assign(gone, { body: null, salt: null, folded: false });
    const body = { targets: [{ kind: 'note', id: idOf(31) }], cause: 'request' };
    const erasure = log.write(CONSOLE, MEMBER, { kind: 'erasure', record: idOf(40), body });
    erasure.body = canonicalBytes({ ...body, targets: [{ kind: 'note', id: RECORD }] });
    const { findings } = await audit(await keptOf(log.rows));
    expect(findings.filter(({ is }) => is === 'wrong').map(({ what }) => what)).toEqual([
      'body-changed',
      'body-missing',
    ]);
  });
});

describe('SPEC 9.10, 10: devices', () => {
  test('signatures that are missing or not the device’s', async () => {
    const last = honest.rows.findLast(({ signature }) => signature !== null) as LogRow;
    const author = leafOf(last).device;
    const { findings } = await audit(
      withRow(last.seq, (row) => ({ ...row, signature: null }))(honest),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ is: 'wrong', what: 'signature-missing', device: author }),
    );
    expect(await wrongs(withRow(3, (row) => ({ ...row, signature: new Uint8Array(64) })))).toEqual([
      'signature-wrong 3',
    ]);
  });

  test('a change written in a device’s name by who has not its key', async () => {
    const log = writeHonestly();
    const forged = log.note(SECOND, MEMBER, newKey(66));
    const { findings } = await audit(await keptOf(log.rows));
    expect(findings.filter(({ is }) => is === 'wrong')).toEqual([
      expect.objectContaining({ what: 'signature-wrong', seq: forged.seq, device: SECOND }),
      expect.objectContaining({ what: 'signature-missing', seq: forged.seq, device: SECOND }),
    ]);
  });

  test('a key put in the place of another, also when all after it is signed with it', async () => {
    const log = writeHonestly();
    const body = { publicKey: toBase64(newKey(66).publicKey) };
    const swap = log.write(CONSOLE, OTHER_MEMBER, device(SECOND, body));
    log.note(SECOND, MEMBER, newKey(66));
    const { findings } = await audit(await keptOf(log.rows));
    expect(findings.filter(({ is }) => is === 'wrong')).toEqual([
      expect.objectContaining({ what: 'key-replaced', seq: swap.seq, device: SECOND }),
    ]);
  });

  test('one that appeared for a member: nobody vouches, or only itself, or somebody else’s', async () => {
    const third = idOf(14);
    const registers = {
      member: MEMBER,
      name: 'New',
      publicKey: toBase64(newKey(7).publicKey),
    };
    const notices = async (log: SampleLog) =>
      (await audit(await keptOf(log.rows))).findings
        .filter((one) => one.device === third)
        .map(({ is, what }) => `${is} ${what}`);

    const alone = writeHonestly();
    alone.write(third, MEMBER, device(third, registers), newKey(7));
    expect(await notices(alone)).toEqual(['notice unattested-device']);

    alone.write(third, MEMBER, device(third, { attestedBy: third }), newKey(7));
    alone.write(third, MEMBER, device(third, { attestedBy: FIRST }), newKey(7));
    alone.write(CONSOLE, OTHER_MEMBER, device(third, { attestedBy: CONSOLE }));
    expect(await notices(alone)).toEqual(['notice unattested-device']);

    alone.write(FIRST, MEMBER, device(third, { attestedBy: FIRST }), FIRST_KEY);
    expect(await notices(alone)).toEqual([]);
  });

  test('one that writes after it was revoked', async () => {
    const log = writeHonestly();
    log.write(FIRST, MEMBER, device(SECOND, { revoked: true }), FIRST_KEY);
    const late = log.note(SECOND, MEMBER, SECOND_KEY);
    const { sound, findings } = await audit(await keptOf(log.rows));
    expect(sound).toBe(true);
    expect(findings).toContainEqual(
      expect.objectContaining({ is: 'notice', what: 'wrote-after-revoked', seq: late.seq }),
    );
  });
});

describe('SPEC 9.10: whatever is there', () => {
  test('no leaf, body or salt can be changed unnoticed', async () => {
    const part = fc.constantFrom('leaf', 'body', 'salt');
    await fc.assert(
      fc.asyncProperty(fc.nat(ROWS - 1), part, fc.nat(), fc.nat(7), async (seq, which, at, bit) => {
        const flip = (bytes: Uint8Array) => {
          const copy = Uint8Array.from(bytes);
          const place = at % copy.length;
          copy[place] = (copy[place] as number) ^ (1 << bit);
          return copy;
        };
        const edit = (row: LogRow): LogRow => {
          if (which === 'leaf') return { ...row, leaf: flip(row.leaf) };
          if (which === 'body') return { ...row, body: flip(row.body ?? new Uint8Array(1)) };
          const salt = Buffer.from(row.salt ?? '', 'hex');
          return { ...row, salt: Buffer.from(flip(salt)).toString('hex') };
        };
        const found = await wrongs((kept) => thoroughly(withRow(seq, edit)(kept)));
        expect(found.length).toBeGreaterThan(0);
      }),
      { numRuns: 15 },
    );
  });
});
