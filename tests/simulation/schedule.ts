// A schedule: what devices, the network and the server do, all from one seed; and at the end, what
// must be true whatever happened.
import assert from 'node:assert/strict';
import { type Body, fold, type Ranked, type RecordState } from '../../src/domain/index.ts';
import { canonicalText, envelopeHash, NO_PREVIOUS } from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { type Backend, idFrom, modelBackend } from './backend.ts';
import { type Chance, chanceOf } from './chance.ts';
import { rankedOf, SimulatedDevice } from './device.ts';
import type { ModelMember, ModelServer } from './model-server.ts';
import { type Faults, network, QUIET } from './network.ts';

const YEAR_MS = 365 * 24 * 60 * 60_000;
const DEVICES_AT_MOST = 5;
/** A kind that no version here knows. */
const LATER_KIND = 'later-kind';

export const STEPS = 15;

/** How a schedule goes, by its seed. */
type Manner = { rough: boolean; piecemeal: boolean };

export type Schedule = { seed: number; steps: number };

/**
 * In every fifth schedule profiles are copied and servers restored again and again, so that what was
 * pushed under a name that its device has given up is lost as well.
 */
const isRough = (seed: number) => seed % 5 === 4;
/** In every second one devices send no more than three changes at once. */
const isPiecemeal = (seed: number) => seed % 2 === 1;

export type Outcome = { changes: number; deaths: number; restores: number; clones: number };

/** Against a model of the server, or the backend that `around` makes. */
export async function run(
  { seed, steps }: Schedule,
  around: (chance: Chance) => Backend = modelBackend,
): Promise<Outcome> {
  const chance = chanceOf(seed);
  const simulation = await Simulation.begin(chance, around(chance), {
    rough: isRough(seed),
    piecemeal: isPiecemeal(seed),
  });
  for (let step = 0; step < steps; step += 1) await simulation.step();
  await simulation.settle();
  await simulation.check();
  return simulation.outcome();
}

class Simulation {
  readonly #chance: Chance;
  readonly #backend: Backend;
  readonly #manner: Manner;
  readonly #devices: SimulatedDevice[] = [];
  readonly #customers: string[] = [];
  #faults: Faults = QUIET;
  #stored = 0;
  #counts = { deaths: 0, restores: 0, clones: 0 };

  static async begin(chance: Chance, backend: Backend, manner: Manner): Promise<Simulation> {
    const simulation = new Simulation(chance, backend, manner);
    await backend.heal();
    const [admin, other] = backend.members;
    if (!admin || !other) throw new Error('two members');
    for (const member of [admin, other, chance.pick([admin, other])]) {
      await simulation.#addDevice(member);
    }
    return simulation;
  }

  private constructor(chance: Chance, backend: Backend, manner: Manner) {
    this.#chance = chance;
    this.#backend = backend;
    this.#manner = manner;
    for (let count = 0; count < 3; count += 1) this.#customers.push(idFrom(chance));
  }

