// Calls of the extension's own pages to the background. What to know before talking, what is due, and handing over.
export const briefCalls = {};

export type BriefAnswers = Record<never, never>;
