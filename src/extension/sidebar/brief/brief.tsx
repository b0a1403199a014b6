// Before you talk: what is on file of the customer whose mail, record or meeting is open.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type BriefLine, briefFacts, briefSections, isBare } from '../../../ui/brief/sections.ts';
import { sayBrief } from '../../../ui/brief/words.ts';
import { Button } from '../../../ui/button.tsx';
import { isKeys, isTyping } from '../../../ui/keys.tsx';
import { Empty, Problem, Waiting } from '../../../ui/states.tsx';
import { Undo } from '../../../ui/undo.tsx';
import type { AppProps } from '../app.tsx';
import { Calls } from '../calls.ts';
import type { Sidebar } from '../model.ts';
import { plain } from '../plain.ts';
import { say as sayAll, sayFailure } from '../words.ts';
import { typedIn } from '../worth/edits.ts';
import { BriefActs, type Done } from './acts.ts';
import './brief.css';
import { type Colleague, Line } from './line.tsx';
import { useBrief } from './use-brief.ts';
import { sayHere as say } from './words.ts';

/** Lines of a section that are shown at first: a brief is one screen. */
const SHOWN = 5;
/** And with one more click. */
const STEP = 50;

export function Brief({ sidebar }: AppProps) {
  const { view, failure, customer, again } = useBrief(sidebar);
  const { context } = sidebar.state;
  if (context === null) return <Waiting>{sayAll.loading}</Waiting>;
  if (customer === null) {
    const isNew = context.guess.customer.name !== '';
    return (
      <section class="s-part">
        <h2>{sayBrief.title}</h2>
        <Empty action={<WriteHunch sidebar={sidebar} ofPage={isNew} />}>
          {isNew ? say.unknown : say.noCustomer}
        </Empty>
      </section>
    );
  }
  if (failure !== null) return <Problem {...sayFailure(failure, sayAll.notesSafe)} />;
  if (view === null) return <Waiting>{sayAll.loading}</Waiting>;
  if (isBare(view)) {
    return (
      <section class="s-part">
        <h2>{sayBrief.title}</h2>
        <Empty action={<WriteHunch sidebar={sidebar} />}>
          {say.noRecords(plain(view.customer.name))}
        </Empty>
      </section>
    );
  }
  return <Full sidebar={sidebar} view={view} again={again} />;
}

/** `ofPage`: it is the first card of whoever wrote the mail, and makes them known. */
function WriteHunch({ sidebar, ofPage = false }: AppProps & { readonly ofPage?: boolean }) {
  const messages = sidebar.state.context?.messages ?? [];
  const message = ofPage ? messages.findLast(({ shown }) => shown !== 'collapsed') : undefined;
  return (
    <Button icon="plus" onClick={() => void sidebar.drafts.begin('expectation', message ?? null)}>
      {say.hunch}
    </Button>
  );
}

interface FullProps extends AppProps {
  readonly view: NonNullable<ReturnType<typeof useBrief>['view']>;
  readonly again: () => void;
}

