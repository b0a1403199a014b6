// Exports that the server makes by itself, again and again.
import { useCallback, useRef, useState } from 'preact/hooks';
import { Button, Empty, sayInstant, useWords, Waiting } from '../../ui/index.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { useReading } from '../use-reading.ts';
import {
  changeSchedule,
  endSchedule,
  fileHref,
  readSchedules,
  runSchedule,
  type Schedule,
} from './calls.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { say as words } from './words.ts';

const say = words.schedules;

export function Schedules(props: PageProps) {
  const { client, pokes, onSignedOut } = props;
  const ask = useCallback(() => readSchedules(client), [client]);
  const { value, failure, again, tell } = useReading(ask, { pokes, onSignedOut });
  const all = value?.schedules;
  /** The one that is changed; '' is a new one. */
  const [open, setOpen] = useState<string | null>(null);
  const [ending, setEnding] = useState<string | null>(null);
  /** Asked to be made, and not answered yet: a second press is none. */
  const asking = useRef(new Set<string>());

  const run = async ({ id }: Schedule) => {
    if (asking.current.has(id)) return;
    asking.current.add(id);
    await changed(runSchedule(client, id)).finally(() => asking.current.delete(id));
  };
  const pause = ({ id, paused }: Schedule) =>
    changed(changeSchedule(client, id, { paused: !paused }));
  async function changed(asked: ReturnType<typeof changeSchedule>) {
    if (tell(await asked)) again();
  }
  async function end(id: string) {
    const ended = tell(await endSchedule(client, id));
    setEnding(null);
    if (ended) again();
  }
  const done = () => {
    setOpen(null);
    again();
  };

  return (
    <section aria-labelledby="c-exports-schedules">
      <h2 id="c-exports-schedules">{say.title}</h2>
      <p class="c-why">{say.why}</p>
      {failure && <FailureNote failure={failure} safe={say.changedSafe} onAgain={again} />}
      {!all && !failure && <Waiting>{words.log.reading}</Waiting>}
      {all?.length === 0 && open === null && <Empty>{say.none}</Empty>}
      {all && all.length > 0 && (
        <table class="c-plain c-exports-plans">
          <thead>
            <tr>
              <th scope="col">{say.name}</th>
              <th scope="col">{say.when}</th>
              <th scope="col">{say.last}</th>
              <th scope="col">{say.does}</th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <tr key={one.id}>
                <td>
                  <strong dir="auto">{one.name}</strong>
                  <br />
                  <span class="u-quiet">
                    {say.format(
                      words.whats[one.wish.what] ?? one.wish.what,
                      one.wish.format.toUpperCase(),
                    )}
                    {one.by && (
                      <>
                        {' · '}
                        <bdi>{say.by(one.by.name)}</bdi>
                      </>
                    )}
                  </span>
                </td>
                <td data-label={say.when}>
                  {one.paused && <strong>{say.paused} · </strong>}
                  {whenOf(one)}
                  <Next next={one.next ?? null} />
                </td>
                <td data-label={say.last}>
                  <Last last={one.last ?? null} name={one.name} />
                </td>
                <td>
                  {ending === one.id ? (
                    <div class="c-sure">
                      <p role="alert">{say.endSure(one.name)}</p>
                      <Button look="bad" onClick={() => void end(one.id)}>
                        {say.endDo}
                      </Button>
                      <Button look="quiet" onClick={() => setEnding(null)}>
                        {say.cancel}
                      </Button>
                    </div>
                  ) : (
                    <div class="u-actions">
                      <Button
                        label={say.changeOf(one.name)}
                        expanded={open === one.id}
                        onClick={() => setOpen(open === one.id ? null : one.id)}
                      >
                        {say.change}
                      </Button>
                      <Button label={say.runOf(one.name)} onClick={() => void run(one)}>
                        {say.run}
                      </Button>
                      <Button
                        label={(one.paused ? say.resumeOf : say.pauseOf)(one.name)}
                        onClick={() => void pause(one)}
                      >
                        {one.paused ? say.resume : say.pause}
                      </Button>
                      <Button
                        look="bad"
                        label={say.endOf(one.name)}
                        onClick={() => setEnding(one.id)}
                      >
                        {say.end}
                      </Button>
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open === null ? (
        <p>
          <Button icon="plus" onClick={() => setOpen('')}>
            {say.make}
          </Button>
        </p>
      ) : (
        <ScheduleForm
          {...props}
          key={open}
          schedule={all?.find(({ id }) => id === open) ?? null}
          onDone={done}
          onCancel={() => setOpen(null)}
        />
      )}
    </section>
  );
}

function Next({ next }: { readonly next: string | null }) {
  const { lang } = useWords();
  if (next === null) return null;
  return (
    <>
      <br />
      <span class="u-quiet">{say.next(sayInstant(next, lang))}</span>
    </>
  );
}

interface LastProps {
  readonly last: Schedule['last'];
  /** The schedule's. */
  readonly name: string;
}

function Last({ last, name }: LastProps) {
  const { lang } = useWords();
  if (!last) return <span class="u-quiet">{say.never}</span>;
  const when = last.startedAt ? sayInstant(last.startedAt, lang) : '';
  if (last.state === 'failed') {
    return <span class="u-error">{say.failedAt(when, last.words ?? words.job.failed)}</span>;
  }
  if (last.state === 'done') {
    return (
      <>
        {say.at(when, last.rows)}
        {last.path != null && (
          <>
            <br />
            <a href={fileHref(last.id)} download="">
              {say.download}
              <span class="u-hidden"> {name}</span>
            </a>
          </>
        )}
      </>
    );
  }
  const states: Readonly<Record<string, string>> = words.job.states;
  return <>{states[last.state] ?? last.state}</>;
}

function whenOf({ every, onDay, hour, zone }: Schedule): string {
  const day =
    every === 'week'
      ? say.onDay(say.everies.week, say.days[onDay - 1] ?? '')
      : every === 'month'
        ? say.onDay(say.everies.month, say.monthDay(onDay))
        : say.everies.day;
  return say.runs(day, say.hourOf(hour), zone.replaceAll('_', ' '));
}
