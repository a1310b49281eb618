import { type DnsFailure, mostTelling, silence } from './failure.ts';
import { AddressLookup } from './lookup.ts';
import type { Resolver } from './question.ts';

/** A name's IPv4 and IPv6 addresses, looked up in parallel. */
export class Families {
  readonly four: AddressLookup;
  readonly six: AddressLookup;

  constructor(name: string, resolver: Resolver) {
    this.six = new AddressLookup(name, 6, resolver);
    this.four = new AddressLookup(name, 4, resolver);
  }

  /**
   * Fulfilled when both lookups have settled. Once one has addresses, the other gets only `waitMs` more (RFC 8305,
   * section 3). The same holds for IPv6 once the IPv4 answer says that the name does not exist, which is true of all
   * record types (RFC 8020). After an IPv6 answer that says so, IPv4 still gets the whole limit: some servers say this
   * of names that have IPv4 addresses (RFC 4074, section 4.2).
   */
  enough(waitMs: number, onStop: (stop: () => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      onStop(() => clearTimeout(timer));
      for (const lookup of [this.six, this.four]) {
        lookup.settled.then(() => {
          clearTimeout(timer);
          if (this.six.isSettled && this.four.isSettled) resolve();
          else if (lookup.addresses.length > 0 || this.four.failure?.code === 'ENOTFOUND')
            timer = setTimeout(resolve, waitMs);
        }, reject);
      }
    });
  }

  stop(): void {
    this.six.stop();
    this.four.stop();
  }

  /** Alternating, IPv6 first (RFC 8305, section 4). */
  get addresses(): readonly string[] {
    const [first, second] = [this.six.addresses, this.four.addresses];
    return Array.from({ length: Math.max(first.length, second.length) }, (_, i) => [first[i], second[i]])
      .flat()
      .filter((address) => address !== undefined);
  }

  /** The chain of names, from the family whose chain leads to addresses, or else from the longer one. */
  get chain(): readonly string[] {
    const { six, four } = this;
    const [shorter, longer] = six.chain.length > four.chain.length ? [four, six] : [six, four];
    return (shorter.addresses.length > 0 && longer.addresses.length === 0 ? shorter : longer).chain;
  }

  /**
   * Why there are no addresses. A failure seen in one family outranks the other's silence, with one exception: a
   * missing IPv6 address is usual and says nothing about IPv4.
   */
  get failure(): DnsFailure {
    const four = this.four.failure ?? silence;
    const six = this.six.failure ?? silence;
    return six.code === 'ENODATA' && !four.heard ? four : mostTelling([four, six]);
  }
}
