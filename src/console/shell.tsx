import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, Icon, Logo, sayTime, useWords } from '../ui/index.ts';
import type { Me } from './api.ts';
import { useArrival } from './arrival.ts';
import type { Client } from './client.ts';
import type { Live } from './live.ts';
import { Navigation } from './navigation.tsx';
import type { Route } from './route.ts';
import { useConsoleWords } from './words.ts';

export interface ShellProps {
  readonly me: Me;
  readonly client: Client;
  readonly place: Window;
  readonly route: Route;
  readonly live: Live;
  readonly onSignedOut: () => void;
  readonly children: ComponentChildren;
}

/** What stands around every page: whose workspace, where to go, who is signed in, how fresh it is. */
export function Shell({ me, client, place, route, live, onSignedOut, children }: ShellProps) {
  const words = useConsoleWords();
  const main = useRef<HTMLElement>(null);
  const { page } = route;
  const at = 'parts' in route ? [page, ...route.parts].join('/') : page;
  const name = page === 'unknown' ? words.unknown.title : words.nav[page];
  useArrival(main, place.document, at, name, me.workspace.name);
  return (
    <div class="c-shell">
      <Button class="c-skip" onClick={() => main.current?.focus()}>
        {words.nav.skip}
      </Button>
      <Head {...{ me, client, place, page, onSignedOut }} />
      <main class="c-main" ref={main} tabIndex={-1}>
        {children}
      </main>
      <LiveLine live={live} />
    </div>
  );
}

interface HeadProps extends Pick<ShellProps, 'me' | 'client' | 'place' | 'onSignedOut'> {
  readonly page: string;
}

/** Beside the page; on a narrow screen above it, with everything but the name behind a button. */
function Head({ me, client, place, page, onSignedOut }: HeadProps) {
  const words = useConsoleWords();
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const head = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    const onElsewhere = ({ target }: Event) => {
      if (target instanceof Node && !head.current?.contains(target)) setOpen(false);
    };
    const { document } = place;
    document.addEventListener('keydown', onKey);
    document.addEventListener('focusin', onElsewhere);
    document.addEventListener('pointerdown', onElsewhere);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('focusin', onElsewhere);
      document.removeEventListener('pointerdown', onElsewhere);
    };
  }, [open, place]);
  return (
    <header class="c-top" ref={head} data-open={open ? true : undefined}>
      <p class="c-brand">
        <Logo />
        <strong dir="auto">{me.workspace.name}</strong>
      </p>
      <Button
        class="c-menu-button"
        buttonRef={button}
        icon={open ? 'close' : 'menu'}
        expanded={open}
        controls={id}
        onClick={() => setOpen(!open)}
      >
        {words.nav.menu}
      </Button>
      <div class="c-menu" id={id}>
        <Navigation role={me.member.role} page={page} onGo={() => setOpen(false)} />
        <p class="c-me">
          <span dir="auto" title={me.member.email}>
            {me.member.name}
          </span>
          <Button
            look="quiet"
            onClick={() => {
              void client.signOut().then((failure) => {
                if (!failure || failure.is === 'signed-out') onSignedOut();
              });
            }}
          >
            {words.signOut}
          </Button>
        </p>
      </div>
    </header>
  );
}

function LiveLine({ live }: { readonly live: Live }) {
  const words = useConsoleWords();
  const { lang } = useWords();
  const text =
    live.state === 'on'
      ? words.live.on
      : live.state === 'starting'
        ? words.live.starting
        : words.live.off(live.since ? sayTime(live.since, lang) : '');
  const icon = live.state === 'on' ? 'synced' : live.state === 'off' ? 'offline' : 'waiting';
  return (
    <footer class="u-foot c-foot">
      <Icon name={icon} size={14} />
      <p role="status">{text}</p>
    </footer>
  );
}
