import { useCallback, useMemo } from 'preact/hooks';
import { isOverdue } from '../../domain/inquiries.ts';
import { Button, Empty, Icon, sayDate, sayDay, useWords, Waiting } from '../../ui/index.ts';
import { todayOf } from '../day.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { usePages } from '../use-pages.ts';
import type { InquiryList, InquiryShown } from './answer.ts';
import { inquiryCalls, SHOWN, type Shown, type Whose } from './calls.ts';
import { say } from './words.ts';

const WHOSE: readonly Whose[] = ['all', 'to-me', 'by-me'];

function joined(before: InquiryList, more: InquiryList): InquiryList {
  return { ...more, inquiries: [...before.inquiries, ...more.inquiries] };
}

/** All questions one may see, by where they stand. */
export function Inquiries({ client, me, now, pokes, query, onSignedOut }: PageProps) {
  const calls = useMemo(() => inquiryCalls(client), [client]);
  const isAnnotator = me.member.role === 'annotator';
  const state = SHOWN.find((one) => one === query.get('state')) ?? 'open';
  const whose = isAnnotator ? 'to-me' : (WHOSE.find((one) => one === query.get('whose')) ?? 'all');
  const today = todayOf(now());
  const ask = useCallback(
    (before: string | null) => calls.list({ state, whose, today, before }),
    [calls, state, whose, today],
  );
  const { found, failure, again, more } = usePages(ask, joined, { pokes, onSignedOut });
  const shown = found?.of === ask ? found : null;
  const hrefOf = (next: Partial<{ state: Shown; whose: Whose }>) => {
    const wanted = new URLSearchParams({ state: next.state ?? state });
    const who = next.whose ?? whose;
    if (!isAnnotator && who !== 'all') wanted.set('whose', who);
    return `#/inquiries?${wanted}`;
  };
  const countOf = (one: Shown) => (one === 'all' ? null : (found?.counts[one] ?? null));
  return (
    <>
      <h1>{say.title}</h1>
      <p class="c-why">{isAnnotator ? say.whyMine : say.why}</p>
      <div class="c-asked-filters">
        <Tabs
          label={say.which}
          tabs={SHOWN.map((one) => ({
            ...{ key: one, href: hrefOf({ state: one }), here: one === state },
            label: say.count(say.states[one], countOf(one)),
          }))}
        />
        {!isAnnotator && (
          <Tabs
            label={say.whoseLabel}
            tabs={WHOSE.map((one) => ({
              ...{ key: one, href: hrefOf({ whose: one }), here: one === whose },
              label: say.whose[one],
            }))}
          />
        )}
      </div>
      {failure && <FailureNote failure={failure} onAgain={again} />}
      {!shown && !failure && <Waiting>{say.reading}</Waiting>}
      {shown && shown.inquiries.length === 0 && (
        <Empty>{whose === 'to-me' ? say.noneMine : say.none[state]}</Empty>
      )}
      {shown && shown.inquiries.length > 0 && (
        <ul class="c-asked" aria-label={say.title}>
          {shown.inquiries.map((inquiry) => (
            <li key={inquiry.id}>
              <InquiryRow inquiry={inquiry} me={me.member.id} today={today} />
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

interface Tab {
  readonly key: string;
  readonly label: string;
  readonly href: string;
  readonly here: boolean;
}

function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav class="c-asked-tabs" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.key}>
            <a href={tab.href} aria-current={tab.here ? 'true' : undefined}>
              {tab.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface RowProps {
  readonly inquiry: InquiryShown;
  readonly me: string;
  readonly today: string;
}

export function InquiryRow({ inquiry, me, today }: RowProps) {
  const { lang } = useWords();
  const { id, question, projectName, customerName, state, answer, at } = inquiry;
  const about = [projectName, customerName].filter(Boolean).join(' · ');
  return (
    <>
      <a class="c-asked-question" href={`#/inquiries/${encodeURIComponent(id)}`} dir="auto">
        {question || say.noWords}
      </a>
      <p class="u-quiet">
        <bdi>{say.between(nameOf(inquiry, 'by', me), nameOf(inquiry, 'to', me))}</bdi>
        {` · ${say.on(sayDay(at, lang))}`}
        {about !== '' && (
          <>
            {' · '}
            <bdi>{about}</bdi>
          </>
        )}
      </p>
      <Standing inquiry={inquiry} today={today} />
      {state === 'answered' && answer !== '' && (
        <p class="c-asked-answer" dir="auto">
          {answer}
        </p>
      )}
    </>
  );
}

/** Where it stands, and until when it is to be answered. */
export function Standing({ inquiry, today }: Omit<RowProps, 'me'>) {
  const { lang } = useWords();
  const { state, due } = inquiry;
  if (isOverdue(inquiry, today) && due !== null) {
    return (
      <p class="c-asked-late">
        <Icon name="attention" size={14} /> {say.overdue(sayDate(due, lang))}
      </p>
    );
  }
  if (state !== 'open') return <p class="u-quiet">{say.state[state]}</p>;
  return <p class="u-quiet">{due === null ? say.noDue : say.due(sayDate(due, lang))}</p>;
}

/** Somebody without a name is one whom the reader is not to know yet, or who was erased. */
export function nameOf(inquiry: InquiryShown, which: 'by' | 'to', me: string): string {
  if (inquiry[which] === me) return which === 'by' ? say.You : say.you;
  return (which === 'by' ? inquiry.byName : inquiry.toName) || say.somebody;
}
