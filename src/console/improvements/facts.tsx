import { sayDate, sayInstant, useWords } from '../../ui/index.ts';
import type { ImprovementShown } from './answer.ts';
import { sayOwner } from './standing.tsx';
import { say } from './words.ts';

interface FactsProps {
  readonly improvement: ImprovementShown;
  readonly me: string;
}

/** What is said of it; what nobody has said is left out. */
export function Facts({ improvement, me }: FactsProps) {
  const { lang } = useWords();
  const { cause, action, due, checkOn, doneAt, doneText, checkedAt, effectText } = improvement;
  const by = (name: string, at: string | null) =>
    at === null ? name : say.by(name, sayInstant(at, lang));
  return (
    <>
      <dl class="c-improve-says-all">
        <Fact name={say.facts.cause}>{cause}</Fact>
        <Fact name={say.facts.action}>{action}</Fact>
        <Fact name={say.facts.done} more={doneAt && sayInstant(doneAt, lang)}>
          {doneText}
        </Fact>
        <Fact name={say.facts.effect} more={by(improvement.checkedByName, checkedAt)}>
          {effectText}
        </Fact>
        <Fact name={say.facts.reason}>{improvement.reason}</Fact>
      </dl>
      <dl class="c-improve-facts">
        <Fact name={say.facts.owner}>{sayOwner(improvement, me)}</Fact>
        <Fact name={say.facts.due}>{due && sayDate(due, lang)}</Fact>
        <Fact name={say.facts.checkOn}>{checkOn && sayDate(checkOn, lang)}</Fact>
        <Fact name={say.facts.project}>{improvement.projectName}</Fact>
        <Fact name={say.facts.customer}>{improvement.customerName}</Fact>
        <Fact name={say.facts.written}>
          {by(improvement.authorName, new Date(improvement.written).toISOString())}
        </Fact>
      </dl>
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly more?: string | null;
  readonly children: string | null;
}

function Fact({ name, more, children }: FactProps) {
  if (!children) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">
        {children}
        {more && <span class="u-quiet c-improve-more">{more}</span>}
      </dd>
    </div>
  );
}
