import { isIP } from 'node:net';
import type { Limits } from '../model/limits.ts';
import type { ResolutionEvidence } from '../model/observation.ts';
import { joined, phrase, Raw } from '../raw/raw.ts';
import { type Attempt, PhaseFailure } from './attempt.ts';
import { Families } from './dns/families.ts';
import { addressesIn, hostsFile } from './dns/hosts-file.ts';
import { nameServerText, parseNameServer, systemNameServers } from './dns/name-servers.ts';
import type { Resolver } from './dns/question.ts';
import type { Gathered } from './evidence.ts';
import type { ProbeTools } from './tools.ts';

/**
 * Settings only: lookups share nothing else, so they cannot disturb each other. We have our own resolver because
 * c-ares, even with one channel per attempt, fails a name's IPv4 lookup when the IPv6 answer is unreadable. It also
 * repeats a lost packet only if slow servers get less than the limit, and it hides the chain of names and the server's
 * explanation. A lookup takes 0.12 ms of processor time (0.10 ms with c-ares) and 12 KB of the bundle; dns-packet alone
 * is 32 KB.
 */
export const createResolver = (servers: readonly string[] | null, { resolveMs }: Limits): Resolver => ({
  servers: servers?.map(parseNameServer) ?? systemNameServers(),
  // Read in each cycle, as the name servers are.
  hosts: servers === null ? hostsFile() : '',
  limitMs: resolveMs,
});

/** Names that never go to a name server (RFC 6761, section 6.3). */
const isLocal = (host: string): boolean => {
  const name = `.${host.toLowerCase()}`;
  return name.endsWith('.localhost') || name.endsWith('.localhost.');
};
const loopback = ['127.0.0.1', '::1'] as const;

/** The addresses of a host in the order in which they are tried. @throws PhaseFailure if there are none */
export const resolveHost = async (
  host: string,
  attempt: Attempt,
  { resolver, limits }: ProbeTools,
  gathered: Pick<Gathered, 'resolution'>,
): Promise<readonly string[]> => {
  const listed = addressesIn(resolver.hosts ?? '', host).slice(0, limits.addresses);
  const known = isIP(host) !== 0 ? [host] : isLocal(host) ? loopback : listed;
  if (known.length > 0) {
    gathered.resolution = { name: host, chain: [], addresses: known, failures: [] };
    return attempt.phase('resolve', limits.resolveMs, async () => known);
  }
  const families = new Families(host, resolver);
  let limit: PhaseFailure | null = null;
  try {
    await attempt.phase('resolve', limits.resolveMs, (onStop) => families.enough(limits.familyWaitMs, onStop));
  } catch (error) {
    if (!(error instanceof PhaseFailure)) throw error;
    limit = error;
  } finally {
    families.stop();
  }
  const addresses = families.addresses.slice(0, limits.addresses);
  const failures = failuresOf(families, limit !== null);
  gathered.resolution = { name: host, chain: families.chain.map(Raw.from), addresses, failures };
  // After the cycle's end nothing is known. At the lookup's own limit, what is known by then counts.
  if (limit?.code === 'LIMIT_CYCLE') throw limit;
  if (addresses.length > 0) return addresses;

  const { code, heard } = families.failure;
  const told = wordsFor(failures);
  if (heard || limit === null) throw new PhaseFailure('resolve', code, phrase`${host}: ${told}`);
  const asked = resolver.servers.map(nameServerText).join(', ');
  // The only statement possible by then: there is no IPv6 address.
  const only = failures.some((failure) => failure.code === 'ENODATA') ? phrase` (${told})` : '';
  throw new PhaseFailure('resolve', limit.code, phrase`${host}: ${limit.detail} from ${asked}${only}`);
};

/** The failures of both families. A family that was not waited for has not failed. */
const failuresOf = ({ four, six }: Families, isLimit: boolean): ResolutionEvidence<Raw>['failures'] =>
  [four, six].flatMap(({ family, failure, isSettled }) =>
    failure !== null && (isSettled || isLimit || failure.heard)
      ? [{ family, code: failure.code, explanation: failure.explanation }]
      : [],
  );

const wordsFor = (failures: ResolutionEvidence<Raw>['failures']): Raw => {
  const words = failures.map(({ code, explanation }) =>
    explanation.is('') ? phrase`${code}` : phrase`${code} (${explanation})`,
  );
  const [first] = words;
  if (first !== undefined && words.every((one) => one.equals(first))) return first;
  return joined(
    failures.map(({ family }, i) => phrase`${words[i] ?? ''} for IPv${family}`),
    ', ',
  );
};
