import { type DnsFailure, mostTelling, silence } from './failure.ts';
import { AddressLookup } from './lookup.ts';
import type { Resolver } from './question.ts';

/** A name's addresses of both families, looked up at once. */
export class Families {
  readonly four: AddressLookup;
  readonly six: AddressLookup;

  constructor(name: string, resolver: Resolver) {
    this.six = new AddressLookup(name, 6, resolver);
    this.four = new AddressLookup(name, 4, resolver);
  }

  /**
   * Fulfilled when both have settled. Once one has addresses, the other gets a moment only (RFC 8305, section 3). So does IPv6
   * once the answer about IPv4 says that the name does not exist, which is true of all types (RFC 8020). IPv4 gets the whole
   * limit when that is said of IPv6: some servers say so of names that have IPv4 addresses (RFC 4074, section 4.2).
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

  /** In turn, IPv6 first (RFC 8305, section 4). */
  get addresses(): readonly string[] {
    const [first, second] = [this.six.addresses, this.four.addresses];
    return Array.from({ length: Math.max(first.length, second.length) }, (_, i) => [first[i], second[i]])
      .flat()
      .filter((address) => address !== undefined);
  }

  /** The names that the answers went through, of the family that leads to addresses, or further. */
  get chain(): readonly string[] {
    const { six, four } = this;
    const [shorter, longer] = six.chain.length > four.chain.length ? [four, six] : [six, four];
    return (shorter.addresses.length > 0 && longer.addresses.length === 0 ? shorter : longer).chain;
  }

  /**
   * Why there are no addresses. What is known of one family wins over the silence of the other, but for one case: that there
   * is no IPv6 address is usual, and says nothing of IPv4.
   */
  get failure(): DnsFailure {
    const four = this.four.failure ?? silence;
    const six = this.six.failure ?? silence;
    return six.code === 'ENODATA' && !four.heard ? four : mostTelling([four, six]);
  }
}
