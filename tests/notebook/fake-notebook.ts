// The background as the notebook sees it, in memory; fails when told to.

import type {
  SidebarAnswers,
  SidebarCall,
  SidebarEvent,
} from '../../src/extension/messages/calls.ts';
import type { Before } from '../../src/extension/messages/ladder-calls.ts';
import type { Failure } from '../../src/extension/messages/result.ts';
import type {
  NotebookRecord,
  SavedSearch,
  SearchFilters,
  SearchHit,
  TakeOutcome,
} from '../../src/extension/messages/search-calls.ts';
import type { NotebookClient } from '../../src/extension/notebook/client.ts';
import { excerptOf } from '../../src/extension/store/search/excerpt.ts';
import { isAsked, parseQuery } from '../../src/extension/store/search/query.ts';
import { wordsOf } from '../../src/extension/store/search/words.ts';
import { sampleCard, sampleId } from '../sidebar/samples.ts';

type Handlers = { [C in SidebarCall]?: (payload: never) => SidebarAnswers[C] };
export type Row = Omit<SearchHit, 'text' | 'opens'> & { words: string };

const ME = { id: sampleId(2), name: 'Sample Member', me: true };
export const HALDEN = { id: sampleId(0xc1), name: 'Halden Foods' };
export const MEMBERS = [ME, { id: sampleId(3), name: 'Another Member', me: false }];

/** The n-th record, the first the newest. */
export function sampleRow(n: number, patch: Partial<Row> = {}): Row {
  const kinds = [
    ['expectation', 'expectation'],
    ['note', 'grievance'],
    ['commitment', 'commitment'],
    ['note', 'praise'],
    ['interaction', 'email'],
  ] as const;
  const [kind, look] = kinds[n % kinds.length] ?? kinds[0];
  return {
    ...{
      kind,
      look,
      id: sampleId(0xa0000 + n),
      words: `They take the certificates for granted, time ${n + 1}`,
    },
    ...{ customer: n % 2 === 0 ? HALDEN : null, author: ME, owner: null },
    ...{ stage: kind === 'expectation' ? 'hunch' : '', outcome: '' },
    ...{ at: Date.UTC(2027, 1, 24, 9) - n * 3_600_000, keptHere: n % 11 === 3, deleted: false },
    ...patch,
  };
}

export class FakeNotebook {
  rows: Row[] = [];
  searches: SavedSearch[] = [];
  left = 0;
  readonly made: { call: SidebarCall; payload: unknown }[] = [];
  readonly failures = new Map<SidebarCall, Failure>();
  readonly saved: { name: string; type: string; file: Blob }[] = [];
  #ids = 0;
  #hear: (event: SidebarEvent) => void = () => {};

  readonly client: NotebookClient = {
    call: (async (call: SidebarCall, payload: unknown) => {
      this.made.push({ call, payload: structuredClone(payload) });
      await Promise.resolve();
      const error = this.failures.get(call);
      if (error) return { ok: false, error };
      const handler = this.#handlers[call] as ((payload: unknown) => unknown) | undefined;
      return { ok: true, value: structuredClone(handler ? handler(payload) : null) };
    }) as NotebookClient['call'],
    events: (hear) => {
      this.#hear = hear;
      return () => {
        this.#hear = () => {};
      };
    },
    save: (name, type, content) =>
      void this.saved.push({ name, type, file: new Blob([...content], { type }) }),
    zone: () => 'Europe/Berlin',
    now: () => Date.UTC(2027, 1, 24, 9, 30),
    newId: () => {
      this.#ids += 1;
      return sampleId(0xf0000 + this.#ids);
    },
  };

  tell(): void {
    this.#hear({ event: 'changed' });
  }

  calls(call: SidebarCall): unknown[] {
    return this.made.filter((each) => each.call === call).map(({ payload }) => payload);
  }

  row(id: string): Row | undefined {
    return this.rows.find((row) => row.id === id);
  }

  #found(words: string, filters: SearchFilters): Row[] {
    const clauses = parseQuery(words);
    const among = (list: string[] | undefined, ...own: string[]) =>
      list === undefined || own.some((one) => list.includes(one));
    return this.rows.filter(
      (row) =>
        row.deleted === (filters.deleted ?? false) &&
        among(filters.looks, row.look, row.kind) &&
        among(filters.stages, row.stage) &&
        (filters.customer === undefined || row.customer?.id === filters.customer) &&
        (filters.from === undefined || row.at >= filters.from) &&
        (clauses.length === 0 || isAsked(clauses, [wordsOf(row.words)])),
    );
  }

