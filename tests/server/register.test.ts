import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { facets, me, type Row, recordDetail, registerPage } from '../../src/console/api.ts';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

async function two() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = new Device(server.url, await connect(server, admin));
  const tomsBrowser = await join(server, admin, 'tom');
  const tom = new Device(server.url, await connect(server, tomsBrowser));
  return { server, admin, mira, tom, tomsBrowser };
}

async function register(visitor: Visitor, query = ''): Promise<Row[]> {
  const answer = await visitor.call('GET', `/v1/register?${query}`);
  return registerPage.parse(answer.json).rows;
}

const texts = (rows: Row[]) => rows.map(({ text }) => text);

/** An interaction with a customer, and an expectation noticed in it. */
async function noticed(device: Device, quote: string, customerName: string, domain: string) {
  const customer = device.change('customer', {
    name: customerName,
    identifiers: { [`domain:${domain}`]: true },
  });
  const mail = device.change('interaction', {
    channel: 'email',
    subject: 'Delivery dates',
    sender: { name: 'Sample Person', address: `jo@${domain}` },
    startedAt: '2026-03-01T09:30:00Z',
    url: 'https://mail.example/m/1',
    customer: customer.envelope.record,
  });
  const expectation = device.change('expectation', {
    statement: 'A certificate comes with every batch',
    class: 'unstated',
    stage: 'hunch',
    evidence: { [freshId()]: { interaction: mail.envelope.record, quote } },
  });
  await device.push(customer, mail, expectation);
  return {
    customer: customer.envelope.record,
    mail: mail.envelope.record,
    id: expectation.envelope.record,
  };
}

