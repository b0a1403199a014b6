import { useEffect, useRef, useState } from 'preact/hooks';
import { type Meaning, tagName, tagOf } from '../../domain/codebook.ts';
import { Button } from '../../ui/button.tsx';
import { TagName } from '../../ui/call/tag-name.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { Segment } from '../../ui/segment.tsx';
import { Empty, Waiting } from '../../ui/states.tsx';
import { sayDay } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { CallsView, CallView, TagView } from '../messages/call-views.ts';
import type { CallsClient } from './client.ts';
import type { PageProps } from './list.tsx';
import { callHref } from './route.ts';
import { sayTime } from './time-text.ts';
import { Trouble } from './trouble.tsx';
import { useActs } from './undo.tsx';
import { useAnswer } from './use-calls.ts';
import { say } from './words.ts';

export const BECOMES = ['expectation', 'promise', 'grievance', 'question', 'handled'] as const;
export type Becomes = (typeof BECOMES)[number];

/** What a tag becomes most often: offered first. */
const LIKELY: Readonly<Record<Meaning, Becomes>> = {
  expectation: 'expectation',
  note: 'handled',
  grievance: 'grievance',
  praise: 'handled',
  'promise-ours': 'promise',
  'promise-theirs': 'promise',
  question: 'question',
  decision: 'handled',
  risk: 'expectation',
  'ask-later': 'question',
};

/** Tags of calls that are over, which nobody has dealt with. */
export function WaitingPage({
  client,
  news,
  names,
  view,
}: PageProps & { readonly view: CallsView | null }) {
  const { value, failure, again } = useAnswer(() => client.call('tagInbox', {}), [client, news]);
  // One that was dealt with stays, so that it can be undone in its place.
  const [touched, setTouched] = useState<ReadonlyMap<string, TagView>>(new Map());
  const waiting = value?.tags ?? [];
  const ids = new Set(waiting.map(({ id }) => id));
  const tags = [...waiting, ...[...touched.values()].filter(({ id }) => !ids.has(id))];
  const [calls, setCalls] = useState<ReadonlyMap<string, CallView>>(new Map());
  const known = new Map([
    ...calls,
    ...(value?.calls ?? []).map((call) => [call.id, call] as const),
  ]);
  const groups = [...known.values()]
    .map((call) => ({
      call,
      tags: tags.filter((tag) => tag.call === call.id).sort((a, b) => a.offset - b.offset),
    }))
    .filter((group) => group.tags.length > 0)
    .sort((a, b) => b.call.clock.startedAt - a.call.clock.startedAt);
  return (
    <>
      <h1>{say.waitingTitle}</h1>
      {failure && (
        <Trouble failure={failure} action={<Button onClick={again}>{say.again}</Button>} />
      )}
      {value === null && failure === null && <Waiting>{say.reading}</Waiting>}
      {value !== null && groups.length === 0 && <Empty>{say.nothingWaits}</Empty>}
      {groups.length > 0 && <p class="u-quiet">{say.waitingWhy}</p>}
      {view !== null &&
        groups.map((group) => (
          <CallGroup key={group.call.id} call={group.call}>
            {group.tags.map((tag) => (
              <WaitingTag
                key={tag.id}
                {...{ client, names, tag }}
                shift={group.call.shift}
                codebook={view.codebook}
                onTouch={() => {
                  setTouched((all) => new Map(all).set(tag.id, tag));
                  setCalls((all) => new Map(all).set(group.call.id, group.call));
                }}
              />
            ))}
          </CallGroup>
        ))}
    </>
  );
}

function CallGroup({
  call,
  children,
}: {
  readonly call: CallView;
  readonly children: preact.ComponentChildren;
}) {
  const { lang } = useWords();
  const name = [call.customer?.name, call.subject].filter(Boolean).join(' · ') || say.noSubject;
  return (
    <section>
      <h2>
        <a href={callHref(call.id)} dir="auto">
          {name}
        </a>{' '}
        <span class="u-quiet">{sayDay(new Date(call.clock.startedAt).toISOString(), lang)}</span>
      </h2>
      <ul class="k-waiting">{children}</ul>
    </section>
  );
}

