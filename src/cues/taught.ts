// What a member's answers to a rule's cues ("yes", "not one") do to that rule.
import type { Taught } from './cue.ts';

// A rule is believed to be right as often as was measured, as firmly as by four answers: a beta
// distribution, of which the answers move the mean.
const RIGHT = 0.7;
const ANSWERS = 4;
// Below this it is wrong more often than right: it says nothing more. Three refusals in a row.
const SILENT_BELOW = 0.45;
const MOST = 1.5;

/** A rule's weight for this member: shifted in log-odds; null: the rule is silent. */
export function taughtWeight(weight: number, rule: string, taught: Taught): number | null {
  const answers = Object.hasOwn(taught, rule) ? taught[rule] : undefined;
  if (answers === undefined) return weight;
  const [yes, no] = [atLeastNone(answers.yes), atLeastNone(answers.no)];
  const right = (RIGHT * ANSWERS + yes) / (ANSWERS + yes + no);
  if (right < SILENT_BELOW) return null;
  const shift = logit(right) - logit(RIGHT);
  return weight + Math.max(-MOST, Math.min(MOST, shift));
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}

function atLeastNone(many: number): number {
  return Number.isFinite(many) && many > 0 ? many : 0;
}
