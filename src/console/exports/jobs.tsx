// Files that are being made for whoever is signed in, and those that are ready.
import { useCallback, useEffect } from 'preact/hooks';
import { Button, ButtonLink, Empty, sayInstant, useWords, Waiting } from '../../ui/index.ts';
import type { Client } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useReading } from '../use-reading.ts';
import { endJob, fileHref, type Job, readJobs, startJob } from './calls.ts';
import { Facts, isOpen, LOOK_EVERY_MS, Progress } from './job.tsx';
import { say } from './words.ts';

export interface JobsProps {
  readonly client: Client;
  /** Counts up when something was written, or asked for on this page. */
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

export function Jobs({ client, pokes, onSignedOut }: JobsProps) {
  const { lang } = useWords();
  const ask = useCallback(() => readJobs(client), [client]);
  const { value, failure, again, tell } = useReading(ask, { pokes, onSignedOut });
  const jobs = value?.jobs;
  useEffect(() => {
    if (failure || !value?.jobs.some(isOpen)) return;
    const timer = setTimeout(again, LOOK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [value, failure, again]);

  async function end({ id }: Job) {
    if (tell(await endJob(client, id))) again();
  }
  async function repeat({ wish }: Job) {
    if (tell(await startJob(client, wish))) again();
  }

  return (
    <section aria-labelledby="c-exports-jobs">
      <h2 id="c-exports-jobs">{say.jobs.title}</h2>
      <p class="c-why">{say.jobs.kept}</p>
      {failure && <FailureNote failure={failure} onAgain={again} />}
      {!jobs && !failure && <Waiting>{say.log.reading}</Waiting>}
      {jobs?.length === 0 && <Empty>{say.jobs.none}</Empty>}
      {jobs && jobs.length > 0 && (
        <table class="c-plain c-exports-jobs">
          <thead>
            <tr>
              <th scope="col">{say.jobs.what}</th>
              <th scope="col">{say.jobs.state}</th>
              <th scope="col">{say.jobs.does}</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <tr key={job.id}>
                <td>
                  {say.schedules.format(
                    say.whats[job.wish.what] ?? job.wish.what,
                    job.wish.format.toUpperCase(),
                  )}
                  {job.createdAt && (
                    <span class="u-quiet"> · {sayInstant(job.createdAt, lang)}</span>
                  )}
                </td>
                <td>
                  <State job={job} />
                </td>
                <td>
                  <Acts job={job} onEnd={() => void end(job)} onAgain={() => void repeat(job)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function State({ job }: { readonly job: Job }) {
  if (job.state === 'running') return <Progress job={job} />;
  if (job.state === 'done') return <Facts job={job} />;
  if (job.state === 'cancelled') return <span class="u-quiet">{say.job.cancelled(job.rows)}</span>;
  if (job.state === 'waiting') return <span>{say.job.states.waiting}</span>;
  return <span class="u-error">{job.words ?? say.job.failed}</span>;
}

interface ActsProps {
  readonly job: Job;
  readonly onEnd: () => void;
  readonly onAgain: () => void;
}

function Acts({ job, onEnd, onAgain }: ActsProps) {
  const what = say.whats[job.wish.what] ?? job.wish.what;
  if (isOpen(job)) {
    return (
      <div class="u-actions">
        <Button label={say.job.cancelOf(what)} onClick={onEnd}>
          {say.job.cancel}
        </Button>
      </div>
    );
  }
  return (
    <div class="u-actions">
      {job.state === 'done' ? (
        <ButtonLink href={fileHref(job.id)} icon="export" download="">
          {say.job.download}
          {job.fileName && <span class="u-hidden"> {job.fileName}</span>}
        </ButtonLink>
      ) : (
        <Button label={say.job.againOf(what)} onClick={onAgain}>
          {say.job.again}
        </Button>
      )}
      <Button look="bad" label={say.job.discardOf(job.fileName ?? what)} onClick={onEnd}>
        {say.job.discard}
      </Button>
    </div>
  );
}
