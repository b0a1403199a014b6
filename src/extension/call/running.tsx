import { useLayoutEffect, useRef } from 'preact/hooks';
import { tagOf } from '../../domain/codebook.ts';
import { Button } from '../../ui/button.tsx';
import { TagName } from '../../ui/call/tag-name.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { keyLabel } from '../../ui/keys.tsx';
import type { CallView } from '../messages/call-views.ts';
import type { Bar } from './bar.ts';
import type { BarClient } from './client.ts';
import { stampOf } from './moments.ts';
import { callName, ParkedCalls } from './parked.tsx';
import { Unsent } from './unsent.tsx';
import { say, sayTime } from './words.ts';

interface Props {
  readonly bar: Bar;
  readonly call: CallView;
  readonly client: BarClient;
  readonly onHelp: () => void;
  /** Puts it on top, or back; null where that cannot be had. */
  readonly top: (() => void) | null;
  readonly isOnTop: boolean;
}

export function RunningCall({ bar, call, client, onHelp, top, isOnTop }: Props) {
  const { ago, sticky, gap, view } = bar.state;
  const keys = view?.settings.keys === true;
  const withKey = (key: string) => (keys && key !== '' ? { keys: key } : {});
  const acts = bar.keys();
  return (
    <section class="b-call" aria-label={say.running}>
      <div class="b-head">
        <span class="b-clock" role="timer" aria-live="off" data-stands={bar.stands || undefined}>
          {sayTime(bar.elapsed() + call.shift)}
        </span>
        <bdi class="b-name">{callName(call)}</bdi>
        <Button
          pressed={bar.stands}
          {...withKey('Space')}
          onClick={(event) => void bar.pause(stampOf(event))}
        >
          {bar.stands ? say.goOn : say.pause}
        </Button>
        <Button
          look="primary"
          {...withKey(acts.hangUp.toUpperCase())}
          onClick={(event) => void bar.hangUp(stampOf(event))}
        >
          {say.hangUp}
        </Button>
      </div>
      <TagButtons bar={bar} />
      <WordLine bar={bar} />
      <div class="b-modes">
        <Button
          look="quiet"
          pressed={ago}
          {...withKey(acts.momentAgo.toUpperCase())}
          onClick={() => bar.momentAgo()}
        >
          {say.agoKey}
        </Button>
        <Button
          look="quiet"
          pressed={sticky !== null}
          {...withKey(acts.keepMoment.toUpperCase())}
          onClick={(event) => bar.keepMoment(stampOf(event))}
        >
          {say.keepMoment}
        </Button>
        <Button look="quiet" onClick={(event) => void bar.park(stampOf(event))}>
          {say.park}
        </Button>
        <Button look="quiet" {...withKey(acts.keys.toUpperCase())} onClick={onHelp}>
          {say.keys}
        </Button>
        {top && (
          <Button look="quiet" onClick={top}>
            {isOnTop ? say.backToWindow : say.onTop}
          </Button>
        )}
        <Button look="quiet" onClick={() => void client.call('callPage', { call: call.id })}>
          {say.change}
        </Button>
      </div>
      {gap !== null && (
        <div class="b-gap" role="alert">
          <p>{say.slept(sayTime(Math.round(gap.by / 1_000) * 1_000))}</p>
          <Button onClick={() => void bar.clockSet(gap)}>{say.wasClock}</Button>
          <Button look="quiet" onClick={() => void bar.clockSet(null)}>
            {say.wasTime}
          </Button>
        </div>
      )}
      <Unsent bar={bar} />
      <LatestTags bar={bar} shift={call.shift} />
      <ParkedCalls bar={bar} parked={view?.parked ?? []} />
    </section>
  );
}

