import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button, ButtonLink, Field, Waiting } from '../../ui/index.ts';
import type { Me, NamedDraw } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { ExportButton } from '../exports/export-button.tsx';
import { FailureNote } from '../failure.tsx';
import { say as sayReview } from './review-words.ts';
import { ReviewCell, useReviewing } from './reviewing.tsx';
import { say } from './words.ts';

export interface OneDrawProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  readonly id: string;
  readonly onSignedOut: () => void;
}

/** Members shown at first: a browser takes seconds for thousands. */
const SHOWN = 200;

/** What was drawn, whom it put out and who came in, and what it takes to draw it again. */
export function OneDraw({ client, me, place, id, onSignedOut }: OneDrawProps) {
  const [found, setFound] = useState<NamedDraw | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const read = useCallback(() => {
    void client.draw(id).then((answer) => {
      if (answer.ok) setFound(answer.value);
      else if (answer.failure.is === 'signed-out') onSignedOut();
      setFailure(answer.ok ? null : answer.failure);
    });
  }, [client, id, onSignedOut]);
  useEffect(read, [read]);

  async function act(what: 'draw' | 'abandon' | 'replace', body: unknown) {
    const answer = await client.actOnDraw(id, what, body);
    if (answer.ok) {
      setAsking(null);
      read();
    } else if (answer.failure.is === 'signed-out') onSignedOut();
    else setFailure(answer.failure);
  }

  const reviewing = useReviewing(client, id, (found?.draw.sample.length ?? 0) > 0);
  const back = <ButtonLink href="#/draws">{say.back}</ButtonLink>;
  if (found === null) {
    return (
      <>
        {failure ? (
          <FailureNote failure={failure} onAgain={read} />
        ) : (
          <Waiting>{say.reading}</Waiting>
        )}
        {back}
      </>
    );
  }
  const { draw } = found;
  const nameOf = (member: string) =>
    found.names.find((one) => one.id === member)?.name || say.unnamed;
  const customerOf = (member: string) => found.names.find((one) => one.id === member)?.customer;
  const cameIn = new Set(draw.replacements.map((one) => one.in));
  return (
    <>
      <h2 dir="auto">{draw.name}</h2>
      <p>
        {say.drawn(draw.sample.length || draw.method.size, draw.population.size, draw.unit)},{' '}
        {say.states3[draw.state]}
      </p>
      {draw.state !== 'announced' && (
        <p>
          <a href={`#/report/${encodeURIComponent(draw.id)}`}>{say.toReport}</a>{' '}
          <ExportButton
            {...{ client, me, place, onSignedOut }}
            what="audit"
            filter={{ draw: draw.id }}
            names={{ [draw.id]: draw.name }}
            look="quiet"
          >
            {say.export}
          </ExportButton>
        </p>
      )}
      {draw.calibration && (
        <p>
          <a href={`#/calibration/${encodeURIComponent(draw.id)}`}>{say.toCalibration}</a>
        </p>
      )}
      {draw.state === 'abandoned' && <p dir="auto">{say.abandoned(draw.reason)}</p>}
      {failure && <FailureNote failure={failure} />}
      {draw.state === 'announced' && (
        <div class="u-actions">
          <Button look="primary" onClick={() => void act('draw', {})}>
            {say.finish}
          </Button>
          <span class="u-hint">{say.finishWhy}</span>
        </div>
      )}
      {draw.members.length > 0 && (
        <table class="c-draw-table c-draw-sample">
          <caption>{say.sample}</caption>
          <thead>
            <tr>
              <th scope="col">{say.place}</th>
              <th scope="col">{say.name}</th>
              {draw.unit !== 'customer' && <th scope="col">{say.customer}</th>}
              <th scope="col">{sayReview.heading}</th>
              <th scope="col">
                <span class="u-hidden">{say.replace}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {draw.members.slice(0, all ? undefined : SHOWN).map((member, at) => (
              <tr key={member}>
                <td>{at + 1}</td>
                <th scope="row" dir="auto">
                  {nameOf(member)}
                  {cameIn.has(member) && <span class="u-quiet"> · {say.cameIn}</span>}
                </th>
                {draw.unit !== 'customer' && <td dir="auto">{customerOf(member) ?? ''}</td>}
                <td>
                  <ReviewCell
                    {...{ reviewing, draw: id, subject: member, name: nameOf(member) }}
                    isOpen={draw.state === 'drawn'}
                  />
                </td>
                <td>
                  {draw.state === 'drawn' &&
                    (asking === member ? (
                      <Reason
                        does={say.replaceDo}
                        onDo={(reason) => void act('replace', { out: member, reason })}
                        onCancel={() => setAsking(null)}
                      />
                    ) : (
                      <Button
                        look="quiet"
                        label={say.replaceOne(nameOf(member))}
                        onClick={() => setAsking(member)}
                      >
                        {say.replace}
                      </Button>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!all && draw.members.length > SHOWN && (
        <div class="u-actions">
          <Button onClick={() => setAll(true)}>{say.showAll(draw.members.length)}</Button>
        </div>
      )}
      {draw.replacements.length > 0 && (
        <section>
          <h3>{say.replaced}</h3>
          <ul>
            {draw.replacements.map((one) => (
              <li key={one.out} dir="auto">
                {say.replacedBy(nameOf(one.out), one.in && nameOf(one.in), one.reason)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Proof draw={draw} />
      <div class="u-actions">
        {back}
        {draw.state !== 'abandoned' &&
          (asking === 'abandon' ? (
            <Reason
              does={say.abandonDo}
              onDo={(reason) => void act('abandon', { reason })}
              onCancel={() => setAsking(null)}
            />
          ) : (
            <Button look="quiet" onClick={() => setAsking('abandon')}>
              {say.abandon}
            </Button>
          ))}
      </div>
    </>
  );
}

interface ReasonProps {
  readonly does: string;
  readonly onDo: (reason: string) => void;
  readonly onCancel: () => void;
}

function Reason({ does, onDo, onCancel }: ReasonProps) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <form
      class="c-draw-reason"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (reason.trim() !== '') onDo(reason.trim());
      }}
    >
      <Field
        label={say.reason}
        value={reason}
        maxLength={2_000}
        autofocus
        error={tried && reason.trim() === '' ? say.reasonMissing : undefined}
        onInput={setReason}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      />
      <div class="u-actions">
        <Button submit>{does}</Button>
        <Button look="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}

function Proof({ draw }: { readonly draw: NamedDraw['draw'] }) {
  const facts = [
    [say.facts.population, draw.population.hash],
    [say.facts.commitment, draw.commitment],
    [say.facts.nonce, draw.nonce],
    [say.facts.checkpoint, draw.checkpoint],
  ] as const;
  return (
    <details class="c-retired">
      <summary>{say.proof}</summary>
      <p class="u-hint">{say.proofWhy}</p>
      <dl class="c-draw-proof">
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <a
        href={`/v1/draws/${encodeURIComponent(draw.id)}/population`}
        target="_blank"
        rel="noopener"
      >
        {say.list}
      </a>
    </details>
  );
}
