import type { ComponentChildren } from 'preact';
import { Button, Icon, Logo, sayTime, useWords } from '../ui/index.ts';
import type { Me } from './api.ts';
import type { Client } from './client.ts';
import type { Live } from './live.ts';
import type { PageName } from './route.ts';
import { useConsoleWords } from './words.ts';

export interface ShellProps {
  readonly me: Me;
  readonly client: Client;
  readonly page: string;
  readonly live: Live;
  readonly onSignedOut: () => void;
  readonly children: ComponentChildren;
}

type NavPage = PageName | 'register';
type GroupName = 'customers' | 'audit' | 'workspace';

/** What stands in the navigation, by what one comes for. */
const GROUPS: readonly (readonly [name: GroupName, pages: readonly NavPage[]])[] = [
  ['customers', ['register', 'blind-spots', 'insight']],
  ['audit', ['draws', 'reviews', 'inquiries', 'improvements', 'calibration', 'standards']],
  ['workspace', ['people', 'tags', 'questions', 'settings', 'import', 'exports', 'log']],
];
const OF_ADMINS: readonly NavPage[] = ['erasure', 'retention'];

/** What stands around every page: whose workspace, where to go, who is signed in, how fresh it is. */
export function Shell({ me, client, page, live, onSignedOut, children }: ShellProps) {
  const words = useConsoleWords();
  const isAdmin = me.member.role === 'admin';
  return (
    <div class="c-shell">
      <header class="c-top">
        <p class="c-brand">
          <Logo />
          <strong dir="auto">{me.workspace.name}</strong>
        </p>
        <nav aria-label={words.nav.name}>
          {GROUPS.map(([group, pages]) => (
            <ul key={group} aria-label={words.nav.groups[group]}>
              {[...pages, ...(isAdmin && group === 'workspace' ? OF_ADMINS : [])].map((name) => (
                <li key={name}>
                  <a
                    href={name === 'register' ? '#/' : `#/${name}`}
                    aria-current={page === name ? 'page' : undefined}
                  >
                    {words.nav[name]}
                  </a>
                </li>
              ))}
            </ul>
          ))}
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
