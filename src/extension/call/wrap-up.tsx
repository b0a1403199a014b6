import { useEffect, useRef, useState } from 'preact/hooks';
import { elapsedAt } from '../../domain/call.ts';
import { Button } from '../../ui/button.tsx';
import { tagMeans } from '../../ui/call/tag-means.ts';
import { Field } from '../../ui/field.tsx';
import { isTyping } from '../../ui/keys.tsx';
import { Segment } from '../../ui/segment.tsx';
import { Waiting } from '../../ui/states.tsx';
import { Trouble } from '../calls/trouble.tsx';
import { useActs } from '../calls/undo.tsx';
import { useAnswer } from '../calls/use-calls.ts';
import { WaitingTag } from '../calls/waiting.tsx';
import type { CallsView, CallView, WrapUpView } from '../messages/call-views.ts';
import type { BarClient } from './client.ts';
import { callName } from './parked.tsx';
import { say, sayTime } from './words.ts';

interface Props {
  readonly client: BarClient;
  readonly call: string;
  readonly view: CallsView;
  /** Done or put off: what is left waits. */
  readonly onEnd: () => void;
}

/** The minute after hanging up: what each tag becomes, what they did not say, how it went. */
export function WrapUp({ client, call: id, view, onEnd }: Props) {
  const { value, failure, set } = useAnswer(
    () => client.call('wrapUp', { call: id }),
    [client, id],
  );
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    // The letter is a shortcut for the button; everything here can be reached by Tab.
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens for a key on its way up
    <div
      class="b-wrap"
      onKeyDown={(event) => {
        const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
        if (!isPlain || event.key.toLowerCase() !== 's' || isTyping(event.target)) return;
        event.preventDefault();
        onEnd();
      }}
    >
      <h2 ref={heading} tabIndex={-1}>
        {say.wrapUp}
      </h2>
      {failure && <Trouble failure={failure} />}
      {value === null && failure === null && <Waiting>{say.reading}</Waiting>}
      {value && <Wrapped client={client} value={value} view={view} onChange={set} />}
      <div class="u-actions b-end">
        <Button look="primary" onClick={onEnd}>
          {say.done}
        </Button>
        <Button look="quiet" keys="S" onClick={onEnd}>
          {say.skip}
        </Button>
        <Button look="quiet" onClick={() => void client.call('callPage', { call: id })}>
          {say.story}
        </Button>
      </div>
    </div>
  );
}

interface WrappedProps {
  readonly client: BarClient;
  readonly value: WrapUpView;
  readonly view: CallsView;
  readonly onChange: (value: WrapUpView) => void;
}

function Wrapped({ client, value, view, onChange }: WrappedProps) {
  const { call, tags, hunches } = value;
  const ended = call.clock.endedAt ?? call.clock.startedAt;
  const change = (changed: CallView) => onChange({ ...value, call: changed });
  return (
    <>
      <p>
        <bdi class="b-name">{callName(call)}</bdi>{' '}
        <span class="u-quiet">
          {say.length(sayTime(elapsedAt(call.clock, ended)), tags.length)}
        </span>
      </p>
      <p class="u-hint">{say.wrapWhy}</p>
      {tags.length === 0 && <p class="u-hint">{say.noTagsSet}</p>}
      {tags.length > 0 && (
        <>
          <p class="u-hint">{say.rowKeys}</p>
          <ul class="k-waiting">
            {tags.map((tag) => (
              <WaitingTag
                key={tag.id}
                client={client}
                names={tagMeans}
                codebook={view.codebook}
                tag={tag}
                shift={call.shift}
                onTouch={() => undefined}
              />
            ))}
          </ul>
        </>
      )}
      <Unsaid client={client} call={call} hunches={hunches.map(({ fields }) => fields.statement)} />
      <Scores client={client} call={call} onChange={change} />
    </>
  );
}

interface UnsaidProps {
  readonly client: BarClient;
  readonly call: CallView;
  readonly hunches: readonly (string | undefined)[];
}

function Unsaid({ client, call, hunches }: UnsaidProps) {
  const acts = useActs();
  const [text, setText] = useState('');
  const open = hunches.filter((one) => one !== undefined && one !== '');
  const keep = () => {
    const statement = text.trim();
    if (statement === '') return;
    const record = client.newId();
    const write = async () => {
      const answer = await client.call('wrapHunch', { call: call.id, record, statement });
      if (answer.ok) setText('');
      return answer.ok ? null : answer.error;
    };
    const back = async () => {
      const answer = await client.call('remove', { kind: 'expectation', id: record, on: true });
      return answer.ok ? null : answer.error;
    };
    void acts.run(write, say.kept(statement), back);
  };
  return (
    <section class="b-part">
      <Field
        label={say.unsaid}
        value={text}
        hint={call.customer === null ? say.needsCustomer : say.unsaidHint}
        onInput={setText}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.isComposing) return;
          event.preventDefault();
          keep();
        }}
      />
      {open.length > 0 && (
        <>
          <h3 class="u-label">{say.hunches}</h3>
          <ul class="b-hunches">
            {open.map((statement) => (
              <li key={statement} dir="auto">
                {statement}
              </li>
            ))}
          </ul>
        </>
      )}
      {acts.line}
    </section>
  );
}

interface ScoresProps {
  readonly client: BarClient;
  readonly call: CallView;
  readonly onChange: (call: CallView) => void;
}

function Scores({ client, call, onChange }: ScoresProps) {
  const acts = useActs();
  const write = (patch: { seemed?: number | null; wentWell?: number | null }) => async () => {
    const answer = await client.call('callChange', { call: call.id, patch });
    if (answer.ok) onChange(answer.value);
    return answer.ok ? null : answer.error;
  };
  const rate = (field: 'seemed' | 'wentWell', words: readonly string[]) => (value: string) => {
    const score = Number(value);
    const back = write({ [field]: call[field] });
    void acts.run(write({ [field]: score }), say.score(score, words[score - 1] ?? ''), back);
  };
  const options = (words: readonly string[]) =>
    words.map((word, at) => ({ value: String(at + 1), label: say.score(at + 1, word) }));
  return (
    <section class="b-part b-scores">
      <Segment
        label={say.seemed}
        options={options(say.seemedWords)}
        value={call.seemed === null ? null : String(call.seemed)}
        onChange={rate('seemed', say.seemedWords)}
      />
      <Segment
        label={say.wentWell}
        options={options(say.wentWords)}
        value={call.wentWell === null ? null : String(call.wentWell)}
        onChange={rate('wentWell', say.wentWords)}
      />
      {acts.line}
    </section>
  );
}
