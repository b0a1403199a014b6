// #/report/<draw>: all that one audit came to, to be read, printed and signed.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Button, ButtonLink, Empty, Waiting } from '../../ui/index.ts';
import type { Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { readLog } from '../log/calls.ts';
import type { PageProps } from '../page.ts';
import { type Report, readReport } from './answer.ts';
import { Drawing } from './drawing.tsx';
import { Findings } from './findings.tsx';
import { Head } from './head.tsx';
import { Improvements } from './improvements.tsx';
import { Proof, Signatures } from './proof.tsx';
import { Said } from './said.tsx';
import { Scores } from './scores.tsx';
import { Standards, Texts } from './standards.tsx';
import { say } from './words.ts';
import '../insight/insight.css';
import './report.css';

/** What every part of the report is given. */
export interface Reading extends PageProps {
  readonly report: Report;
  /** When it was read. */
  readonly at: Date;
  /** The signed note of the log then; null: it could not be read. */
  readonly checkpoint: string | null;
}

type Read = Pick<Reading, 'report' | 'at' | 'checkpoint'>;

export function ReportPage(props: PageProps) {
  const [draw, ...rest] = props.parts;
  if (draw === undefined || rest.length > 0) {
    return (
      <div class="c-page">
        <h1>{say.title}</h1>
        <Empty action={<ButtonLink href="#/draws">{say.toDraws}</ButtonLink>}>{say.choose}</Empty>
      </div>
    );
  }
  return (
    <div class="c-page">
      <One key={draw} {...props} draw={draw} />
    </div>
  );
}

/** Read once: what is printed and signed does not change under one's eyes. */
function One(props: PageProps & { readonly draw: string }) {
  const { client, draw, place, now, onSignedOut } = props;
  const [read, setRead] = useState<Read | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const turn = useRef(0);
  const ask = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    setFailure(null);
    void Promise.all([readReport(client, draw), readLog(client)]).then(([report, log]) => {
      if (mine !== turn.current) return;
      if (report.ok) {
        const checkpoint = log.ok ? log.value.checkpoint : null;
        setRead({ report: report.value, at: now(), checkpoint });
      } else if (report.failure.is === 'signed-out') onSignedOut();
      else setFailure(report.failure);
    });
  }, [client, draw, now, onSignedOut]);
  useEffect(() => {
    ask();
    return () => {
      turn.current += 1;
    };
  }, [ask]);
  if (read === null) {
    return (
      <>
        <h1>{say.title}</h1>
        {failure ? (
          <FailureNote failure={failure} onAgain={ask} />
        ) : (
          <Waiting>{say.reading}</Waiting>
        )}
      </>
    );
  }
  const reading: Reading = { ...props, ...read };
  const { report } = read;
  const isReviewed = report.subjects.some(({ reviews }) => reviews.length > 0);
  return (
    <article class="c-report">
      <Head {...reading} />
      <div class="u-actions c-no-print">
        <Button look="primary" icon="file" onClick={() => place.print()}>
          {say.print}
        </Button>
        <span class="u-hint">{say.printHint}</span>
        <ButtonLink look="quiet" href={`#/draws/${encodeURIComponent(draw)}`}>
          {say.toDraw}
        </ButtonLink>
      </div>
      {report.subjects.length > 0 && <Scores {...reading} />}
      {report.standards.length > 0 && <Standards {...reading} />}
      {isReviewed && <Findings {...reading} />}
      {isReviewed && <Said {...reading} />}
      {isReviewed && <Improvements {...reading} />}
      <Drawing {...reading} />
      {report.standards.length > 0 && <Texts {...reading} />}
      <Proof {...reading} />
      <Signatures />
    </article>
  );
}
