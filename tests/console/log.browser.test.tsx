// The log's page: the checkpoint, who signed it, and whether an entry is in it, worked out from real
// leaves, proofs and signatures; and the page of exports.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/ui/theme.css';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import {
  bodyHash,
  browserHasher,
  canonicalMembers,
  canonicalObject,
  checkpointText,
  extend,
  inclusionProof,
  leafHash,
  type NoteSigner,
  nodeHash,
  noteKey,
  rootOf,
  signNote,
  toBase64,
  utf8,
  writeNoteKey,
} from '../../src/ledger/index.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 1000);
});

const RECORD = '00000000-0000-7000-8000-00000000000a';
const SALT = '000102030405060708090a0b0c0d0e0f';
const ADDRESS = `https://unsaid.example/#/record/note/${RECORD}?kind=risk`;

async function signer(name: string): Promise<NoteSigner> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return {
    ...noteKey(browserHasher, name, raw),
    sign: async (message) =>
      new Uint8Array(
        await crypto.subtle.sign('Ed25519', pair.privateKey, Uint8Array.from(message)),
      ),
  };
}

/** A log of five leaves; the second and the fourth are of the record. */
class SampleLog {
  readonly bodies = [{ text: 'first' }, { text: 'second' }];
  readonly leaves = Array.from({ length: 5 }, (_, seq) => {
    const body = this.bodies[(seq - 1) / 2];
    return utf8(
      canonicalObject(
        canonicalMembers({
          ...{ kind: 'note', record: body ? RECORD : `00000000-0000-7000-8000-0000000000f${seq}` },
          bodyHash: bodyHash(browserHasher, SALT, body ?? {}),
        }),
      ),
    );
  });
  shown = [1, 3].map((seq, at) => ({
    ...{ seq, leaf: toBase64(this.leaves[seq] ?? new Uint8Array()), salt: SALT as string | null },
    body: toBase64(utf8(JSON.stringify(this.bodies[at]))) as string | null,
  }));
  note = '';
  key = '';

  async sign(cosigner?: string): Promise<void> {
    const hashes = this.leaves.map((leaf) => leafHash(browserHasher, leaf));
    const tree = extend(browserHasher, 0, [], hashes);
    const own = await signer('unsaid.example/log');
    this.key = writeNoteKey(own);
    const text = checkpointText({
      ...{ origin: 'unsaid.example/log/w', size: tree.size },
      root: rootOf(browserHasher, tree.frontier),
    });
    this.note = await signNote(text, own);
    if (cosigner) {
      const signed = await signNote(text, await signer(cosigner));
      this.note += signed.slice(signed.lastIndexOf('\n\n') + 2);
    }
  }

  async answer(path: string, query: URLSearchParams): Promise<Response | null> {
    if (path === '/v1/log') return Response.json({ checkpoint: this.note, key: this.key });
    if (path === `/v1/log/records/note/${RECORD}`) return Response.json({ leaves: this.shown });
    if (path !== '/v1/log/proof') return null;
    const read = (level: number, index: number): Uint8Array =>
      level === 0
        ? leafHash(browserHasher, this.leaves[index] ?? new Uint8Array())
        : nodeHash(browserHasher, read(level - 1, 2 * index), read(level - 1, 2 * index + 1));
    const index = Number(query.get('index'));
    const size = Number(query.get('size'));
    const proof = await inclusionProof(browserHasher, index, size, read);
    return Response.json({ proof: proof.map(toBase64) });
  }
}

/** The console with this log behind it. */
async function open(server: SampleServer, log: SampleLog, hash = '#/log') {
  const ask: SampleServer['ask'] = async (path, init) => {
    const url = new URL(path, 'http://console.example');
    const answer = server.instead ? null : await log.answer(url.pathname, url.searchParams);
    return answer ?? server.ask(path, init);
  };
  const { place } = placeAt(hash);
  const root = draw(<App client={createClient(ask)} ask={ask} place={place} />);
  await soon(() => one(root, 'main h1'));
  return root;
}

const check = async (address: string) => {
  await userEvent.fill(page.getByRole('textbox', { name: 'Address of the entry' }), address);
  await userEvent.keyboard('{Enter}');
};

describe('the checkpoint', () => {
  test('says how far the log goes, by which key, and that nobody has cosigned it', async () => {
    const log = new SampleLog();
    await log.sign();
    const root = await open(sampleServer(0), log);
    const facts = await soon(() => one(root, '.c-log-facts').textContent ?? '');
    expect(facts).toContain('Changes5');
    expect(facts).toContain('unsaid.example/log/w');
    expect(facts).toContain('it fits');
    expect(facts).toContain('Cosigned byNobody yet.');
    expect(root.textContent).toContain('unsaid log verify');
    // An admin sees what browsers found.
    await soon(() => expect(root.textContent).toContain('An entry of the history was changed.'));
    await expectAccessible(root);
    await page.viewport(375, 800);
    expect(one(root, '.c-page').scrollWidth).toBeLessThanOrEqual(375);
    await expectAccessible(root);
  });

  test('names who cosigned it, and a signature that does not fit', async () => {
    const log = new SampleLog();
    await log.sign('witness.example/one');
    const root = await open(sampleServer(0), log);
    await soon(() =>
      expect(one(root, '.c-log-facts').textContent).toContain('witness.example/one'),
    );

    log.note = log.note.replace('\n5\n', '\n6\n');
    const other = await open(sampleServer(0), log);
    await soon(() => expect(other.textContent).toContain('does not fit the text'));
    await userEvent.fill(one(other, 'form input'), ADDRESS);
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(other.textContent).toContain('2 changes do not fit the log.'));
  });

  test('none, since the log was rolled back: said as the server says it', async () => {
    const server = sampleServer(0);
    server.instead = (path) =>
      path === '/v1/log'
        ? Response.json({ error: 'unsigned', message: 'The log does not go on.' }, { status: 409 })
        : null;
    const root = await open(server, new SampleLog());
    await soon(() => expect(root.textContent).toContain('The log does not go on.'));
    expect(root.textContent).toContain('unsaid log verify');
  });

  test('a manager is not asked about reports, which are for admins', async () => {
    const log = new SampleLog();
    await log.sign();
    const server = sampleServer(0);
    server.role = 'manager';
    const root = await open(server, log);
    await soon(() => one(root, '.c-log-facts'));
    expect(server.requests.some(({ line }) => line.includes('reports'))).toBe(false);
  });
});

