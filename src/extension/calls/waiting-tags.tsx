import { useEffect, useRef, useState } from 'preact/hooks';
import type { Meaning } from '../../domain/codebook.ts';
import type { WrapOpen } from '../../ui/call/wrap-confirms.tsx';
import type { Fate } from '../../ui/call/wrap-tag.tsx';
import { isWriting, type ListKeys, WrapTags } from '../../ui/call/wrap-tags.tsx';
import type { CallsView, TagView } from '../messages/call-views.ts';
import type { Failure } from '../messages/result.ts';
import type { CallsClient } from './client.ts';
import { dayOf, dealtWith } from './fates.ts';
import { Trouble } from './trouble.tsx';

interface Props {
  readonly client: CallsClient;
  readonly names: Readonly<Record<Meaning, string>>;
  readonly view: Pick<CallsView, 'codebook' | 'settings'>;
  readonly call: string;
  /** Ms added to every time shown. */
  readonly shift: number;
  /** By offset. */
  readonly tags: readonly TagView[];
  /** It is about to be dealt with. */
  readonly onTouch: (tag: TagView) => void;
}

/** Without a letter for so long, the words are stored. */
const TYPING_MS = 700;

/** Tags of one call that wait, as the wrap-up has them. */
export function WaitingTags({ client, names, view, call, shift, tags, onTouch }: Props) {
  /** What was done here, before the background tells of it. */
  const [done, setDone] = useState<ReadonlyMap<string, Partial<TagView>>>(new Map());
  const [failure, setFailure] = useState<Failure | null>(null);
  const [said, setSaid] = useState({ text: '', times: 0 });
  const [open, setOpen] = useState<readonly WrapOpen[]>([]);
  const keys = useRef<ListKeys>({ press: () => false });
  const asked = useRef(false);
  const typed = useRef(new Map<string, string>());
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const put = (tag: string, patch: Partial<TagView>) =>
    setDone((all) => new Map(all).set(tag, { ...all.get(tag), ...patch }));
  const storeTexts = async () => {
    clearTimeout(typing.current);
    const texts = [...typed.current];
    typed.current.clear();
    for (const [id, text] of texts) {
      const answer = await client.call('callTagEdit', { id, patch: { text } });
      if (!answer.ok) setFailure(answer.error);
    }
  };
  const latest = useRef(storeTexts);
  latest.current = storeTexts;
  useEffect(() => () => void latest.current(), []);

  /** What may be confirmed is looked up once somebody works on this call. */
  const lookUp = () => {
    if (asked.current) return;
    asked.current = true;
    void client.call('wrapUp', { call }).then((answer) => {
      if (answer.ok) setOpen(answer.value.open.filter(({ statement }) => statement !== ''));
      else asked.current = false;
    });
  };
  const decide = async (id: string, fate: Fate) => {
    const tag = tags.find((one) => one.id === id);
    if (tag === undefined) return;
    const record = client.newId();
    onTouch(tag);
    setFailure(null);
    put(id, dealtWith(fate, record));
    await storeTexts();
    const answer = await client.call('wrapTag', { tag: id, record, ...fate });
    if (answer.ok) return;
    put(id, { handled: false, became: null });
    setFailure(answer.error);
  };
  const undo = async (id: string) => {
    const before = done.get(id) ?? {};
    setFailure(null);
    put(id, { handled: false, became: null });
    const answer = await client.call('unwrapTag', { tag: id });
    if (answer.ok) return;
    put(id, before);
    setFailure(answer.error);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is pressed are the rows within
    <div
      class="k-waiting"
      onFocusIn={lookUp}
      onPointerDown={lookUp}
      onKeyDown={(event) => {
        if (event.defaultPrevented || isWriting(event.target)) return;
        if (keys.current.press(event)) event.preventDefault();
      }}
    >
      <WrapTags
        tags={tags.map((tag) => ({ ...tag, ...done.get(tag.id) }))}
        codebook={view.codebook}
        letters={view.settings.keys}
        today={dayOf(client.now())}
        closed
        {...{ open, shift, names, keys }}
        tell={(text) => setSaid(({ times }) => ({ text, times: times + 1 }))}
        onFate={(tag, fate) => void decide(tag, fate)}
        onUndo={(tag) => void undo(tag)}
        onText={(tag, text) => {
          put(tag, { text });
          typed.current.set(tag, text);
          clearTimeout(typing.current);
          typing.current = setTimeout(() => void latest.current(), TYPING_MS);
        }}
      />
      {failure && <Trouble failure={failure} />}
      <p class="u-hidden" role="status">
        <span key={said.times}>{said.text}</span>
      </p>
    </div>
  );
}
