// Imports of files of records, in memory, for the console's tests.

import type { Counts, Listed, RowProblem } from '../../src/console/import/record-calls.ts';
import { NO_COUNTS } from '../../src/console/import/take.ts';

type Sent = {
  row: number;
  by: string | null;
  record: { kind: string; id: string; fields: { [field: string]: unknown } };
};

const LEFT = ['review', 'audit', 'member'];

export class SampleImports {
  /** Newest first. */
  listed: Listed[] = [];
  /** Records that are here, by "kind/id", as their fields. */
  readonly here = new Map<string, string>();
  /** Everything that was sent to be written, with what was to be taken. */
  readonly taken: { take: string; records: Sent[] }[] = [];
  /** Requests that a whole undo takes. */
  undoTakes = 1;
  /** Waits before a part is answered. */
  wait: () => Promise<void> = async () => undefined;

  answer(line: string, body: unknown): Response | Promise<Response> | null {
    if (line === 'GET /v1/import/runs') return Response.json({ imports: this.listed });
    if (line === 'POST /v1/import/records/check') return this.#check(body as { records: Sent[] });
    if (line === 'POST /v1/import/runs') return this.#begin(body as { name: string });
    const [, id = '', act] = /^POST \/v1\/import\/runs\/([^/]+)\/(\w+)$/.exec(line) ?? [];
    const found = this.listed.find((one) => one.id === id);
    if (found === undefined) return null;
    if (act === 'records') return this.#take(found, body as { take: string; records: Sent[] });
    if (act === 'end') {
      found.ended = true;
      return Response.json({ ok: true });
    }
    return this.#undo(found);
  }

  async #check({ records }: { records: Sent[] }) {
    await this.wait();
    const kinds: Record<string, Counts> = {};
    const problems: RowProblem[] = [];
    for (const sent of records) {
      const is = this.#verdict(sent);
      const { kind, id } = sent.record;
      kinds[kind] ??= { ...NO_COUNTS };
      (kinds[kind] as { [name: string]: number })[is] = kinds[kind][is] + 1;
      if (is === 'wrong') problems.push({ row: sent.row, kind, id, words: WRONG });
    }
    return Response.json({ kinds, problems });
  }

  #verdict({ record }: Sent): keyof Counts {
    if (LEFT.includes(record.kind)) return 'left';
    if (record.fields.label === 'nonsense') return 'wrong';
    const here = this.here.get(`${record.kind}/${record.id}`);
    if (here === undefined) return 'created';
    return here === JSON.stringify(record.fields) ? 'same' : 'differs';
  }

  #begin({ name }: { name: string }) {
    const id = `i${this.listed.length + 1}`;
    this.listed.unshift({
      ...{ ...NO_COUNTS, id, at: '2027-02-24T14:10:00Z', name, format: 'ndjson' },
      by: { id: 'a1', name: 'Sample Mira' },
      ...{ ended: false, undo: 'none', undoneAt: null, undone: 0, kept: 0 },
    });
    return Response.json({ id }, { status: 201 });
  }

  async #take(found: Listed, sent: { take: string; records: Sent[] }) {
    await this.wait();
    this.taken.push(sent);
    const counts = found as { [name in keyof Counts]: number };
    for (const one of sent.records) {
      const is = this.#verdict(one);
      counts[is === 'differs' && sent.take === 'file' ? 'changed' : is] += 1;
      if (is === 'created') {
        this.here.set(`${one.record.kind}/${one.record.id}`, JSON.stringify(one.record.fields));
      }
    }
    const { created, changed, same, differs, wrong, left } = found;
    return Response.json({ created, changed, same, differs, wrong, left, problems: [] });
  }

  #undo(found: Listed) {
    this.undoTakes -= 1;
    const done = this.undoTakes <= 0;
    found.undo = done ? 'done' : 'begun';
    found.undone = done ? found.created + found.changed : 1;
    found.undoneAt = done ? '2027-02-24T15:00:00Z' : null;
    return Response.json({ done, undone: found.undone, kept: found.kept });
  }
}

const WRONG = 'It does not fit: note.label: Invalid option.';
