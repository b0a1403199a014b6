// Calls of the extension's own pages to the background. Places in a mail where something unsaid may hide.
export const cueCalls = {};

export type CueAnswers = Record<never, never>;
