// Calls of the extension's own pages to the background. Mails that log themselves, and what nobody has asked for long.
export const loggingCalls = {};

export type LoggingAnswers = Record<never, never>;
