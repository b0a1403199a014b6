import { useLayoutEffect, useRef } from 'preact/hooks';
import { tagMeans } from '../../ui/call/tag-means.ts';
import { Logo } from '../../ui/icons.tsx';
import { CallPage } from './call-page.tsx';
import type { CallsClient } from './client.ts';
import { ImportPage } from './import.tsx';
import { ListPage } from './list.tsx';
import { useRoute } from './route.ts';
import { Trouble } from './trouble.tsx';
import { useCalls } from './use-calls.ts';
import { WaitingPage } from './waiting.tsx';
import { say } from './words.ts';

export interface AppProps {
  readonly client: CallsClient;
  readonly place: Window;
}

export function App({ client, place }: AppProps) {
  const route = useRoute(place);
  const { view, failure, news } = useCalls(client);
  const main = useRef<HTMLElement>(null);
  const where = JSON.stringify(route);
  const first = useRef(where);
  // Another page under the same address: who reads with the ear begins at its top.
  useLayoutEffect(() => {
    if (first.current !== where) main.current?.focus();
    first.current = '';
  }, [where]);
  const pages = [
    ['list', '#/', say.all],
    ['waiting', '#/waiting', say.waiting(view?.waiting ?? 0)],
    ['import', '#/import', say.importNav],
  ] as const;
  const shared = { client, news, names: tagMeans };
  return (
    <div class="k-page">
      <header class="k-head">
        <Logo height={14} />
        <p class="k-name">
          Unsaid <span class="u-quiet">{say.title}</span>
        </p>
        <nav aria-label={say.nav}>
          {pages.map(([at, href, name]) => (
            <a key={at} href={href} aria-current={route.at === at ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
      </header>
      <main ref={main} tabIndex={-1}>
        {failure && <Trouble failure={failure} />}
        {route.at === 'list' && <ListPage {...shared} />}
        {route.at === 'call' && <CallPage key={route.id} {...shared} id={route.id} view={view} />}
        {route.at === 'waiting' && <WaitingPage {...shared} view={view} />}
        {route.at === 'import' && <ImportPage {...shared} view={view} />}
      </main>
    </div>
  );
}
