/** Keeps answers in order: an answer that a newer question, or news, overtook is dropped. */
export class Latest {
  readonly #turns = new Map<string, number>();

  /** What is on its way about this is old by now. */
  overtake(what: string): number {
    const turn = (this.#turns.get(what) ?? 0) + 1;
    this.#turns.set(what, turn);
    return turn;
  }

  /** The answer, or null when it was overtaken. */
  async ask<T>(what: string, question: () => Promise<T>): Promise<T | null> {
    const turn = this.overtake(what);
    const answer = await question();
    return this.#turns.get(what) === turn ? answer : null;
  }
}
