// Comments at a moment, and writing one.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, isKeys, Segment, sayInstant, TextArea, useWords } from '../../ui/index.ts';
import type { Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useKept } from '../kept.ts';
import { useSentAs } from '../sent-as.ts';
import type { StoryComment } from './calls.ts';
import { say } from './words.ts';

export type CommentChange = { settled: boolean } | { deleted: boolean };

interface CommentsProps {
  readonly comments: readonly StoryComment[];
  readonly tabIndex: 0 | -1;
  readonly onChange: (comment: StoryComment, change: CommentChange) => void;
}

export function Comments({ comments, tabIndex, onChange }: CommentsProps) {
  const { lang } = useWords();
  if (comments.length === 0) return null;
  return (
    <ul class="c-st-comments" aria-label={say.comments}>
      {comments.map((comment) => {
        const { id, text, by, written, settled, visibility, mine } = comment;
        const when = sayInstant(new Date(written).toISOString(), lang);
        const act = (label: string, change: CommentChange) => (
          <button
            type="button"
            class="u-button u-button-quiet"
            tabIndex={tabIndex}
            onClick={() => onChange(comment, change)}
          >
            {label}
          </button>
        );
        return (
          <li key={id} data-settled={settled ? true : undefined}>
            <p dir="auto">{text}</p>
            <p class="c-st-comment-foot">
              <span>
                {[
                  say.wrote(by?.name ?? (mine ? say.you : say.colleague), when),
                  ...(visibility === 'workspace' ? [say.forAll] : []),
                  ...(settled ? [say.settled] : []),
                ].join(' · ')}
              </span>
              {act(settled ? say.reopen : say.settle, { settled: !settled })}
              {mine && act(say.takeBack, { deleted: true })}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

interface WriteProps {
  readonly place: Window;
  /** Whose words they are and where they belong. */
  readonly keptAs: string;
  readonly now: () => Date;
  readonly onSave: (
    id: string,
    text: string,
    visibility: StoryComment['visibility'],
  ) => Promise<Failure | null>;
  readonly onClose: () => void;
}

/** What is typed is kept by the browser until it is saved. */
export function WriteComment({ place, keptAs, now, onSave, onClose }: WriteProps) {
  const [text, write] = useKept(place, keptAs);
  const sent = useSentAs(place, keptAs, now);
  const [visibility, setVisibility] = useState<StoryComment['visibility']>('managers');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [sending, setSending] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => area.current?.focus({ preventScroll: true }), []);

  async function save() {
    if (text.trim() === '' || sending) return;
    setSending(true);
    const why = await onSave(sent.idOf({ text, visibility }), text, visibility);
    setSending(false);
    setFailure(why);
    if (why !== null) return;
    write('');
    sent.taken();
    onClose();
  }

  return (
    <form
      class="c-st-write"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        // The keys of the list are not those of what is written in it.
        event.stopPropagation();
        if (isKeys(event, 'Mod+Enter')) {
          event.preventDefault();
          void save();
        } else if (event.key === 'Escape' && !event.isComposing) {
          event.preventDefault();
          onClose();
        }
      }}
    >
      <TextArea label={say.yourComment} value={text} onInput={write} areaRef={area} maxRows={8} />
      <Segment
        label={say.reads}
        options={[
          { value: 'managers', label: say.visibility.managers },
          { value: 'workspace', label: say.visibility.workspace },
        ]}
        value={visibility}
        onChange={setVisibility}
      />
      {failure && <FailureNote failure={failure} safe={say.kept} />}
      <div class="u-actions">
        <Button look="primary" submit keys="Mod+Enter" disabled={text.trim() === ''}>
          {say.save}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}
