// Two server processes on one PostgreSQL, all of which can be killed at any moment.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Leaf } from '../../src/domain/index.ts';
import { extend, leafBytes, leafHash } from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { verifyEd25519 } from '../../src/server/log/verify-ed25519.ts';
import { signerOf } from '../../src/server/log-key.ts';
import { type Cluster, startCluster } from '../../src/server/postgres/cluster.ts';
import { join } from '../server/people.ts';
import { setUp } from '../server/server.ts';
import type { Visitor } from '../server/visitor.ts';
import type { Backend } from './backend.ts';
import type { Chance } from './chance.ts';
import { SERVER, type SimulatedDevice } from './device.ts';
import { type ModelMember, ModelServer } from './model-server.ts';

type Server = { child: ChildProcess; url: string; setupLink: string | null };

export class RealBackend {
  readonly #folder: string;
  #cluster: Cluster;
  #database = '';
  #connected = 0;
  readonly #servers: Server[] = [];
  readonly members: { member: ModelMember; visitor: Visitor }[] = [];
  kills = { servers: 0, databases: 0 };

  static async start(): Promise<RealBackend> {
    const folder = await mkdtemp(path.join(tmpdir(), 'unsaid-simulation-'));
    await chmod(folder, 0o711); // as root, PostgreSQL runs under another account
    const backend = new RealBackend(folder, await cluster(folder));
    await backend.#begin();
    return backend;
  }

  private constructor(folder: string, started: Cluster) {
    this.#folder = folder;
    this.#cluster = started;
  }

  async #begin(): Promise<void> {
    this.#database = await this.#cluster.database('unsaid');
    // The first start makes the tables and the first member.
    const first = await this.#serve();
    this.#servers.push(first);
    const visitor = await setUp(first);
    this.#servers.push(await this.#serve());
    const { rows } = await this.#query<{ id: string }>('SELECT id FROM member');
    this.members.push({ member: named(rows[0]?.id, 'admin'), visitor });
    const running = { ...first, createDeviceCode: notCalled, close: notCalled };
    const other = await join(running, visitor, 'tom');
    const joined = await this.#query<{ id: string }>(
      `SELECT id FROM member WHERE role = 'annotator'`,
    );
    this.members.push({ member: named(joined.rows[0]?.id, 'annotator'), visitor: other });
  }

  async #serve(): Promise<Server> {
    const program = path.join(import.meta.dirname, 'serve.ts');
    const child = fork(program, [this.#database, path.join(this.#folder, 'data')]);
    const [said] = (await once(child, 'message')) as [{ url: string; setupLink: string | null }];
    return { child, ...said };
  }

  async #query<T extends pg.QueryResultRow>(sql: string): Promise<pg.QueryResult<T>> {
    const client = new pg.Client(this.#database);
    await client.connect();
    try {
      return await client.query<T>(sql);
    } finally {
      await client.end();
    }
  }

  /** What one schedule sees of it. */
  around(chance: Chance): Backend {
    let passed = 0;
    const url = () => chance.pick(this.#servers).url;
    return {
      members: this.members.map(({ member }) => member),
      fetch: ((to: string, init?: RequestInit) => fetch(to.replace(SERVER, url()), init)) as never,
      // Real servers have the real time; what passes between two acts is left out.
      now: () => Date.now() + 0 * passed,
      pass(ms) {
        passed += ms;
      },
      approved: (member, device) => this.#approved(member, device),
      log: () => this.#log(),
      accidents: [
        () => this.#later(chance.below(80), () => this.#killServer(chance.below(2))),
        () => this.#later(chance.below(80), () => this.#killServer(chance.below(2))),
        () => this.#later(chance.below(80), () => this.#killDatabase()),
      ],
      heal: () => this.#healed,
    };
  }

  #healed: Promise<void> = Promise.resolve();

  /** The accident happens while devices go on. */
  async #later(ms: number, accident: () => Promise<void>): Promise<boolean> {
    const before = this.#healed;
    this.#healed = before.then(async () => {
      await new Promise((done) => setTimeout(done, ms));
      await accident();
    });
    return false;
  }

  async #killServer(which: number): Promise<void> {
    const server = this.#servers[which];
    if (server === undefined) return;
    this.kills.servers += 1;
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    this.#servers[which] = await this.#serve();
  }

  async #killDatabase(): Promise<void> {
    this.kills.databases += 1;
    const file = path.join(this.#folder, 'postgres', 'postmaster.pid');
    const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    for (;;) {
      try {
        process.kill(pid, 0);
        await new Promise((done) => setTimeout(done, 20));
      } catch {
        break;
      }
    }
    this.#cluster = await cluster(this.#folder);
    this.#database = await this.#cluster.database('unsaid');
    // It is at another port now.
    for (const [at, { child }] of this.#servers.entries()) {
      child.kill('SIGKILL');
      this.#servers[at] = await this.#serve();
    }
  }

  async #approved(member: ModelMember, device: SimulatedDevice): Promise<string> {
    const found = this.members.find((one) => one.member.id === member.id);
    const [server] = this.#servers;
    if (found === undefined || server === undefined) throw new Error('no such member');
    const about = {
      client_id: 'unsaid-extension',
      device: { id: await device.id(), name: 'Sample' },
    };
    const asked = await fetch(`${server.url}/v1/device/code`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        // From one address nobody may ask for so many codes in a minute.
        'X-Forwarded-For': `10.${this.#connected >> 8}.${this.#connected++ & 255}.1`,
      },
      body: JSON.stringify(about),
    });
    const { device_code, user_code } = (await asked.json()) as {
      device_code: string;
      user_code: string;
    };
    found.visitor.url = server.url;
    await found.visitor.get(`/connect?user_code=${user_code}`);
    await found.visitor.submit('/connect', { user_code, decision: 'allow' });
    return device_code;
  }

  async #log(): Promise<ModelServer> {
    await this.#healed;
    const { rows } = await this.#query<LeafRow>(
      'SELECT leaf, salt, body, problem FROM log_leaf ORDER BY seq',
    );
    const model = new ModelServer({
      workspace: '',
      now: Date.now,
      newId: () => '',
      newToken: () => '',
      signer: signerOf('none', new Uint8Array(32)),
      verify: verifyEd25519,
      codes: new Map(),
    });
    model.log.rows = rows.map(({ leaf, salt, body, problem }) => ({
      leaf: JSON.parse(leaf.toString()) as Leaf,
      ...{ salt, problem, body: body === null ? null : JSON.parse(body.toString()) },
    }));
    const hashes = model.log.rows.map(({ leaf }) => leafHash(nodeHasher, leafBytes(leaf)));
    Object.assign(model.log, extend(nodeHasher, 0, [], hashes));
    return model;
  }

  async stop(): Promise<void> {
    await this.#healed;
    for (const { child } of this.#servers) child.kill('SIGKILL');
    await this.#cluster.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

type LeafRow = { leaf: Buffer; salt: string | null; body: Buffer | null; problem: string | null };

function cluster(folder: string): Promise<Cluster> {
  const settings = ['fsync=off', 'max_connections=60'];
  return startCluster({ dir: path.join(folder, 'postgres'), password: 'test', settings });
}

function named(id: string | undefined, role: ModelMember['role']): ModelMember {
  if (id === undefined) throw new Error('a member that joined');
  return { id, role, name: `Sample ${role}` };
}

function notCalled(): never {
  throw new Error('not here');
}
