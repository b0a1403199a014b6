import { MEANINGS, type Meaning, TAG_LOOKS, type TagLook } from '../../domain/codebook.ts';
import { isBuiltIn, LONGEST_NAME, type TagProblem } from '../../domain/codebook-check.ts';
import { Button, Choice, Field, useWords } from '../../ui/index.ts';
import { useConsoleWords } from '../words.ts';
import type { DraftTag } from './draft.ts';

export interface TagEditProps {
  readonly tag: DraftTag;
  readonly tags: readonly DraftTag[];
  readonly problems: readonly TagProblem[];
  readonly onChange: (patch: Partial<DraftTag>) => void;
  readonly onDone: () => void;
}

/** The fields of one tag; each change shows at once in the list, nothing is sent before saving. */
export function TagEdit({ tag, tags, problems, onChange, onDone }: TagEditProps) {
  const shared = useWords();
  const say = useConsoleWords().tags;
  const looks = TAG_LOOKS.map((value) => ({ value, label: shared.mark[value] }));
  const wrong = (of: 'name' | 'key') => {
    const found = problems.find(({ problem }) => problem.endsWith('name') === (of === 'name'));
    if (!found) return undefined;
    if (found.problem !== 'key-taken') return say.problems[found.problem];
    const other = tags[found.by];
    return say.keyTaken(tag.key, other ? nameOf(other, say.means) : '');
  };
  const builtIn = isBuiltIn(tag.id);
  return (
    <div class="c-tag-edit">
      <Field
        label={say.name}
        {...(builtIn ? { hint: say.ownName(say.means[tag.id as Meaning]) } : {})}
        value={tag.name ?? ''}
        maxLength={LONGEST_NAME}
        placeholder={builtIn ? say.means[tag.id as Meaning] : ''}
        error={wrong('name')}
        onInput={(name) => onChange({ name: name === '' && builtIn ? null : name })}
      />
      <Field
        label={say.key}
        hint={say.keyHint}
        value={tag.key}
        maxLength={2}
        error={wrong('key')}
        onInput={(key) => onChange({ key: key.trim().toLowerCase() })}
      />
      <Choice
        label={say.aboutLabel}
        options={MEANINGS.map((value) => ({ value, label: say.means[value] }))}
        value={tag.means}
        onChange={(means) => means !== '' && onChange({ means })}
      />
      <Choice<TagLook>
        label={say.colour}
        options={looks}
        value={tag.colour}
        onChange={(colour) => colour !== '' && onChange({ colour })}
      />
      <Choice<TagLook>
        label={say.icon}
        options={looks}
        value={tag.icon}
        onChange={(icon) => icon !== '' && onChange({ icon })}
      />
      <div class="u-actions">
        <Button onClick={onDone}>{say.done}</Button>
      </div>
    </div>
  );
}

/** What people read. */
export function nameOf(
  { name, means }: Pick<DraftTag, 'name' | 'means'>,
  names: Readonly<Record<Meaning, string>>,
): string {
  return name?.trim() || names[means];
}
