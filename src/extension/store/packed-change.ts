// A change within a block's text. Most of a sealed change is said twice (its envelope names the
// record, its author and its rank again) or stands in every other change of the block (workspace,
// device): what is left is well under half of the bytes, which the browser need not copy and write.
//
//     [id, rank, folding, n, prevHash, bodyHash, salt, body, base, author, device, workspace, at]
//
// The last four are numbers: where each stands in the block's names; `at` is 0 where it is the rank.
import type { Base, Body, Envelope, Id } from '../../domain/index.ts';
import type { StoredChange } from './schema.ts';

type Folding = 0 | 1 | 2;
const FOLDED = 1;
const UNFOLDED = 2;

type Packed = [
  id: Id,
  rank: string,
  folding: Folding,
  n: number,
  prevHash: string,
  bodyHash: string,
  salt: string | null,
  body: Body | null,
  base: Base | null,
  author: number,
  device: number,
  workspace: number,
  at: string | 0,
];

/** A packed change, or one as it is, where packing would lose something of it. */
export type PackedChange = Packed | StoredChange;

/** What several changes of a block say alike, each once. */
export class Names {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.all.push(name) - 1;
    this.#places.set(name, place);
    return place;
  }
}

/** Members of a stored change and of an envelope that packing knows. */
const MEMBERS = 10;
const ENVELOPE_MEMBERS = 11;

export function packChange(change: StoredChange, names: Names): PackedChange {
  const { id, kind, record, author, rank, folded, envelope, salt, base, body, unfolded } = change;
  if (envelope === null) return change;
  const isSaidTwice =
    envelope.v === 1 &&
    envelope.id === id &&
    envelope.kind === kind &&
    envelope.record === record &&
    envelope.author === author &&
    sameBase(envelope.base, base) &&
    Object.keys(envelope).length === ENVELOPE_MEMBERS + (base === null ? 0 : 1) &&
    Object.keys(change).length === MEMBERS + (unfolded === undefined ? 0 : 1);
  if (!isSaidTwice || (folded && unfolded === 1)) return change;
  const { n, at, prevHash, bodyHash, device, workspace } = envelope;
  return [
    ...([id, rank, folded ? FOLDED : unfolded === 1 ? UNFOLDED : 0, n] as const),
    ...([prevHash, bodyHash, salt, body, base] as const),
    ...([names.placeOf(author), names.placeOf(device), names.placeOf(workspace)] as const),
    at === rank ? 0 : at,
  ];
}

/** `kind` and `record`: whose change it is, as the entry around it says. */
export function unpackChange(
  packed: PackedChange,
  kind: string,
  record: Id,
  names: readonly string[],
): StoredChange {
  if (!Array.isArray(packed)) return packed;
  const [id, rank, folding, n, prevHash, bodyHash, salt, body, base, ...places] = packed;
  const [authorAt, deviceAt, workspaceAt, at] = places;
  const nameAt = (place: number) => {
    const name = names[place];
    if (name === undefined) throw new RangeError('a block has all names of its changes');
    return name;
  };
  const author = nameAt(authorAt);
  const envelope: Envelope = {
    ...{ v: 1, workspace: nameAt(workspaceAt), id, kind, record, author },
    ...{ device: nameAt(deviceAt), n, at: at === 0 ? rank : at, prevHash, bodyHash },
    ...(base === null ? {} : { base }),
  };
  const folded = folding === FOLDED;
  const change: StoredChange = {
    ...{ id, kind, record, author, rank, folded, envelope, salt, base, body },
  };
  if (folding === UNFOLDED) change.unfolded = 1;
  return change;
}

function sameBase(sealed: Base | undefined, stored: Base | null): boolean {
  if (sealed === undefined || stored === null) return sealed === undefined && stored === null;
  return sealed === stored || JSON.stringify(sealed) === JSON.stringify(stored);
}