function TagButtons({ bar }: { readonly bar: Bar }) {
  const keys = bar.state.view?.settings.keys === true;
  return (
    <fieldset class="b-tags" aria-label={say.tags}>
      {bar.pressable().map((tag) => {
        const key = `pointer/${tag.id}`;
        const held = bar.state.held.some((one) => one.tag === tag.id);
        return (
          <button
            key={tag.id}
            type="button"
            class="u-button u-kind"
            data-kind={tag.colour}
            data-held={held || undefined}
            aria-keyshortcuts={keys && tag.shortcut !== '' ? tag.shortcut : undefined}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              bar.tag(tag, stampOf(event), key);
            }}
            // The focus stays where it was, so that the next Space is not this button's.
            onMouseDown={(event) => event.preventDefault()}
            onContextMenu={(event) => event.preventDefault()}
            onPointerUp={(event) => {
              // Let go beside the button: it was not meant.
              if (isWithin(event)) bar.release(key, stampOf(event));
              else bar.abandon(key);
            }}
            onPointerCancel={(event) => bar.release(key, stampOf(event))}
            onClick={(event) => {
              // From the keyboard or a screen reader: no pointer went down before.
              if (event.detail !== 0) return;
              bar.tag(tag, stampOf(event), key);
              bar.release(key, stampOf(event));
            }}
          >
            <Icon name={tag.icon} size={14} />
            <span dir="auto">{say.tagName(tag)}</span>
            {keys && tag.shortcut !== '' && (
              <span class="u-key" aria-hidden="true">
                {keyLabel(tag.shortcut.toUpperCase())}
              </span>
            )}
          </button>
        );
      })}
    </fieldset>
  );
}

function isWithin({ currentTarget, clientX, clientY }: PointerEvent): boolean {
  const box = (currentTarget as Element).getBoundingClientRect();
  const isAcross = clientX >= box.left && clientX <= box.right;
  return isAcross && clientY >= box.top && clientY <= box.bottom;
}

/** Closed it is a field that waits; its first letter gives the time. */
function WordLine({ bar }: { readonly bar: Bar }) {
  const { line, lineAsked } = bar.state;
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (lineAsked > 0) field.current?.focus();
  }, [lineAsked]);
  const tag = bar.latest().find(({ id }) => id === line?.tag);
  const shift = bar.running?.shift ?? 0;
  const label = tag ? say.lineFor(bar.nameOf(tag.tag), sayTime(tag.offset + shift)) : say.line;
  return (
    <Field
      label={label}
      // What it is for is worth a line only where it is not plain.
      labelHidden={tag === undefined}
      placeholder={say.line}
      value={line?.text ?? ''}
      hint={line !== null && line.tag === null ? say.lineHint : undefined}
      inputRef={field}
      onInput={(text) => bar.type(text, performance.now())}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === 'Enter') bar.storeLine();
        else if (event.key === 'Escape') bar.leaveLine();
        else return;
        event.preventDefault();
        field.current?.blur();
      }}
    />
  );
}

function LatestTags({ bar, shift }: { readonly bar: Bar; readonly shift: number }) {
  const tags = bar.latest();
  const [first] = tags;
  return (
    <section class="b-latest" aria-label={say.latest}>
      {first === undefined && <p class="u-hint">{say.noTags}</p>}
      <ol>
        {tags.map((tag) => {
          const known = tagOf(bar.state.view?.codebook ?? [], tag.tag);
          const name = say.tagName(known);
          const time = sayTime(tag.offset + shift);
          const held = bar.state.held.find(({ id }) => id === tag.id);
          return (
            <li key={tag.id}>
              <span class="b-time">{time}</span>
              <TagName tag={known} name={name} />
              <span class="u-quiet">
                {held
                  ? say.holding(sayTime(bar.heldFor(held)))
                  : tag.span !== null && say.spanFor(sayTime(tag.span))}
              </span>
              {(tag.text !== '' || bar.isUnsent(tag.id)) && (
                <span class="b-words" dir="auto">
                  {tag.text} {bar.isUnsent(tag.id) && <b>{say.notStored}</b>}
                </span>
              )}
              <Button
                look="quiet"
                label={say.of(say.addWords, say.tagAt(name, time))}
                {...(tag === first ? { keys: 'Enter' } : {})}
                onClick={() => bar.openLine(tag)}
              >
                {say.addWords}
              </Button>
              <Button
                look="quiet"
                label={say.of(say.takeBack, say.tagAt(name, time))}
                {...(tag === first ? { keys: 'Backspace' } : {})}
                onClick={() => bar.takeBack(tag)}
              >
                {say.takeBack}
              </Button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
