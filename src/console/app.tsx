import type { ComponentChildren, ComponentType } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Role } from '../domain/permissions.ts';
import { ButtonLink, Empty, en as shared, useWords, Waiting, WordsContext } from '../ui/index.ts';
import { later } from '../ui/later.tsx';
import type { Me } from './api.ts';
import type { Client, Failure } from './client.ts';
import { FailureNote } from './failure.tsx';
import { NO_FILTERS } from './filters.ts';
import { Gate } from './gate.tsx';
import { useLive } from './live.ts';
import { mayOpen, whose } from './may-open.ts';
import type { PageProps } from './page.ts';
import type { PatternDraft } from './patterns/draft.ts';
import type { Ask } from './pokes.ts';
import { RegisterPage } from './register/page.tsx';
import { type PageName, registerHref, useRoute } from './route.ts';
import { useSettingDrafts } from './settings/drafts.ts';
import { Shell } from './shell.tsx';
import type { StandardDraft } from './standards/draft.ts';
import type { TagDraft } from './tags/draft.ts';
import { useKeptDraft } from './whole-list/kept.ts';
import { ConsoleWordsContext, en, useConsoleWords } from './words.ts';

// The code of a page comes when it is first shown.
const BlindSpotsPage = later(() =>
  import('./blind-spots/page.tsx').then((page) => page.BlindSpotsPage),
);
const DrawsPage = later(() => import('./draws/page.tsx').then((page) => page.DrawsPage));
const ErasurePage = later(() => import('./erasure/page.tsx').then((page) => page.ErasurePage));
const ImportPage = later(() => import('./import/page.tsx').then((page) => page.ImportPage));
const PatternsPage = later(() => import('./patterns/page.tsx').then((page) => page.PatternsPage));
const PeoplePage = later(() => import('./people/page.tsx').then((page) => page.PeoplePage));
const RetentionPage = later(() =>
  import('./retention/page.tsx').then((page) => page.RetentionPage),
);
const SettingsPage = later(() => import('./settings/page.tsx').then((page) => page.SettingsPage));
const StandardsPage = later(() =>
  import('./standards/page.tsx').then((page) => page.StandardsPage),
);
const TagsPage = later(() => import('./tags/page.tsx').then((page) => page.TagsPage));
const StoryPage = later(() => import('./story/page.tsx').then((page) => page.StoryPage));
const ProgrammesPage = later(() =>
  import('./programmes/page.tsx').then((page) => page.ProgrammesPage),
);
const ReviewPage = later(() => import('./review/page.tsx').then((page) => page.ReviewPage));
const ReviewsPage = later(() => import('./reviews/page.tsx').then((page) => page.ReviewsPage));
const InquiriesPage = later(() =>
  import('./inquiries/page.tsx').then((page) => page.InquiriesPage),
);
const ImprovementsPage = later(() =>
  import('./improvements/page.tsx').then((page) => page.ImprovementsPage),
);
const SessionPage = later(() => import('./session/page.tsx').then((page) => page.SessionPage));
const CalibrationPage = later(() =>
  import('./calibration/page.tsx').then((page) => page.CalibrationPage),
);
const ReportPage = later(() => import('./report/page.tsx').then((page) => page.ReportPage));
const InsightPage = later(() => import('./insight/page.tsx').then((page) => page.InsightPage));
const LogPage = later(() => import('./log/page.tsx').then((page) => page.LogPage));
const ExportsPage = later(() => import('./exports/page.tsx').then((page) => page.ExportsPage));

/** Pages that need nothing but what every page is given. */
const PLAIN: { readonly [name in PageName]?: ComponentType<PageProps> } = {
  story: StoryPage,
  programmes: ProgrammesPage,
  review: ReviewPage,
  reviews: ReviewsPage,
  inquiries: InquiriesPage,
  improvements: ImprovementsPage,
  session: SessionPage,
  calibration: CalibrationPage,
  report: ReportPage,
  insight: InsightPage,
  log: LogPage,
  exports: ExportsPage,
};

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
  const tagDraft = useKeptDraft<TagDraft>(place);
  const patternDraft = useKeptDraft<PatternDraft>(place);
  const standardDraft = useKeptDraft<StandardDraft>(place);
  const roles = whose(route.page);
  if (roles && !mayOpen(me.member.role, route.page)) {
    return (
      <Shell {...{ me, client, place, route, live, onSignedOut }}>
        <NotYours roles={roles} />
      </Shell>
    );
  }
  const Plain = 'parts' in route ? PLAIN[route.page] : undefined;
  return (
    <Shell {...{ me, client, place, route, live, onSignedOut }}>
      {route.page === 'register' && (
        <RegisterPage
          client={client}
          me={me}
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
      {route.page === 'import' && <ImportPage client={client} onSignedOut={onSignedOut} />}
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
        <DrawsPage {...{ client, me, place, onSignedOut }} draw={route.parts[0] ?? null} />
      )}
      {Plain && 'parts' in route && (
        <Plain
          {...{ client, me, place, now, onSignedOut }}
          pokes={live.pokes}
          parts={route.parts}
          query={route.query}
        />
      )}
      {route.page === 'erasure' && (
        <ErasurePage client={client} pokes={live.pokes} onSignedOut={onSignedOut} />
      )}
      {route.page === 'retention' && <RetentionPage client={client} onSignedOut={onSignedOut} />}
      {route.page === 'unknown' && (
        <Nothing title={words.unknown.title}>{words.unknown.text}</Nothing>
      )}
    </Shell>
  );
}

function NotYours({ roles }: { readonly roles: readonly Role[] }) {
  const say = useConsoleWords().notYours;
  const { lang } = useWords();
  const list = new Intl.ListFormat(lang === 'en' ? 'en-GB' : lang, { type: 'conjunction' });
  return (
    <Nothing title={say.title}>{say.text(list.format(roles.map((it) => say.roles[it])))}</Nothing>
  );
}

/** Where there is nothing to see: why, and the way back. */
function Nothing({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  const words = useConsoleWords();
  return (
    <div class="c-page">
      <h1>{title}</h1>
      <Empty action={<ButtonLink href={registerHref(NO_FILTERS)}>{words.unknown.back}</ButtonLink>}>
        {children}
      </Empty>
    </div>
  );
}
