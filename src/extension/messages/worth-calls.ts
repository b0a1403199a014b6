// Calls of the extension's own pages to the background. Worth, Kano, outcomes and looking back.
export const worthCalls = {};

export type WorthAnswers = Record<never, never>;