describe('the register', () => {
  test('shows an expectation with customer, quote and source of the mail it was noticed in', async () => {
    const { admin, mira } = await two();
    const { customer, id } = await noticed(mira, 'as always', 'Halden Foods', 'halden.example');
    const [row] = await register(admin);
    expect(row).toMatchObject({
      kind: 'expectation',
      id,
      author: { name: 'Ada Sample' },
      customer: { id: customer, name: 'Halden Foods' },
      quote: 'as always',
      text: 'A certificate comes with every batch',
      class: 'unstated',
      source: {
        subject: 'Delivery dates',
        from: 'Sample Person',
        url: 'https://mail.example/m/1',
        sentAt: '2026-03-01T09:30:00Z',
      },
    });
  });

  test('two customers that two people created for one company are one', async () => {
    const { admin, mira, tom } = await two();
    const a = await noticed(mira, 'one', 'Halden', 'halden.example');
    const b = await noticed(tom, 'two', 'Halden Foods AS', 'halden.example');
    const canonical = [a.customer, b.customer].sort()[0] ?? '';
    for (const customer of [a.customer, b.customer]) {
      const rows = await register(admin, `customer=${customer}`);
      expect(rows.map((row) => row.quote)).toEqual(['two', 'one']);
      expect(rows.map((row) => row.customer?.id)).toEqual([canonical, canonical]);
    }
    const { customers } = facets.parse((await admin.call('GET', '/v1/facets')).json);
    expect(customers).toMatchObject([{ id: canonical, count: 2 }]);
  });

  test('filters by kind, class, stage, author, day and words', async () => {
    const { admin, mira, tom } = await two();
    await noticed(mira, 'Certificates, please', 'Halden', 'halden.example');
    const old = Date.parse('2020-02-03T12:00:00Z');
    await mira.push(
      mira.change('note', { text: 'plain note' }),
      mira.change('note', { text: 'they are angry', label: 'grievance' }),
      mira.change('interaction', { subject: 'logged mail', channel: 'email', logged: true }),
      mira.change('interaction', { subject: 'only a place', channel: 'email' }),
      mira.change('expectation', {
        statement: '100% of 5_000',
        class: 'stated',
        stage: 'confirmed',
      }),
    );
    await tom.push(tom.change('commitment', { text: 'we call back' }, freshId(), old));
    await tom.push(tom.change('note', { text: 'shared later', writtenAt: '2019-01-01T00:00:00Z' }));
    expect(texts(await register(admin))).not.toContain('only a place');
    expect(texts(await register(admin, 'kind=note')).toSorted()).toEqual([
      'plain note',
      'shared later',
    ]);
    expect(texts(await register(admin, 'kind=grievance,commitment'))).toEqual([
      'they are angry',
      'we call back',
    ]);
    expect(texts(await register(admin, 'kind=interaction'))).toEqual(['logged mail']);
    expect(texts(await register(admin, 'class=stated'))).toEqual(['100% of 5_000']);
    expect(texts(await register(admin, 'stage=confirmed'))).toEqual(['100% of 5_000']);
    expect(texts(await register(admin, `author=${tom.who.member}`))).toEqual([
      'we call back',
      'shared later',
    ]);
    expect(texts(await register(admin, 'from=2020-02-03&to=2020-02-03'))).toEqual(['we call back']);
    expect(texts(await register(admin, 'to=2020-02-02'))).toEqual(['shared later']);
    expect(await register(admin, 'q=CERTIFICATES+please')).toHaveLength(1);
    expect(await register(admin, 'q=halden')).toHaveLength(1);
    expect(texts(await register(admin, 'q=0%25+5_0'))).toEqual(['100% of 5_000']);
    expect(await register(admin, 'q=0_0')).toEqual([]);
  });

  test('pages through everything once, newest first, while others write', async () => {
    const { admin, mira } = await two();
    const start = Date.now() - 60_000;
    for (let n = 0; n < 23; n++) {
      await mira.push(
        mira.change('note', { text: `${n}` }, freshId(), start + Math.floor(n / 3) * 10),
      );
    }
    const seen: (string | null | undefined)[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await admin.call('GET', `/v1/register?limit=5&cursor=${cursor}`);
      const page: { rows: Row[]; next: string | null; total: number } = registerPage.parse(
        answer.json,
      );
      seen.push(...texts(page.rows));
      cursor = page.next;
      await mira.push(mira.change('note', { text: 'new' }));
    }
    expect(seen).toEqual(Array.from({ length: 23 }, (_, n) => `${22 - n}`));
  });

  test('annotators see what is for all and their own, managers everything', async () => {
    const { admin, mira, tom, tomsBrowser } = await two();
    const hidden = mira.change('note', { text: 'for managers', visibility: 'managers' });
    await mira.push(hidden, mira.change('note', { text: 'for all' }));
    await tom.push(tom.change('note', { text: 'his own', visibility: 'managers' }));
    expect(texts(await register(tomsBrowser))).toEqual(['his own', 'for all']);
    expect(texts(await register(admin))).toEqual(['his own', 'for all', 'for managers']);
    const path = `/v1/records/note/${hidden.envelope.record}`;
    expect((await tomsBrowser.call('GET', path)).status).toBe(404);
    expect((await admin.call('GET', path)).status).toBe(200);
  });

  test('a tag of a call says which one it is and when it was set', async () => {
    const { admin, mira } = await two();
    const call = mira.change('interaction', {
      channel: 'call',
      subject: 'Kick-off',
      startedAt: '2027-02-24T09:00:00.000Z',
      callState: 'ended',
      shift: 4_000,
    });
    const interaction = call.envelope.record;
    const tag = { interaction, tag: 'promise-ours', label: 'note', offset: 720_000 };
    await mira.push(call, mira.change('note', tag));
    const [row] = await register(admin);
    expect(row?.moment).toEqual({ name: null, means: 'promise-ours', offset: 724_000 });
    expect(row?.source?.subject).toBe('Kick-off');
  });

  test('what somebody brought in from a file says who wrote it there', async () => {
    const { admin, mira } = await two();
    await mira.push(
      mira.change('note', { text: 'own' }),
      mira.change('note', { text: 'from a file', writtenBy: 'Sample Ines' }),
    );
    const found = await register(admin, 'q=file');
    expect(found).toMatchObject([{ author: { name: 'Ada Sample' }, writtenBy: 'Sample Ines' }]);
    expect((await register(admin, 'q=own')).map(({ writtenBy }) => writtenBy)).toEqual([null]);
  });

  test('deleted entries are left out', async () => {
    const { admin, mira } = await two();
    const note = mira.change('note', { text: 'gone' });
    await mira.push(note, mira.change('note', { deleted: true }, note.envelope.record));
    expect(await register(admin)).toEqual([]);
  });

  test('a kind of a newer version with odd fields disturbs nothing', async () => {
    const { admin, mira } = await two();
    await mira.push(mira.change('hologram', { interaction: 'no id', evidence: { a: 7 } }));
    expect(await register(admin)).toEqual([]);
  });

  test.each(['class=odd', 'customer=x', 'from=yesterday', 'cursor=x', 'kind=expectation,odd'])(
    '%s is refused in words',
    async (query) => {
      const { admin } = await two();
      const answer = await admin.call('GET', `/v1/register?${query}`);
      expect(answer.status).toBe(400);
      expect((answer.json as { message: string }).message).toEqual(expect.any(String));
    },
  );
});

test('of more than ten thousand rows it says that there are more', async () => {
  const { admin, mira } = await two();
  for (let round = 0; round < 21; round += 1) {
    await mira.push(...Array.from({ length: 500 }, () => mira.change('note', { text: 'x' })));
  }
  const all = registerPage.parse((await admin.call('GET', '/v1/register')).json);
  expect([all.total, all.more]).toEqual([10_000, true]);
  const none = registerPage.parse((await admin.call('GET', '/v1/register?kind=risk')).json);
  expect([none.total, none.more]).toEqual([0, false]);
});

