// The console's own reading and sending of a file, against a real server.
import { describe, expect, test } from 'vitest';
import { createClient } from '../../src/console/client.ts';
import { readImports, undoSome } from '../../src/console/import/record-calls.ts';
import { bringIn, lookThrough, type Progress } from '../../src/console/import/take.ts';
import type { FileRecord } from '../../src/export/records-file.ts';
import { ndjsonText } from '../../src/export/records-file.ts';
import { freshId } from '../../src/server/ids.ts';
import { usePostgres } from './postgres.ts';
import { serverOn, setUp } from './server.ts';

const postgres = usePostgres();

async function desk() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const client = createClient((path, init) =>
    fetch(server.url + path, {
      ...init,
      headers: { ...(init?.headers as object), Cookie: admin.cookie, Origin: server.url },
    }),
  );
  return { server, admin, client };
}

const AUTHOR = freshId();
const HEAD = {
  workspace: { id: freshId(), name: 'Sample Office' },
  exportedAt: '2027-01-01T00:00:00.000Z',
  ...{ what: 'workspace', filter: {}, members: { [AUTHOR]: 'Sample Ines' } },
};

function notes(count: number): FileRecord[] {
  return Array.from({ length: count }, (_, n) => ({
    ...{ kind: 'note', id: freshId(), author: AUTHOR, written: '2026-03-04T09:30:00.125Z' },
    ...{ visibility: 'workspace' as const, fields: { text: `note ${n}\u2028=1+1` } },
  }));
}

const never = new AbortController().signal;

describe('a file', () => {
  test('is looked at, brought in by parts, listed and taken back', async () => {
    const { admin, client } = await desk();
    const records = notes(1_200);
    const wrong = { ...records[0], id: freshId(), fields: { label: 'nonsense' } } as FileRecord;
    const file = new File([ndjsonText(HEAD, [...records, wrong])], 'office.ndjson');
    const seen: Progress[] = [];
    const looked = await lookThrough(client, file, never, (one) => seen.push(one));
    if (looked.is !== 'done') throw new Error(looked.is);
    expect(looked.value.sum).toMatchObject({ created: 1_200, wrong: 1 });
    expect(looked.value.problems).toMatchObject([{ row: 1_202, kind: 'note' }]);
    expect(seen.at(-1)).toEqual({ done: 1, records: 1_201 });
    expect(seen.length).toBeGreaterThan(2);

    const how = { ...looked.value, take: 'ours' } as const;
    const brought = await bringIn(client, file, how, never, () => undefined);
    if (brought.is !== 'done') throw new Error(brought.is);
    expect(brought.value).toMatchObject({ isWhole: true, counts: { created: 1_200, wrong: 1 } });
    const detail = await admin.call('GET', `/v1/records/note/${records[7]?.id}`);
    expect(JSON.stringify(detail.json)).toContain('Sample Ines');

    const listed = await readImports(client);
    if (!listed.ok) throw new Error(listed.failure.is);
    expect(listed.value.imports).toMatchObject([
      { name: 'office.ndjson', format: 'ndjson', created: 1_200, ended: true, undo: 'none' },
    ]);
    const rounds = [];
    for (let done = false; !done; ) {
      const answer = await undoSome(client, brought.value.id);
      if (!answer.ok) throw new Error(answer.failure.is);
      rounds.push(answer.value);
      done = answer.value.done;
    }
    expect(rounds.at(-1)).toEqual({ done: true, undone: 1_200, kept: 0 });
    expect((await lookThrough(client, file, never, () => undefined)).is).toBe('done');
  });

  test('that is stopped half-way is begun anew: what is here is passed over', async () => {
    const { client } = await desk();
    const file = new File([ndjsonText(HEAD, notes(1_200))], 'office.ndjson');
    const how = { names: new Map(), format: 'ndjson', take: 'ours' } as const;
    const stop = new AbortController();
    const half = await bringIn(client, file, how, stop.signal, () => stop.abort());
    if (half.is !== 'done') throw new Error(half.is);
    expect(half.value).toMatchObject({ isWhole: false, counts: { created: 500 } });
    const rest = await bringIn(client, file, how, never, () => undefined);
    expect(rest).toMatchObject({ value: { counts: { created: 700, same: 500 }, isWhole: true } });
  });
});
