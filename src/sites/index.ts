// Reading one host page: who wrote what to whom, when, and where its words stand. One folder per
// site, `site.ts` is the interface, all.ts the list. For the page script; imports domain and anchor.

export { chooseSite, readPage, type SiteKnowledge } from './choose.ts';
export { PLAIN } from './reading.ts';
export type {
  Hooks,
  MessageHeaders,
  MessageReading,
  PageReading,
  Person,
  RecordReading,
  Site,
} from './site.ts';
