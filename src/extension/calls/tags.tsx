import { useRef, useState } from 'preact/hooks';
import { type Meaning, type Tag, tagName, tagOf } from '../../domain/codebook.ts';
import { Empty } from '../../ui/states.tsx';
import type { CallView, TagView } from '../messages/call-views.ts';
import type { CallsClient } from './client.ts';
import { TagEdit } from './tag-edit.tsx';
import { TagList } from './tag-list.tsx';
import { sayExactly, sayMove } from './time-text.ts';
import { useActs } from './undo.tsx';
import { say } from './words.ts';

export interface TagsProps {
  readonly client: CallsClient;
  readonly call: CallView;
  /** By offset. */
  readonly tags: readonly TagView[];
  readonly codebook: readonly Tag[];
  readonly names: Readonly<Record<Meaning, string>>;
  readonly setCall: (call: CallView) => void;
  readonly setTag: (tag: TagView) => void;
}

export type TagPatch = {
  tag?: string;
  text?: string;
  offset?: number;
  span?: number | null;
  deleted?: boolean;
};

/** The tags of a call, and the fields of the one that is chosen. */
export function Tags({ client, call, tags, codebook, names, setCall, setTag }: TagsProps) {
  const [active, setActive] = useState<string | null>(null);
  const acts = useActs();
  const fields = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const chosen = tags.find(({ id }) => id === active) ?? null;
  const nameOf = (tag: TagView) => tagName(tagOf(codebook, tag.tag), names);

  const write = (id: string, patch: TagPatch) => async () => {
    const answer = await client.call('callTagEdit', { id, patch });
    if (answer.ok) setTag(answer.value);
    return answer.ok ? null : answer.error;
  };
  const change = (tag: TagView, patch: TagPatch) => {
    const before = Object.fromEntries(
      Object.keys(patch).map((field) => [field, tag[field as keyof TagPatch]]),
    );
    const text =
      patch.deleted === true
        ? say.takenBack(nameOf(tag))
        : patch.offset === undefined
          ? say.changed
          : say.moved(sayExactly(patch.offset + call.shift));
    return acts.run(write(tag.id, patch), text, write(tag.id, before));
  };
  /** The next one is chosen, so that one key after the other goes through the list. */
  const remove = (tag: TagView) => {
    const at = tags.indexOf(tag);
    const next = tags[at + 1] ?? tags[at - 1];
    void change(tag, { deleted: true }).then((done) => {
      if (!done) return;
      setActive(next?.id ?? null);
      list.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
    });
  };
  const shiftTo = (shift: number) => async () => {
    const answer = await client.call('callChange', { call: call.id, patch: { shift } });
    if (answer.ok) setCall(answer.value);
    return answer.ok ? null : answer.error;
  };
  return (
    <section aria-labelledby="k-tags">
      <h2 id="k-tags">{say.tagsTitle}</h2>
      {call.shift !== 0 && <p class="k-meta">{say.isShifted(sayMove(call.shift))}</p>}
      {tags.length === 0 ? (
        <Empty>{call.state === 'ended' ? say.noTags : say.noTagsYet}</Empty>
      ) : (
        <div class="k-two" ref={list}>
          <div>
            <TagList
              {...{ tags, codebook, names, active }}
              shift={call.shift}
              onActive={setActive}
              onEnter={() => fields.current?.querySelector('input')?.focus()}
              onRemove={remove}
            />
            <p class="u-hint">{say.listKeys}</p>
          </div>
          <div ref={fields} class="k-fields">
            {chosen && (
              <TagEdit
                key={chosen.id}
                {...{ client, call, codebook, names }}
                tag={chosen}
                onChange={(patch) => change(chosen, patch)}
                onRemove={() => remove(chosen)}
                onShift={(shift) =>
                  void acts.run(shiftTo(shift), say.shifted(sayMove(shift)), shiftTo(call.shift))
                }
                onLeave={() => list.current?.querySelector<HTMLElement>('[role=listbox]')?.focus()}
              />
            )}
          </div>
        </div>
      )}
      {acts.line}
    </section>
  );
}
