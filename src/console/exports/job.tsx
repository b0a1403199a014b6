// How far one export is: read again and again until it has ended.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button, ButtonLink, Problem, sayDay, useWords } from '../../ui/index.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { saySize } from '../import/read-file.ts';
import { endJob, fileHref, type Job, readJob } from './calls.ts';
import { say as words } from './words.ts';

const say = words.job;

/** Between two looks at a job that runs. */
export const LOOK_EVERY_MS = 1_000;

export function isOpen({ state }: Job): boolean {
  return state === 'waiting' || state === 'running';
}

export interface Watched {
  readonly job: Job | null;
  readonly failure: Failure | null;
  /** Stops it, or throws its file away. */
  readonly end: () => Promise<void>;
}

/** `id` null: nothing is watched. A server that cannot be reached is asked again. */
export function useJob(client: Client, id: string | null, onSignedOut: () => void): Watched {
  const [job, setJob] = useState<Job | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [look, setLook] = useState(0);
  useEffect(() => {
    if (id === null) return;
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    void readJob(client, id).then((answer) => {
      if (!current) return;
      if (answer.ok) {
        setJob(answer.value);
        setFailure(null);
        if (!isOpen(answer.value)) return;
      } else if (answer.failure.is === 'signed-out') return onSignedOut();
      else {
        setFailure(answer.failure);
        if (answer.failure.is !== 'offline') return;
      }
      timer = setTimeout(() => setLook((count) => count + 1), LOOK_EVERY_MS);
    });
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, id, look, onSignedOut]);
  useEffect(() => {
    setJob(null);
    setFailure(null);
  }, [id]);
  const end = useCallback(async () => {
    if (id === null) return;
    const answer = await endJob(client, id);
    if (!answer.ok && answer.failure.is === 'signed-out') onSignedOut();
    setFailure(answer.ok ? null : answer.failure);
    setLook((count) => count + 1);
  }, [client, id, onSignedOut]);
  return { job: job?.id === id ? job : null, failure, end };
}

export interface JobViewProps {
  readonly watched: Watched;
  readonly onAgain: () => void;
  /** Back to what was chosen. */
  readonly onChange: () => void;
}

/** Rows and time left, then the file; or why there is none. */
export function JobView({ watched, onAgain, onChange }: JobViewProps) {
  const { job, failure, end } = watched;
  const state = job?.state ?? 'waiting';
  return (
    <div class="c-export-job">
      <p class="c-export-state" role="status">
        {say.states[state]}
        {job && state === 'done' && job.fileName && <bdi> {job.fileName}</bdi>}
      </p>
      {failure?.is === 'offline' && <p class="u-hint">{say.offline}</p>}
      {failure && failure.is !== 'offline' && <FailureNote failure={failure} onAgain={onAgain} />}
      {(!job || isOpen(job)) && !(failure && failure.is !== 'offline') && (
        <>
          <Progress job={job} />
          <p class="u-hint">{say.goesOn}</p>
          <p class="u-actions">
            <Button onClick={() => void end()}>{say.cancel}</Button>
          </p>
        </>
      )}
      {job?.state === 'done' && (
        <>
          <Facts job={job} />
          <p class="u-actions">
            <ButtonLink href={fileHref(job.id)} look="primary" icon="export" download="">
              {say.download}
            </ButtonLink>
            <Button onClick={onChange}>{say.another}</Button>
          </p>
        </>
      )}
      {job?.state === 'failed' && (
        <Problem
          what={say.failed}
          {...(job.words ? { safe: job.words } : { safe: say.failedSafe })}
          action={
            <>
              <Button onClick={onAgain}>{say.again}</Button>
              <Button look="quiet" onClick={onChange}>
                {say.another}
              </Button>
            </>
          }
        />
      )}
      {job?.state === 'cancelled' && (
        <>
          <p>{say.cancelled(job.rows)}</p>
          <p class="u-actions">
            <Button onClick={onAgain}>{say.again}</Button>
            <Button look="quiet" onClick={onChange}>
              {say.another}
            </Button>
          </p>
        </>
      )}
    </div>
  );
}

export function Progress({ job }: { readonly job: Job | null }) {
  const of = job?.of ?? null;
  const rows = job?.rows ?? 0;
  const done = of !== null && of > 0 ? Math.min(rows / of, 1) : undefined;
  const isWaiting = !job || job.state === 'waiting';
  return (
    <div class="c-export-progress">
      <progress
        aria-label={say.progress}
        {...(done === undefined ? {} : { value: done })}
        max={1}
      />
      <span>
        {isWaiting
          ? say.states.waiting
          : [
              of === null ? say.soFar(rows) : say.of(Math.min(rows, of), of),
              ...(job?.secondsLeft != null ? [say.left(job.secondsLeft)] : []),
            ].join(' · ')}
      </span>
    </div>
  );
}

/** How much is in the file, and until when it is kept. */
export function Facts({ job }: { readonly job: Job }) {
  const { lang } = useWords();
  return (
    <p>
      {job.bytes == null ? words.countRows(job.rows) : say.size(saySize(job.bytes, lang), job.rows)}
      {job.endsAt && <span class="u-quiet"> · {say.until(sayDay(job.endsAt, lang))}</span>}
    </p>
  );
}
