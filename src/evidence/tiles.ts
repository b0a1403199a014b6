import { checkTiles, type Hasher, parseTilePath, type Tile, tilePath } from '../ledger/index.ts';
import type { Manifest } from './manifest.ts';
import type { BundleReading } from './reading.ts';

/** The bundle's tiles by path, once all of them are proven by the root; none where one does not fit. */
export async function provenTiles(
  hasher: Hasher,
  log: { size: number; root: Uint8Array },
  { files }: Manifest,
  reading: BundleReading,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { told } = reading;
  const tiles: Tile[] = [];
  for (const { name } of files) {
    if (!name.startsWith('tile/')) continue;
    const id = parseTilePath(name);
    if (id === null) {
      told.wrong({ file: name, words: 'No tile of a log is called that.' });
      continue;
    }
    const hashes = reading.has(name) ? await reading.whole(name) : null;
    if (hashes !== null) tiles.push({ ...id, hashes });
  }
  const checked = checkTiles(hasher, log, tiles);
  if (checked.ok) {
    return new Map(
      checked.tiles.map(({ level, index, width, hashes }) => [
        tilePath(level, index, width),
        hashes,
      ]),
    );
  }
  if (checked.why === 'wrong-root') {
    told.wrong({ words: 'The tiles do not give the root that the checkpoint has.' });
  } else {
    const { level, index, width } = checked.tile;
    const words = {
      malformed: 'It is no tile of a log of this size.',
      missing: 'This tile is missing; what lies below it is proven by nothing.',
      'wrong-hashes': 'It does not have the hashes of what the log has there.',
    }[checked.why];
    told.wrong({ file: tilePath(level, index, width), words });
  }
  return new Map();
}
