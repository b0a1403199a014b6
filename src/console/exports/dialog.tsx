// The dialog in which an export is chosen, and in which it is seen to be made.
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/index.ts';
import type { Me } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { startJob } from './calls.ts';
import { fitted } from './columns-of.ts';
import { FilterSaid } from './filter-said.tsx';
import { WishForm } from './form.tsx';
import { JobView, useJob } from './job.tsx';
import {
  type ExportWhat,
  type ExportWish,
  keepChosen,
  lastChosen,
  ownZone,
  usualWish,
} from './wish.ts';
import { say as words } from './words.ts';
import './exports.css';

const say = words.dialog;

export interface ExportDialogProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  readonly what: ExportWhat;
  readonly filter?: Readonly<Record<string, string>>;
  readonly names?: Readonly<Record<string, string>>;
  readonly count?: string | null;
  readonly onClose: () => void;
  readonly onSignedOut: () => void;
}

export function ExportDialog(props: ExportDialogProps) {
  const { client, me, place, what, filter = {}, names = {}, count = null } = props;
  const { onClose, onSignedOut } = props;
  const member = me.member.id;
  const [wish, setWish] = useState<ExportWish>(() => ({
    ...usualWish(what, filter, ownZone()),
    ...lastChosen(place, member, what),
  }));
  const [isWrong, setWrong] = useState(false);
  const [id, setId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const heading = useId();
  const watched = useJob(client, id, onSignedOut);
  const mayShare = useMemo(() => ['manager', 'admin'].includes(me.member.role), [me]);

  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  // Going back leads to what is behind it: then it would be of something else.
  useLayoutEffect(() => {
    const close = () => dialog.current?.close();
    place.addEventListener('hashchange', close);
    return () => place.removeEventListener('hashchange', close);
  }, [place]);
  // What had the focus is gone when the form gives way to the progress, and the progress to the file.
  const stage = id === null ? 'form' : (watched.job?.state ?? 'waiting');
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else if (stage === 'done') dialog.current?.querySelector<HTMLElement>('a[download]')?.focus();
    else if (!dialog.current?.contains(place.document.activeElement)) title.current?.focus();
  }, [stage, place]);

  async function make() {
    if (busy || isWrong) return;
    setBusy(true);
    const answer = await startJob(client, fitted(wish));
    setBusy(false);
    if (answer.ok) {
      keepChosen(place, member, wish);
      setFailure(null);
      setId(answer.value.id);
    } else if (answer.failure.is === 'signed-out') onSignedOut();
    else {
      setId(null);
      setFailure(answer.failure);
    }
  }

  return (
    <dialog
      ref={dialog}
      class="c-export"
      aria-labelledby={heading}
      onClose={onClose}
      // What is pressed here is not meant for the page behind.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header>
        <h2 id={heading} ref={title} tabIndex={-1}>
          {say.title(words.whats[what] ?? what)}
        </h2>
        <Button
          look="quiet"
          icon="close"
          label={say.close}
          onClick={() => dialog.current?.close()}
        />
      </header>
      <div class="c-export-body">
        {what !== 'evidence' && (
          <div class="c-export-of">
            <p>{say.begins[what]}</p>
            <FilterSaid {...{ filter, names }} all={say.none} />
            {count !== null && <p class="u-quiet">{say.count(count)}</p>}
          </div>
        )}
        {what === 'evidence' && <p>{say.begins.evidence}</p>}
        {id === null ? (
          <WishForm
            {...{ client, member, mayShare, wish, onSignedOut }}
            onChange={(next, wrong) => {
              setWish(next);
              setWrong(wrong);
            }}
          />
        ) : (
          <JobView watched={watched} onAgain={() => void make()} onChange={() => setId(null)} />
        )}
        {failure && <FailureNote failure={failure} safe={say.safe} />}
      </div>
      {id === null && (
        <footer>
          <Button
            look="primary"
            disabled={isWrong}
            {...(isWrong ? { why: say.wrong } : {})}
            onClick={() => void make()}
          >
            {say.make}
          </Button>
          <Button look="quiet" onClick={() => dialog.current?.close()}>
            {say.cancel}
          </Button>
        </footer>
      )}
    </dialog>
  );
}
