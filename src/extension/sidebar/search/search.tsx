// Everything on this device, from the sidebar.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { Field } from '../../../ui/field.tsx';
import { LookIcon, Marked } from '../../../ui/found.tsx';
import { Empty, Problem, Waiting } from '../../../ui/states.tsx';
import { sayDay } from '../../../ui/time.ts';
import { MARK_KINDS, useWords } from '../../../ui/words.ts';
import type { SavedSearch, SearchHit } from '../../messages/search-calls.ts';
import type { AppProps } from '../app.tsx';
import { plain } from '../plain.ts';
import { say as sayAll, sayFailure } from '../words.ts';
import './search.css';
import { useSearch } from './use-search.ts';
import { saySearch as say } from './words.ts';

export function Search({ sidebar }: AppProps) {
  const words = useWords();
  const { asked, setAsked, answer, failure, isFresh, more } = useSearch(sidebar);
  const [kept, setKept] = useState<readonly SavedSearch[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    // Coming back from a card, its row has the focus; else the field is what one came for.
    const { focus } = sidebar.state;
    const row = focus && list.current?.querySelector<HTMLElement>(`[data-record="${focus}"]`);
    if (row) row.focus();
    else field.current?.focus();
    sidebar.focused();
    void sidebar.core.call('savedSearches', {}).then((reply) => {
      if (reply.ok) setKept(reply.value.searches);
    });
  }, [sidebar]);

  const customer = sidebar.state.context?.guess.customer ?? null;
  const { filters } = asked;
  const isOnly = filters.customer !== undefined && filters.customer === customer?.id;
  const change = (patch: Partial<typeof filters>) => {
    const next = { ...filters, ...patch };
    for (const [name, value] of Object.entries(next)) {
      if (value === undefined) delete next[name as keyof typeof next];
    }
    setAsked({ ...asked, filters: next });
  };
  const open = (hit: SearchHit) => {
    if (hit.opens !== null) void sidebar.cards.open(hit.opens.kind, hit.opens.id);
    else if (hit.customer !== null) {
      setAsked({ words: '', filters: { customer: hit.customer.id } });
      field.current?.focus();
    }
  };
  const step = (by: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-record]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = at + by;
    if (next < 0) field.current?.focus();
    else rows[Math.min(next, rows.length - 1)]?.focus();
  };
  const hits = answer?.hits ?? [];
  const isBare = asked.words.trim() === '' && Object.keys(filters).length === 0;
  return (
    <section
      class="s-part s-search"
      aria-labelledby="s-search"
      onKeyDown={(event) => {
        if (event.isComposing || event.target instanceof HTMLSelectElement) return;
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        step(event.key === 'ArrowDown' ? 1 : -1);
      }}
    >
      <h2 id="s-search" class="u-hidden">
        {say.title}
      </h2>
      <Field
        type="search"
        label={say.entry}
        hint={say.field}
        value={asked.words}
        inputRef={field}
        maxLength={1_000}
        onInput={(text) => setAsked({ ...asked, words: text })}
        onKeyDown={(event) => {
          const [first] = hits;
          if (event.key !== 'Enter' || event.isComposing || first === undefined || !isFresh) return;
          event.preventDefault();
          open(first);
        }}
      />
      <div class="s-search-filters">
        <Choice
          label={say.kind}
          labelHidden
          empty={say.any}
          value={filters.looks?.[0] ?? ''}
          options={[
            ...MARK_KINDS.map((kind) => ({ value: kind as string, label: words.mark[kind] })),
            { value: 'interaction', label: words.interaction },
          ]}
          onChange={(look) => change({ looks: look === '' ? undefined : [look] })}
        />
        {customer?.id && (
          <Button
            look="quiet"
            pressed={isOnly}
            onClick={() => change({ customer: isOnly ? undefined : (customer.id ?? undefined) })}
          >
            {say.only(plain(customer.name))}
          </Button>
        )}
      </div>
      {isBare && kept.length > 0 && (
        <ul class="s-search-kept" aria-label={say.kept}>
          {kept.map((search) => (
            <li key={search.id}>
              <Button look="quiet" icon="search" onClick={() => setAsked(search)}>
                <bdi>{search.name}</bdi>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {failure && <Problem {...sayFailure(failure, sayAll.notesSafe)} />}
      {answer === null && !failure && <Waiting>{say.searching}</Waiting>}
      {answer !== null && (
        <>
          <p class="s-meta" role="status">
            {answer.total > 0 && say.found(answer.total)}
            {answer.left > 0 && ` ${say.left(answer.left)}`}
          </p>
          {answer.total === 0 && answer.left === 0 && (
            <Empty>{isBare ? say.noneAtAll : say.none(plain(asked.words.trim()))}</Empty>
          )}
          <ul class="s-rows" ref={list} aria-busy={!isFresh}>
            {hits.map((hit) => (
              <li key={`${hit.kind}/${hit.id}`}>
                <HitRow hit={hit} onOpen={() => open(hit)} />
              </li>
            ))}
          </ul>
          <div class="u-actions">
            {hits.length < answer.total && hits.length < 200 && (
              <Button onClick={more}>{say.more(answer.total - hits.length)}</Button>
            )}
            <Button
              look="quiet"
              onClick={() => void sidebar.core.call('openNotebook', { words: asked.words })}
            >
              {say.notebook}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function HitRow({ hit, onOpen }: { readonly hit: SearchHit; readonly onOpen: () => void }) {
  const { lang } = useWords();
  const facts = [
    hit.customer === null ? '' : plain(hit.customer.name),
    hit.author.me ? '' : plain(hit.author.name),
    sayDay(new Date(hit.at).toISOString(), lang),
    hit.keptHere ? say.keptHere : '',
  ];
  return (
    <button type="button" class="s-row" data-record={hit.id} onClick={onOpen}>
      <LookIcon kind={hit.kind} look={hit.look} />
      <span class="s-row-text">
        <bdi class="s-cut">{hit.text === null ? say.noWords : <Marked {...hit.text} />}</bdi>
        <span class="s-meta s-row-foot">{facts.filter(Boolean).join(' · ')}</span>
      </span>
    </button>
  );
}