test('a customer’s rows are those of its own and of its conversations, not of one that was moved', async () => {
  const { admin, mira } = await two();
  const one = await noticed(mira, 'as always', 'Halden Foods', 'halden.example');
  const other = await noticed(mira, 'never', 'Moss Hotels', 'moss.example');
  // Noticed in a mail of the one, about the other.
  await mira.push(
    mira.change('note', { text: 'moved', interaction: one.mail, customer: other.customer }),
    mira.change('note', { text: 'stays', interaction: one.mail }),
  );
  const of = async (customer: string) =>
    texts(await register(admin, `customer=${customer}`)).sort();
  expect(await of(one.customer)).toEqual(['A certificate comes with every batch', 'stays']);
  expect(await of(other.customer)).toEqual(['A certificate comes with every batch', 'moved']);
});

describe('one record', () => {
  test('has every change with author, device, times, number, and what it changed', async () => {
    const { admin, mira, tom } = await two();
    const { length: before } = await mira.pullAll();
    const { id } = await noticed(mira, 'as always', 'Halden', 'halden.example');
    await tom.push(tom.change('expectation', { stage: 'confirmed', class: 'unstated' }, id));
    await mira.push({ ...mira.change('expectation', { stage: 'refuted' }, id), salt: '00' });
    const answer = await admin.call('GET', `/v1/records/expectation/${id}`);
    const detail = recordDetail.parse(answer.json);
    expect(detail.row.quote).toBe('as always');
    expect(detail.fields.stage).toBe('confirmed');
    expect(detail.history.map(({ seq }) => seq)).toEqual([before + 4, before + 3, before + 2]);
    expect(detail.history[1]).toMatchObject({
      author: { name: 'tom' },
      device: { id: tom.who.device, name: 'Sample browser' },
      changes: [{ field: 'stage', old: 'hunch', new: 'confirmed' }],
    });
    expect(detail.history[0]).toMatchObject({
      changes: [],
      problem: 'The salt is not 16 bytes in hex.',
    });
  });

  test('tells what two wrote without seeing each other’s, the value that counts first', async () => {
    const { admin, mira, tom } = await two();
    const note = mira.change('note', { label: 'note' });
    const id = note.envelope.record;
    await mira.push(note, mira.change('note', { text: 'On paper.' }, id));
    await tom.push(tom.change('note', { text: 'By mail.' }, id));
    const answer = await admin.call('GET', `/v1/records/note/${id}`);
    const { conflicts, fields } = recordDetail.parse(answer.json);
    expect(fields.text).toBe('By mail.');
    expect(conflicts).toMatchObject([
      {
        field: 'text',
        values: [
          { value: 'By mail.', author: { name: 'tom' } },
          { value: 'On paper.', author: { name: 'Ada Sample' } },
        ],
      },
    ]);
  });
});