interface WaitingTagProps {
  readonly client: CallsClient;
  readonly names: Readonly<Record<Meaning, string>>;
  readonly codebook: CallsView['codebook'];
  readonly tag: TagView;
  readonly shift: number;
  /** It is about to be dealt with. */
  readonly onTouch: () => void;
}

/** One tag and what it becomes. */
export function WaitingTag({ client, names, codebook, tag, shift, onTouch }: WaitingTagProps) {
  const acts = useActs();
  const [open, setOpen] = useState<Becomes | null>(null);
  const [done, setDone] = useState(false);
  const [text, setText] = useState(tag.text);
  const [due, setDue] = useState('');
  const known = tagOf(codebook, tag.tag);
  const [by, setBy] = useState<'us' | 'them'>(known.means === 'promise-theirs' ? 'them' : 'us');
  const [checked, setChecked] = useState(false);
  const likely = LIKELY[known.means];
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (open !== null) area.current?.focus();
  }, [open]);

  const wrap = (becomes: Becomes) => async () => {
    const promise = becomes === 'promise';
    const answer = await client.call('wrapTag', {
      ...{ tag: tag.id, record: client.newId(), becomes, text },
      due: promise && due !== '' ? due : null,
      by: promise ? by : null,
    });
    if (answer.ok) setDone(true);
    return answer.ok ? null : answer.error;
  };
  const unwrap = async () => {
    const answer = await client.call('unwrapTag', { tag: tag.id });
    if (answer.ok) setDone(false);
    return answer.ok ? null : answer.error;
  };
  const become = (becomes: Becomes) => {
    setChecked(true);
    if (becomes !== 'handled' && text.trim() === '') return setOpen(becomes);
    onTouch();
    setOpen(null);
    void acts.run(wrap(becomes), say.nowIs[becomes], unwrap);
  };
  const press = (becomes: Becomes) => {
    setChecked(false);
    // Its words and date are looked at first; only ticking off is one press.
    if (becomes === 'handled') become(becomes);
    else setOpen(open === becomes ? null : becomes);
  };
  const name = tagName(known, names);
  return (
    <li>
      <p class="k-waiting-tag">
        <span class="k-tag-time">{sayTime(tag.offset + shift)}</span>
        <TagName tag={known} name={name} />
        <span dir="auto">{tag.text}</span>
      </p>
      {!done && (
        <div class="u-actions">
          {[...BECOMES]
            .sort((a, b) => Number(b === likely) - Number(a === likely))
            .map((one) => (
              <Button
                key={one}
                look={one === likely ? 'plain' : 'quiet'}
                label={say.of(say.becomes[one], say.tagAt(name, sayTime(tag.offset + shift)))}
                {...(one === 'handled' ? {} : { expanded: open === one })}
                onClick={() => press(one)}
              >
                {say.becomes[one]}
              </Button>
            ))}
        </div>
      )}
      {open !== null && !done && (
        <form
          class="k-edit"
          onSubmit={(event) => {
            event.preventDefault();
            become(open);
          }}
        >
          <TextArea
            label={say.words}
            value={text}
            rows={2}
            areaRef={area}
            error={checked && text.trim() === '' ? say.needsWords : undefined}
            onInput={setText}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.isComposing || event.shiftKey) return;
              event.preventDefault();
              become(open);
            }}
          />
          {open === 'promise' && (
            <>
              <Field type="date" label={say.due} value={due} onInput={setDue} />
              <Segment
                label={say.byWhom}
                options={[
                  { value: 'us', label: say.byUs },
                  { value: 'them', label: say.byThem },
                ]}
                value={by}
                onChange={setBy}
              />
            </>
          )}
          <div class="u-actions">
            <Button look="primary" submit>
              {say.becomes[open]}
            </Button>
          </div>
        </form>
      )}
      {acts.line}
    </li>
  );
}
