import {
  type DraftFinding,
  FINDING_TYPES,
  LONGEST_REMARK,
  MOST_FINDINGS,
} from '../../domain/reviews.ts';
import { Button, Choice, Segment, sayInstant, TextArea, useWords } from '../../ui/index.ts';
import type { SheetStandard } from './calls.ts';
import { say } from './words.ts';

export interface FindingsProps {
  readonly findings: readonly DraftFinding[];
  readonly standards: readonly SheetStandard[];
  readonly onChange: (findings: readonly DraftFinding[]) => void;
  readonly onAdd: () => void;
  /** It is being written: what is chosen in the story is pinned to it. */
  readonly onWriting: (id: string) => void;
  /** Shows its moment in the story. */
  readonly onGo: (finding: DraftFinding) => void;
}

/** What the review found, each pinned to a moment of the story or to none. */
export function Findings(props: FindingsProps) {
  const { findings, onAdd } = props;
  return (
    <section class="c-findings" aria-labelledby="c-findings">
      <h2 id="c-findings">{say.findings}</h2>
      {findings.length === 0 && <p class="u-quiet">{say.noFindings}</p>}
      <ol>
        {findings.map((finding, at) => (
          <OneFinding key={finding.id} {...{ ...props, finding }} at={at + 1} />
        ))}
      </ol>
      {findings.length < MOST_FINDINGS && (
        <div class="u-actions">
          <Button icon="plus" keys="F" onClick={onAdd}>
            {say.addFinding}
          </Button>
        </div>
      )}
    </section>
  );
}

interface OneFindingProps extends FindingsProps {
  readonly finding: DraftFinding;
  /** Counted from 1. */
  readonly at: number;
}

function OneFinding(props: OneFindingProps) {
  const { findings, finding, at, standards, onChange, onWriting, onGo } = props;
  const { lang } = useWords();
  const change = (patch: Partial<DraftFinding>) =>
    onChange(findings.map((one) => (one.id === finding.id ? { ...one, ...patch } : one)));
  const standard = standards.find(({ id }) => id === finding.standard);
  return (
    <li data-finding={finding.id} onFocusIn={() => onWriting(finding.id)}>
      <Segment
        label={say.type(at)}
        labelHidden
        options={FINDING_TYPES.map((value) => ({ value, label: say.types[value] }))}
        value={finding.type}
        onChange={(type) => change({ type })}
      />
      <TextArea
        label={say.findingText(at)}
        labelHidden
        value={finding.text}
        maxLength={LONGEST_REMARK}
        hint={finding.text.trim() === '' ? say.noWords : undefined}
        onInput={(text) => change({ text })}
      />
      <div class="c-finding-about">
        <Choice
          label={say.findingStandard}
          empty={say.noStandard}
          options={standards.map(({ id, name }) => ({ value: id, label: name }))}
          value={finding.standard ?? ''}
          onChange={(id) => change({ standard: id === '' ? null : id })}
        />
        {(standard?.causes.length ?? 0) > 0 && (
          <Choice
            label={say.cause}
            empty={say.noCause}
            options={(standard?.causes ?? []).map((cause) => ({ value: cause, label: cause }))}
            value={finding.cause}
            onChange={(cause) => change({ cause })}
          />
        )}
      </div>
      <div class="u-actions">
        {finding.at === null ? (
          <span class="u-hint">{say.notPinned}</span>
        ) : (
          <>
            <Button look="quiet" icon="link" onClick={() => onGo(finding)}>
              {say.pinned(sayInstant(finding.at, lang))}
            </Button>
            <Button look="quiet" onClick={() => change({ subject: null, at: null, moment: null })}>
              {say.unpin}
            </Button>
          </>
        )}
        <Button
          look="bad"
          label={say.removeFinding(at)}
          onClick={() => onChange(findings.filter(({ id }) => id !== finding.id))}
        >
          {say.remove}
        </Button>
      </div>
    </li>
  );
}
