/** Tells listeners of a workspace its new number of leaves, after the commit. */
export type PokeHub = {
  poke(workspace: string, size: number): void;
  /** `listener` is called at most once per turn with the newest size; returns how to stop. */
  listen(workspace: string, listener: (size: number) => void): () => void;
  /** Ends every stream: the server is stopping. */
  close(): void;
  readonly closed: AbortSignal;
};

/** A hub within one process. */
export function createPokeHub(): PokeHub {
  const rooms = new Map<string, Set<(size: number) => void>>();
  const waiting = new Map<string, number>();
  const closing = new AbortController();

  const flush = () => {
    const sizes = [...waiting];
    waiting.clear();
    for (const [workspace, size] of sizes) {
      for (const listener of [...(rooms.get(workspace) ?? [])]) listener(size);
    }
  };

  return {
    poke(workspace, size) {
      if (waiting.size === 0) setImmediate(flush);
      waiting.set(workspace, Math.max(size, waiting.get(workspace) ?? 0));
    },
    listen(workspace, listener) {
      const room = rooms.get(workspace) ?? new Set();
      rooms.set(workspace, room.add(listener));
      return () => {
        room.delete(listener);
        if (room.size === 0) rooms.delete(workspace);
      };
    },
    close: () => closing.abort(),
    closed: closing.signal,
  };
}
