interface Named {
  readonly name: string;
  readonly detail?: string;
}

/** Lower case without accents, so that "zurich" finds "Zürich". */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * The items that contain every word of the query, those that begin with it first, then those with a
 * word that begins with it; otherwise in the given order. An empty query keeps all.
 */
export function rank<T extends Named>(items: readonly T[], query: string): readonly T[] {
  const asked = plain(query).trim();
  if (asked === '') return items;
  const parts = asked.split(/\s+/);
  const tiers: [T[], T[], T[]] = [[], [], []];
  for (const item of items) {
    const name = plain(item.name);
    const all = item.detail ? `${name} ${plain(item.detail)}` : name;
    if (!parts.every((part) => all.includes(part))) continue;
    if (name.startsWith(asked)) tiers[0].push(item);
    else if (parts.every((part) => ` ${all}`.includes(` ${part}`))) tiers[1].push(item);
    else tiers[2].push(item);
  }
  return tiers.flat();
}
