import { useCallback, useMemo } from 'preact/hooks';
import { Button, ButtonLink, Choice, Empty, Waiting } from '../../ui/index.ts';
import { todayOf } from '../day.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { Unsent } from '../session/unsent.tsx';
import { usePages } from '../use-pages.ts';
import type { ImprovementList, ImprovementShown } from './answer.ts';
import { improvementCalls, improvementHref, SHOWN } from './calls.ts';
import { active, Standing, sayOwner } from './standing.tsx';
import { say } from './words.ts';

/** Filters that are given by a link and can be taken away again. */
const LINKED = ['project', 'customer', 'review', 'finding', 'session'] as const;

/** One that moved between two pages stands there once. */
function joined(before: ImprovementList, more: ImprovementList): ImprovementList {
  const known = new Set(before.improvements.map(({ id }) => id));
  const fresh = more.improvements.filter(({ id }) => !known.has(id));
  return { ...more, improvements: [...before.improvements, ...fresh] };
}

/** All improvements one may see: what is late first, then what waits. */
export function Improvements(props: PageProps) {
  const { client, me, place, now, pokes, query, onSignedOut } = props;
  const today = todayOf(now());
  const calls = useMemo(() => improvementCalls(client, today), [client, today]);
  const isAnnotator = me.member.role === 'annotator';
  const state = SHOWN.find((one) => one === query.get('state')) ?? 'waiting';
  const asked = query.toString();
  const filter = useMemo(() => {
    const given = new URLSearchParams(asked);
    const linked = Object.fromEntries(LINKED.map((name) => [name, given.get(name)]));
    return { ...linked, state, today, owner: given.get('owner') };
  }, [asked, state, today]);
  const ask = useCallback(
    (next: number | null) => calls.list({ ...filter, skip: next ?? 0 }),
    [calls, filter],
  );
  const { found, failure, again, more } = usePages(ask, joined, { pokes, onSignedOut });
  const shown = found?.of === ask ? found : null;
  const hrefOf = (change: Readonly<Record<string, string | null>>) => {
    const wanted = new URLSearchParams(asked);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) wanted.delete(name);
      else wanted.set(name, value);
    }
    const text = wanted.toString();
    return `#/improvements${text && `?${text}`}`;
  };
  const linked = LINKED.filter((name) => query.get(name));
  return (
    <>
      <div class="c-improve-head">
        <h1>{say.title}</h1>
        {!isAnnotator && (
          <ButtonLink icon="plus" href="#/improvements/new">
            {say.add}
          </ButtonLink>
        )}
      </div>
      <p class="c-why">{isAnnotator ? say.whyMine : say.why}</p>
      <div class="c-improve-filters">
        <nav class="c-improve-tabs" aria-label={say.which}>
          <ul>
            {SHOWN.map((one) => (
              <li key={one}>
                <a href={hrefOf({ state: one })} aria-current={one === state ? 'true' : undefined}>
                  {say.count(say.shown[one], found?.counts[one] ?? null)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {!isAnnotator && (
          <Choice
            label={say.whose}
            look="value"
            empty={say.anybody}
            value={query.get('owner') ?? ''}
            options={[
              { value: me.member.id, label: say.mine },
              { value: 'nobody', label: say.nobody },
              ...active(found?.members ?? [])
                .filter(({ id }) => id !== me.member.id)
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(owner) => {
              place.location.hash = hrefOf({ owner: owner || null });
            }}
          />
        )}
      </div>
      {linked.length > 0 && (
        <p class="c-improve-only">
          <span>{sayOnly(linked, shown)}</span>
          <a href={hrefOf(Object.fromEntries(linked.map((name) => [name, null])))}>{say.showAll}</a>
        </p>
      )}
      <Unsent {...props} />
      {failure && <FailureNote failure={failure} onAgain={again} />}
      {!shown && !failure && <Waiting>{say.reading}</Waiting>}
      {shown && shown.improvements.length === 0 && (
        <Empty>{isAnnotator && state === 'waiting' ? say.noneMine : say.none[state]}</Empty>
      )}
      {shown && shown.improvements.length > 0 && (
        <ul class="c-improve-list" aria-label={say.title}>
          {shown.improvements.map((improvement) => (
            <li key={improvement.id} data-late={improvement.late ?? undefined}>
              <Row {...{ improvement, today }} me={me.member.id} />
            </li>
          ))}
        </ul>
      )}
      {shown && shown.next !== null && (
        <div class="u-actions">
          <Button onClick={more}>{say.more}</Button>
        </div>
      )}
    </>
  );
}

/** The name of what it is of, where the list tells it. */
function sayOnly(linked: readonly string[], list: ImprovementList | null): string {
  const [first] = list?.improvements ?? [];
  const name = linked.includes('project')
    ? first?.projectName
    : linked.includes('customer')
      ? first?.customerName
      : null;
  return name ? say.only(name) : say.onlyThese;
}

interface RowProps {
  readonly improvement: ImprovementShown;
  readonly me: string;
  readonly today: string;
}

/** One in a line or two: what it is, who does it, where it stands. */
export function Row({ improvement, me, today }: RowProps) {
  const { id, text, action, state, projectName, customerName } = improvement;
  const about = [projectName, customerName].filter(Boolean).join(' · ');
  return (
    <>
      <div class="c-improve-says">
        <a class="c-improve-text" href={improvementHref(id)} dir="auto">
          {text}
        </a>
        {action !== '' ? (
          <p class="c-improve-action" dir="auto">
            {action}
          </p>
        ) : (
          state === 'open' && <p class="u-quiet">{say.noAction}</p>
        )}
        {about !== '' && (
          <p class="u-quiet">
            <bdi>{about}</bdi>
          </p>
        )}
      </div>
      <div class="c-improve-where">
        <Standing improvement={improvement} today={today} />
        <p class="u-quiet">
          <bdi>{say.ownerIs(sayOwner(improvement, me))}</bdi>
        </p>
      </div>
    </>
  );
}
