// The questions that people are offered: what brings out what a customer has not said. Changed as a
// whole and saved as one.
import { useCallback } from 'preact/hooks';
import { type PatternProblem, patternProblems } from '../../domain/pattern-check.ts';
import { Button, useWords, Waiting, type Words } from '../../ui/index.ts';
import { worthWords } from '../../ui/worth/words.ts';
import type { Me, Patterns } from '../api.ts';
import type { Client } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useReading } from '../use-reading.ts';
import { RowActs } from '../whole-list/row-acts.tsx';
import { SaveRow } from '../whole-list/save-row.tsx';
import { useWholeList } from '../whole-list/use-whole-list.ts';
import {
  type DraftPattern,
  groupOf,
  type KeptPatternDraft,
  patternList,
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
  const writing = useWholeList({
    ...{ list: patternList, found, kept, onTaken, onSignedOut },
    read: () => client.patterns(),
    send: (draft) => client.savePatterns(wishesOf(draft), draft.base.seen),
  });
  const { draft, open, change } = writing;
  const problems = patternProblems(wishesOf(draft));

  /** Past the next one that is offered for the same. */
  function move(pattern: DraftPattern, own: readonly DraftPattern[], by: 1 | -1) {
    const other = own[own.indexOf(pattern) + by];
    if (!other) return;
    const rows = draft.rows.map((one) => {
      if (one.row === pattern.row) return other;
      return one.row === other.row ? pattern : one;
    });
    const place = own.indexOf(pattern) + by + 1;
    writing.moved(pattern.row, rows, by, say.moved(pattern.text, place, own.length));
  }

  const add = () =>
    writing.add({ id: null, text: '', reason: null, dimension: null, retired: false }, 'textarea');
  const retire = (pattern: DraftPattern, retired: boolean) =>
    writing.retire(pattern, retired, say.retiredOne(pattern.text));

  const retired = draft.rows.filter((one) => one.retired);
  const ofOne = (pattern: DraftPattern) =>
    problems.filter((problem) => problem.pattern === draft.rows.indexOf(pattern));
  const ofAll = problems.flatMap((one) =>
    one.pattern === null ? [say.problems[one.problem]] : [],
  );
  return (
    <div class="c-patterns-editor" ref={writing.place} inert={writing.isSaving}>
      {groupsOf(draft.rows, words).map(({ name, title, patterns }) => (
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
                onOpen={() => writing.toggle(pattern.row)}
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
      <SaveRow {...{ writing, say }} hasProblems={problems.length > 0} />
      <p class="u-hidden" role="status">
        {writing.said}
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
      <RowActs
        {...{ first, last, open, onOpen, onMove, say }}
        labelOf={(act) => say.of(act, name)}
        onRetire={props.onRetire}
      />
      {!open && problems.length > 0 && <p class="u-error">{say.hasProblem}</p>}
      {open && <PatternEdit {...{ pattern, problems }} onChange={props.onChange} onDone={onOpen} />}
    </li>
  );
}
