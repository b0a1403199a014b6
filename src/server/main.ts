// Program 2: receives changes, proves history, serves the console. Started by cli.ts, by
// scripts/start.ts and by tests; nothing else imports from here.
import path from 'node:path';
import type { Logger } from 'pino';
import { createAuth } from './accounts/auth.ts';
import { createApprovedCode } from './accounts/device-grant.ts';
import { createDeviceSessions } from './accounts/device-sessions.ts';
import { ensureFirstWorkspace, pendingSetup } from './accounts/first-start.ts';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import type { ServerContext } from './context.ts';
import { openErasureList } from './erasure/list.ts';
import { openExportFolder } from './exports/files.ts';
import { createExports } from './exports/run.ts';
import { createCustomers } from './following/customers.ts';
import { listen } from './http.ts';
import { createKept, warmUp } from './kept.ts';
import { createCheckpoints } from './log/checkpoints.ts';
import { buildTrees } from './log/grow.ts';
import { openLargest } from './log/largest.ts';
import { createLog } from './log.ts';
import { openLogKey } from './log-key.ts';
import { type Migration, pendingMigrations, readMigrations } from './migrate.ts';
import { practiceRoutes } from './practice/index.ts';
import { startProgrammes } from './programmes/daily.ts';
import { createLimiter } from './rate-limit.ts';
import { createDirectories } from './register/directory.ts';
import { createMailer } from './reminders/mailer.ts';
import { startReminders } from './reminders/run.ts';
import { startDailyRetention } from './retention/daily.ts';
import { cookieSecret, openDataDir } from './secrets-store.ts';
import { openSiteFile } from './site-file.ts';
import { openStorage, type Storage } from './storage.ts';
import { createPokeHub, postgresRelay, type Relay } from './sync/pokes.ts';

export type StartOptions = { [name in keyof Config]?: Config[name] | undefined } & {
  /** Structured log; by default one on stdout at `logLevel`. */
  log?: Logger;
};

export type Running = {
  /** Public address without a slash at the end. */
  url: string;
  /** Opens the page that makes the first admin; null once it was used. Contains a secret. */
  setupLink: string | null;
  /** A device code already approved for the first admin, for a browser that this machine starts. */
  createDeviceCode(): Promise<{ deviceCode: string; userCode: string }>;
  /** Answers what is running, then stops; safe to call twice. */
  close(): Promise<void>;
};

/** An office shares an address: its disconnected browsers ask again now and then. */
const STRANGERS_PER_MINUTE = 240;

/** Starts a server. Rejects in words: port in use, folder in use, database unreachable or newer. */
export async function startServer(options: StartOptions = {}): Promise<Running> {
  const { log: given, ...settings } = options;
  const read = readConfig(settings, process.env);
  if (!read.ok) throw new Error(`Wrong setting: ${read.error}`);
  const config = read.config;
  const log = given ?? createLog(config.logLevel);
  const listening = await listen(config.host, config.port);
  let storage: Storage | null = null;
  try {
    const dataDir = await openDataDir(config.dataDir);
    const sites = await openSiteFile(config, dataDir, log);
    const migrations = await readMigrations();
    storage = await openStorage(config, dataDir, migrations, log);
    const url = config.url ?? `http://${shownHost(config.host)}:${listening.port}`;
    const origins = [
      url,
      ...['localhost', '127.0.0.1'].map((name) => `http://${name}:${listening.port}`),
    ];
    const logKey = await openLogKey(config, dataDir, url);
    const largest = await openLargest(dataDir, (error) => log.error({ error }, 'not remembered'));
    await buildTrees(storage.db);
    const directories = createDirectories();
    const server: ServerContext = {
      db: storage.db,
      auth: createAuth({
        db: storage.db,
        secret: config.secret ?? (await cookieSecret(dataDir)),
        url,
        origins,
      }),
      devices: createDeviceSessions(storage.db, Date.now),
      log,
      url,
      origins,
      trustProxy: config.trustProxy,
      pokes: createPokeHub(relayOf(config, storage, log)),
      customers: createCustomers(),
      directories,
      kept: createKept(storage.db, directories),
      erasures: await openErasureList(dataDir),
      exports: createExports(
        await openExportFolder(config.exportsDir ?? path.join(dataDir, 'exports')),
      ),
      logKey,
      checkpoints: createCheckpoints(logKey, largest, log),
      sites,
      guesses: createLimiter(config.guessesPerMinute, 60_000, Date.now),
      strangers: createLimiter(STRANGERS_PER_MINUTE, 60_000, Date.now),
      requests: createLimiter(config.requestsPerMinute, 60_000, Date.now),
      mails: config.smtpUrl !== undefined,
      ready: readiness(storage, migrations),
    };
    const admin = await ensureFirstWorkspace(server.db);
    // Before anybody is answered: a restored backup must not show what was erased.
    const again = await server.erasures.apply(server.db);
    if (again > 0) log.warn({ records: again }, 'erased again after a restore');
    await server.erasures.keep(server.db);
    const setupLink = await pendingSetup(server.db, admin, url);
    listening.serve(
      createApp(server, { practice: practiceRoutes(), consoleDir: config.consoleDir }),
    );
    log.info({ port: listening.port }, 'ready');
    const stopping = new AbortController();
    const warm = warmUp(server.db, directories, server.kept, stopping.signal, (error) =>
      log.error({ error }, 'not read ahead'),
    );
    const stopExports = server.exports.start(server, config.databaseUrl === undefined);
    const stopRetention = startDailyRetention(server);
    const stopProgrammes = startProgrammes(server);
    const { smtpUrl, mailFrom } = config;
    const stopReminders =
      smtpUrl === undefined || mailFrom === undefined
        ? null
        : startReminders(server, createMailer({ url: smtpUrl, from: mailFrom }));

    const opened = storage;
    let closing: Promise<void> | null = null;
    const close = async () => {
      stopping.abort();
      server.pokes.close();
      await stopExports();
      await stopRetention();
      await stopProgrammes();
      await stopReminders?.();
      await listening.close();
      await largest.close();
      await warm;
      await opened.close();
      log.info('stopped');
    };
    return {
      url,
      setupLink,
      createDeviceCode: () => createApprovedCode(server.auth, server.db),
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await listening.close();
    await storage?.close();
    throw error;
  }
}

/** A PostgreSQL of its own has no other server. */
function relayOf(config: Config, storage: Storage, log: Logger): Relay | null {
  const url = config.listenUrl ?? config.databaseUrl;
  return url === undefined ? null : postgresRelay(storage.pool, url, log);
}

function readiness(storage: Storage, migrations: Migration[]): () => Promise<boolean> {
  return async () => {
    try {
      return (await pendingMigrations(storage.pool, migrations)).length === 0;
    } catch {
      return false;
    }
  };
}

function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
