// The tags of calls: what people press while they talk. Changed as a whole and saved as one.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type TagProblem, tagProblems } from '../../domain/codebook-check.ts';
import { Button, Undo, Waiting } from '../../ui/index.ts';
import type { Labels, Me } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useReading } from '../use-reading.ts';
import { useConsoleWords } from '../words.ts';
import {
  type DraftTag,
  draftOf,
  isChanged,
  type KeptTagDraft,
  mergeTags,
  type TagDraft,
  wishesOf,
} from './draft.ts';
import { nameOf, TagEdit } from './edit.tsx';
import { TagDrawing } from './tag-drawing.tsx';

export interface TagsPageProps {
  readonly client: Client;
  readonly me: Me;
  readonly kept: KeptTagDraft;
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

export function TagsPage({ client, me, kept, pokes, onSignedOut }: TagsPageProps) {
  const say = useConsoleWords().tags;
  const mayChange = ['manager', 'admin'].includes(me.member.role);
  const ask = useCallback(() => client.labels(), [client]);
  const { value: labels, failure, again, change } = useReading(ask, { pokes, onSignedOut });
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      <p class="c-why">{say.why}</p>
      {failure && !labels && <FailureNote failure={failure} onAgain={again} />}
      {!labels && !failure && <Waiting>{say.reading}</Waiting>}
      {labels && !mayChange && <p class="u-quiet">{say.managersOnly}</p>}
      {labels && mayChange && (
        <Editor
          {...{ client, labels, kept, onSignedOut }}
          onTaken={(taken) => change(() => taken)}
        />
      )}
      {labels && !mayChange && <Shown labels={labels} />}
    </div>
  );
}

function Shown({ labels }: { readonly labels: Labels }) {
  const say = useConsoleWords().tags;
  return (
    <ol class="c-tags" aria-label={say.title}>
      {labels.tags
        .filter(({ retired }) => !retired)
        .map((tag) => (
          <li key={tag.id}>
            <TagDrawing {...tag} name={nameOf(tag, say.means)} shortcut={tag.key} />
            <About tag={tag} />
          </li>
        ))}
    </ol>
  );
}

interface EditorProps extends Pick<TagsPageProps, 'client' | 'kept' | 'onSignedOut'> {
  /** As the server has them now. */
  readonly labels: Labels;
  readonly onTaken: (labels: Labels) => void;
}

