// The contents: each against the hash in its leaf, and missing ones against the erasures.
import { type Body, type Id, isErasable, type Leaf, recordKey } from '../../domain/index.ts';
import { bodyHash } from '../body-hash.ts';
import { fromUtf8 } from '../canonical.ts';
import type { Hasher } from '../hasher.ts';
import { notice, type Report, wrong } from './finding.ts';

export type Contents = {
  salt: string | null;
  /** As stored: JSON in UTF-8. null when erased. */
  body: Uint8Array | null;
  /** Whether the server folded it: what needs its author's attention is not folded. */
  folded: boolean;
};

export class BodyAudit {
  /** Leaves without a body, by their record. */
  readonly #missing = new Map<string, number[]>();
  readonly #erased = new Set<string>();

  readonly #hasher: Hasher;
  readonly #report: Report;

  constructor(hasher: Hasher, report: Report) {
    this.#hasher = hasher;
    this.#report = report;
  }

  /** The body when it is there and proven; null otherwise. */
  check(seq: number, leaf: Leaf, { salt, body, folded }: Contents): Body | null {
    if (body === null) {
      const key = recordKey(leaf.kind, leaf.record);
      if (this.#erased.has(key)) return null;
      const present = this.#missing.get(key);
      if (present) present.push(seq);
      else this.#missing.set(key, [seq]);
      return null;
    }
    if (salt === null) {
      this.#report(
        wrong('salt-missing', `Leaf ${seq} has its contents and not their salt.`, { seq }),
      );
      return null;
    }
    const fields = this.#proven(leaf.bodyHash, salt, body);
    if (fields !== null) return fields;
    // A change whose contents never matched is kept and shown to its author, and nobody folds it.
    this.#report(
      folded
        ? wrong('body-changed', `The contents of leaf ${seq} were changed.`, { seq })
        : notice(
            'body-never-matched',
            `The contents of leaf ${seq} do not match their hash. It is not folded: they came so, or were changed.`,
            { seq },
          ),
    );
    return null;
  }

  /** An erasure whose body is proven and that the server folded. */
  erase(seq: number, author: Id, body: Body) {
    const targets = Array.isArray(body.targets) ? body.targets : [];
    let many = 0;
    for (const target of targets) {
      const { kind, id } = (target ?? {}) as { kind?: unknown; id?: unknown };
      if (typeof kind !== 'string' || typeof id !== 'string' || !isErasable(kind)) continue;
      const key = recordKey(kind, id);
      this.#erased.add(key);
      this.#missing.delete(key);
      many += 1;
    }
    const records = many === 1 ? '1 record' : `${many} records`;
    const words = `Leaf ${seq} erases ${records}, by member ${author}.`;
    this.#report(notice('erasure', words, { seq }));
  }

  end() {
    const seqs = [...this.#missing.values()].flat().sort((a, b) => a - b);
    for (const seq of seqs) {
      const words = `The contents of leaf ${seq} are missing, and no erasure names its record.`;
      this.#report(wrong('body-missing', words, { seq }));
    }
  }

  #proven(hash: string, salt: string, bytes: Uint8Array): Body | null {
    try {
      const read: unknown = JSON.parse(fromUtf8(bytes));
      if (typeof read !== 'object' || read === null || Array.isArray(read)) return null;
      const body = read as Body;
      return bodyHash(this.#hasher, salt, body) === hash ? body : null;
    } catch {
      return null; // no JSON, or a salt that is no hex
    }
  }
}
