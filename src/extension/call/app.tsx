import { useEffect, useLayoutEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { Waiting } from '../../ui/states.tsx';
import { Trouble } from '../calls/trouble.tsx';
import { Acts } from './acts.ts';
import { Bar } from './bar.ts';
import type { BarClient } from './client.ts';
import { heldBy, type Places, pressedKey } from './keys.ts';
import { KeysHelp } from './keys-help.tsx';
import { stampOf } from './moments.ts';
import { useOnTop } from './on-top.ts';
import { RunningCall } from './running.tsx';
import { StartCall } from './start.tsx';
import { say } from './words.ts';
import { WrapUpCall } from './wrap-up.tsx';

export interface AppProps {
  readonly client: BarClient;
  readonly place: Window;
  /** What is drawn into: it moves to the window that stays on top, and back. */
  readonly root: HTMLElement;
}

export function App({ client, place, root }: AppProps) {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const bar = useMemo(() => makeBar(client, () => draw(undefined)), [client]);
  const [help, setHelp] = useState(false);
  /** The call whose wrapping up was put off or ended in this window. */
  const [over, setOver] = useState<string | null>(null);
  const { top, toTop, toWindow } = useOnTop(client, place, root);

  useEffect(() => {
    void bar.load();
    const hear = ({ event }: { event: string }) => {
      if (event === 'calls' || event === 'changed') void bar.load();
    };
    return client.events(hear, () => void bar.load());
  }, [bar, client]);

  const running = bar.running;
  useEffect(() => {
    if (running === null) return;
    // The window that is seen: timers of a hidden one come late.
    const seen = top ?? place;
    let timer = 0;
    const tick = () => {
      seen.clearTimeout(timer);
      bar.look();
      draw(undefined);
      // When the clock's next second begins; a hidden bar is drawn when it is looked at again.
      if (!seen.document.hidden) timer = seen.setTimeout(tick, 1_005 - (bar.elapsed() % 1_000));
    };
    tick();
    seen.document.addEventListener('visibilitychange', tick);
    return () => {
      seen.clearTimeout(timer);
      seen.document.removeEventListener('visibilitychange', tick);
    };
  }, [bar, place, top, running?.id]);

  useLayoutEffect(() => {
    const places: Places = { bar, help, setHelp };
    const down = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !pressedKey(event, places)) return;
      event.preventDefault();
    };
    const up = (event: KeyboardEvent) => bar.release(heldBy(event), stampOf(event));
    // Whoever looks away has let go.
    const away = () => bar.release(null, client.steady());
    const windows = top === null ? [place] : [place, top];
    for (const each of windows) {
      each.addEventListener('keydown', down);
      each.addEventListener('keyup', up);
      each.addEventListener('blur', away);
    }
    return () => {
      for (const each of windows) {
        each.removeEventListener('keydown', down);
        each.removeEventListener('keyup', up);
        each.removeEventListener('blur', away);
      }
    };
  }, [bar, client, help, place, top]);

  const { view, failure, said, times, ending } = bar.state;
  const wrapping =
    running === null && ending === null && view?.wrapUp !== null && view?.wrapUp !== over;
  return (
    <main class="b-bar">
      <h1 class="u-hidden">{wrapping ? say.wrapUp : say.title}</h1>
      <p class="u-hidden" aria-live="polite" role="status">
        <span key={times}>{said}</span>
      </p>
      {view === null && failure === null && <Waiting>{say.reading}</Waiting>}
      {failure && <Trouble failure={failure} />}
      {help && <KeysHelp bar={bar} client={client} onClose={() => setHelp(false)} />}
      {view !== null && running !== null && (
        <RunningCall
          bar={bar}
          call={running}
          client={client}
          onHelp={() => setHelp(!help)}
          top={client.onTop === null ? null : top === null ? toTop : toWindow}
          isOnTop={top !== null}
        />
      )}
      {view !== null && wrapping && view.wrapUp !== null && (
        <WrapUpCall
          key={view.wrapUp}
          client={client}
          bar={bar}
          place={top ?? place}
          call={view.wrapUp}
          view={view}
          onEnd={() => {
            setOver(view.wrapUp);
            void bar.wrappedUp(view.wrapUp ?? '');
          }}
        />
      )}
      {ending !== null && <Waiting>{say.hungUp}</Waiting>}
      {view !== null && running === null && ending === null && !wrapping && (
        <StartCall bar={bar} view={view} />
      )}
    </main>
  );
}

function makeBar(client: BarClient, draw: () => void): Bar {
  const acts = new Acts(
    {
      send: ({ name, payload }) => client.call(name, payload as never),
      store: client.store,
      newId: client.newId,
      wait: client.wait,
    },
    (unsent, trouble) => bar.set({ unsent, trouble }),
  );
  const bar: Bar = new Bar(
    {
      now: client.now,
      steady: client.steady,
      newId: client.newId,
      calls: () => client.call('calls', {}),
      keepLine: client.keepLine,
      keptLine: client.keptLine,
    },
    acts,
    draw,
  );
  acts.resume();
  bar.restoreLine();
  return bar;
}
