#!/usr/bin/env node
// The `unsaid` command.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  backupCommand,
  erasuresCommand,
  restoreCommand,
  retentionCommand,
} from './backup/commands.ts';
import { distribute } from './citus.ts';
import { type Config, readConfig } from './config.ts';
import { newOriginCommand, verifyCommand } from './log/commands.ts';
import { createLog } from './log.ts';
import { presentLogKey } from './log-key.ts';
import { startServer } from './main.ts';
import { readMigrations } from './migrate.ts';
import { openDataDir } from './secrets-store.ts';
import { openStorage, type Storage } from './storage.ts';

const HELP = `unsaid serve [--port N] [--host ADDRESS] [--data DIR] [--console DIR] [--url URL] [--sites FILE]
    Starts the server, with a PostgreSQL of its own under DIR or the one of DATABASE_URL.
    FILE mends or switches off sites for all connected browsers; DIR/sites.json without it.
unsaid migrate [--data DIR] [--citus]
    Brings the database up to date and ends. With --citus it also spreads the database of DATABASE_URL
    over the nodes of its Citus cluster, by workspace.
unsaid key [--data DIR]
    Prints the server's public key, which browsers pin when they connect.
unsaid log verify [--json] [--data DIR]
    Verifies every workspace's log, also while the server runs, and prints what does not fit. Ends with
    1 when something was changed, with 0 otherwise.
unsaid log new-origin [--data DIR]
    After a restore on purpose: the logs begin anew under another name, which browsers tell their
    people. Before that the server signs nothing, because it would take back what it has signed.
unsaid export FILE|- [--what register|story|calls|audit|workspace]
              [--format csv|xlsx|ndjson|json|jsonld|markdown|webvtt|zip] [--filter NAME=VALUE …]
              [--columns KEY,KEY …] [--language en|de|keys] [--zone ZONE] [--separator ,|;|tab]
              [--no-bom] [--machine] [--as EMAIL] [--workspace ID] [--data DIR]
    Writes what the console exports into FILE, or to where the output goes (-). Filters have the names
    that the console's addresses have. With --machine cells stay as they are that a spreadsheet would
    take for formulas. With --as it holds what this member may read; otherwise what admins may.
unsaid evidence FILE [--customer ID …] [--hide FIELD …] [--without KIND/ID …] [--without-customer ID …]
                [--workspace ID] [--data DIR]
    Writes an evidence bundle: the whole log, or what is about these customers, with what proves it.
    Fields, records and customers can be left out; what stays is proven all the same.
unsaid verify BUNDLE [--key KEY] [--json]
    Verifies an evidence bundle, without a server. KEY is the log's, as \`unsaid key\` prints it: without
    it only the bundle vouches for itself. Ends with 1 when something does not fit.
unsaid backup FOLDER [--data DIR]
    Writes every row of the database into a new FOLDER, also while the server runs.
unsaid restore FOLDER [--data DIR]
    Puts such a backup into an empty database, checks it, and erases again what was erased since.
unsaid erasures apply [--data DIR]
    Erases again what DIR/erasures.ndjson says was erased. The server does so at every start.
unsaid retention run [--dry-run] [--data DIR]
    Erases what is older than it is kept, or only counts it. The server does so once a day.
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
    citus: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    key: { type: 'string' },
    customer: { type: 'string', multiple: true },
    hide: { type: 'string', multiple: true },
    without: { type: 'string', multiple: true },
    'without-customer': { type: 'string', multiple: true },
    workspace: { type: 'string' },
    what: { type: 'string' },
    format: { type: 'string' },
    filter: { type: 'string', multiple: true },
    columns: { type: 'string' },
    language: { type: 'string' },
    zone: { type: 'string' },
    separator: { type: 'string' },
    'no-bom': { type: 'boolean' },
    machine: { type: 'boolean' },
    as: { type: 'string' },
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

/** Commands that take a second word, and which. */
const ARGUMENTS = new Map<string, (word: string | undefined) => boolean>([
  ['backup', (folder) => folder !== undefined],
  ['restore', (folder) => folder !== undefined],
  ['erasures', (word) => word === 'apply'],
  ['retention', (word) => word === 'run'],
  ['evidence', (file) => file !== undefined],
  ['export', (file) => file !== undefined],
  ['verify', (bundle) => bundle !== undefined],
  ['log', (word) => word === 'verify' || word === 'new-origin'],
]);

try {
  const [command = 'serve', argument, ...more] = positionals;
  const wanted = ARGUMENTS.get(command);
  const isOdd = more.length > 0 || (wanted === undefined) !== (argument === undefined);
  if (values.help || isOdd || (wanted && !wanted(argument))) process.stdout.write(HELP);
  else if (command === 'serve') await serve();
  else if (command === 'migrate') await migrateOnly();
  else if (command === 'key') await printKey();
  else if (command === 'backup') await backup(fromWhereAsked(argument ?? ''));
  else if (command === 'restore') await restoreFrom(fromWhereAsked(argument ?? ''));
  else if (command === 'evidence') await writeEvidence(argument ?? '');
  else if (command === 'export') await writeExport(argument ?? '');
  else if (command === 'verify') await verifyEvidence(argument ?? '');
  else if (command === 'erasures') await eraseAgain();
  else if (command === 'retention') await retain();
  else if (command === 'log') await (argument === 'verify' ? verifyLogs() : beginOrigins());
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
  try {
    if (values.citus) await spread(storage.pool);
  } finally {
    await storage.close();
  }
}

async function spread(pool: Storage['pool']) {
  const client = await pool.connect();
  try {
    const count = await distribute(client);
    process.stdout.write(`Spread over the nodes by workspace (${count} statements).\n`);
  } finally {
    client.release();
  }
}

async function printKey() {
  const { vkey } = await presentLogKey(settled());
  process.stdout.write(`${vkey}\n`);
}

async function verifyLogs() {
  const config = settled();
  const verified = await verifyCommand(config, createLog('silent'), (finding) => {
    const line = values.json ? JSON.stringify(finding) : `${finding.is}: ${finding.words}`;
    process.stdout.write(`${line}\n`);
  });
  for (const one of verified) {
    const words = one.sound ? 'nothing was changed' : 'something was changed';
    const line = `${one.workspace}: ${one.size} leaves, ${words}`;
    process.stdout.write(`${values.json ? JSON.stringify(one) : line}\n`);
  }
  if (verified.some(({ sound }) => !sound)) process.exitCode = 1;
}

async function writeEvidence(file: string) {
  const path = fromWhereAsked(file);
  const { evidenceCommand } = await import('./evidence/commands.ts');
  const changes = await evidenceCommand(settled(), createLog('silent'), path, {
    customers: values.customer ?? [],
    hide: values.hide ?? [],
    without: values.without ?? [],
    withoutCustomers: values['without-customer'] ?? [],
    workspace: values.workspace ?? null,
  });
  process.stdout.write(`${changes.toLocaleString('en-GB')} changes are in ${path}\n`);
}

async function writeExport(file: string) {
  const { exportCommand, wishIn } = await import('./exports/command.ts');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort(new Error('Stopped: nothing was written.')));
  }
  const path = file === '-' ? null : fromWhereAsked(file);
  const shows = process.stderr.isTTY && path !== null;
  const rows = await exportCommand(settled(), createLog('silent'), wishIn(values), {
    ...{ path, out: process.stdout, signal: stop.signal },
    ...{ as: values.as ?? null, workspace: values.workspace ?? null },
    progress(done, of) {
      if (!shows) return;
      const share = of === null || of === 0 ? '' : ` (${Math.floor((100 * done) / of)} %)`;
      process.stderr.write(`\r${done.toLocaleString('en-GB')} rows${share} `);
    },
  });
  if (path === null) return;
  process.stderr.write(shows ? '\r' : '');
  process.stdout.write(`${rows.toLocaleString('en-GB')} rows are in ${path}\n`);
}

async function verifyEvidence(bundle: string) {
  const path = fromWhereAsked(bundle);
  const { verdictLines, verifyBundleCommand } = await import('./evidence/verify-command.ts');
  const verdict = await verifyBundleCommand(path, values.key ?? null, (finding) => {
    const { is, words, file, line } = finding;
    const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
    process.stdout.write(`${values.json ? JSON.stringify(finding) : `${is}: ${place}${words}`}\n`);
  });
  const lines = values.json ? [JSON.stringify(verdict)] : verdictLines(verdict);
  process.stdout.write(`${lines.join('\n')}\n`);
  if (!verdict.sound) process.exitCode = 1;
}

/** The command may be started for somebody who is in another folder (scripts/unsaid.mjs). */
function fromWhereAsked(path: string): string {
  return resolve(process.env.UNSAID_CWD ?? '.', path);
}

async function beginOrigins() {
  const config = settled();
  const origins = await newOriginCommand(config, createLog(config.logLevel));
  for (const origin of origins) process.stdout.write(`The log goes on as ${origin}\n`);
}

async function backup(folder: string) {
  const config = settled();
  const { tables, workspaces } = await backupCommand(config, folder, createLog(config.logLevel));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  process.stdout.write(`${rows} rows of ${workspaces.length} workspaces are in ${folder}\n`);
}

async function restoreFrom(folder: string) {
  const config = settled();
  const { manifest, erased } = await restoreCommand(config, folder, createLog(config.logLevel));
  process.stdout.write(`Restored as of ${manifest.made} and checked.\n`);
  if (erased > 0) process.stdout.write(`${erased} records were erased since, and are again.\n`);
}

async function eraseAgain() {
  const config = settled();
  const erased = await erasuresCommand(config, createLog(config.logLevel));
  process.stdout.write(`${erased} records were erased again.\n`);
}

async function retain() {
  const config = settled();
  const dryRun = values['dry-run'] === true;
  const lines = await retentionCommand(config, dryRun, createLog(config.logLevel));
  process.stdout.write(lines.length > 0 ? `${lines.join('\n')}\n` : 'Nothing is due.\n');
}
