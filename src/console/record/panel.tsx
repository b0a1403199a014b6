import type { ComponentChildren } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import {
  Button,
  Icon,
  KindName,
  markKind,
  Quote,
  sayInstant,
  useWords,
  Waiting,
} from '../../ui/index.ts';
import type { Facets, RecordDetail, Row } from '../api.ts';
import type { Client } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import type { RecordRef } from '../route.ts';
import { StoryLinks } from '../story/links.tsx';
import { useReading } from '../use-reading.ts';
import { useConsoleWords } from '../words.ts';
import { Card } from './card.tsx';
import { Conflicts } from './conflicts.tsx';
import { History } from './history.tsx';
import { RecordLadder } from './ladder.tsx';
import { type Naming, sayWriter } from './say-value.ts';
import { webAddress } from './source.ts';

export interface RecordPanelProps {
  readonly client: Client;
  readonly record: RecordRef;
  readonly pokes: number;
  readonly place: Window;
  readonly facets: Facets | null;
  readonly onClose: () => void;
  readonly onSignedOut: () => void;
}

/** One record beside the register, or over it on a narrow page. */
export function RecordPanel(props: RecordPanelProps) {
  const { client, record, pokes, onClose, onSignedOut, place } = props;
  const words = useConsoleWords();
  const panel = useRef<HTMLElement>(null);
  const { kind, id } = record;

  const ask = useCallback(() => client.record(kind, id), [client, kind, id]);
  const { value: detail, failure, again } = useReading(ask, { pokes, onSignedOut });

  // Whoever opened it reads it next; typing in a filter is left alone.
  useLayoutEffect(() => {
    panel.current?.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      onClose();
    }
    place.addEventListener('keydown', onKeyDown);
    return () => place.removeEventListener('keydown', onKeyDown);
  }, [place, onClose]);

  return (
    <aside class="c-panel" ref={panel} tabIndex={-1} aria-label={words.record.card}>
      <div class="c-panel-close">
        <Button look="quiet" icon="close" label={words.record.close} onClick={onClose} />
      </div>
      {failure && !detail && <FailureNote failure={failure} onAgain={again} />}
      {!failure && !detail && <Waiting>{words.record.reading}</Waiting>}
      {detail && <Detail client={client} detail={detail} facets={props.facets} />}
    </aside>
  );
}

interface DetailProps extends Pick<RecordPanelProps, 'client' | 'facets'> {
  readonly detail: RecordDetail;
}

function Detail({ client, detail, facets }: DetailProps) {
  const shared = useWords();
  const words = useConsoleWords();
  const { row, history } = detail;
  const mark = markKind(row.kind, row.label);
  const naming: Naming = { shared, words, names: namesOf(detail, facets) };
  return (
    <>
      <header>
        <h2>
          {mark ? (
            <KindName kind={mark} />
          ) : (
            <span class="u-kind">
              <Icon name="interaction" />
              {row.channel ? shared.channel[row.channel] : shared.interaction}
            </span>
          )}
        </h2>
        <p class="u-quiet">
          {sayInstant(row.at, shared.lang)} {words.record.by(sayWriter(row, words))}
        </p>
      </header>
      {detail.deleted && <p role="note">{words.record.deleted}</p>}
      {row.quote && <Quote text={row.quote} by={<Origin row={row} />} fold={1_500} />}
      {!row.quote && row.source && (
        <p class="u-quiet">
          <Origin row={row} />
        </p>
      )}
      <SourceLink url={row.source?.url} />
      <StoryLinks client={client} row={row} />
      {row.text && (
        <div class="c-ours">
          <h3 class="u-label">{ownLabel(row, words)}</h3>
          <p dir="auto">{row.text}</p>
        </div>
      )}
      <RecordLadder detail={detail} />
      <Conflicts conflicts={detail.conflicts} naming={naming} />
      <Card fields={withSource(detail)} naming={naming} />
      <History entries={history} probes={detail.probes ?? []} naming={naming} />
    </>
  );
}

function ownLabel(row: Row, words: ReturnType<typeof useConsoleWords>): string | undefined {
  const { fields } = words.record;
  if (row.kind === 'expectation') return fields.statement;
  return row.kind === 'interaction' ? fields.subject : fields.text;
}

/** "Marit Solberg · 24 Feb 2027, 09:12 · Moss: a few things before March" */
function Origin({ row }: { readonly row: Row }) {
  const { lang } = useWords();
  const source = row.source;
  const sent = source?.sentAt ? sayInstant(source.sentAt, lang) : null;
  const parts: ComponentChildren[] = [source?.from, sent, source?.subject].filter(Boolean);
  return (
    <>
      {parts.map((part, index) => (
        <span key={String(part)} dir="auto">
          {index > 0 && ' · '}
          {part}
        </span>
      ))}
    </>
  );
}

function SourceLink({ url }: { readonly url: string | null | undefined }) {
  const words = useConsoleWords();
  if (!url) return null;
  const href = webAddress(url);
  if (!href) return <p class="u-hint">{words.record.sourceGone}</p>;
  return (
    <a class="c-source" href={href} target="_blank" rel="noreferrer noopener">
      <Icon name="link" size={14} /> {words.record.source}
    </a>
  );
}

/** What a record does not say itself is read from the conversation it was noticed in. */
function withSource({ row, fields }: RecordDetail): RecordDetail['fields'] {
  const { customer, project } = row;
  return {
    ...fields,
    customer: fields.customer ?? customer?.id,
    project: fields.project ?? project?.id,
  };
}

function namesOf({ row, fields, history, probes }: RecordDetail, facets: Facets | null) {
  const named = [
    ...(facets ? [...facets.members, ...facets.customers, ...facets.projects] : []),
    row.author,
    ...history.map((entry) => entry.author),
    ...(probes ?? []).flatMap(({ author, askedBy, owner }) => [author, askedBy, owner]),
    row.customer,
    row.project,
  ];
  const names = new Map(named.flatMap((it) => (it ? [[it.id, it.name] as const] : [])));
  // Records of one customer are read as one: the id that was written down may be another's.
  for (const field of ['customer', 'project'] as const) {
    const id = fields[field];
    if (typeof id === 'string' && row[field]) names.set(id, row[field].name);
  }
  return names;
}