describe('the CSV export', () => {
  const HARD = [
    '=SUM(1;2)',
    '+49 30 1234',
    '-1',
    '@here',
    '\tindented',
    '\rreturn',
    'a "quoted" word',
    'line\nbreak\r\nand another',
    'commas, semicolons; tabs\t',
    'line\u2028separator\u2029paragraph',
    ' spaces round it ',
    '“typographic”, emoji 🧡, עברית, and a\u00adsoft hyphen',
    "'=already an apostrophe",
  ];

  test('holds each quote byte for byte, formulas made harmless', async () => {
    const { admin, mira } = await two();
    for (const quote of HARD) await noticed(mira, quote, 'Halden', 'halden.example');
    const page = await admin.get('/v1/export.csv');
    expect(page.headers.get('content-disposition')).toMatch(
      /attachment; filename="unsaid-register-[\d-]+\.csv"/,
    );
    const response = await admin.get('/v1/export.csv?bom=0');
    const records: Record<string, string>[] = parse(response.text, { columns: true });
    const quotes = records.map((record) => record.Quote ?? '');
    expect(quotes.toReversed()).toEqual(
      HARD.map((text) => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text)),
    );
    for (const record of records) {
      for (const cell of Object.values(record)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
  });

  test('begins with a byte order mark for Excel, and shows what the filters show', async () => {
    const { admin, mira } = await two();
    await mira.push(
      mira.change('note', { text: 'a note' }),
      mira.change('note', { text: 'a risk', label: 'risk' }),
    );
    const response = await fetch(`${admin.url}/v1/export.csv?kind=risk`, {
      headers: { authorization: `Bearer ${mira.who.token}` },
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder().decode(bytes);
    const records: Record<string, string>[] = parse(text, { columns: true, bom: true });
    expect(records.map((record) => [record.Kind, record['In our words']])).toEqual([
      ['risk', 'a risk'],
    ]);
  });

  test('streams more rows than one page', async () => {
    const { admin, mira } = await two();
    for (let round = 0; round < 3; round++) {
      await mira.push(
        ...Array.from({ length: 400 }, (_, n) => mira.change('note', { text: `${round}.${n}` })),
      );
    }
    const text = (await admin.get('/v1/export.csv')).text;
    const records: Record<string, string>[] = parse(text, { columns: true, bom: true });
    expect(new Set(records.map((record) => record['In our words'])).size).toBe(1_200);
  });
});

describe('who may do what', () => {
  test('strangers see nothing', async () => {
    const { server } = await two();
    for (const path of ['me', 'register', 'facets', 'members', 'devices', 'export.csv']) {
      expect((await fetch(`${server.url}/v1/${path}`)).status).toBe(401);
    }
  });

  test('me', async () => {
    const { tomsBrowser } = await two();
    const answer = me.parse((await tomsBrowser.call('GET', '/v1/me')).json);
    expect(answer.member).toMatchObject({ name: 'tom', role: 'annotator' });
    expect(answer.workspace.name).toBe('Sample Workspace');
  });

  test('only admins invite, an invitation works once and for its address', async () => {
    const { server, admin, tomsBrowser } = await two();
    const refused = await tomsBrowser.call('POST', '/v1/invitations', { email: 'a@b.example' });
    expect(refused.status).toBe(403);
    const made = await admin.call('POST', '/v1/invitations', {
      email: 'Eve@Unsaid.example',
      role: 'manager',
    });
    const { link } = made.json as { link: string };
    const { Visitor } = await import('./visitor.ts');
    const eve = new Visitor(server.url);
    const page = await eve.get(link.slice(server.url.length));
    expect(page.text).toContain('value="eve@unsaid.example"');
    const fields = {
      invitation: new URL(link).searchParams.get('invitation') ?? '',
      name: 'Eve',
      email: 'other@unsaid.example',
      password: 'sample words 1',
    };
    await eve.submit('/join', fields);
    expect(me.parse((await eve.call('GET', '/v1/me')).json).member).toMatchObject({
      email: 'eve@unsaid.example',
      role: 'manager',
    });
    const again = await new Visitor(server.url).submit('/join', {
      ...fields,
      email: 'x@y.example',
    });
    expect(again.status).toBe(410);
  });

  test('devices: own ones for annotators, all for admins; a revoked one is out', async () => {
    const { admin, mira, tom, tomsBrowser } = await two();
    const list = async (visitor: Visitor) =>
      (
        (await visitor.call('GET', '/v1/devices')).json as { devices: { id: string }[] }
      ).devices.map(({ id }) => id);
    expect(await list(tomsBrowser)).toEqual([tom.who.device]);
    expect((await list(admin)).toSorted()).toEqual([mira.who.device, tom.who.device].sort());
    expect((await tomsBrowser.call('DELETE', `/v1/devices/${mira.who.device}`)).status).toBe(404);
    expect((await admin.call('DELETE', `/v1/devices/${tom.who.device}`)).status).toBe(200);
    expect((await tom.request([])).status).toBe(401);
  });

  test('a page of another site changes nothing with somebody’s cookie', async () => {
    const { admin } = await two();
    const page = await admin.submit('/v1/invitations', { role: 'admin' }, 'https://evil.example');
    expect(page.status).toBe(403);
  });
});

test('an expectation comes with what was asked about it, as far as one may read it', async () => {
  const { admin, mira, tomsBrowser } = await two();
  const { id } = await noticed(mira, 'as always', 'Halden Foods', 'halden.example');
  const about = { expectation: id, askedAt: '2026-03-02T09:30:00Z' };
  const asked = mira.change('probe', { ...about, question: 'How is it done today?' });
  const gone = mira.change('probe', { ...about, question: 'Gone?', deleted: true });
  const other = mira.change('probe', { ...about, expectation: freshId(), question: 'Other?' });
  const hidden = mira.change('probe', { ...about, question: 'Hidden?', visibility: 'managers' });
  await mira.push(asked, gone, other, hidden);
  await mira.push(mira.change('probe', { says: 'confirmed' }, asked.envelope.record));
  const probesFor = async (visitor: Visitor) => {
    const answer = await visitor.call('GET', `/v1/records/expectation/${id}`);
    return recordDetail.parse(answer.json).probes ?? [];
  };
  const all = await probesFor(admin);
  expect(all.map(({ fields }) => fields.question).sort()).toEqual([
    'Hidden?',
    'How is it done today?',
  ]);
  const own = await probesFor(tomsBrowser);
  expect(own).toMatchObject([{ id: asked.envelope.record, fields: { says: 'confirmed' } }]);
  expect(own[0]?.history.map(({ changes }) => changes.map(({ field }) => field))).toEqual([
    ['says'],
    expect.arrayContaining(['question', 'askedAt']),
  ]);
});