function Full({ sidebar, view, again }: FullProps) {
  const sections = useMemo(() => briefSections(view), [view]);
  const facts = useMemo(() => briefFacts(view), [view]);
  const acts = useMemo(() => new BriefActs(sidebar), [sidebar]);
  const [shown, setShown] = useState<{ readonly [section: string]: number }>({});
  const [picked, setPicked] = useState<string | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const colleagues = useColleagues(sidebar);
  const place = useRef<HTMLDivElement>(null);
  const visible = sections.flatMap(({ name, lines }) => lines.slice(0, shown[name] ?? SHOWN));
  const current = visible.find(({ key }) => key === picked) ?? visible[0] ?? null;

  const end = useCallback(() => setDone(null), []);
  const take = async (doing: Promise<Done>): Promise<boolean> => {
    const next = await doing;
    setDone(next);
    sidebar.core.set({ said: next.said });
    if (next.undo !== null) again();
    return next.undo !== null;
  };
  const undo = async () => {
    if (done?.undo == null) return;
    const said = await done.undo();
    setDone({ key: done.key, said, undo: null });
    sidebar.core.set({ said });
    again();
  };
  const act = {
    copy: (line: BriefLine) => void take(acts.copy(line)),
    reply: (line: BriefLine) => line.question && void take(acts.reply(line, line.question)),
    asked: (line: BriefLine) =>
      line.question && void take(acts.asked(line, line.question, view.customer.id)),
  };

  const walk = (by: number) => {
    const lines = [...(place.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])];
    const active = document.activeElement;
    const at = active instanceof HTMLElement ? lines.indexOf(active) : -1;
    const next = lines[at < 0 ? (by > 0 ? 0 : lines.length - 1) : at + by];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const keys = keysNow(sidebar);
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isTyping(event.target)) return;
    // Another place is shown already, and only this listener has not gone yet.
    if (sidebar.state.view.at !== 'brief') return;
    const pressed = (key: string, tagged: string) =>
      isKeys(event, tagged) || (key === tagged && isKeys(event, key));
    if (isKeys(event, 'J') || isKeys(event, 'ArrowDown')) walk(1);
    else if (isKeys(event, 'K') || isKeys(event, 'ArrowUp')) walk(-1);
    else if (current === null) return;
    else if (pressed('C', keys.copy)) act.copy(current);
    else if (pressed('R', keys.reply)) act.reply(current);
    else if (pressed('A', keys.asked)) act.asked(current);
    else return;
    event.preventDefault();
  };
  const heard = useRef(onKey);
  heard.current = onKey;
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => heard.current(event);
    // Before the sidebar's own keys: with Shift, a letter is no tag of a call here.
    document.addEventListener('keydown', listener, { capture: true });
    return () => document.removeEventListener('keydown', listener, { capture: true });
  }, []);

  const draw = (line: BriefLine) => (
    <Line
      key={line.key}
      line={line}
      current={line.key === current?.key}
      colleagues={colleagues}
      keys={keys}
      onCurrent={() => setPicked(line.key)}
      onOpen={() => void sidebar.cards.open(line.kind, line.id)}
      onCopy={() => act.copy(line)}
      onReply={() => act.reply(line)}
      onAsked={() => act.asked(line)}
      half={typedIn(sidebar.core, `brief/${line.key}`)}
      onAnswer={(words) => take(acts.answer(line, words))}
      onHandOver={(to) => {
        const name = colleagues.find(({ id }) => id === to)?.name ?? '';
        void take(acts.handOver(line, to, plain(name)));
      }}
    >
      {done?.key === line.key && <WasDone done={done} onUndo={() => void undo()} onEnd={end} />}
    </Line>
  );
  const isGone = done !== null && !visible.some(({ key }) => key === done.key);
  return (
    <div ref={place} class="b-brief">
      <section class="s-part" aria-labelledby="b-title">
        <h2 id="b-title" dir="auto">
          {sayBrief.of(plain(view.customer.name))}
        </h2>
        <dl class="b-facts">
          {facts.map(({ name, value, also, tone }) => (
            <div key={name} data-tone={tone ?? undefined}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
                {also !== '' && <bdi class="s-meta b-also">{plain(also)}</bdi>}
              </dd>
            </div>
          ))}
        </dl>
        {isGone && <WasDone done={done} onUndo={() => void undo()} onEnd={end} />}
      </section>
      {sections.map((section) => {
        const most = shown[section.name] ?? SHOWN;
        const { name, heading, lines } = section;
        return (
          <section key={name} class="s-part" aria-labelledby={`b-${name}`}>
            <h2 id={`b-${name}`}>
              {heading} <span class="s-count">{lines.length.toLocaleString('en-GB')}</span>
            </h2>
            <ul class="b-lines">{lines.slice(0, most).map(draw)}</ul>
            {lines.length > most && (
              <Button
                look="quiet"
                onClick={() => setShown({ ...shown, [name]: most === SHOWN ? STEP : most + STEP })}
              >
                {lines.length > STEP + most
                  ? sayAll.moreStory(lines.length - most)
                  : say.all(lines.length)}
              </Button>
            )}
          </section>
        );
      })}
      <section class="s-part">
        <Button
          icon="export"
          onClick={() => void sidebar.core.call('openBrief', { customer: view.customer.id })}
        >
          {say.page}
        </Button>
        <p class="u-hint">{say.keys}</p>
      </section>
    </div>
  );
}

function WasDone({
  done,
  onUndo,
  onEnd,
}: {
  readonly done: Done;
  readonly onUndo: () => void;
  readonly onEnd: () => void;
}) {
  if (done.said === '') return null;
  // The sidebar's own live region says it already.
  return done.undo === null ? (
    <p class="b-said">{done.said}</p>
  ) : (
    <Undo text={done.said} onUndo={onUndo} onEnd={onEnd} />
  );
}

function useColleagues(sidebar: Sidebar): readonly Colleague[] {
  const [members, setMembers] = useState<readonly Colleague[]>([]);
  const isConnected = sidebar.state.status?.connection != null;
  useEffect(() => {
    if (!isConnected) return;
    void sidebar.core.call('colleagues', {}).then((answer) => {
      if (answer.ok) setMembers(answer.value.members);
    });
  }, [sidebar, isConnected]);
  return members;
}

/** While a call runs its tags have their letters; those of the brief are pressed with Shift then. */
function keysNow(sidebar: Sidebar): { copy: string; reply: string; asked: string } {
  const { calls } = sidebar.state;
  const tagged =
    calls?.running && calls.settings.keys
      ? new Set(Calls.pressable(calls).map(({ shortcut }) => shortcut.toUpperCase()))
      : new Set<string>();
  const of = (key: string) => (tagged.has(key) ? `Shift+${key}` : key);
  return { copy: of('C'), reply: of('R'), asked: of('A') };
}
