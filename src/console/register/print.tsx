// The register on paper: what the filters leave, with the customer's words and ours in full.
import { useRef } from 'preact/hooks';
import { markKind, sayDay, useWords } from '../../ui/index.ts';
import type { Row } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { type Filters, isFiltered } from '../filters.ts';
import { usePaper } from '../paper.tsx';
import { sayWriter } from '../record/say-value.ts';
import { useConsoleWords } from '../words.ts';
import { keyOf, type Loaded } from './rows.ts';

/** More would be a parcel; all of it is what an export is for. */
export const MOST_PRINTED = 2_000;
const AT_ONCE = 500;

export interface Printing {
  /** Reads what is not loaded yet, and prints; what kept it from that, or null. */
  readonly print: () => Promise<Failure | null>;
}

/** Whoever prints by the browser's own menu gets what is loaded, and is told so on the paper. */
export function usePrinting(
  client: Client,
  place: Window,
  filters: Filters,
  loaded: Loaded | null,
): Printing {
  const read = useRef<readonly Row[] | null>(null);
  usePaper(place, 'c-register-paper', () => (
    <Paper
      rows={read.current ?? loaded?.rows ?? []}
      total={loaded?.total ?? 0}
      more={loaded?.more ?? false}
      isPart={isFiltered(filters)}
    />
  ));
  return {
    async print() {
      if (loaded !== null && loaded.next !== null) {
        const rows: Row[] = [];
        let cursor: string | null = null;
        const { signal } = new AbortController();
        do {
          const answer = await client.register(filters, cursor, AT_ONCE, signal);
          if (!answer.ok) return answer.failure;
          rows.push(...answer.value.rows);
          cursor = answer.value.next;
        } while (cursor !== null && rows.length < MOST_PRINTED);
        read.current = rows.slice(0, MOST_PRINTED);
      }
      place.print();
      read.current = null;
      return null;
    },
  };
}

interface PaperProps {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly more: boolean;
  readonly isPart: boolean;
}

function Paper({ rows, total, more, isPart }: PaperProps) {
  const { register } = useConsoleWords();
  const { columns } = register;
  return (
    <table>
      <caption>
        <h1>{register.title}</h1>
        <p>
          {register.count(total, more)}
          {isPart && ` · ${register.printedPart}`}
          {rows.length < total && ` · ${register.printedFirst(rows.length)}`}
        </p>
      </caption>
      <colgroup>
        <col class="c-register-what" />
        <col />
        <col class="c-register-whose" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{columns.mark}</th>
          <th scope="col">{register.printedWords}</th>
          <th scope="col">{columns.customer}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PaperRow key={keyOf(row)} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function PaperRow({ row }: { readonly row: Row }) {
  const shared = useWords();
  const words = useConsoleWords();
  const mark = markKind(row.kind, row.label);
  const kind = mark ? shared.mark[mark] : row.channel ? shared.channel[row.channel] : null;
  const standing = [
    ...(row.class ? [shared.class[row.class]] : []),
    ...(row.stage ? [shared.stage[row.stage]] : []),
    ...(row.outcome ? [shared.outcome[row.outcome]] : []),
  ];
  return (
    <tr>
      <td>
        <p>{kind ?? shared.interaction}</p>
        {standing.length > 0 && <p>{standing.join(' · ')}</p>}
        <p class="c-paper-quiet">
          {sayDay(row.at, shared.lang)}, <bdi>{sayWriter(row, words)}</bdi>
        </p>
      </td>
      <td>
        {row.quote && (
          <p class="c-paper-theirs" dir="auto">
            {row.quote}
          </p>
        )}
        {row.text && (
          <p class="c-paper-ours" dir="auto">
            {row.text}
          </p>
        )}
        {row.source?.url && (
          <p class="c-paper-source" dir="ltr">
            {row.source.url}
          </p>
        )}
      </td>
      <td>
        <p dir="auto">{row.customer?.name}</p>
        <p class="c-paper-quiet" dir="auto">
          {row.project?.name}
        </p>
      </td>
    </tr>
  );
}