function Editor({ client, labels, kept, onTaken, onSignedOut }: EditorProps) {
  const say = useConsoleWords().tags;
  const [draft, setDraft] = useState<TagDraft>(() => kept.current ?? draftOf(labels));
  const [open, setOpen] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [merged, setMerged] = useState(false);
  const [said, setSaid] = useState('');
  /** As they were before the last saving. */
  const [before, setBefore] = useState<Labels | null>(null);
  const endUndo = useCallback(() => setBefore(null), []);
  const made = useRef(0);
  const list = useRef<HTMLDivElement>(null);
  const focus = useRef<string | null>(null);

  const changed = isChanged(draft);
  const problems = tagProblems(wishesOf(draft));
  // What a colleague saved is shown at once, unless something is being written over it.
  useEffect(() => {
    if (kept.current === null) setDraft(draftOf(labels));
  }, [kept, labels]);
  // With the drawing it belongs to: an effect of the one before would come first and find nothing.
  useLayoutEffect(() => {
    if (focus.current === null) return;
    list.current?.querySelector<HTMLElement>(focus.current)?.focus();
    focus.current = null;
  });

  function write(next: TagDraft) {
    kept.current = isChanged(next) ? next : null;
    setDraft(next);
    setBefore(null);
  }
  const withTags = (tags: readonly DraftTag[]) => write({ ...draft, tags });
  const change = (row: string, patch: Partial<DraftTag>) =>
    withTags(draft.tags.map((tag) => (tag.row === row ? { ...tag, ...patch } : tag)));

  /** Past the next one that is in use. */
  function move(row: string, by: 1 | -1) {
    const tags = [...draft.tags];
    const from = tags.findIndex((tag) => tag.row === row);
    let to = from + by;
    while (tags[to]?.retired) to += by;
    const [tag] = tags.splice(from, 1);
    if (!tag || to < 0 || to > tags.length) return;
    tags.splice(to, 0, tag);
    withTags(tags);
    const places = tags.filter(({ retired }) => !retired);
    setSaid(say.movedTo(nameOf(tag, say.means), places.indexOf(tag) + 1, places.length));
    focus.current = `[data-row="${CSS.escape(row)}"] button:has([data-move="${by}"])`;
  }

  function add() {
    made.current += 1;
    const row = `new-${made.current}`;
    const look = 'note' as const;
    const tag = {
      id: null,
      name: '',
      key: '',
      colour: look,
      icon: look,
      means: look,
      retired: false,
    };
    withTags([...draft.tags, { ...tag, row }]);
    setOpen(row);
    focus.current = `[data-row="${row}"] input`;
  }

  function retire(tag: DraftTag, retired: boolean) {
    if (tag.id === null) withTags(draft.tags.filter(({ row }) => row !== tag.row));
    else change(tag.row, { retired });
    setOpen(null);
    setSaid(retired ? say.retiredOne(nameOf(tag, say.means)) : '');
    focus.current = retired ? '[data-add] button' : `[data-row="${CSS.escape(tag.row)}"] button`;
  }

  async function save(next: TagDraft) {
    setFailure(null);
    setMerged(false);
    const answer = await client.saveLabels(wishesOf(next), next.base.seen);
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
  async function merge(mine: TagDraft) {
    const answer = await client.labels();
    if (!answer.ok) return setFailure(answer.failure);
    write(mergeTags(mine, answer.value));
    setMerged(true);
    onTaken(answer.value);
  }

  const inUse = draft.tags.filter(({ retired }) => !retired);
  const retired = draft.tags.filter((tag) => tag.retired);
  const ofTag = (tag: DraftTag) =>
    problems.filter((problem) => problem.tag === draft.tags.indexOf(tag));
  const ofAll = problems.flatMap((one) => (one.tag === null ? [say.problems[one.problem]] : []));
  return (
    <div class="c-tags-editor" ref={list}>
      <ol class="c-tags" aria-label={say.title}>
        {inUse.map((tag, at) => (
          <TagRow
            key={tag.row}
            {...{ tag, tags: draft.tags, problems: ofTag(tag) }}
            first={at === 0}
            last={at === inUse.length - 1}
            open={open === tag.row}
            onOpen={() => setOpen(open === tag.row ? null : tag.row)}
            onChange={(patch) => change(tag.row, patch)}
            onMove={(by) => move(tag.row, by)}
            onRetire={() => retire(tag, true)}
          />
        ))}
      </ol>
      <div class="u-actions" data-add>
        <Button icon="plus" onClick={add}>
          {say.add}
        </Button>
      </div>
      {retired.length > 0 && (
        <details class="c-retired">
          <summary>{say.retired(retired.length)}</summary>
          <p class="u-hint">{say.retiredWhy}</p>
          <ul class="c-tags">
            {retired.map((tag) => (
              <li key={tag.row} data-row={tag.row}>
                <TagDrawing {...tag} name={nameOf(tag, say.means)} />
                <Button
                  look="quiet"
                  label={say.ofTag(say.use, nameOf(tag, say.means))}
                  onClick={() => retire(tag, false)}
                >
                  {say.use}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {ofAll.map((words) => (
        <p key={words} class="u-error">
          {words}
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
              void save({ ...draftOf(before), base: labels });
            }}
            onEnd={endUndo}
          />
        )}
        {changed && (
          <Button look="quiet" onClick={() => write(draftOf(labels))}>
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

interface TagRowProps {
  readonly tag: DraftTag;
  readonly tags: readonly DraftTag[];
  readonly problems: readonly TagProblem[];
  readonly first: boolean;
  readonly last: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onChange: (patch: Partial<DraftTag>) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRetire: () => void;
}

function TagRow(props: TagRowProps) {
  const { tag, tags, problems, first, last, open, onOpen, onMove } = props;
  const say = useConsoleWords().tags;
  const name = nameOf(tag, say.means);
  return (
    <li data-row={tag.row}>
      <TagDrawing {...tag} name={name} shortcut={tag.key} />
      <About tag={tag} />
      <span class="c-tag-acts">
        <Button
          look="quiet"
          label={say.ofTag(say.up, name)}
          disabled={first}
          why={say.isFirst}
          onClick={() => onMove(-1)}
        >
          <span data-move="-1">↑</span>
        </Button>
        <Button
          look="quiet"
          label={say.ofTag(say.down, name)}
          disabled={last}
          why={say.isLast}
          onClick={() => onMove(1)}
        >
          <span data-move="1">↓</span>
        </Button>
        <Button look="quiet" label={say.ofTag(say.change, name)} expanded={open} onClick={onOpen}>
          {say.change}
        </Button>
        <Button look="quiet" label={say.ofTag(say.retire, name)} onClick={props.onRetire}>
          {say.retire}
        </Button>
      </span>
      {!open && problems.length > 0 && <p class="u-error">{say.hasProblem}</p>}
      {open && <TagEdit {...{ tag, tags, problems }} onChange={props.onChange} onDone={onOpen} />}
    </li>
  );
}

/** What it is about, where its name does not say so. */
function About({ tag }: { readonly tag: Pick<DraftTag, 'name' | 'means'> }) {
  const say = useConsoleWords().tags;
  const about = say.means[tag.means];
  if (nameOf(tag, say.means) === about) return null;
  return <span class="u-quiet">{say.isAbout(about)}</span>;
}
