// Lists of lines as two people may change them at the same time. Pure.

export interface LineChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export function lineChange(before: readonly string[], after: readonly string[]): LineChange {
  return {
    added: after.filter((line) => !before.includes(line)),
    removed: before.filter((line) => !after.includes(line)),
  };
}

/** `theirs` with what `mine` changed since both were `base`: nobody's line is lost. */
export function mergeLines(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): string[] {
  const { added, removed } = lineChange(base, mine);
  const kept = theirs.filter((line) => !removed.includes(line));
  return [...kept, ...added.filter((line) => !kept.includes(line))];
}

export function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, at) => line === other[at]);
}
