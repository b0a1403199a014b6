// What the anchor bench calls of peers that bring no types.

declare module 'dom-anchor-text-quote' {
  export function toRange(
    root: Element,
    quote: { exact: string; prefix?: string; suffix?: string },
    options?: { hint?: number },
  ): Range | null;
}

/** Unpacked by the bench from the source map in the npm package `hypothesis`. */
declare module 'hypothesis/annotator/anchoring' {
  export function anchor(root: Element, selectors: readonly object[]): Promise<Range>;
}

// PouchDB, as far as the bench of sync calls it.

declare module 'pouchdb-core' {
  export default class PouchDB {
    constructor(name: string, options?: { adapter: string });
    bulkDocs(documents: object[]): Promise<unknown>;
    info(): Promise<{ doc_count: number }>;
    destroy(): Promise<unknown>;
    static plugin(plugin: object): typeof PouchDB;
    static defaults(options: { adapter: string }): typeof PouchDB;
    static replicate(
      source: PouchDB,
      target: PouchDB,
      options: { batch_size: number },
    ): Promise<{ docs_written: number }>;
  }
}
declare module 'pouchdb-adapter-http' {
  const plugin: object;
  export default plugin;
}
declare module 'pouchdb-adapter-memory' {
  const plugin: object;
  export default plugin;
}
declare module 'pouchdb-replication' {
  const plugin: object;
  export default plugin;
}
declare module 'express-pouchdb' {
  export default function expressPouchDb(
    pouch: object,
    options: { mode: 'minimumForPouchDB' },
  ): import('node:http').RequestListener;
}
