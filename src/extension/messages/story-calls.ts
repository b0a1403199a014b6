// Calls of the extension's own pages to the background. A customer’s timeline, and mentions.
export const storyCalls = {};

export type StoryAnswers = Record<never, never>;