describe('an entry', () => {
  const open1 = async (log: SampleLog) => {
    await log.sign();
    const root = await open(sampleServer(0), log);
    await soon(() => one(root, '.c-log-facts'));
    await check(ADDRESS);
    return root;
  };

  test('is proven change by change, by keyboard', async () => {
    const root = await open1(new SampleLog());
    await soon(() => expect(root.textContent).toContain('All of its 2 changes are in the log'));
    expect(root.textContent).toContain('no. 1 in the log');
    expect(root.textContent).toContain('no. 3 in the log');
    await expectAccessible(root);
  });

  test('whose words were changed behind the log’s back is found out', async () => {
    const log = new SampleLog();
    const [, second] = log.shown;
    if (second) second.body = toBase64(utf8('{"text":"never said"}'));
    const root = await open1(log);
    await soon(() => expect(root.textContent).toContain('One change does not fit the log.'));
    expect(root.textContent).toContain('no. 3 in the log, but its words were changed');
  });

  test('whose leaf was changed, or is another record’s, is not in the log', async () => {
    const log = new SampleLog();
    const [first, second] = log.shown;
    if (first) first.leaf = toBase64(utf8('{"kind":"note"}'));
    if (second) second.leaf = toBase64(log.leaves[2] ?? new Uint8Array());
    const root = await open1(log);
    await soon(() => expect(root.textContent).toContain('2 changes do not fit the log.'));
    expect(root.textContent).toContain('no. 1 not in the log');
  });

  test('whose words were erased is in the log all the same', async () => {
    const log = new SampleLog();
    const [first] = log.shown;
    if (first) Object.assign(first, { body: null, salt: null });
    const root = await open1(log);
    await soon(() => expect(root.textContent).toContain('no. 1 in the log; its words were erased'));
    expect(root.textContent).not.toContain('do not fit');
  });

  test('an address without one is said to have none, and kept', async () => {
    const log = new SampleLog();
    await log.sign();
    const root = await open(sampleServer(0), log);
    await soon(() => one(root, '.c-log-facts'));
    await check('https://unsaid.example/#/people');
    await soon(() => expect(root.textContent).toContain('There is no entry in this address.'));
    expect(one<HTMLInputElement>(root, 'form input').value).toContain('#/people');
    await check(`note/${RECORD.replace('a', 'b')}`);
    await soon(() => expect(root.textContent).toContain('There is nothing here.'));
  });
});

describe('exports', () => {
  const exported = (id: string, filter: object, rows: number) => ({
    ...{ id, at: '2027-02-24T14:10:00Z', what: 'register', format: 'csv', rows, filter },
    ...{ by: { id: 'm', name: 'Sample Mira' }, columns: ['Kind', 'Quote'] },
  });

  test('say who took what, filtered by what, in words', async () => {
    const server = sampleServer(0);
    const rows = [
      exported('e1', { customer: 'c1', kind: 'risk,note', q: '…' }, 1_200),
      exported('e2', {}, 1),
      exported('e3', { customer: 'c9' }, 0),
    ];
    server.instead = (path) =>
      path === '/v1/exports'
        ? Response.json({ exports: rows, names: { c1: '<b>Foods</b>' }, next: null })
        : null;
    const root = await open(server, new SampleLog(), '#/exports');
    const table = await soon(() => one(root, '.c-exports-log'));
    const [, first, second, third] = [...table.querySelectorAll('tr')].map((it) => it.textContent);
    expect(first).toContain('Sample Mira');
    expect(first).toContain('1,200');
    expect(first).toContain('Customer: <b>Foods</b>');
    expect(first).toContain('Kind: Risk, Note');
    expect(first).toContain('Words: some; which ones is not kept');
    expect(second).toContain('everything they may read');
    expect(third).toContain('one that is not there any more');
    await expectAccessible(root);
    await page.viewport(375, 800);
    expect(one(root, '.c-page').scrollWidth).toBeLessThanOrEqual(375);
    await expectAccessible(root);
  });

  test('none, and older ones on demand', async () => {
    const server = sampleServer(0);
    let rows: object[] = [];
    server.instead = (path) =>
      path === '/v1/exports'
        ? Response.json({ exports: rows, names: {}, next: rows.length === 1 ? 'more' : null })
        : null;
    const root = await open(server, new SampleLog(), '#/exports');
    await soon(() => expect(root.textContent).toContain('Nobody has exported anything yet.'));
    rows = [exported('e1', {}, 1)];
    server.poke();
    const more = await soon(() => page.getByRole('button', { name: 'Show older ones' }).element());
    rows = [exported('e1', {}, 1), exported('e0', {}, 7)];
    await userEvent.click(more);
    await soon(() => expect(root.querySelectorAll('.c-exports-log tbody tr')).toHaveLength(2));
    expect(root.textContent).not.toContain('Show older ones');
  });
});
