// Work that tells how something is, by what it reads first: two runs at once could end in the other
// order, and what is older would be told last.

/**
 * Runs `work` for each key one at a time. Whoever asks while it runs has it run once more after that,
 * however many ask. Whoever
 * only asked for more is answered at once.
 */
export function oneAtATime<K>(work: (key: K) => Promise<void>): (key: K) => Promise<void> {
  const asked = new Map<K, boolean>();
  return async (key) => {
    if (asked.has(key)) {
      asked.set(key, true);
      return;
    }
    try {
      do {
        asked.set(key, false);
        await work(key);
      } while (asked.get(key) === true);
    } finally {
      asked.delete(key);
    }
  };
}
