// Every sentence of the sidebar about cues.
export const sayCues = {
  places: (count: number) =>
    count === 1 ? '1 place worth a question' : `${count} places worth a question`,
  opens: (words: string) => `Make a card of “${words}”`,
  not: 'Not one',
  notThis: (words: string) => `Not one: “${words}”`,
  notOne: 'Not one. It is marked no more, and its rule learns from it.',
  off: 'Cues are off. You can switch them on in the settings.',
  onAgain: 'Cues are shown again.',
  backAgain: 'Marked again.',
  switchOff: 'Show no cues',
  more: (count: number) => `Show ${count} more`,
  noticed: 'Unsaid noticed:',
  rule: (rule: string) => `Rule: ${rule}`,
  unmeasured: (language: string) =>
    `${language}: how good these rules are was not measured for this language.`,
  ask: 'A way to ask:',
  copy: 'Copy the question',
  copied: 'Copied.',
  notCopied: 'The browser did not let Unsaid copy it. Select the question and copy it.',
};

/** The name of a language, as its code says. */
export function languageName(code: string | null): string {
  if (code === null) return 'Another language';
  return new Intl.DisplayNames('en-GB', { type: 'language' }).of(code) ?? code;
}
