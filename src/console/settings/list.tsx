import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { keptLines, type LineProblem, lineProblems } from '../../domain/setting-lines.ts';
import { Button, TextArea, Undo } from '../../ui/index.ts';
import type { Setting } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { useConsoleWords } from '../words.ts';
import type { SettingDrafts } from './drafts.ts';
import { SettingHistory } from './history.tsx';
import { mergeLines, sameLines } from './lines.ts';

export interface SettingListProps {
  readonly client: Client;
  /** As the server has it now. */
  readonly setting: Setting;
  readonly mayChange: boolean;
  readonly drafts: SettingDrafts;
  /** The server has taken it, or somebody else changed it. */
  readonly onTaken: (setting: Setting) => void;
  readonly onSignedOut: () => void;
}

/** One list of the workspace: what it is for, its lines, and who changed them. */
export function SettingList(props: SettingListProps) {
  const { setting, mayChange } = props;
  const say = useConsoleWords().settings;
  const list = say.lists[setting.name];
  const heading = `c-setting-${setting.name}`;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{list.title}</h2>
      <p class="c-why">{list.why}</p>
      {mayChange ? <Editor {...props} /> : <Lines lines={setting.lines} empty={list.none} />}
      <SettingHistory entries={setting.history} />
    </section>
  );
}

function Editor({ client, setting, drafts, onTaken, onSignedOut }: SettingListProps) {
  const say = useConsoleWords().settings;
  const list = say.lists[setting.name];
  const draft = drafts.get(setting.name);
  // Written over what was shown, whatever came in since: saving tells.
  const base = draft?.base ?? setting;
  const [text, setText] = useState(draft?.text ?? setting.lines.join('\n'));
  const [checked, setChecked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [merged, setMerged] = useState(false);
  /** The lines as they were before the last saving, and after it. */
  const [before, setBefore] = useState<readonly (readonly string[])[] | null>(null);
  const sending = useRef(false);
  const newest = useRef(text);
  newest.current = text;
  const endUndo = useCallback(() => setBefore(null), []);

  const mine = keptLines(text);
  const changed = !sameLines(mine, base.lines);
  useLayoutEffect(() => {
    if (drafts.has(setting.name)) return;
    setText((now) => (sameLines(keptLines(now), setting.lines) ? now : setting.lines.join('\n')));
  }, [drafts, setting]);

  function write(next: string) {
    setText(next);
    if (sameLines(keptLines(next), base.lines)) drafts.delete(setting.name);
    else drafts.set(setting.name, { base, text: next });
  }

  const problems = lineProblems(setting.name, text.split('\n'));

  /** The lines as the server has them then; null where it did not take them. */
  async function save(lines: readonly string[], over: Setting) {
    if (sending.current) return null;
    sending.current = true;
    setFailure(null);
    setMerged(false);
    const sent = newest.current;
    const answer = await client.saveSetting(setting.name, lines, over.seen);
    sending.current = false;
    if (answer.ok) {
      setChecked(false);
      // What was written meanwhile is written over what is saved now.
      if (newest.current !== sent) {
        drafts.set(setting.name, { base: answer.value, text: newest.current });
      } else {
        drafts.delete(setting.name);
        setText(answer.value.lines.join('\n'));
      }
      onTaken(answer.value);
      return answer.value.lines;
    }
    const { failure: why } = answer;
    if (why.is === 'signed-out') onSignedOut();
    else if (why.is === 'refused' && why.status === 409) {
      await merge(newest.current === sent ? lines : keptLines(newest.current), over);
    } else setFailure(why);
    return null;
  }

  /** Somebody was faster: their lines with our changes, to be looked at before they are saved. */
  async function merge(lines: readonly string[], over: Setting) {
    const answer = await client.settings();
    if (!answer.ok) return setFailure(answer.failure);
    const theirs = answer.value.settings.find(({ name }) => name === setting.name);
    if (!theirs) return;
    const next = mergeLines(over.lines, lines, theirs.lines).join('\n');
    drafts.set(setting.name, { base: theirs, text: next });
    setText(next);
    setMerged(true);
    onTaken(theirs);
  }

  async function onSubmit() {
    setChecked(true);
    if (!changed || problems.length > 0) return;
    const old = base.lines;
    const saved = await save(mine, base);
    if (saved !== null) setBefore([old, saved]);
  }

  return (
    <form
      class="c-setting"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
      onFocusOut={() => setChecked(true)}
    >
      <Rules rules={list.rules} />
      <TextArea
        label={list.label}
        hint={text.trim() === '' ? list.empty : undefined}
        error={checked && problems.length > 0 ? say.problems(problems.length) : undefined}
        rows={4}
        maxRows={20}
        value={text}
        onInput={write}
      />
      {checked && problems.length > 0 && <Problems problems={problems} />}
      {merged && <p role="status">{say.merged}</p>}
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      {before === null || changed ? (
        <Button
          look={changed ? 'primary' : 'plain'}
          submit
          disabled={!changed}
          why={say.nothingChanged}
        >
          {say.save}
        </Button>
      ) : (
        <Undo
          text={say.saved}
          onUndo={() => {
            const [old = [], saved = []] = before;
            setBefore(null);
            void save(mergeLines(saved, old, setting.lines), setting);
          }}
          onEnd={endUndo}
        />
      )}
    </form>
  );
}

function Rules({ rules }: { readonly rules: readonly (readonly [string, string])[] }) {
  return (
    <dl class="c-rules">
      {rules.map(([example, meaning]) => (
        <div key={example}>
          <dt class="c-line">{example}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

function Problems({ problems }: { readonly problems: readonly LineProblem[] }) {
  const say = useConsoleWords().settings;
  return (
    <ul class="c-problems">
      {problems.map(({ line, text, problem }) => (
        <li key={`${line} ${text}`}>
          {line !== null && (
            <>
              {say.line(line)} <bdi class="c-line">{text.trim()}</bdi>{' '}
            </>
          )}
          {problem}
        </li>
      ))}
    </ul>
  );
}

function Lines({ lines, empty }: { readonly lines: readonly string[]; readonly empty: string }) {
  if (lines.length === 0) return <p class="u-quiet">{empty}</p>;
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>
          <bdi class="c-line">{line}</bdi>
        </li>
      ))}
    </ul>
  );
}
