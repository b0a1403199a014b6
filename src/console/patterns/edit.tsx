import { builtInText, LONGEST_PATTERN, type PatternProblem } from '../../domain/pattern-check.ts';
import type { UnstatedBecause } from '../../domain/patterns.ts';
import { DIMENSIONS, type Dimension } from '../../domain/servqual.ts';
import { Button, Choice, TextArea, useWords } from '../../ui/index.ts';
import { worthWords } from '../../ui/worth/words.ts';
import type { DraftPattern } from './draft.ts';
import { patternWords as say } from './words.ts';

export interface PatternEditProps {
  readonly pattern: DraftPattern;
  readonly problems: readonly PatternProblem[];
  readonly onChange: (patch: Partial<DraftPattern>) => void;
  readonly onDone: () => void;
}

/** The words of one question, and what it is for; each change shows at once in the list. */
export function PatternEdit({ pattern, problems, onChange, onDone }: PatternEditProps) {
  const words = useWords();
  const builtIn = builtInText(pattern.id);
  const [problem] = problems;
  const reasons = Object.entries(words.unstatedBecause) as [UnstatedBecause, string][];
  return (
    <div class="c-tag-edit">
      <div class="c-pattern-words">
        <TextArea
          label={say.text}
          hint={
            builtIn === undefined || builtIn === pattern.text ? say.textHint : say.builtIn(builtIn)
          }
          value={pattern.text}
          maxLength={LONGEST_PATTERN}
          error={problem && say.problems[problem.problem]}
          onInput={(text) => onChange({ text })}
        />
      </div>
      {builtIn === undefined && (
        <>
          <Choice
            label={say.reason}
            empty={say.any}
            options={reasons.map(([value, label]) => ({ value, label }))}
            value={pattern.reason ?? ''}
            onChange={(reason) => onChange({ reason: reason || null })}
          />
          <Choice<Dimension>
            label={say.dimension}
            empty={say.any}
            options={DIMENSIONS.map((value) => ({ value, label: worthWords.dimension[value] }))}
            value={pattern.dimension ?? ''}
            onChange={(dimension) => onChange({ dimension: dimension || null })}
          />
        </>
      )}
      <div class="u-actions">
        <Button onClick={onDone}>{say.done}</Button>
        {builtIn !== undefined && builtIn !== pattern.text && (
          <Button look="quiet" onClick={() => onChange({ text: builtIn })}>
            {say.asBuiltIn}
          </Button>
        )}
      </div>
    </div>
  );
}
