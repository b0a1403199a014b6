// Where a review is written: the story on the left, the scorecard on the right.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { newId } from '../../domain/new-id.ts';
import { type DraftContent, type DraftFinding, isScored } from '../../domain/reviews.ts';
import type { StoryMoment } from '../../domain/story-told.ts';
import { Button, Segment, TextArea } from '../../ui/index.ts';
import type { Me } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { atOf, momentRef } from '../story/calls.ts';
import { Story } from '../story/story.tsx';
import { After } from './after.tsx';
import { discardDraft, type FinishedAnswer, finishDraft, readDraft, type Sheet } from './calls.ts';
import { Card, Keys } from './card.tsx';
import { Findings } from './findings.tsx';
import { Head } from './head.tsx';
import { Notices } from './notices.tsx';
import { useKeeper } from './use-keeper.ts';
import { say } from './words.ts';

export interface DeskProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  readonly now: () => Date;
  readonly pokes: number;
  readonly sheet: Sheet;
  /** Goes on with what somebody who left has begun. */
  readonly onTakeOn: (draft: string) => void;
  readonly onSignedOut: () => void;
}

type Pane = 'story' | 'card';

export function Desk(props: DeskProps) {
  const { client, me, place, now, pokes, onSignedOut } = props;
  const [sheet, setSheet] = useState(props.sheet);
  const { keeper, paused } = useKeeper(client, place, props.sheet, me.member.id, now);
  const [finished, setFinished] = useState<FinishedAnswer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [held, setHeld] = useState(false);
  const [pane, setPane] = useState<Pane>('card');
  const [current, setCurrent] = useState(sheet.standards[0]?.id ?? '');
  const [at, setAt] = useState<string | null>(null);
  const card = useRef<HTMLElement>(null);
  const story = useRef<HTMLElement>(null);
  const writing = useRef<string | null>(null);
  const focus = useRef<string | null>(null);
  const { draft, standards } = sheet;
  const { content } = keeper;

  // What was written elsewhere: a newer standard, a new owner, another reviewer.
  const first = useRef(true);
  const finishing = useRef(false);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    // What was written is this very review, on its way to the ledger.
    if (finishing.current) return;
    void readDraft(client, draft.id).then((answer) => {
      if (answer.ok) {
        keeper.heard(answer.value.draft);
        setSheet(answer.value);
      } else if (answer.failure.is === 'signed-out') onSignedOut();
    });
  }, [pokes, client, draft.id, keeper, onSignedOut]);
  useEffect(() => {
    if (keeper.failure?.is === 'signed-out') onSignedOut();
  }, [keeper.failure, onSignedOut]);
  // Before the next key comes: what is typed on is meant for there.
  useLayoutEffect(() => {
    if (focus.current === null) return;
    card.current?.querySelector<HTMLElement>(focus.current)?.focus();
    focus.current = null;
  });

  const change = (patch: Partial<DraftContent>) => keeper.change({ ...keeper.content, ...patch });
  const setFindings = (findings: readonly DraftFinding[]) => change({ findings });

  function addFinding(moment: StoryMoment | null) {
    const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
    const id = newId({ now: () => now().getTime(), random });
    const pinned = moment && { ...momentRef(moment), moment: moment.key };
    const about = { standard: current === '' ? null : current, text: '', cause: '' };
    const empty = { subject: null, at: null, moment: null };
    const finding: DraftFinding = { id, type: 'nonconformity', ...about, ...(pinned ?? empty) };
    setFindings([...keeper.content.findings, finding]);
    write(id);
  }

  function write(id: string) {
    writing.current = id;
    focus.current = `[data-finding="${CSS.escape(id)}"] textarea`;
    setPane('card');
  }

  /** To the finding that is being written and has no moment yet; else a new one. */
  function pin(moment: StoryMoment) {
    const open = keeper.content.findings.find(({ id }) => id === writing.current);
    if (open === undefined || open.at !== null) {
      addFinding(moment);
      return;
    }
    const pinned = { ...open, ...momentRef(moment), moment: moment.key };
    setFindings(keeper.content.findings.map((one) => (one.id === open.id ? pinned : one)));
    write(open.id);
  }

  function go(finding: DraftFinding) {
    if (finding.subject === null) return;
    setPane('story');
    setAt(finding.moment ?? atOf(finding.subject, finding.at));
  }

  function switchPane() {
    const isStory = story.current?.contains(place.document.activeElement) ?? false;
    setPane(isStory ? 'card' : 'story');
    const main = isStory ? card.current : story.current;
    const to = isStory
      ? `[data-standard="${CSS.escape(current)}"] button`
      : '[data-main][tabindex="0"]';
    (main?.querySelector<HTMLElement>(to) ?? main)?.focus();
  }

  const missing = standards.filter((one) => !isScored(one, content.scores[one.id]));

  async function finish() {
    setTried(true);
    setFailure(null);
    const [open] = missing;
    if (open !== undefined) {
      setCurrent(open.id);
      focus.current = `[data-standard="${CSS.escape(open.id)}"] button`;
      return;
    }
    setBusy(true);
    finishing.current = true;
    const isKept = await keeper.flush();
    // What is written from here on would not be in it.
    keeper.isHeld = isKept;
    setHeld(isKept);
    const answer = isKept ? await finishDraft(client, draft.id, keeper.seen) : null;
    setBusy(false);
    setHeld(false);
    keeper.isHeld = false;
    finishing.current = answer?.ok === true;
    // It lost the keyboard while nothing could be written.
    if (isKept && answer?.ok === false) focus.current = '[data-finish] button';
    if (answer === null) setFailure(keeper.failure ?? { is: 'offline' });
    else if (answer.ok) {
      keeper.forget();
      setFinished(answer.value);
    } else if (answer.failure.is === 'signed-out') onSignedOut();
    else {
      setFailure(answer.failure);
      // Written to elsewhere in the last moment: it is seen before it is finished.
      const now = await readDraft(client, draft.id);
      if (now.ok) keeper.heard(now.value.draft);
    }
  }

  async function discard() {
    const answer = await discardDraft(client, draft.id);
    if (answer.ok) {
      keeper.forget();
      place.location.hash = `#/draws/${encodeURIComponent(draft.audit)}`;
    } else if (answer.failure.is === 'signed-out') onSignedOut();
    else setFailure(answer.failure);
  }

  const pinned = useMemo(() => countPins(content.findings), [content.findings]);
  if (finished !== null) return <After {...{ sheet, finished }} />;
  const cannot = sheet.gone !== null || sheet.notIndependent.length > 0;
  return (
    <div class="c-review" data-pane={pane} inert={held}>
      <Head {...{ sheet, keeper, paused }} />
      <Notices
        {...{ sheet, place }}
        content={content}
        isGone={keeper.state === 'gone'}
        onTakeOn={props.onTakeOn}
      />
      <div class="c-review-panes">
        <Segment
          label={say.pane}
          labelHidden
          options={[
            { value: 'card', label: say.panes.card },
            { value: 'story', label: say.panes.story },
          ]}
          value={pane}
          onChange={setPane}
        />
      </div>
      <section
        class="c-review-story"
        aria-labelledby="c-review-story"
        ref={story}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key.toLowerCase() === 'g' && !isField(event.target)) switchPane();
        }}
      >
        <h2 class="u-hidden" id="c-review-story">
          {say.story}
        </h2>
        <Story
          {...{ client, me, place, now, pokes, pinned, at, onSignedOut }}
          unit={draft.unit}
          subject={draft.subject}
          blind={draft.blind}
          heading={null}
          pinLabel={say.pin}
          onPin={pin}
        />
      </section>
      <section class="c-review-card" aria-labelledby="c-review-card" ref={card} tabIndex={-1}>
        <h2 class="u-hidden" id="c-review-card">
          {say.card}
        </h2>
        <Card
          {...{ place, standards, tried, current }}
          scores={content.scores}
          onCurrent={setCurrent}
          onScore={(id, said) => change({ scores: { ...keeper.content.scores, [id]: said } })}
          onFinding={() => addFinding(null)}
          onSwitch={switchPane}
        />
        <Findings
          findings={content.findings}
          standards={standards}
          onChange={setFindings}
          onAdd={() => addFinding(null)}
          onWriting={(id) => {
            writing.current = id;
          }}
          onGo={go}
        />
        <TextArea
          label={say.overall}
          hint={say.overallHint}
          optional
          value={content.text}
          maxLength={200_000}
          onInput={(text) => change({ text })}
        />
        {failure && <FailureNote failure={failure} safe={say.startSafe} />}
        <div class="u-actions" data-finish>
          <Button
            look="primary"
            disabled={cannot || busy}
            {...(cannot ? { why: say.notIndependent } : {})}
            onClick={() => void finish()}
          >
            {say.finish}
          </Button>
          <Discard onDo={() => void discard()} />
        </div>
        <p class="u-hint">{say.finishWhy}</p>
        <Keys />
      </section>
    </div>
  );
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}

function countPins(findings: readonly DraftFinding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { moment } of findings) {
    if (moment !== null) counts.set(moment, (counts.get(moment) ?? 0) + 1);
  }
  return counts;
}

function Discard({ onDo }: { readonly onDo: () => void }) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Button look="quiet" onClick={() => setAsking(true)}>
        {say.discard}
      </Button>
    );
  }
  return (
    <div class="c-sure">
      <p>{say.discardSure}</p>
      <Button look="bad" onClick={onDo}>
        {say.discardDo}
      </Button>
      <Button look="quiet" onClick={() => setAsking(false)}>
        {say.cancel}
      </Button>
    </div>
  );
}