  readonly #handlers: Handlers = {
    search: ({
      words,
      filters,
      from,
      count,
    }: {
      words: string;
      filters: SearchFilters;
      from: number;
      count: number;
    }) => {
      const found = this.#found(words, filters);
      const hits = found.slice(from, from + count).map(
        ({ words: text, ...row }): SearchHit => ({
          ...row,
          text: excerptOf([{ field: 'text', text }], parseQuery(words)),
          opens: { kind: row.kind, id: row.id },
        }),
      );
      return { hits, total: found.length, left: this.left };
    },
    searchRefs: ({
      words,
      filters,
      from,
    }: {
      words: string;
      filters: SearchFilters;
      from: number;
    }) => {
      const found = this.#found(words, filters);
      return {
        refs: found.slice(from, from + 500).map(({ kind, id }) => ({ kind, id })),
        total: found.length,
      };
    },
    savedSearches: () => ({ searches: this.searches }),
    keepSearch: ({ search }: { search: SavedSearch }) => {
      this.searches = [...this.searches, search];
      return { searches: this.searches };
    },
    dropSearch: ({ id }: { id: string }) => {
      this.searches = this.searches.filter((search) => search.id !== id);
      return { searches: this.searches };
    },
    colleagues: () => ({ members: MEMBERS }),
    find: () => ({
      hits: [
        { ...HALDEN, detail: 'halden.example' },
        { id: sampleId(0xc2), name: 'Sample Logistics', detail: '' },
      ],
    }),
    card: ({ kind, id }: { kind: string; id: string }) => {
      const row = this.row(id);
      return { ...sampleCard(0), kind: kind as 'note', id, fields: { text: row?.words ?? '' } };
    },
    bulk: ({
      records,
      patch,
      dry,
    }: {
      records: { kind: string; id: string }[];
      patch: { stage?: string; customer?: string | null; deleted?: boolean };
      dry: boolean;
    }) => {
      const before: Before[] = [];
      let same = 0;
      let none = 0;
      for (const { kind, id } of records) {
        const row = this.row(id);
        if (row === undefined || (patch.stage !== undefined && kind !== 'expectation')) none += 1;
        else if (patch.stage !== undefined && row.stage === patch.stage) same += 1;
        else {
          before.push({
            kind,
            id,
            patch:
              patch.stage === undefined
                ? patch.deleted === undefined
                  ? { customer: row.customer?.id ?? null }
                  : { deleted: row.deleted }
                : { stage: row.stage },
          });
          if (!dry) this.#change(id, patch);
        }
      }
      return { before, same, skipped: none === 0 ? [] : [{ why: 'no-field', count: none }] };
    },
    bulkBack: ({ before }: { before: Before[] }) => {
      for (const { id, patch } of before) this.#change(id, patch);
      return null;
    },
    notebookPage: ({ after }: { after: string }) => {
      const from = Number(after || 0);
      const records = this.rows.slice(from, from + 200).map(toRecord);
      return { records, next: from + 200 < this.rows.length ? String(from + 200) : null };
    },
    notebookRecords: ({ records }: { records: { id: string }[] }) => ({
      records: records.flatMap(({ id }) => this.row(id) ?? []).map(toRecord),
    }),
    notebookTake: ({
      records,
      dry,
    }: {
      records: { kind: string; id: string; fields: { text?: string } }[];
      dry: boolean;
    }) => ({
      outcomes: records.map((record): TakeOutcome => {
        const present = this.row(record.id);
        if (present !== undefined)
          return { is: 'here', same: present.words === record.fields.text };
        if (record.kind === 'member') return { is: 'bad', why: 'kind' };
        if (!dry)
          this.rows = [
            ...this.rows,
            sampleRow(this.rows.length, { id: record.id, words: record.fields.text ?? '' }),
          ];
        return { is: 'new' };
      }),
    }),
  };

  #change(id: string, patch: { [field: string]: unknown }): void {
    const { customer, ...plain } = patch as { customer?: string | null };
    const of = customer === undefined ? {} : { customer: customer === null ? null : HALDEN };
    this.rows = this.rows.map((row) => (row.id === id ? { ...row, ...plain, ...of } : row));
  }
}

function toRecord(row: Row): NotebookRecord {
  const { kind, id, keptHere, deleted, author, customer } = row;
  return {
    ...{ kind, id, fields: { text: row.words, label: 'note' }, keptHere, deleted },
    writtenAt: new Date(row.at).toISOString(),
    ...{ author: author.name, authorId: author.id, customer: customer?.name ?? '' },
  };
}
