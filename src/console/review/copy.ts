// A draft as plain text, for whoever has to take it elsewhere.
import { type DraftContent, NOT_SCORED } from '../../domain/reviews.ts';
import type { SheetStandard } from './calls.ts';
import { type Side, valueSaid } from './score.ts';
import { say } from './words.ts';

/** Paragraphs with an empty line between them. */
export function writtenOut(standards: readonly SheetStandard[], content: DraftContent): string {
  const scored = standards.map((standard) => {
    const said = content.scores[standard.id] ?? NOT_SCORED;
    const value = (side: Side) => {
      const given = said[side];
      return given === null ? say.unscored : valueSaid(standard, given);
    };
    const told = said.applies
      ? `${say.ours}: ${value('ours')}; ${say.theirs}: ${said.asked ? value('theirs') : say.notAskedShort}`
      : say.notApplicable;
    return [`${standard.name}. ${told}`, said.text, said.cause].filter(Boolean).join('\n');
  });
  const findings = content.findings.map(({ type, text, cause }) =>
    [`${say.types[type]}: ${text}`, cause].filter(Boolean).join('\n'),
  );
  return [content.text, ...scored, ...findings].filter(Boolean).join('\n\n');
}
