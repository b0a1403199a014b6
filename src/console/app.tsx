import { useCallback, useEffect, useState } from 'preact/hooks';
import { ButtonLink, Empty, en as shared, Waiting, WordsContext } from '../ui/index.ts';
import type { Me } from './api.ts';
import { BlindSpotsPage } from './blind-spots/page.tsx';
import type { Client, Failure } from './client.ts';
import { DrawsPage } from './draws/page.tsx';
import { ErasurePage } from './erasure/page.tsx';
import { FailureNote } from './failure.tsx';
import { NO_FILTERS } from './filters.ts';
import { Gate } from './gate.tsx';
import { ImportPage } from './import/page.tsx';
import { useLive } from './live.ts';
import { usePatternDraft } from './patterns/draft.ts';
import { PatternsPage } from './patterns/page.tsx';
import { PeoplePage } from './people/page.tsx';
import type { Ask } from './pokes.ts';
import { RegisterPage } from './register/page.tsx';
import { RetentionPage } from './retention/page.tsx';
import { registerHref, useRoute } from './route.ts';
import { useSettingDrafts } from './settings/drafts.ts';
import { SettingsPage } from './settings/page.tsx';
import { Shell } from './shell.tsx';
import { useStandardDraft } from './standards/draft.ts';
import { StandardsPage } from './standards/page.tsx';
import { useTagDraft } from './tags/draft.ts';
import { TagsPage } from './tags/page.tsx';
import { ConsoleWordsContext, en, useConsoleWords } from './words.ts';

export interface AppProps {
  readonly client: Client;
  readonly ask: Ask;
  readonly place: Window;
  readonly now?: () => Date;
}

export function App(props: AppProps) {
  return (
    <WordsContext.Provider value={shared}>
      <ConsoleWordsContext.Provider value={en}>
        <Signed {...props} />
      </ConsoleWordsContext.Provider>
    </WordsContext.Provider>
  );
}

/** Asks who is signed in before anything is shown. */
export function Signed({ client, ask, place, now = () => new Date() }: AppProps) {
  const words = useConsoleWords();
  const [me, setMe] = useState<Me | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const read = useCallback(() => {
    setFailure(null);
    void client.me().then((answer) => {
      if (answer.ok) setMe(answer.value);
      else setFailure(answer.failure);
    });
  }, [client]);
  useEffect(read, [read]);
  // A session that ends while a page is open leads to the gate as well.
  const onSignedOut = useCallback(() => setFailure({ is: 'signed-out' }), []);

  if (failure?.is === 'signed-out') return <Gate place={place} />;
  if (failure) {
    return (
      <main class="c-alone">
        <FailureNote failure={failure} onAgain={read} />
      </main>
    );
  }
  if (!me) {
    return (
      <main class="c-alone">
        <Waiting>{words.live.starting}</Waiting>
      </main>
    );
  }
  return <Pages {...{ client, ask, place, now, me, onSignedOut }} />;
}

interface PagesProps extends Required<AppProps> {
  readonly me: Me;
  readonly onSignedOut: () => void;
}

function Pages({ client, ask, place, now, me, onSignedOut }: PagesProps) {
  const words = useConsoleWords();
  const route = useRoute(place);
  const live = useLive(ask, now, place.document);
  const drafts = useSettingDrafts(place);
  const tagDraft = useTagDraft(place);
  const patternDraft = usePatternDraft(place);
  const standardDraft = useStandardDraft(place);
  return (
    <Shell me={me} client={client} page={route.page} live={live} onSignedOut={onSignedOut}>
      {route.page === 'register' && (
        <RegisterPage
          client={client}
          place={place}
          filters={route.filters}
          record={route.record}
          pokes={live.pokes}
          onSignedOut={onSignedOut}
        />
      )}
      {route.page === 'blind-spots' && (
        <BlindSpotsPage client={client} pokes={live.pokes} onSignedOut={onSignedOut} />
      )}
      {route.page === 'import' && <ImportPage client={client} me={me} onSignedOut={onSignedOut} />}
      {route.page === 'people' && (
        <PeoplePage client={client} me={me} place={place} onSignedOut={onSignedOut} />
      )}
      {route.page === 'settings' && (
        <SettingsPage
          client={client}
          me={me}
          drafts={drafts}
          pokes={live.pokes}
          onSignedOut={onSignedOut}
        />
      )}
      {route.page === 'tags' && (
        <TagsPage
          client={client}
          me={me}
          kept={tagDraft}
          pokes={live.pokes}
          onSignedOut={onSignedOut}
        />
      )}
      {route.page === 'questions' && (
        <PatternsPage
          client={client}
          me={me}
          kept={patternDraft}
          pokes={live.pokes}
          onSignedOut={onSignedOut}
        />
      )}
      {route.page === 'standards' && (
        <StandardsPage
          client={client}
          me={me}
          kept={standardDraft}
          pokes={live.pokes}
          onSignedOut={onSignedOut}
        />
      )}
      {route.page === 'draws' && (
        <DrawsPage client={client} me={me} place={place} draw={route.draw} {...{ onSignedOut }} />
      )}
      {route.page === 'erasure' && (
        <ErasurePage client={client} me={me} pokes={live.pokes} onSignedOut={onSignedOut} />
      )}
      {route.page === 'retention' && (
        <RetentionPage client={client} me={me} onSignedOut={onSignedOut} />
      )}
      {route.page === 'unknown' && (
        <div class="c-page">
          <Empty
            action={<ButtonLink href={registerHref(NO_FILTERS)}>{words.unknown.back}</ButtonLink>}
          >
            {words.unknown.text}
          </Empty>
        </div>
      )}
    </Shell>
  );
}
