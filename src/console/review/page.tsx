// #/review/<draw>/<subject>: writing a review. Without them: the reviews one is writing.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { ButtonLink, Empty, sayDay, useWords, Waiting } from '../../ui/index.ts';
import type { Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { useReading } from '../use-reading.ts';
import { discardDraft, ownDrafts, reviewHref, type Sheet, startReview } from './calls.ts';
import { Desk } from './desk.tsx';
import { say } from './words.ts';
import './review.css';

export function ReviewPage(props: PageProps) {
  const [audit, subject] = props.parts;
  if (audit === undefined || subject === undefined) return <Begun {...props} />;
  return <Opened key={`${audit}/${subject}`} {...{ ...props, audit, subject }} />;
}

interface OpenedProps extends PageProps {
  readonly audit: string;
  readonly subject: string;
}

function Opened(props: OpenedProps) {
  const { client, audit, subject, onSignedOut } = props;
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const open = useCallback(
    (from?: string) => {
      setFailure(null);
      void startReview(client, { audit, subject, ...(from ? { from } : {}) }).then((answer) => {
        if (answer.ok) setSheet(answer.value);
        else if (answer.failure.is === 'signed-out') onSignedOut();
        else setFailure(answer.failure);
      });
    },
    [client, audit, subject, onSignedOut],
  );
  useEffect(() => open(), [open]);

  async function takeOn(from: string) {
    if (sheet === null) return;
    const answer = await discardDraft(client, sheet.draft.id);
    if (!answer.ok) {
      setFailure(answer.failure);
      return;
    }
    setSheet(null);
    open(from);
  }

  if (sheet !== null && failure === null) {
    return (
      <Desk key={sheet.draft.id} {...{ ...props, sheet }} onTakeOn={(from) => void takeOn(from)} />
    );
  }
  return (
    <div class="c-page">
      {failure === null ? (
        <Waiting>{say.reading}</Waiting>
      ) : (
        <>
          <h1>{say.cannot}</h1>
          <FailureNote
            {...{ failure, safe: say.startSafe }}
            {...(failure.is === 'refused' ? {} : { onAgain: () => open() })}
          />
          <div class="u-actions">
            <ButtonLink href={`#/draws/${encodeURIComponent(audit)}`}>{say.backToDraw}</ButtonLink>
            <ButtonLink look="quiet" href="#/standards">
              {say.standards}
            </ButtonLink>
          </div>
        </>
      )}
    </div>
  );
}

function Begun({ client, pokes, onSignedOut }: PageProps) {
  const { lang } = useWords();
  const ask = useCallback(() => ownDrafts(client), [client]);
  const { value, failure, again } = useReading(ask, { pokes, onSignedOut });
  const drafts = value?.drafts ?? null;
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      <p class="c-why">{say.why}</p>
      {failure && <FailureNote failure={failure} onAgain={again} />}
      {drafts === null && !failure && <Waiting>{say.readingDrafts}</Waiting>}
      {drafts?.length === 0 && (
        <Empty action={<ButtonLink href="#/draws">{say.draws}</ButtonLink>}>{say.none}</Empty>
      )}
      {drafts !== null && drafts.length > 0 && (
        <ul class="c-review-begun">
          {drafts.map(({ id, audit, subject, title, customer, startedAt, progress }) => (
            <li key={id}>
              <a href={reviewHref(audit, subject)} dir="auto">
                {title || say.unnamed}
              </a>
              {customer !== null && <span dir="auto">{customer}</span>}
              <span class="u-quiet">
                {progress && `${say.progress(progress.scored, progress.of)} · `}
                {say.begun(sayDay(startedAt, lang))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
