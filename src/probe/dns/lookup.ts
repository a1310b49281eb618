import { isIP } from 'node:net';
import { type DnsFailure, heard, silence } from './failure.ts';
import { questionFor, rcodes } from './message.ts';
import { canonicalName } from './name.ts';
import { Question, type Resolver } from './question.ts';

/** Aliases followed, the same limit as BIND's. Real chains have two or three. */
const mostAliases = 16;

/** The addresses of a name in one family, and the chain of aliases to them. Shares nothing with other lookups. */
export class AddressLookup {
  readonly family: 4 | 6;
  /** Fulfilled when there is an answer or a failure. */
  readonly settled: Promise<void>;
  readonly #chain: string[];
  #question: Question | null = null;
  #addresses: readonly string[] = [];
  #failure: DnsFailure | null = null;
  #isSettled = false;

  constructor(name: string, family: 4 | 6, resolver: Resolver) {
    this.family = family;
    this.#chain = [canonicalName(name)];
    this.settled = this.#follow(resolver).then(() => {
      this.#isSettled = true;
    });
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** The names that the answers went through, starting with the queried one. */
  get chain(): readonly string[] {
    return this.#chain;
  }

  get addresses(): readonly string[] {
    return this.#addresses;
  }

  /** Why there are no addresses, as far as is known now. Null if there are some. */
  get failure(): DnsFailure | null {
    if (this.#addresses.length > 0) return null;
    return this.#failure ?? this.#question?.known ?? silence;
  }

  stop(): void {
    this.#question?.stop();
  }

  async #follow(resolver: Resolver): Promise<void> {
    let { servers } = resolver;
    for (;;) {
      const question = questionFor(this.#end, this.family);
      if (question === null) return this.#fail(heard('EBADNAME'));
      this.#question = new Question(question, { ...resolver, servers });
      const answered = await this.#question.answered;
      if (answered.kind === 'failure') return this.#fail(answered.failure);
      const { message, server } = answered;
      if (!this.#followWithin(message.aliases)) return this.#fail(heard('ENODATA'));
      this.#addresses = message.addresses
        .filter(({ name, address }) => name === this.#end && isIP(address) === this.family)
        .map(({ address }) => address);
      if (this.#addresses.length > 0) return;
      if (message.rcode === rcodes.nameError) return this.#fail(heard('ENOTFOUND', message.explanation));
      if (message.hasSoa || this.#end === question.name) return this.#fail(heard('ENODATA', message.explanation));
      // The answer ends at an alias that this server does not follow itself. Ask it first for the next name.
      servers = [server, ...servers.filter((other) => other !== server)];
    }
  }

  get #end(): string {
    return this.#chain.at(-1) ?? '';
  }

  /** False if the aliases form a loop or exceed the limit. */
  #followWithin(aliases: ReadonlyMap<string, string>): boolean {
    for (let next = aliases.get(this.#end); next !== undefined; next = aliases.get(next)) {
      const isCircle = this.#chain.includes(next);
      this.#chain.push(next);
      if (isCircle || this.#chain.length > mostAliases) return false;
    }
    return true;
  }

  #fail(failure: DnsFailure): void {
    this.#failure = failure;
  }
}
