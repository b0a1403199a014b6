// A PostgreSQL that archives its WAL, handled by the very commands of docs/operating.md: what stands
// there is what is rehearsed. Needs only the programs that the server brings.
import { chown, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Account, postgresAccount, spawnAs } from '../../src/server/postgres/account.ts';

const DOCUMENT = path.resolve('docs/operating.md');

/** The commands, or settings, that stand indented behind `after`, and the next ones behind those. */
async function blockAfter(after: string): Promise<string> {
  const text = await readFile(DOCUMENT, 'utf8');
  const at = text.indexOf(after);
  if (at < 0) throw new Error(`docs/operating.md does not say “${after}”`);
  const found = /\n\n((?: {4}.*\n)+)/.exec(text.slice(at))?.[1];
  if (found === undefined) throw new Error(`no commands behind “${after}”`);
  return found.replaceAll(/^ {4}/gm, '');
}

export type ArchivedOptions = {
  /** Folder for all of it, which any account may pass through. */
  folder: string;
  /** Folder of PostgreSQL's programs. */
  bin: string;
  /** Without pg_basebackup the same is done by SQL and `cp`. */
  hasBaseBackup: boolean;
};

export class Archived {
  readonly #options: ArchivedOptions;
  readonly #account: Account;
  readonly #port: number;

  /** Made, with archiving as documented, and started. */
  static async start(options: ArchivedOptions, port: number): Promise<Archived> {
    const { folder, bin } = options;
    const account = await postgresAccount(path.join(folder, 'pgdata'), `${bin}/postgres`);
    for (const name of ['', 'wal', 'backups']) {
      await mkdir(path.join(folder, name), { recursive: true });
      if (account.uid === undefined || account.gid === undefined) continue;
      await chown(path.join(folder, name), account.uid, account.gid);
    }
    const made = new Archived(options, account, port);
    await made.#run('initdb -D /pgdata -U unsaid --auth=trust -E UTF8 --locale=C --no-sync');
    const settings = [
      ...[`port = ${port}`, "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''"],
      'fsync = off',
      await blockAfter('in its `postgresql.conf`'),
    ];
    await made.#run(`cat >> /pgdata/postgresql.conf <<'END'\n${settings.join('\n')}\nEND`);
    await made.#run('pg_ctl start -D /pgdata -l /pgdata/log -w');
    return made;
  }

  private constructor(options: ArchivedOptions, account: Account, port: number) {
    this.#options = options;
    this.#account = account;
    this.#port = port;
  }

  /** Connection string of a database, as superuser. */
  url(name: string): string {
    return `postgresql://unsaid@127.0.0.1:${this.#port}/${name}`;
  }

  async query<T extends pg.QueryResultRow>(sql: string, name = 'postgres'): Promise<T[]> {
    const client = new pg.Client(this.url(name));
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** While everything goes on. */
  async baseBackup(): Promise<void> {
    if (this.#options.hasBaseBackup) {
      return this.#run(await blockAfter('Then a base backup'));
    }
    const client = new pg.Client(this.url('postgres'));
    await client.connect();
    try {
      await client.query(`SELECT pg_backup_start('base', fast => true)`);
      const [from, to] = [this.#at('/pgdata'), this.#at('/backups/base')];
      await cp(from, to, {
        recursive: true,
        preserveTimestamps: true,
        // Of these a base backup has none, and pg_wal empty.
        filter: (one) => !/\/(?:postmaster\.(?:pid|opts)|pg_wal\/.+|pgsql_tmp.*)$/.test(one),
      });
      const { rows } = await client.query('SELECT labelfile FROM pg_backup_stop()');
      await writeFile(path.join(to, 'backup_label'), rows[0].labelfile);
      const { uid, gid } = this.#account;
      if (uid !== undefined) await own(to, uid, gid ?? uid);
    } finally {
      await client.end();
    }
  }

  /** As if its machine had lost power. */
  async crash(): Promise<void> {
    await this.#run('pg_ctl stop -D /pgdata -m immediate');
  }

  /**
   * As documented. `until` null: after a crash, to the end, with what the old disk still has of the
   * WAL; otherwise back to this moment, from the archive alone.
   */
  async restore(until: string | null): Promise<void> {
    const left = until === null ? 'pg_ctl stop' : 'cp /pgdata.lost';
    const steps = (await blockAfter('To put it back'))
      .replace(/recovery_target_time = '.*'/, `recovery_target_time = '${until ?? ''}'`)
      .split('\n')
      // Not every PostgreSQL comes with psql.
      .filter((line) => !line.startsWith('psql') && !line.startsWith(left));
    await rm(this.#at('/pgdata.lost'), { recursive: true, force: true });
    await this.#run(steps.join('\n'));
    for (let tries = 600; ; tries--) {
      const [row] = await this.query<{ on: boolean }>('SELECT pg_is_in_recovery() AS on');
      if (row?.on === false) return;
      if (tries === 0) throw new Error('PostgreSQL does not come to the end of its recovery');
      await sleep(50);
    }
  }

  async stop(): Promise<void> {
    await this.#run('pg_ctl stop -D /pgdata -m immediate || true');
  }

  #at(place: string): string {
    return this.#options.folder + place;
  }

  /** `script` with its folders below ours. */
  async #run(script: string): Promise<void> {
    const here = script.replaceAll(/(?<![\w.])\/(?=(?:pgdata|wal|backups)\b)/g, this.#at('/'));
    const child = spawnAs(this.#account, 'bash', ['-ec', here], {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...{ PATH: `${this.#options.bin}:${process.env.PATH}`, LC_ALL: 'C', TZ: 'UTC' },
        ...{ PGHOST: '127.0.0.1', PGPORT: `${this.#port}`, PGUSER: 'unsaid' },
      },
    });
    let words = '';
    child.stderr?.on('data', (chunk) => {
      words += chunk;
    });
    const code = await new Promise((resolve) => child.on('exit', resolve));
    if (code === 0) return;
    const log = await readFile(this.#at('/pgdata/log'), 'utf8').catch(() => '');
    throw new Error(`${here}\nended with ${code}: ${words}\n${log.slice(-2_000)}`);
  }
}

async function own(folder: string, uid: number, gid: number): Promise<void> {
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chown(path.join(entry.parentPath, entry.name), uid, gid);
  }
}
