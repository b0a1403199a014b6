// All of src/cues as a script would carry it, for its size.
import { findCues, languageOf, measured } from '../src/cues/index.ts';

Object.assign(globalThis, { findCues, languageOf, measured });
