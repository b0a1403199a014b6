import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Logo } from '../../ui/icons.tsx';
import { isKeys, isTyping } from '../../ui/keys.tsx';
import type { PickItem } from '../../ui/pick.tsx';
import { Empty, Waiting } from '../../ui/states.tsx';
import type { SearchHit } from '../messages/search-calls.ts';
import { Bulk } from './bulk.tsx';
import type { NotebookClient } from './client.ts';
import { FilePart } from './file-part.tsx';
import { keyOf } from './files.ts';
import { FilterBar, KeptSearches, type Person } from './filters.tsx';
import { Panel } from './panel.tsx';
import { Table } from './table.tsx';
import { Trouble } from './trouble.tsx';
import { type Asked, useNotebook } from './use-notebook.ts';
import { say } from './words.ts';

export interface AppProps {
  readonly client: NotebookClient;
  readonly place: Window;
}

/** More at once nobody looks through. */
const MOST_CHOSEN = 5_000;
const REFS = 500;

export function App({ client, place }: AppProps) {
  const [asked, setAsked] = useState<Asked>(() => ({
    ...{ words: wordsIn(place.location.hash), filters: {}, order: 'newest' },
  }));
  const [customer, setCustomer] = useState<PickItem | null>(null);
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [cut, setCut] = useState(false);
  const [open, setOpen] = useState<SearchHit | null>(null);
  const notebook = useNotebook(client, asked);
  const field = useRef<HTMLInputElement>(null);
  const { total, left, failure, again } = notebook;

  useEffect(() => {
    void client.call('colleagues', {}).then((reply) => {
      if (reply.ok) setPeople(reply.value.members);
    });
  }, [client]);
  const close = useCallback(() => {
    setOpen(null);
    place.document.querySelector<HTMLElement>('.n-open[tabindex="0"]')?.focus();
  }, [place]);
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented) return;
      if (event.key === 'Escape' && open !== null) {
        event.preventDefault();
        return close();
      }
      if (isTyping(event.target) || !isKeys(event, '/')) return;
      event.preventDefault();
      field.current?.focus();
    }
    place.addEventListener('keydown', onKeyDown);
    return () => place.removeEventListener('keydown', onKeyDown);
  }, [place, open, close]);

  const ask = (next: Asked, of: PickItem | null) => {
    setAsked(next);
    setCustomer(of);
    // What is chosen is what is seen: other questions choose anew.
    setChosen(new Set());
    setCut(false);
    setOpen(null);
  };
  const choose = (hit: SearchHit, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(keyOf(hit));
    else next.delete(keyOf(hit));
    setChosen(next);
    setCut(false);
  };
  const chooseAll = async (on: boolean) => {
    if (!on) return setChosen(new Set());
    const all = new Set<string>();
    const { words, filters } = asked;
    for (let from = 0; from < MOST_CHOSEN; from += REFS) {
      const reply = await client.call('searchRefs', { words, filters, from });
      if (!reply.ok) break;
      for (const ref of reply.value.refs) all.add(keyOf(ref as SearchHit));
      if (reply.value.refs.length < REFS) break;
    }
    setChosen(all);
    setCut(all.size < (total ?? 0));
  };
  const isBare = asked.words.trim() === '' && Object.keys(asked.filters).length === 0;
  return (
    <div class="n-page">
      <header class="n-head">
        <Logo height={14} />
        <h1>
          Unsaid <span class="u-quiet">{say.title}</span>
        </h1>
      </header>
      <main>
        <Field
          type="search"
          label={say.search}
          hint={say.searchHint}
          value={asked.words}
          maxLength={1_000}
          inputRef={field}
          onInput={(words) =>
            ask({ ...asked, words, order: words.trim() === '' ? 'newest' : 'best' }, customer)
          }
        />
        <FilterBar {...{ client, asked, people, customer }} onChange={ask} />
        <KeptSearches
          {...{ client, asked }}
          onAsk={({ words, filters }) => {
            const of = filters.customer === undefined ? null : { id: filters.customer, name: '…' };
            ask({ words, filters, order: words.trim() === '' ? 'newest' : 'best' }, of);
          }}
        />
        {failure && (
          <Trouble failure={failure} action={<Button onClick={again}>{say.again}</Button>} />
        )}
        {total === null && failure === null && <Waiting>{say.reading}</Waiting>}
        {total !== null && (
          <p class="n-count" role="status">
            {say.found(total)}. {left > 0 && say.left(left)}
          </p>
        )}
        {total === 0 && left === 0 && <Empty>{isBare ? say.empty : say.none}</Empty>}
        <Bulk
          {...{ client, chosen, cut, people }}
          deleted={asked.filters.deleted === true}
          onNone={() => setChosen(new Set())}
          onDone={again}
        />
        {total !== null && total > 0 && (
          <div class="n-two" data-open={open === null ? undefined : true}>
            <Table
              key={JSON.stringify([asked.words, asked.filters, asked.order])}
              {...{ notebook, place, chosen }}
              onChoose={choose}
              onChooseAll={(on) => void chooseAll(on)}
              open={open === null ? null : keyOf(open)}
              onOpen={(hit) =>
                open !== null && keyOf(open) === keyOf(hit) ? close() : setOpen(hit)
              }
            />
            {open !== null && (
              <Panel key={keyOf(open)} client={client} hit={open} onClose={close} />
            )}
          </div>
        )}
        {total !== null && total > 0 && <p class="u-hint">{say.keys}</p>}
        <FilePart {...{ client, asked, chosen }} listed={total ?? 0} onDone={again} />
      </main>
    </div>
  );
}

/** The words that whoever opened the notebook gave along. */
function wordsIn(hash: string): string {
  try {
    return decodeURIComponent(hash.replace(/^#\/?/, '')).slice(0, 1_000);
  } catch {
    return '';
  }
}
