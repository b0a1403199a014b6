// Every sentence of the settings about cues.
export const sayCues = {
  why: 'In a mail that is open, Unsaid marks places faintly where something unsaid may hide: an assumption, a hinted wish, a promise with its date. The rules run on this device; no word of a mail leaves it for them.',
  show: 'Show cues',
  on: 'Cues are shown.',
  off: 'No cues are shown.',
  learns:
    'Each card you keep and each “Not one” teaches the rule that made the cue. That stays in this browser, for you alone.',
  nothing: 'Nothing taught yet. Keep a card of a cue, or say “Not one”.',
  taught: 'What you taught',
  counts: (yes: number, no: number) =>
    `kept ${yes.toLocaleString('en-GB')}, not one ${no.toLocaleString('en-GB')}`,
  forget: 'Forget',
  forgetRule: (rule: string) => `Forget what ${rule} was taught`,
  forgetAll: 'Forget everything taught',
  none: (count: number) =>
    count === 1
      ? '1 sentence is not marked again, because you said it is none.'
      : `${count.toLocaleString('en-GB')} sentences are not marked again, because you said they are none.`,
  forgotten: 'Forgotten.',
  languages: 'Languages',
  measured: (language: string) => `${language}: measured on labelled mails.`,
  unmeasured: (language: string) =>
    `${language}: the rules are there, but how good they are was not measured.`,
};
