// What the changes show together: their order, their devices' chains, the tree over a whole log, and
// that each erasure that is named is there. Memory grows with the devices and the erased changes.
import { extend, type Frontier, type Hasher, rootOf, sameHash } from '../ledger/index.ts';
import type { InLog } from './in-log.ts';
import { CHANGES, type Manifest } from './manifest.ts';
import type { OneChange } from './one-change.ts';
import type { Place, Told } from './report.ts';

type Erased = { seq: number; line: number; subject: string };

export class InOrder {
  readonly proven = { open: 0, partly: 0, leftOut: 0, erased: 0 };
  readonly #hasher: Hasher;
  readonly #manifest: Manifest;
  readonly #inLog: InLog;
  readonly #told: Told;
  readonly #counts = { all: 0, open: 0, partly: 0, leftOut: 0, erased: 0 };
  readonly #devices = new Map<string, { n: number; hash: string }>();
  /** By the change that is said to have erased them. */
  readonly #erased = new Map<number, Erased[]>();
  readonly #erasures = new Map<number, ReadonlySet<string> | null>();
  #tree: { size: number; frontier: Frontier } = { size: 0, frontier: [] };
  /** Hashes of leaves that are not yet in the tree. */
  #leaves: Uint8Array[] = [];
  #last = -1;
  #line = 0;

  constructor(hasher: Hasher, manifest: Manifest, inLog: InLog, told: Told) {
    this.#hasher = hasher;
    this.#manifest = manifest;
    this.#inLog = inLog;
    this.#told = told;
  }

  /** The next lines' changes; null for a line that is none. */
  async take(changes: readonly (OneChange | null)[]): Promise<void> {
    for (const change of changes) {
      this.#line += 1;
      const place = { file: CHANGES, line: this.#line };
      if (change === null) {
        this.#told.wrong({ ...place, words: 'This line is no change as bundles have them.' });
        continue;
      }
      const here = { ...place, seq: change.seq };
      if (!this.#follows(change, here)) continue;
      const problem = await this.#inLog(change.seq, change.leafHash);
      if (problem === null) this.#change(change, here);
      else this.#told.wrong({ ...here, ...problem });
    }
    if (this.#manifest.whole) this.#grow();
  }

  /** After the last line. `root`: of the log, as its checkpoint has it. */
  end(root: Uint8Array) {
    this.#checkErased();
    for (const [name, count] of Object.entries(this.#manifest.changes)) {
      const here = this.#counts[name as keyof Manifest['changes']];
      if (here === count) continue;
      const words = `The manifest says ${count} changes (${name}); there are ${here}.`;
      this.#told.wrong({ file: CHANGES, words });
    }
    const { size, frontier } = this.#tree;
    if (this.#manifest.whole && !sameHash(rootOf(this.#hasher, frontier), root)) {
      const words = `These ${size} changes do not give the root that the checkpoint has: one was changed, left out or put in.`;
      this.#told.wrong({ file: CHANGES, words });
    }
  }

  #follows({ seq, shown, leafHash }: OneChange, here: Place): boolean {
    this.#counts.all += 1;
    this.#counts[shown] += 1;
    if (seq <= this.#last) {
      const words = `Change ${seq} stands after change ${this.#last}: out of order, or there twice.`;
      this.#told.wrong({ ...here, words });
      return false;
    }
    const next = this.#last + 1;
    this.#last = seq;
    if (!this.#manifest.whole) return true;
    if (seq !== next) {
      const words = `Changes ${next} to ${seq - 1} are missing from a bundle that says it is whole.`;
      this.#told.wrong({ ...here, words });
    }
    this.#leaves.push(leafHash);
    return true;
  }

  #grow() {
    this.#tree = extend(this.#hasher, this.#tree.size, this.#tree.frontier, this.#leaves);
    this.#leaves = [];
  }

  /** What is in the log is looked at further. */
  #change(change: OneChange, here: Place) {
    const { seq, link, erased, erases } = change;
    for (const words of change.wrong) this.#told.wrong({ ...here, words });
    if (link === null) return;
    this.#chain(link, here);
    if (change.notKept) {
      const words = `The server does not have the contents of change ${seq}, which never fitted, or are not stored any more.`;
      this.#told.notice({ ...here, words });
    }
    if (!change.fits) {
      const words = `The contents of change ${seq} are not those that were written.`;
      this.#told.wrong({ ...here, words });
      return;
    }
    if (erased === null) this.proven[change.shown] += 1;
    else {
      const named = { seq, line: here.line, subject: erased.subject };
      const others = this.#erased.get(erased.by);
      if (others === undefined) this.#erased.set(erased.by, [named]);
      else others.push(named);
    }
    if (erases !== null) this.#erasures.set(seq, erases.targets);
  }

  /** A device's changes follow each other, as far as they are here. */
  #chain({ device, n, prevHash, envelopeHash }: NonNullable<OneChange['link']>, here: Place) {
    // A leaf that is not written as leaves are has been told of.
    if (envelopeHash === null) return;
    const before = this.#devices.get(device);
    this.#devices.set(device, { n, hash: envelopeHash });
    if (before === undefined || n !== before.n + 1 || prevHash === before.hash) return;
    const words = `Change ${here.seq} does not follow its device’s change before.`;
    this.#told.wrong({ ...here, words });
  }

  /** Contents that are gone, with the erasure that took them. */
  #checkErased() {
    for (const [by, all] of this.#erased) {
      const targets = this.#erasures.get(by);
      for (const { seq, line, subject } of all) {
        const said = `Change ${seq} is said to be erased by change ${by}, which`;
        const here = { file: CHANGES, line, seq };
        if (targets === undefined) {
          this.#told.wrong({ ...here, words: `${said} is no erasure in this bundle.` });
        } else if (targets !== null && !targets.has(subject)) {
          this.#told.wrong({ ...here, words: `${said} does not name its record.` });
        } else this.proven.erased += 1;
      }
    }
  }
}
