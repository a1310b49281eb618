import type { Random } from '../random.ts';

export class Killed extends Error {
  override readonly name = 'Killed';
}

/** A process that may be killed before or after anything that it does to the world; then nothing of it happens any more. */
export class Mortal {
  readonly #random: Random;
  #left: number;

  /** @param left steps that it still lives; Infinity: it is not killed. */
  constructor(random: Random, left: number) {
    this.#random = random;
    this.#left = left;
  }

  get isDead(): boolean {
    return this.#left <= 0;
  }

  /** Does something to the world, after others had their turns. */
  async act<T>(deed: () => Promise<T>): Promise<T> {
    for (let turns = this.#random.between(0, 6); turns > 0; turns -= 1) await null;
    this.#step();
    const done = await deed();
    this.#step();
    return done;
  }

  #step(): void {
    if (!this.isDead) this.#left -= 1;
    if (this.isDead) throw new Killed('killed');
  }
}
