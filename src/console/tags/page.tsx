// The tags of calls: what people press while they talk. Changed as a whole and saved as one.
import { useCallback } from 'preact/hooks';
import { type TagProblem, tagProblems } from '../../domain/codebook-check.ts';
import { Button, Waiting } from '../../ui/index.ts';
import type { Labels, Me } from '../api.ts';
import type { Client } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useReading } from '../use-reading.ts';
import { RowActs } from '../whole-list/row-acts.tsx';
import { SaveRow } from '../whole-list/save-row.tsx';
import { useWholeList } from '../whole-list/use-whole-list.ts';
import { useConsoleWords } from '../words.ts';
import { type DraftTag, type KeptTagDraft, tagList, wishesOf } from './draft.ts';
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
  const writing = useWholeList({
    ...{ list: tagList, found: labels, kept, onTaken, onSignedOut },
    read: () => client.labels(),
    send: (draft) => client.saveLabels(wishesOf(draft), draft.base.seen),
  });
  const { draft, open, change } = writing;
  const tags = draft.rows;
  const problems = tagProblems(wishesOf(draft));

  /** Past the next one that is in use. */
  function move(row: string, by: 1 | -1) {
    const next = [...tags];
    const from = next.findIndex((tag) => tag.row === row);
    let to = from + by;
    while (next[to]?.retired) to += by;
    const [tag] = next.splice(from, 1);
    if (!tag || to < 0 || to > next.length) return;
    next.splice(to, 0, tag);
    const places = next.filter(({ retired }) => !retired);
    const name = nameOf(tag, say.means);
    writing.moved(row, next, by, say.movedTo(name, places.indexOf(tag) + 1, places.length));
  }

  function add() {
    const look = 'note' as const;
    const like = { colour: look, icon: look, means: look };
    writing.add({ id: null, name: '', key: '', ...like, retired: false }, 'input');
  }

  const retire = (tag: DraftTag, retired: boolean) =>
    writing.retire(tag, retired, say.retiredOne(nameOf(tag, say.means)));

  const inUse = tags.filter(({ retired }) => !retired);
  const retired = tags.filter((tag) => tag.retired);
  const ofTag = (tag: DraftTag) => problems.filter((problem) => problem.tag === tags.indexOf(tag));
  const ofAll = problems.flatMap((one) => (one.tag === null ? [say.problems[one.problem]] : []));
  return (
    <div class="c-tags-editor" ref={writing.place} inert={writing.isSaving}>
      <ol class="c-tags" aria-label={say.title}>
        {inUse.map((tag, at) => (
          <TagRow
            key={tag.row}
            {...{ tag, tags, problems: ofTag(tag) }}
            first={at === 0}
            last={at === inUse.length - 1}
            open={open === tag.row}
            onOpen={() => writing.toggle(tag.row)}
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
      <SaveRow {...{ writing, say }} hasProblems={problems.length > 0} />
      <p class="u-hidden" role="status">
        {writing.said}
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
      <RowActs
        {...{ first, last, open, onOpen, onMove, say }}
        labelOf={(act) => say.ofTag(act, name)}
        onRetire={props.onRetire}
      />
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
