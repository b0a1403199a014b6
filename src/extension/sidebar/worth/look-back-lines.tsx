import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { DIMENSIONS, type Dimension, isKnownQuestion } from '../../../domain/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { TextArea } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Undo } from '../../../ui/undo.tsx';
import { type UnstatedBecause, useWords } from '../../../ui/words.ts';
import { worthWords } from '../../../ui/worth/words.ts';
import type { LookBackView } from '../../messages/worth-calls.ts';
import type { Sidebar } from '../model.ts';
import { worthSay as say } from './words.ts';

interface Props {
  readonly sidebar: Sidebar;
  readonly view: LookBackView;
  readonly lines: readonly string[];
  /** Whose troubles these are. */
  readonly id: string;
}

/** Lines of a look back that can become questions of the workspace, for who may write those. */
export function LookBackLines({ sidebar, view, lines, id }: Props) {
  const { core } = sidebar;
  const [open, setOpen] = useState<string | null>(null);
  /** Made since this was shown: the view hears of them a little later. */
  const [made, setMade] = useState<ReadonlyMap<string, string>>(new Map());
  const [last, setLast] = useState<string | null>(null);
  const end = useCallback(() => setLast(null), []);
  if (lines.length === 0) return null;
  if (!view.mayAdd) return <p class="u-hint">{say.onlyManagers}</p>;
  const keep = async (line: string, pattern: NewQuestion) => {
    const answer = await core.call('makePattern', pattern);
    if (!answer.ok) return core.set({ trouble: { id, failure: answer.error } });
    setMade(new Map([...made, [line, answer.value.record]]));
    setLast(line);
    setOpen(null);
    core.set({ said: say.questionKept, trouble: null });
  };
  const undo = async (line: string) => {
    const record = made.get(line);
    if (record === undefined) return;
    const answer = await core.call('remove', { kind: 'pattern', id: record, on: true });
    if (!answer.ok) return core.set({ trouble: { id, failure: answer.error } });
    setMade(new Map([...made].filter(([each]) => each !== line)));
    setLast(null);
    core.set({ said: say.questionGone, trouble: null });
  };
  return (
    <>
      <h3>{say.makeQuestion}</h3>
      <ul class="s-lines">
        {lines.map((line) => {
          const isQuestion = made.has(line) || isKnownQuestion(line, view.questions);
          return (
            <li key={line}>
              <span dir="auto">{line}</span>
              {isQuestion ? (
                <span class="s-meta">
                  <Icon name="check" size={12} /> {say.isQuestion}
                </span>
              ) : open === line ? (
                <Question
                  line={line}
                  onKeep={(pattern) => keep(line, pattern)}
                  onCancel={() => setOpen(null)}
                />
              ) : (
                <Button look="quiet" label={say.makeOf(line)} onClick={() => setOpen(line)}>
                  {say.make}
                </Button>
              )}
              {last === line && (
                <Undo text={say.questionKept} onUndo={() => void undo(line)} onEnd={end} />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

type NewQuestion = {
  text: string;
  reason: UnstatedBecause | null;
  dimension: Dimension | null;
};

interface QuestionProps {
  readonly line: string;
  readonly onKeep: (pattern: NewQuestion) => Promise<void>;
  readonly onCancel: () => void;
}

/** The line as a question, and what it is for: that says when it is proposed. */
function Question({ line, onKeep, onCancel }: QuestionProps) {
  const words = useWords();
  const [text, setText] = useState(line);
  const [reason, setReason] = useState<UnstatedBecause | ''>('');
  const [dimension, setDimension] = useState<Dimension | ''>('');
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => area.current?.focus(), []);
  const reasons = Object.entries(words.unstatedBecause) as [UnstatedBecause, string][];
  const keep = async () => {
    if (busy || text.trim() === '') return;
    setBusy(true);
    await onKeep({ text, reason: reason || null, dimension: dimension || null });
    setBusy(false);
  };
  return (
    <div class="s-new-question">
      <TextArea
        areaRef={area}
        label={say.questionText}
        value={text}
        maxLength={2_000}
        onInput={setText}
      />
      <Choice
        label={say.reason}
        empty={say.any}
        options={reasons.map(([value, label]) => ({ value, label }))}
        value={reason}
        onChange={setReason}
      />
      <Choice
        label={say.dimension}
        empty={say.anyDimension}
        options={DIMENSIONS.map((value) => ({ value, label: worthWords.dimension[value] }))}
        value={dimension}
        onChange={setDimension}
      />
      <div class="u-actions">
        <Button onClick={() => void keep()}>{say.keepQuestion}</Button>
        <Button look="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
    </div>
  );
}
