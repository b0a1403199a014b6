// The devices: each one's chain without gaps, its key, its signatures, and who vouches for it.
import type { Body, Id, Leaf } from '../../domain/index.ts';
import { fromBase64, toBase64 } from '../base64.ts';
import { utf8 } from '../canonical.ts';
import type { Hasher } from '../hasher.ts';
import { envelopeHash, NO_PREVIOUS } from '../leaf.ts';
import type { Verify } from '../note.ts';
import { batchText } from '../protocol.ts';
import { notice, type Report, wrong } from './finding.ts';

const KEY_BYTES = 32;

type Device = {
  /** Its next change. */
  n: number;
  prevHash: string;
  author: Id | null;
  member: Id | null;
  key: Uint8Array | null;
  /** Its first change since it has a key that no signature covers yet. */
  unsigned: number | null;
  revoked: boolean;
  attested: boolean;
  isFirst: boolean;
};

export class DeviceAudit {
  readonly #devices = new Map<Id, Device>();
  /** Members of whom a device has a key. */
  readonly #members = new Set<Id>();

  readonly #hasher: Hasher;
  readonly #verify: Verify;
  readonly #report: Report;

  constructor(hasher: Hasher, verify: Verify, report: Report) {
    this.#hasher = hasher;
    this.#verify = verify;
    this.#report = report;
  }

  /** `body`: the contents when they are proven and folded. */
  async check(seq: number, leaf: Leaf, body: Body | null, signature: Uint8Array | null) {
    const device = this.#device(leaf.device);
    const hash = this.#link(seq, leaf, device);
    if (device.revoked) {
      const words = `Leaf ${seq} was written by a device that had been revoked.`;
      this.#report(notice('wrote-after-revoked', words, { seq, device: leaf.device }));
    }
    if (leaf.kind === 'device' && body !== null) this.#register(seq, leaf, body);
    if (device.key === null) return;
    device.unsigned ??= seq;
    if (signature === null) return;
    if (await this.#verify(device.key, utf8(batchText(hash)), signature)) {
      device.unsigned = null;
      return;
    }
    const words = `The signature over leaf ${seq} is not its device’s.`;
    this.#report(wrong('signature-wrong', words, { seq, device: leaf.device }));
  }

  end() {
    for (const [id, device] of this.#devices) {
      if (device.unsigned !== null) {
        const words = `From leaf ${device.unsigned} on, what device ${id} wrote is not signed, though it has a key.`;
        this.#report(wrong('signature-missing', words, { seq: device.unsigned, device: id }));
      }
      if (device.key === null) {
        const words = `Device ${id} has no key: who wrote its ${device.n} changes is the server’s word.`;
        if (device.n > 0) this.#report(notice('unsigned-device', words, { device: id }));
      } else if (device.isFirst) {
        const words = `Device ${id} is the first of member ${device.member} with a key: nobody could vouch for it.`;
        this.#report(notice('first-device', words, { device: id }));
      } else if (!device.attested) {
        const words = `No other device of member ${device.member} vouches for device ${id}. Ask them whether it is theirs.`;
        this.#report(notice('unattested-device', words, { device: id }));
      }
    }
  }

  /** Goes on from the change that is there, so that one fault is told once. */
  #link(seq: number, leaf: Leaf, device: Device): string {
    const { received: _, rank: __, ...envelope } = leaf;
    const hash = envelopeHash(this.#hasher, envelope);
    const place = { seq, device: leaf.device };
    const { n } = device;
    if (leaf.n < n) {
      const words = `Leaf ${seq} uses number ${leaf.n} of its device again.`;
      this.#report(wrong('number-reused', words, place));
      return hash;
    }
    if (leaf.n > n) {
      const missing = leaf.n === n + 1 ? `number ${n}` : `numbers ${n} to ${leaf.n - 1}`;
      const words = `Before leaf ${seq}, ${missing} of its device are missing.`;
      this.#report(wrong('number-skipped', words, place));
    } else if (leaf.prevHash !== device.prevHash) {
      const words = `Leaf ${seq} does not follow the change of its device before it.`;
      this.#report(wrong('chain-broken', words, place));
    }
    if (device.author !== null && device.author !== leaf.author) {
      const words = `Leaf ${seq} is by another member than its device’s changes before.`;
      this.#report(wrong('author-changed', words, place));
    }
    device.n = leaf.n + 1;
    device.prevHash = hash;
    device.author = leaf.author;
    return hash;
  }

  /** What a change of a `device` record says of the device that it is about. */
  #register(seq: number, leaf: Leaf, body: Body) {
    const device = this.#device(leaf.record);
    const place = { seq, device: leaf.record };
    if (typeof body.member === 'string') device.member = body.member;
    if (body.publicKey !== undefined) {
      const key = typeof body.publicKey === 'string' ? fromBase64(body.publicKey) : null;
      if (device.key !== null && body.publicKey !== toBase64(device.key)) {
        const words = `Leaf ${seq} gives device ${leaf.record} another key than it had.`;
        this.#report(wrong('key-replaced', words, place));
      }
      if (key?.length === KEY_BYTES) {
        device.member ??= leaf.author;
        device.isFirst ||= device.key === null && !this.#members.has(device.member);
        device.key = key;
        this.#members.add(device.member);
      }
    }
    if (typeof body.revoked === 'boolean') device.revoked = body.revoked;
    const voucher = this.#devices.get(leaf.device);
    if (
      body.attestedBy === leaf.device &&
      leaf.record !== leaf.device &&
      voucher?.key &&
      voucher.member === device.member
    ) {
      // Its own word counts for nothing: the voucher must have written it.
      device.attested = true;
    }
  }

  #device(id: Id): Device {
    const present = this.#devices.get(id);
    if (present) return present;
    const device: Device = {
      n: 0,
      prevHash: NO_PREVIOUS,
      author: null,
      member: null,
      key: null,
      unsigned: null,
      revoked: false,
      attested: false,
      isFirst: false,
    };
    this.#devices.set(id, device);
    return device;
  }
}
