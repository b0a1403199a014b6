import type { Logger } from 'pino';
import type { Auth } from './accounts/auth.ts';
import type { DeviceSessions } from './accounts/device-sessions.ts';
import type { Db } from './database.ts';
import type { ErasureList } from './erasure/list.ts';
import type { Exports } from './exports/run.ts';
import type { Customers } from './following/customers.ts';
import type { Kept } from './kept.ts';
import type { Checkpoints } from './log/checkpoints.ts';
import type { LogKey } from './log-key.ts';
import type { Limiter } from './rate-limit.ts';
import type { Directories } from './register/directory.ts';
import type { SiteFile } from './site-file.ts';
import type { PokeHub } from './sync/pokes.ts';

/** What routes work with. Made once in main.ts and handed down: no module holds state. */
export type ServerContext = {
  db: Db;
  auth: Auth;
  /** Whose tokens devices bring. */
  devices: DeviceSessions;
  log: Logger;
  /** Public address without a slash at the end. */
  url: string;
  /** The origins it may be reached under: `url`, and this machine's own names. */
  origins: string[];
  /** Behind a proxy of ours: the last X-Forwarded-For address is the client's. */
  trustProxy: boolean;
  pokes: PokeHub;
  /** Which customers are read as one. */
  customers: Customers;
  /** Customers and projects by name. */
  directories: Directories;
  /** What is summed up of workspaces. */
  kept: Kept;
  /** What was erased, outside the database. */
  erasures: ErasureList;
  /** Exports that take their time, and where they lie. */
  exports: Exports;
  /** What devices pin; never logged. */
  logKey: LogKey;
  /** What is signed with it. */
  checkpoints: Checkpoints;
  /** Site knowledge to serve. */
  sites: SiteFile;
  /** Guesses at passwords, links and codes, by client address. */
  guesses: Limiter;
  /** Requests with a token or a cookie that is nobody's, by client address. */
  strangers: Limiter;
  /** Requests of one member, from all devices and tabs together. */
  requests: Limiter;
  /** Whether mails can be sent. */
  mails: boolean;
  ready(): Promise<boolean>;
};
