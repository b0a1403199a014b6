import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, Empty, KeyCap, Waiting } from '../../ui/index.ts';
import type { Facets, Me } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { ExportButton } from '../exports/export-button.tsx';
import { FailureNote } from '../failure.tsx';
import { askQuery, type Filters, isFiltered, NO_FILTERS } from '../filters.ts';
import { RecordPanel } from '../record/panel.tsx';
import { type RecordRef, registerHref } from '../route.ts';
import { useReading } from '../use-reading.ts';
import { useConsoleWords } from '../words.ts';
import { FilterBar } from './filter-bar.tsx';
import { usePrinting } from './print.tsx';
import { RegisterTable } from './table.tsx';
import { useRegister } from './use-register.ts';

/** How often the lists of customers, projects and members are read again, at most. */
const FACETS_EVERY_MS = 15_000;

export interface RegisterPageProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  readonly filters: Filters;
  readonly record: RecordRef | null;
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

export function RegisterPage(props: RegisterPageProps) {
  const { client, me, place, filters, record, pokes, onSignedOut } = props;
  const words = useConsoleWords();
  const register = useRegister(client, filters, pokes);
  const facets = useFacets(client, pokes);
  const list = useRef<HTMLDivElement>(null);
  const overlaid = useMatch(place, '(max-width: 899px)') && record !== null;

  const signedOut = register.failure?.is === 'signed-out';
  useEffect(() => {
    if (signedOut) onSignedOut();
  }, [signedOut, onSignedOut]);

  const show = useCallback(
    (next: Filters, quiet = false) => {
      const href = registerHref(next, record);
      if (quiet) place.location.replace(href);
      else place.location.hash = href;
    },
    [place, record],
  );
  const close = useCallback(() => {
    place.location.hash = registerHref(filters);
  }, [place, filters]);
  // Closing leads back to the row one came from.
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    if (wasOpen.current && !record) {
      list.current?.querySelector<HTMLElement>('a[tabindex="0"]')?.focus({ preventScroll: true });
    }
    wasOpen.current = record !== null;
  }, [record]);

  const { loaded, failure, fresh } = register;
  const printing = usePrinting(client, place, filters, loaded);
  const [printFailure, setPrintFailure] = useState<Failure | null>(null);
  return (
    <div class="c-register" data-record={record ? true : undefined}>
      <div class="c-list" ref={list} inert={overlaid}>
        <h1 class="u-hidden">{words.register.title}</h1>
        <FilterBar filters={filters} facets={facets} onChange={show} place={place} />
        <div class="c-bar">
          <p role="status">
            {loaded && words.register.count(loaded.total, loaded.more)}
            {fresh > 0 && (
              <Button
                look="quiet"
                label={words.register.freshName(fresh)}
                onClick={() => {
                  list.current?.querySelector('.c-scroll')?.scrollTo({ top: 0 });
                  register.seen();
                }}
              >
                {words.register.fresh(fresh)}
              </Button>
            )}
          </p>
          <p class="c-keys u-quiet">
            <KeyCap keys="J" /> <KeyCap keys="K" /> {words.register.keys} <KeyCap keys="Enter" />{' '}
            {words.register.open}
          </p>
          <Button
            look="quiet"
            onClick={() => {
              setPrintFailure(null);
              void printing.print().then(setPrintFailure);
            }}
          >
            {words.register.print}
          </Button>
          <ExportButton
            {...{ client, me, place, onSignedOut }}
            what="register"
            filter={Object.fromEntries(askQuery(filters))}
            names={namesOf(facets)}
            count={loaded && words.register.count(loaded.total, loaded.more)}
          >
            {words.register.export}
          </ExportButton>
        </div>
        {printFailure && <FailureNote failure={printFailure} />}
        {failure && !signedOut && <FailureNote failure={failure} onAgain={register.again} />}
        {!loaded && !failure && <Waiting>{words.register.reading}</Waiting>}
        {loaded && loaded.rows.length === 0 && !failure && (
          <Nothing filters={filters} onClear={() => show(NO_FILTERS)} />
        )}
        {loaded && loaded.rows.length > 0 && (
          <RegisterTable {...{ register, filters, record, place }} rows={loaded.rows} />
        )}
      </div>
      {record && (
        <RecordPanel
          key={`${record.kind}/${record.id}`}
          {...{ client, record, pokes, onSignedOut, place }}
          facets={facets}
          onClose={close}
        />
      )}
    </div>
  );
}

function Nothing({
  filters,
  onClear,
}: {
  readonly filters: Filters;
  readonly onClear: () => void;
}) {
  const words = useConsoleWords();
  if (!isFiltered(filters)) return <Empty keys="E">{words.register.empty}</Empty>;
  return (
    <Empty action={<Button onClick={onClear}>{words.register.clear}</Button>}>
      {words.register.nothing}
    </Empty>
  );
}

/** What the ids that filter are called. */
function namesOf(facets: Facets | null): Record<string, string> {
  const all = [
    ...(facets?.customers ?? []),
    ...(facets?.projects ?? []),
    ...(facets?.members ?? []),
  ];
  return Object.fromEntries(all.map(({ id, name }) => [id, name]));
}

/** The lists to filter by; without them the filters still work, only by what the address says. */
function useFacets(client: Client, pokes: number): Facets | null {
  const ask = useCallback(() => client.facets(), [client]);
  return useReading(ask, { pokes, everyMs: FACETS_EVERY_MS }).value;
}

function useMatch(place: Window, query: string): boolean {
  const [matches, setMatches] = useState(() => place.matchMedia(query).matches);
  useEffect(() => {
    const list = place.matchMedia(query);
    const read = () => setMatches(list.matches);
    read();
    list.addEventListener('change', read);
    return () => list.removeEventListener('change', read);
  }, [place, query]);
  return matches;
}
