// Places in a text where something unsaid may hide, and promises with their date. Pure: on the
// device, from rules alone. Imports domain; the background and benches may import it.
export type { Cue, CueKind, Dimension, Options, Reason, Taught } from './cue.ts';
export { findCues } from './find.ts';
export { languageOf, measured } from './language.ts';
