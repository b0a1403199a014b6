import { useEffect, useReducer } from 'preact/hooks';
import { tagOf } from '../../domain/codebook.ts';
import { Button } from '../../ui/button.tsx';
import { sayClock } from '../../ui/call/time-said.ts';
import { Icon } from '../../ui/icons.tsx';
import { keyLabel } from '../../ui/keys.tsx';
import type { CallView } from '../messages/call-views.ts';
import type { AppProps } from './app.tsx';
import { Calls } from './calls.ts';
import { plain } from './plain.ts';
import { say } from './words.ts';

/** The call that runs; else what is proposed, and what is left of calls that are over. */
export function CallStrip({ sidebar }: AppProps) {
  const { calls, view } = sidebar.state;
  if (calls === null) return null;
  if (calls.running !== null) return <Running sidebar={sidebar} call={calls.running} />;
  if (view.at !== 'list') return null;
  const { proposal, parked, wrapUp, waiting } = calls;
  return (
    <>
      {proposal !== null && (
        <section class="s-notice s-notice-top s-call-offer" aria-label={say.call}>
          <p>
            {proposal.channel === 'meeting'
              ? say.meetingOffer(plain(proposal.subject))
              : say.callOffer(plain(proposal.subject || proposal.number))}
            {proposal.customer && (
              <>
                {' '}
                <bdi class="s-value">{plain(proposal.customer.name)}</bdi>
              </>
            )}
          </p>
          <Button look="primary" keys="C" onClick={() => void sidebar.calls.start(true)}>
            {say.tagThisCall}
          </Button>
          <Button look="quiet" onClick={() => void sidebar.calls.notNow()}>
            {say.notNow}
          </Button>
        </section>
      )}
      {parked.map((call) => (
        <p key={call.id} class="s-notice s-notice-top">
          <Icon name="interaction" size={14} />
          <span class="s-grow">{say.parked(nameOf(call))}</span>
          <Button look="quiet" onClick={() => void sidebar.calls.goOn(call.id)}>
            {say.goOn}
          </Button>
        </p>
      ))}
      {(wrapUp !== null || waiting > 0) && (
        <p class="s-notice s-notice-top">
          <Icon name="interaction" size={14} />
          <span class="s-grow">{wrapUp === null ? say.tagsWait(waiting) : say.callOver}</span>
          {wrapUp !== null && (
            <Button look="quiet" onClick={() => sidebar.calls.openBar()}>
              {say.wrapUp}
            </Button>
          )}
          {wrapUp === null && (
            <Button look="quiet" onClick={() => sidebar.calls.openWaiting()}>
              {say.showTags}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

function nameOf({ customer, subject }: CallView): string {
  return plain(customer?.name || subject) || say.noSubject;
}

function Running({ sidebar, call }: AppProps & { readonly call: CallView }) {
  const { calls: view, gap } = sidebar.state;
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(() => {
      sidebar.calls.look();
      tick(undefined);
    }, 1_000);
    return () => clearInterval(timer);
  }, [sidebar]);
  if (view === null) return null;
  const stands = call.clock.pauses.at(-1)?.to === null;
  const [last] = view.latest;
  return (
    <section class="s-call" aria-label={say.callRuns}>
      <div class="s-call-line">
        <span class="s-clock" role="timer" aria-live="off">
          {sayClock(sidebar.calls.elapsed())}
        </span>
        <bdi class="s-call-name">{nameOf(call)}</bdi>
        <Button look="quiet" pressed={stands} onClick={() => void sidebar.calls.pause()}>
          {stands ? say.goOn : say.pause}
        </Button>
        <Button look="quiet" onClick={() => sidebar.calls.openBar()}>
          {say.bar}
        </Button>
        <Button onClick={() => void sidebar.calls.hangUp()}>{say.hangUp}</Button>
      </div>
      <fieldset class="s-call-tags" aria-label={say.callTags}>
        {Calls.pressable(view).map((tag) => (
          <button
            key={tag.id}
            type="button"
            class="u-button u-kind"
            data-kind={tag.colour}
            title={say.tagName(tag)}
            aria-keyshortcuts={view.settings.keys ? tag.shortcut : undefined}
            onClick={(event) => void sidebar.calls.tag(tag, event.timeStamp)}
          >
            <Icon name={tag.icon} size={14} />
            <span class="u-hidden">{say.tagName(tag)}</span>
            {view.settings.keys && tag.shortcut !== '' && (
              <span class="u-key" aria-hidden="true">
                {keyLabel(tag.shortcut.toUpperCase())}
              </span>
            )}
          </button>
        ))}
      </fieldset>
      {last && (
        <p class="s-call-line s-meta">
          <span class="s-grow">
            {sayClock(last.offset + call.shift)} {say.tagName(tagOf(view.codebook, last.tag))}
          </span>
          <Button look="quiet" keys="Backspace" onClick={() => void sidebar.calls.takeBack()}>
            {say.undo}
          </Button>
        </p>
      )}
      {gap !== null && (
        <p class="s-call-line">
          <span class="s-grow">{say.slept(sayClock(gap))}</span>
          <Button look="quiet" onClick={() => void sidebar.calls.clockSet(gap)}>
            {say.wasClock}
          </Button>
          <Button look="quiet" onClick={() => void sidebar.calls.clockSet(null)}>
            {say.wasTime}
          </Button>
        </p>
      )}
    </section>
  );
}
