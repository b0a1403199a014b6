// How far several reviewers of the same projects agree: what is under way, and the report of each.
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { ButtonLink, Empty, sayDay, useWords, Waiting } from '../../ui/index.ts';
import type { Answer, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import type { PageProps } from '../page.ts';
import { type CalibrationHead, calibrationCalls, type OneCalibration } from './calls.ts';
import { Report } from './report.tsx';
import { say } from './words.ts';
import '../draws/draws.css';
import './calibration.css';

export function CalibrationPage(props: PageProps) {
  const maySee = ['manager', 'admin', 'auditor'].includes(props.me.member.role);
  const [draw] = props.parts;
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      {draw === undefined && <p class="c-why">{say.why}</p>}
      {!maySee && <p class="u-quiet">{say.notYours}</p>}
      <div class="c-draws">
        {maySee && draw === undefined && <All {...props} />}
        {maySee && draw !== undefined && <One key={draw} {...props} draw={draw} />}
      </div>
    </div>
  );
}

/** What is read once and again when something was written. */
function useRead<T>(
  ask: () => Promise<Answer<T>>,
  { pokes, onSignedOut }: Pick<PageProps, 'pokes' | 'onSignedOut'>,
) {
  const [found, setFound] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const read = useCallback(() => {
    void ask().then((answer) => {
      if (answer.ok) setFound(answer.value);
      else if (answer.failure.is === 'signed-out') onSignedOut();
      setFailure(answer.ok ? null : answer.failure);
    });
  }, [ask, onSignedOut]);
  useEffect(read, [read, pokes]);
  return { found, failure, read };
}

function All(props: PageProps) {
  const { client } = props;
  const ask = useMemo(() => calibrationCalls(client).all, [client]);
  const { found, failure, read } = useRead(ask, props);
  const { lang } = useWords();
  if (failure) return <FailureNote failure={failure} onAgain={read} />;
  if (found === null) return <Waiting>{say.reading}</Waiting>;
  const { calibrations } = found;
  if (calibrations.length === 0) {
    return (
      <Empty
        action={
          <ButtonLink look="primary" href="#/draws">
            {say.plan}
          </ButtonLink>
        }
      >
        {say.none}
      </Empty>
    );
  }
  return (
    <ul class="c-draw-list">
      {calibrations.map((one) => (
        <li key={one.id}>
          <a href={`#/calibration/${encodeURIComponent(one.id)}`} dir="auto">
            {one.name}
          </a>
          <span>{say.counted(one.subjects, one.unit)}</span>
          <span class="u-quiet">
            {[
              ...(one.at === null ? [] : [sayDay(one.at, lang)]),
              one.waits === null ? say.ready : say.done(one.done, askedOf(one)),
            ].join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Reviews that are to be: nobody waits for who left. */
function askedOf({ reviewers, subjects }: CalibrationHead): number {
  return subjects * reviewers.length;
}

function One(props: PageProps & { readonly draw: string }) {
  const { client, draw } = props;
  const ask = useMemo(() => () => calibrationCalls(client).one(draw), [client, draw]);
  const { found, failure, read } = useRead(ask, props);
  return (
    <>
      {failure && <FailureNote failure={failure} onAgain={read} />}
      {found === null && !failure && <Waiting>{say.reading}</Waiting>}
      {found && <Shown {...found} />}
      <div class="u-actions">
        <ButtonLink href="#/calibration">{say.back}</ButtonLink>
        <ButtonLink look="quiet" href={`#/draws/${encodeURIComponent(draw)}`}>
          {say.toDraw}
        </ButtonLink>
      </div>
    </>
  );
}

function Shown({ calibration, report }: OneCalibration) {
  const { name, subjects, unit, gone, waits, reviewers, done, names } = calibration;
  const nameOf = (id: string) => {
    const found = reviewers.find((one) => one.id === id);
    return found?.name || say.letter(found?.letter ?? '?');
  };
  return (
    <>
      <h2 dir="auto">{name}</h2>
      <p>
        {say.counted(subjects, unit)}, {say.done(done, askedOf(calibration))}.{' '}
        {gone > 0 && say.gone(gone)}
      </p>
      {!names && <p class="u-hint">{say.noNames}</p>}
      {waits !== null && (
        <p class="c-calibration-waits" role="status">
          {say.waits[waits]}
        </p>
      )}
      {report && <Report {...{ report, nameOf, unit }} />}
      <table class="c-draw-table c-calibration-progress">
        <caption>{say.progress}</caption>
        <thead>
          <tr>
            <th scope="col">{say.reviewer}</th>
            {names && <th scope="col">{say.finished}</th>}
          </tr>
        </thead>
        <tbody>
          {reviewers.map(({ id, left, done: own }) => (
            <tr key={id}>
              <th scope="row" dir="auto">
                {nameOf(id)}
                {left && <span class="u-quiet"> · {say.left}</span>}
              </th>
              {names && <td>{say.of(own ?? 0, subjects)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