  async #addDevice(member: ModelMember): Promise<void> {
    const device = new SimulatedDevice({
      ...{ name: `device ${this.#devices.length}`, member, chance: this.#chance },
      now: () => this.#backend.now(),
      fetch: network(this.#backend.fetch, () => this.#faults, this.#chance),
      ...(this.#manner.piecemeal ? { batch: 3 } : {}),
    });
    // What is captured before connecting counts as well.
    if (this.#chance.happens(0.5)) await this.#write(device);
    await device.connect(await this.#backend.approved(member, device));
    this.#devices.push(device);
  }

  async step(): Promise<void> {
    const chance = this.#chance;
    this.#backend.pass(chance.below(120_000));
    this.#faults = chance.happens(0.5)
      ? QUIET
      : {
          ...{ lostRequest: chance.below(40) / 100, lostAnswer: chance.below(40) / 100 },
          ...{ repeated: chance.below(30) / 100, halfAnswer: chance.below(20) / 100 },
          serverError: chance.below(20) / 100,
        };
    const device = chance.pick(this.#devices);
    const dieAfter = chance.happens(0.3) ? chance.below(60) : undefined;
    const acts: [share: number, act: () => unknown][] = [
      [45, () => this.#write(device, dieAfter)],
      [40, () => this.#sync(device, dieAfter)],
      [3, () => device.share(dieAfter)],
      [4, () => this.#turnClock(device)],
      [this.#manner.rough ? 30 : 7, () => this.#accident()],
      [2, () => this.#clone(device)],
      [2, () => this.#erase()],
      [this.#manner.rough ? 20 : 0, () => this.#part(device)],
    ];
    let left = chance.below(acts.reduce((sum, [share]) => sum + share, 0));
    for (const [share, act] of acts) {
      left -= share;
      if (left < 0) return void (await act());
    }
  }

  #turnClock(device: SimulatedDevice): void {
    device.skew = this.#chance.pick([0, 0, YEAR_MS, -YEAR_MS, 3_600_000]);
  }

  async #accident(): Promise<void> {
    if (await this.#chance.pick(this.#backend.accidents)()) this.#counts.restores += 1;
  }

  async #sync(device: SimulatedDevice, dieAfter?: number): Promise<void> {
    if ((await device.sync(dieAfter)) === 'died') this.#counts.deaths += 1;
  }

  async #clone(device: SimulatedDevice): Promise<void> {
    if (this.#devices.length >= DEVICES_AT_MOST) return;
    this.#counts.clones += 1;
    this.#devices.push(await device.clone(`device ${this.#devices.length}, copied`));
  }

  /** A copied profile is used beside the one it is of: one of them finds it out, and goes on as another. */
  async #part(device: SimulatedDevice): Promise<void> {
    if (this.#devices.length < DEVICES_AT_MOST) await this.#clone(device);
    for (const one of this.#devices) {
      if (one.member !== device.member) continue;
      await this.#write(one);
      await this.#sync(one);
    }
  }

  async #erase(): Promise<void> {
    const log = await this.#backend.log();
    const records = [...log.records().values()].filter(({ kind }) => kind === 'note');
    const admin = this.#devices.find(({ member }) => member.role === 'admin');
    if (records.length === 0 || admin === undefined) return;
    const { kind, id } = this.#chance.pick(records);
    await admin.write([
      {
        ...{ id: admin.newId(), kind: 'erasure', record: admin.newId() },
        body: { targets: [{ kind, id }], reason: 'Asked for.' },
      },
    ]);
  }

  async #write(device: SimulatedDevice, dieAfter?: number): Promise<void> {
    const chance = this.#chance;
    const present = await device.look((db) => db.getAll('records'));
    const notes = present.filter(({ kind }) => kind === 'note');
    const text = `words ${chance.below(1_000_000)} ä 𝄞`;
    const record = notes.length > 0 && chance.happens(0.4) ? chance.pick(notes).id : device.newId();
    const customer = chance.pick(this.#customers);
    const body: Body = {
      text,
      ...(chance.happens(0.5) ? { label: chance.pick(['note', 'praise', 'risk']) } : {}),
      ...(chance.happens(0.6) ? { customer } : {}),
      ...(chance.happens(0.15) ? { visibility: chance.pick(['workspace', 'managers']) } : {}),
      ...(chance.happens(0.05) ? { deleted: true } : {}),
    };
    const writes = [{ id: device.newId(), kind: 'note', record, body }];
    if (chance.happens(0.3)) {
      const identifiers = { [`domain:${chance.below(3)}.example`]: chance.happens(0.8) };
      writes.push({
        ...{ id: device.newId(), kind: 'customer', record: customer },
        body: { name: `Sample ${chance.below(10)}`, identifiers },
      });
    }
    // A later version's kind: kept and passed on by all, read by none of these.
    if (chance.happens(0.05)) {
      writes.push({
        ...{ id: device.newId(), kind: LATER_KIND, record: device.newId() },
        body: { anything: [1, { two: text }] },
      });
    }
    const told = await device.write(writes, {
      keep: chance.happens(0.1),
      ...(dieAfter === undefined ? {} : { dieAfter }),
    });
    if (!told) this.#counts.deaths += 1;
  }

  /** The network is good again, clocks are what they are, and everybody syncs until all are even. */
  async settle(): Promise<void> {
    this.#faults = QUIET;
    await this.#backend.heal();
    for (let round = 0; round < 2; round += 1) {
      for (const device of this.#devices) {
        this.#backend.pass(60_000);
        assert.equal(await device.sync(), 'even', `${device.name} in round ${round}`);
        const finding = await device.finding();
        if (finding === null) continue;
        // Nothing but a restored backup looks like one.
        assert.ok(this.#counts.restores > 0, `${device.name}: ${finding}`);
        await device.confirmNewOrigin();
        assert.equal(await device.sync(), 'even', `${device.name} begun anew`);
        assert.equal(await device.finding(), null, `${device.name} begun anew`);
      }
    }
  }

  async check(): Promise<void> {
    const server = await this.#backend.log();
    this.#stored = server.log.rows.length;
    const { rows } = server.log;
    const stored = rows.map(({ leaf }) => leaf.id);
    assert.equal(new Set(stored).size, stored.length, 'each change is stored once');
    const present = new Set(stored);
    // After a restore a device may go on before it knows of it.
    if (this.#counts.restores === 0) assert.deepEqual(gapsIn(server), [], 'chains have no gaps');
    for (const device of this.#devices) {
      const lost = [...device.saved].filter((id) => !present.has(id));
      assert.deepEqual(lost, [], `saved on ${device.name}, and not in the log`);
      const left = await device.look((db) => db.count('outbox'));
      assert.equal(left, 0, `${device.name} has sent all`);
      await this.#checkFold(device, server);
    }
  }

  async #checkFold(device: SimulatedDevice, server: ModelServer): Promise<void> {
    const { name, member } = device;
    const { changes, records: here } = await device.holds();
    const held = new Set(changes.map(({ id }) => id));
    const unseen = server.readableBy(member).filter((id) => !held.has(id));
    assert.deepEqual(unseen, [], `readable by ${name}, and not there`);
    // What was hidden from a member later stays on their device as it was.
    const log = written(server.records(undefined, ({ leaf }) => held.has(leaf.id)));
    const own = fold(changes.map(rankedOf).filter((one): one is Ranked => one !== null));
    const stored = written(here.map(({ kind, id, state }) => [`${kind}/${id}`, state]));
    assert.deepEqual(stored, written(own), `${name}: records as its changes say`);
    assert.deepEqual(stored, log, `${name}: records as the log says`);
  }

  outcome(): Outcome {
    return { changes: this.#stored, ...this.#counts };
  }
}

/** Where a device's number or the hash of its change before is not what follows (SPEC 3.1). */
export function gapsIn({ log }: ModelServer): string[] {
  const last = new Map<string, { n: number; hash: string }>();
  return log.rows.flatMap(({ leaf: { received: _, rank: __, ...envelope } }) => {
    const { device, n, prevHash } = envelope;
    const before = last.get(device) ?? { n: -1, hash: NO_PREVIOUS };
    last.set(device, { n, hash: envelopeHash(nodeHasher, envelope) });
    return n === before.n + 1 && prevHash === before.hash ? [] : [`${device}/${n}`];
  });
}

/** Records byte by byte; those of kinds that not everybody knows are left out. */
function written(states: Iterable<readonly [string, RecordState]>): { [key: string]: string } {
  const known = [...states].filter(([, { kind }]) => kind !== LATER_KIND);
  return Object.fromEntries(known.map(([key, state]) => [key, canonicalText(state)]));
}
