// Reading one host page: who wrote what to whom, when, and where its words stand. One folder per
// site, `site.ts` is the interface. For the page script; imports domain and anchor.

export { chooseSite, readPage } from './choose.ts';
export type { MessageHeaders, MessageReading, PageReading, Person, Site } from './site.ts';
