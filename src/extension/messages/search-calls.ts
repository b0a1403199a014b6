// Calls of the extension's own pages to the background. Searching all that is on this device, and the notebook.
export const searchCalls = {};

export type SearchAnswers = Record<never, never>;
