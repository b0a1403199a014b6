import type { ComponentChildren } from 'preact';
import { Button, Icon, Logo, sayTime, useWords } from '../ui/index.ts';
import type { Me } from './api.ts';
import type { Client } from './client.ts';
import type { Live } from './live.ts';
import { useConsoleWords } from './words.ts';

export interface ShellProps {
  readonly me: Me;
  readonly client: Client;
  readonly page: string;
  readonly live: Live;
  readonly onSignedOut: () => void;
  readonly children: ComponentChildren;
}

const PAGES = [
  ['register', '#/'],
  ['blind-spots', '#/blind-spots'],
  ['import', '#/import'],
  ['people', '#/people'],
  ['settings', '#/settings'],
  ['tags', '#/tags'],
  ['questions', '#/questions'],
  ['standards', '#/standards'],
  ['draws', '#/draws'],
] as const;
const ADMIN_PAGES = [
  ['erasure', '#/erasure'],
  ['retention', '#/retention'],
] as const;

/** What stands around every page: whose workspace, where to go, who is signed in, how fresh it is. */
export function Shell({ me, client, page, live, onSignedOut, children }: ShellProps) {
  const words = useConsoleWords();
  const pages = me.member.role === 'admin' ? [...PAGES, ...ADMIN_PAGES] : PAGES;
  return (
    <div class="c-shell">
      <header class="c-top">
        <p class="c-brand">
          <Logo />
          <strong dir="auto">{me.workspace.name}</strong>
        </p>
        <nav aria-label={words.nav.name}>
          <ul>
            {pages.map(([name, href]) => (
              <li key={name}>
                <a href={href} aria-current={page === name ? 'page' : undefined}>
                  {words.nav[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
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
      </header>
      <main class="c-main">{children}</main>
      <LiveLine live={live} />
    </div>
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
