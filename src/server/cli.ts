#!/usr/bin/env node
// The `unsaid` command.
import { parseArgs } from 'node:util';
import { type Config, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { presentLogKey } from './log-key.ts';
import { startServer } from './main.ts';
import { readMigrations } from './migrate.ts';
import { openDataDir } from './secrets-store.ts';
import { openStorage } from './storage.ts';

const HELP = `unsaid serve [--port N] [--host ADDRESS] [--data DIR] [--console DIR] [--url URL] [--sites FILE]
    Starts the server, with a PostgreSQL of its own under DIR or the one of DATABASE_URL.
    FILE mends or switches off sites for all connected browsers; DIR/sites.json without it.
unsaid migrate [--data DIR]
    Brings the database up to date and ends.
unsaid key [--data DIR]
    Prints the server's public key, which browsers pin when they connect.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    data: { type: 'string' },
    console: { type: 'string' },
    url: { type: 'string' },
    sites: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

const settings = {
  port: values.port === undefined ? undefined : Number(values.port),
  host: values.host,
  dataDir: values.data,
  consoleDir: values.console,
  url: values.url,
  sites: values.sites,
};

try {
  const [command = 'serve'] = positionals;
  if (values.help || positionals.length > 1) process.stdout.write(HELP);
  else if (command === 'serve') await serve();
  else if (command === 'migrate') await migrateOnly();
  else if (command === 'key') await printKey();
  else {
    process.stderr.write(`There is no command “${command}”.\n\n${HELP}`);
    process.exitCode = 2;
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function serve() {
  const starting = startServer(settings);
  // From the start on: a signal while PostgreSQL is starting waits for it, so that it is stopped too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void starting.then(
        (running) => running.close().then(() => process.exit(0)),
        () => undefined, // a start that fails stops everything itself and is said above
      );
    });
  }
  const running = await starting;
  process.stdout.write(`Unsaid is at ${running.url}\n`);
  if (running.setupLink) process.stdout.write(`Set it up once at ${running.setupLink}\n`);
}

function settled(): Config {
  const read = readConfig(settings, process.env);
  if (!read.ok) throw new Error(`Wrong setting: ${read.error}`);
  return read.config;
}

async function migrateOnly() {
  const config = settled();
  const log = createLog(config.logLevel);
  const dataDir = await openDataDir(config.dataDir);
  const storage = await openStorage(config, dataDir, await readMigrations(), log);
  await storage.close();
}

async function printKey() {
  const { vkey } = await presentLogKey(settled());
  process.stdout.write(`${vkey}\n`);
}
