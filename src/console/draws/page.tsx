// What is drawn for review: all draws, planning one, and each with what it takes to draw it again.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button, ButtonLink, Empty, Waiting } from '../../ui/index.ts';
import type { DrawAnswer, Me } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { ExportButton } from '../exports/export-button.tsx';
import { FailureNote } from '../failure.tsx';
import { Coverage } from './coverage.tsx';
import { OneDraw } from './one.tsx';
import { Plan } from './plan.tsx';
import { say } from './words.ts';
import './draws.css';
import './coverage.css';

export interface DrawsPageProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  /** The one that is open. */
  readonly draw: string | null;
  readonly onSignedOut: () => void;
}

export function DrawsPage({ client, me, place, draw, onSignedOut }: DrawsPageProps) {
  const mayDraw = ['manager', 'admin', 'auditor'].includes(me.member.role);
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      {draw === null && <p class="c-why">{say.why}</p>}
      {!mayDraw && <p class="u-quiet">{say.notYours}</p>}
      <div class="c-draws">
        {mayDraw && draw === null && <All {...{ client, me, place, onSignedOut }} />}
        {mayDraw && draw !== null && (
          <OneDraw key={draw} {...{ client, me, place, onSignedOut }} id={draw} />
        )}
      </div>
    </div>
  );
}

function All({
  client,
  me,
  place,
  onSignedOut,
}: Pick<DrawsPageProps, 'client' | 'me' | 'place' | 'onSignedOut'>) {
  const [draws, setDraws] = useState<readonly DrawAnswer[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [planning, setPlanning] = useState(false);
  const read = useCallback(() => {
    void client.draws().then((answer) => {
      if (answer.ok) setDraws(answer.value.draws);
      else if (answer.failure.is === 'signed-out') onSignedOut();
      setFailure(answer.ok ? null : answer.failure);
    });
  }, [client, onSignedOut]);
  useEffect(read, [read]);
  const open = ({ id }: DrawAnswer) => {
    place.location.hash = `#/draws/${encodeURIComponent(id)}`;
  };
  if (failure) return <FailureNote failure={failure} onAgain={read} />;
  if (draws === null) return <Waiting>{say.reading}</Waiting>;
  const abandoned = draws.filter(({ state }) => state === 'abandoned').length;
  return (
    <>
      {planning ? (
        <Plan
          {...{ client, me, place, onSignedOut }}
          onDrawn={open}
          onCancel={() => setPlanning(false)}
        />
      ) : (
        <div class="u-actions">
          <Button look="primary" onClick={() => setPlanning(true)}>
            {say.plan}
          </Button>
          <ButtonLink href="#/programmes" look="quiet">
            {say.programmes}
          </ButtonLink>
          <ExportButton {...{ client, me, place, onSignedOut }} what="audit" look="quiet">
            {say.export}
          </ExportButton>
        </div>
      )}
      {draws.length === 0 && !planning && <Empty>{say.none}</Empty>}
      {draws.length > 0 && (
        <ul class="c-draw-list">
          {draws.map((draw) => (
            <li key={draw.id}>
              <a href={`#/draws/${encodeURIComponent(draw.id)}`} dir="auto">
                {draw.name}
              </a>
              <span>
                {say.drawn(draw.sample.length || draw.method.size, draw.population.size, draw.unit)}
              </span>
              <span class="u-quiet">
                {[say.states3[draw.state], ...(draw.calibration ? [say.isCalibration] : [])].join(
                  ' · ',
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {abandoned > 0 && <p class="u-quiet">{say.abandonedCount(abandoned, draws.length)}</p>}
      {draws.length > 0 && <Coverage client={client} />}
    </>
  );
}
