import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { parseNeverLog } from '../../domain/never-log.ts';
import { TextArea } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { Undo } from '../../ui/undo.tsx';
import type { Failure } from '../messages/result.ts';
import type { NeverLog as Lists, Status } from '../messages/views.ts';
import type { OptionsClient } from './client.ts';
import { Section } from './section.tsx';
import { say } from './words.ts';

interface Props {
  readonly client: OptionsClient;
  readonly status: Status | null;
}

/** What must not be read: one's own lines to change, the workspace's to know. */
export function NeverLog({ client, status }: Props) {
  const [lists, setLists] = useState<Lists | null>(null);
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  /** The lines as they were before the last change. */
  const [before, setBefore] = useState<readonly string[] | null>(null);
  const endUndo = useCallback(() => setBefore(null), []);

  const take = (answer: Awaited<ReturnType<typeof ask>>): answer is { ok: true; value: Lists } => {
    setFailure(answer.ok ? null : answer.error);
    if (!answer.ok) return false;
    setLists(answer.value);
    setText(answer.value.mine.join('\n'));
    return true;
  };
  const ask = () => client.call('neverLog', {});
  useEffect(() => void ask().then(take), [client]);

  const write = async (lines: string[]) => take(await client.call('setNeverLog', { lines }));
  const save = async () => {
    if (lists === null || sameLines(linesOf(text), lists.mine)) return;
    // The sidebar may have added a line since these were read.
    const now = await ask();
    const added = now.ok ? now.value.mine.filter((line) => !lists.mine.includes(line)) : [];
    const old = now.ok ? now.value.mine : lists.mine;
    if (await write([...new Set([...linesOf(text), ...added])])) setBefore(old);
  };
  const leaving = useRef(save);
  leaving.current = save;
  useEffect(() => {
    const leave = () => void leaving.current();
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, []);

  const problems = parseNeverLog(linesOf(text)).problems;
  return (
    <Section name="never">
      <p class="u-quiet">{say.neverWhy}</p>
      <div onFocusOut={() => void save()}>
        <TextArea
          label={say.neverMine}
          hint={say.neverHint}
          error={problems.length > 0 ? say.neverProblems(problems.length) : undefined}
          rows={4}
          maxRows={20}
          value={text}
          disabled={lists === null}
          onInput={setText}
        />
      </div>
      {problems.length > 0 && (
        <ul class="o-problems" aria-label={say.neverProblems(problems.length)}>
          {problems.map(({ line, problem }, index) => (
            <li key={`${index} ${line}`}>
              <bdi class="o-line">{line}</bdi> {problem}
            </li>
          ))}
        </ul>
      )}
      {failure && <Problem what={failure.message} safe={say.neverSafe} />}
      {before !== null && (
        <Undo
          text={say.neverSaved}
          onUndo={() => {
            setBefore(null);
            void write([...before]);
          }}
          onEnd={endUndo}
        />
      )}
      {lists !== null && status?.connection && (
        <Workspace lines={lists.workspace} server={status.connection.server} />
      )}
    </Section>
  );
}

function Workspace({ lines, server }: { readonly lines: readonly string[]; server: string }) {
  return (
    <>
      <h3>{say.neverWorkspace}</h3>
      {lines.length === 0 ? (
        <p class="u-quiet">{say.neverWorkspaceNone}</p>
      ) : (
        <ul class="o-lines">
          {lines.map((line) => (
            <li key={line}>
              <bdi class="o-line">{line}</bdi>
            </li>
          ))}
        </ul>
      )}
      <p class="u-quiet">
        {say.neverWorkspaceWhere}{' '}
        {/^https?:\/\//i.test(server) && (
          <a href={`${server}/#/settings`} target="_blank" rel="noopener noreferrer">
            {say.neverConsole}
          </a>
        )}
      </p>
    </>
  );
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.join('\n') === b.join('\n');
}
