// The questions that people are offered: what brings out what a customer has not said. Changed as a
// whole and saved as one.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type PatternProblem, patternProblems } from '../../domain/pattern-check.ts';
import { Button, Undo, useWords, Waiting, type Words } from '../../ui/index.ts';
import { worthWords } from '../../ui/worth/words.ts';
import type { Me, Patterns } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useReading } from '../use-reading.ts';
import {
  type DraftPattern,
  draftOf,
  groupOf,
  isChanged,
  type KeptPatternDraft,
  mergePatterns,
  type PatternDraft,
  wishesOf,
} from './draft.ts';
import { PatternEdit } from './edit.tsx';
import { patternWords as say } from './words.ts';
import './patterns.css';

export interface PatternsPageProps {
  readonly client: Client;
  readonly me: Me;
  readonly kept: KeptPatternDraft;
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

export function PatternsPage({ client, me, kept, pokes, onSignedOut }: PatternsPageProps) {
  const mayChange = ['manager', 'admin'].includes(me.member.role);
  const ask = useCallback(() => client.patterns(), [client]);
  const { value: found, failure, again, change } = useReading(ask, { pokes, onSignedOut });
  return (
    // Where nothing in it takes the focus, the page itself is scrolled by keyboard.
    <div
      class="c-page"
      {...(mayChange ? {} : { tabIndex: 0, role: 'region', 'aria-label': say.title })}
    >
      <h1>{say.title}</h1>
      <p class="c-why">{say.why}</p>
      {failure && !found && <FailureNote failure={failure} onAgain={again} />}
      {!found && !failure && <Waiting>{say.reading}</Waiting>}
      {found && !mayChange && <p class="u-quiet">{say.managersOnly}</p>}
      {found && mayChange && (
        <Editor
          {...{ client, found, kept, onSignedOut }}
          onTaken={(taken) => change(() => taken)}
        />
      )}
      {found && !mayChange && <Shown found={found} />}
    </div>
  );
}

type Group<P> = { name: string; title: string; patterns: P[] };

/** By what they are for, in the order in which the first of each stands. */
function groupsOf<P extends Pick<DraftPattern, 'reason' | 'dimension' | 'retired'>>(
  patterns: readonly P[],
  words: Words,
): Group<P>[] {
  const groups = new Map<string, P[]>();
  for (const pattern of patterns) {
    if (pattern.retired) continue;
    const name = groupOf(pattern);
    groups.set(name, [...(groups.get(name) ?? []), pattern]);
  }
  return [...groups].map(([name, own]) => {
    const [first] = own;
    const reason = first?.reason ? `${say.because} ${words.unstatedBecause[first.reason]}` : '';
    const about = first?.dimension ? `${say.about}: ${worthWords.dimension[first.dimension]}` : '';
    return {
      name,
      title: [reason, about].filter(Boolean).join(' · ') || say.general,
      patterns: own,
    };
  });
}

function Shown({ found }: { readonly found: Patterns }) {
  const words = useWords();
  return (
    <>
      {groupsOf(found.patterns, words).map(({ name, title, patterns }) => (
        <section key={name}>
          <h2>{title}</h2>
          <ol class="c-patterns" aria-label={title}>
            {patterns.map(({ id, text }) => (
              <li key={id}>
                <span dir="auto">{text}</span>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

interface EditorProps extends Pick<PatternsPageProps, 'client' | 'kept' | 'onSignedOut'> {
  /** As the server has them now. */
  readonly found: Patterns;
  readonly onTaken: (found: Patterns) => void;
}

function Editor({ client, found, kept, onTaken, onSignedOut }: EditorProps) {
  const words = useWords();
  const [draft, setDraft] = useState<PatternDraft>(() => kept.current ?? draftOf(found));
  const [open, setOpen] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [merged, setMerged] = useState(false);
  const [said, setSaid] = useState('');
  /** As they were before the last saving. */
  const [before, setBefore] = useState<Patterns | null>(null);
  const endUndo = useCallback(() => setBefore(null), []);
  const made = useRef(0);
  const list = useRef<HTMLDivElement>(null);
  const focus = useRef<string | null>(null);

  const changed = isChanged(draft);
  const problems = patternProblems(wishesOf(draft));
  // What a colleague saved is shown at once, unless something is being written over it.
  useEffect(() => {
    if (kept.current === null) setDraft(draftOf(found));
  }, [kept, found]);
  useLayoutEffect(() => {
    if (focus.current === null) return;
    list.current?.querySelector<HTMLElement>(focus.current)?.focus();
    focus.current = null;
  });

  function write(next: PatternDraft) {
    kept.current = isChanged(next) ? next : null;
    setDraft(next);
    setBefore(null);
  }
  const withPatterns = (patterns: readonly DraftPattern[]) => write({ ...draft, patterns });
  const change = (row: string, patch: Partial<DraftPattern>) =>
    withPatterns(draft.patterns.map((one) => (one.row === row ? { ...one, ...patch } : one)));

  /** Past the next one that is offered for the same. */
  function move(pattern: DraftPattern, own: readonly DraftPattern[], by: 1 | -1) {
    const other = own[own.indexOf(pattern) + by];
    if (!other) return;
    const patterns = draft.patterns.map((one) => {
      if (one.row === pattern.row) return other;
      return one.row === other.row ? pattern : one;
    });
    withPatterns(patterns);
    setSaid(say.moved(pattern.text, own.indexOf(pattern) + by + 1, own.length));
    focus.current = `[data-row="${CSS.escape(pattern.row)}"] button:has([data-move="${by}"])`;
  }

  function add() {
    made.current += 1;
    const row = `new-${made.current}`;
    const pattern = { id: null, text: '', reason: null, dimension: null, retired: false, row };
    withPatterns([...draft.patterns, pattern]);
    setOpen(row);
    focus.current = `[data-row="${row}"] textarea`;
  }

  function retire(pattern: DraftPattern, retired: boolean) {
    if (pattern.id === null) withPatterns(draft.patterns.filter(({ row }) => row !== pattern.row));
    else change(pattern.row, { retired });
    setOpen(null);
    setSaid(retired ? say.retiredOne(pattern.text) : '');
    focus.current = retired
      ? '[data-add] button'
      : `[data-row="${CSS.escape(pattern.row)}"] button`;
  }

  async function save(next: PatternDraft) {
    setFailure(null);
    setMerged(false);
    const answer = await client.savePatterns(wishesOf(next), next.base.seen);
    if (answer.ok) {
      kept.current = null;
      setDraft(draftOf(answer.value));
      setOpen(null);
      onTaken(answer.value);
      return true;
    }
    const { failure: why } = answer;
    if (why.is === 'signed-out') onSignedOut();
    else if (why.is === 'refused' && why.status === 409) await merge(next);
    else setFailure(why);
    return false;
  }

  /** Somebody was faster: theirs with our changes, to be looked at before they are saved. */
  async function merge(mine: PatternDraft) {
    const answer = await client.patterns();
    if (!answer.ok) return setFailure(answer.failure);
    write(mergePatterns(mine, answer.value));
    setMerged(true);
    onTaken(answer.value);
  }

  const retired = draft.patterns.filter((one) => one.retired);
  const ofOne = (pattern: DraftPattern) =>
    problems.filter((problem) => problem.pattern === draft.patterns.indexOf(pattern));
  const ofAll = problems.flatMap((one) =>
    one.pattern === null ? [say.problems[one.problem]] : [],
  );
  return (
    <div class="c-patterns-editor" ref={list}>
      {groupsOf(draft.patterns, words).map(({ name, title, patterns }) => (
        <section key={name}>
          <h2>{title}</h2>
          <ol class="c-patterns" aria-label={title}>
            {patterns.map((pattern, at) => (
              <PatternRow
                key={pattern.row}
                {...{ pattern, problems: ofOne(pattern) }}
                first={at === 0}
                last={at === patterns.length - 1}
                open={open === pattern.row}
                onOpen={() => setOpen(open === pattern.row ? null : pattern.row)}
                onChange={(patch) => change(pattern.row, patch)}
                onMove={(by) => move(pattern, patterns, by)}
                onRetire={() => retire(pattern, true)}
              />
            ))}
          </ol>
        </section>
      ))}
      <div class="u-actions" data-add>
        <Button icon="plus" onClick={add}>
          {say.add}
        </Button>
      </div>
      {retired.length > 0 && (
        <details class="c-retired">
          <summary>{say.retired(retired.length)}</summary>
          <p class="u-hint">{say.retiredWhy}</p>
          <ul class="c-patterns">
            {retired.map((pattern) => (
              <li key={pattern.row} data-row={pattern.row}>
                <span dir="auto">{pattern.text}</span>
                <Button
                  look="quiet"
                  label={say.of(say.use, pattern.text)}
                  onClick={() => retire(pattern, false)}
                >
                  {say.use}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {ofAll.map((text) => (
        <p key={text} class="u-error">
          {text}
        </p>
      ))}
      {merged && <p role="status">{say.merged}</p>}
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      <div class="c-tags-save">
        {before === null || changed ? (
          <Button
            look={changed ? 'primary' : 'plain'}
            disabled={!changed || problems.length > 0}
            why={changed ? say.mendFirst : say.nothingChanged}
            onClick={() => {
              const old = draft.base;
              void save(draft).then((done) => done && setBefore(old));
            }}
          >
            {say.save}
          </Button>
        ) : (
          <Undo
            text={say.saved}
            onUndo={() => {
              setBefore(null);
              void save({ ...draftOf(before), base: found });
            }}
            onEnd={endUndo}
          />
        )}
        {changed && (
          <Button look="quiet" onClick={() => write(draftOf(found))}>
            {say.asBefore}
          </Button>
        )}
      </div>
      <p class="u-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

interface RowProps {
  readonly pattern: DraftPattern;
  readonly problems: readonly PatternProblem[];
  readonly first: boolean;
  readonly last: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onChange: (patch: Partial<DraftPattern>) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRetire: () => void;
}

function PatternRow(props: RowProps) {
  const { pattern, problems, first, last, open, onOpen, onMove } = props;
  const name = pattern.text.trim() || say.newOne;
  return (
    <li data-row={pattern.row}>
      <span class="c-pattern-text" dir="auto">
        {name}
      </span>
      <span class="c-tag-acts">
        <Button
          look="quiet"
          label={say.of(say.up, name)}
          disabled={first}
          why={say.isFirst}
          onClick={() => onMove(-1)}
        >
          <span data-move="-1">↑</span>
        </Button>
        <Button
          look="quiet"
          label={say.of(say.down, name)}
          disabled={last}
          why={say.isLast}
          onClick={() => onMove(1)}
        >
          <span data-move="1">↓</span>
        </Button>
        <Button look="quiet" label={say.of(say.change, name)} expanded={open} onClick={onOpen}>
          {say.change}
        </Button>
        <Button look="quiet" label={say.of(say.retire, name)} onClick={props.onRetire}>
          {say.retire}
        </Button>
      </span>
      {!open && problems.length > 0 && <p class="u-error">{say.hasProblem}</p>}
      {open && <PatternEdit {...{ pattern, problems }} onChange={props.onChange} onDone={onOpen} />}
    </li>
  );
}
