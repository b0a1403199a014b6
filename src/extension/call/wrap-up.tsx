import { useEffect, useRef, useState } from 'preact/hooks';
import { tagMeans } from '../../ui/call/tag-means.ts';
import { type WrapHunch, WrapUp } from '../../ui/call/wrap-up.tsx';
import { Waiting } from '../../ui/states.tsx';
import { dayOf, dealtWith } from '../calls/fates.ts';
import { Trouble } from '../calls/trouble.tsx';
import type { CallsView, TagView, WrapUpView } from '../messages/call-views.ts';
import type { Failure } from '../messages/result.ts';
import type { Bar } from './bar.ts';
import type { BarClient } from './client.ts';
import { Unsent } from './unsent.tsx';
import { say } from './words.ts';

interface Props {
  readonly client: BarClient;
  readonly bar: Bar;
  readonly call: string;
  readonly view: CallsView;
  /** The window in which it is seen. */
  readonly place: Window;
  /** Done or put off: what is left waits. */
  readonly onEnd: () => void;
}

/** Wrapping up: all that is done goes the way of tags, in order and until it is stored. */
export function WrapUpCall({ client, bar, call, view, place, onEnd }: Props) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [value, setValue] = useState<WrapUpView | null>(null);
  const [kept, setKept] = useState<readonly WrapHunch[]>([]);
  /** Hunches that were made here, also those taken back. */
  const mine = useRef(new Set<string>());
  const acts = useRef({ begun: 0, pending: 0 });
  const texts = useRef(new Map<string, string>());
  const { news } = bar.state;
  const ask = () => {
    const { begun, pending } = acts.current;
    void client.call('wrapUp', { call }).then((answer) => {
      setFailure(answer.ok ? null : answer.error);
      // An answer from before the last act would take it off the screen.
      const isNew = pending === 0 && begun === acts.current.begun && texts.current.size === 0;
      if (answer.ok && isNew) setValue(answer.value);
    });
  };
  useEffect(ask, [client, call, news]);
  const run = (name: Parameters<Bar['act']>[0], payload: Record<string, unknown>) => {
    acts.current.begun += 1;
    acts.current.pending += 1;
    void bar.act(name, payload).then(() => {
      acts.current.pending -= 1;
      if (acts.current.pending === 0) ask();
    });
  };
  /** Words are stored when the typing stops: each letter would be a change of its own. */
  const storeTexts = () => {
    for (const [id, text] of texts.current) run('callTagEdit', { id, patch: { text } });
    texts.current.clear();
  };
  const latest = useRef(storeTexts);
  latest.current = storeTexts;
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    const leave = () => latest.current();
    place.addEventListener('pagehide', leave);
    return () => {
      place.removeEventListener('pagehide', leave);
      leave();
    };
  }, [place]);
  if (value === null) {
    return failure ? <Trouble failure={failure} /> : <Waiting>{say.reading}</Waiting>;
  }
  const change = (tag: string, patch: Partial<TagView>) =>
    setValue({
      ...value,
      tags: value.tags.map((one) => (one.id === tag ? { ...one, ...patch } : one)),
    });
  return (
    <>
      <Unsent bar={bar} />
      <WrapUp
        call={value.call}
        tags={value.tags.filter(({ deleted }) => !deleted)}
        hunches={value.hunches
          .map(({ id, fields }) => ({ id, statement: fields.statement ?? '' }))
          .filter(({ id, statement }) => statement !== '' && !mine.current.has(id))}
        open={value.open.filter(({ statement }) => statement !== '')}
        kept={kept}
        codebook={view.codebook}
        names={tagMeans}
        letters={view.settings.keys}
        today={dayOf(client.now())}
        place={place}
        onFate={(tag, fate) => {
          const record = client.newId();
          change(tag, dealtWith(fate, record));
          storeTexts();
          run('wrapTag', { tag, record, ...fate });
        }}
        onUndo={(tag) => {
          change(tag, { handled: false, became: null });
          run('unwrapTag', { tag });
        }}
        onText={(tag, text) => {
          change(tag, { text });
          texts.current.set(tag, text);
          clearTimeout(typing.current);
          typing.current = setTimeout(() => latest.current(), TYPING_MS);
        }}
        onHunch={(statement) => {
          const record = client.newId();
          mine.current.add(record);
          setKept([...kept, { id: record, statement }]);
          run('wrapHunch', { call, record, statement });
        }}
        onHunchBack={({ id }) => {
          setKept(kept.filter((one) => one.id !== id));
          run('remove', { kind: 'expectation', id, on: true });
        }}
        onScore={(name, score) => {
          setValue({ ...value, call: { ...value.call, [name]: score } });
          run('callChange', { call, patch: { [name]: score } });
        }}
        onGoOn={() => void bar.resume(call, value.call.correction)}
        onEnd={onEnd}
      />
    </>
  );
}

/** Without a letter for so long, the words are stored. */
const TYPING_MS = 700;
