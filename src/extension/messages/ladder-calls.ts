// Calls of the extension's own pages to the background. The ladder of an expectation: questions asked, answers, steps.
export const ladderCalls = {};

export type LadderAnswers = Record<never, never>;
