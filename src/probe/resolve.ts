import { Resolver } from 'node:dns';
import { isIP } from 'node:net';
import type { Limits } from '../platform/limits.ts';
import type { ResolutionEvidence } from '../platform/observation.ts';
import { PhaseFailure } from './attempt.ts';

/** Names of a chain that are looked up before it counts as endless; real chains have two or three. */
const chainLimit = 8;

interface Family {
  readonly family: 4 | 6;
  readonly addresses: readonly string[];
  readonly code: string | null;
}

/** A resolver of our own over c-ares: it tells NXDOMAIN, SERVFAIL, REFUSED, no data and silence apart, and queues on no thread pool. */
export const createResolver = (servers: readonly string[] | null, limits: Limits): Resolver => {
  // c-ares doubles its time-out with each try: one third, then two thirds of the limit.
  const resolver = new Resolver({ timeout: Math.max(1, Math.floor(limits.resolveMs / 3)), tries: 2 });
  if (servers !== null) resolver.setServers(servers);
  return resolver;
};

/**
 * The addresses of a name, IPv6 and IPv4 in turn, IPv6 first (RFC 8305, section 4).
 * Both families are asked at once; when one has answered with addresses, the other is waited for a moment only.
 */
export const resolveName = async (resolver: Resolver, name: string, limits: Limits): Promise<ResolutionEvidence> => {
  if (isIP(name) !== 0) return { name, chain: [], addresses: [name], failures: [] };
  const families = await bothFamilies(resolver, name, limits.familyWaitMs);
  const failures = families.flatMap(({ family, code }) => (code === null ? [] : [{ family, code }]));
  const addresses = interleave(
    families.find(({ family }) => family === 6)?.addresses ?? [],
    families.find(({ family }) => family === 4)?.addresses ?? [],
  ).slice(0, limits.addresses);
  return { name, chain: [], addresses, failures };
};

/** What it means that a name has no address: the more telling of the two families' codes. */
export const noAddress = ({ name, failures }: ResolutionEvidence): PhaseFailure => {
  const telling = failures.find(({ code }) => code !== 'ENODATA') ?? failures[0];
  const code = telling?.code ?? 'ENODATA';
  return new PhaseFailure('resolve', code, `${name}: ${code}`);
};

/** The chain of names behind a name, itself first, as far as it can be followed. */
export const lookUpChain = async (resolver: Resolver, name: string): Promise<readonly string[]> => {
  const chain = [name];
  for (let next = await aliasOf(resolver, name); next !== null; next = await aliasOf(resolver, next)) {
    const seen = chain.includes(next);
    chain.push(next);
    if (seen || chain.length > chainLimit) break;
  }
  return chain;
};

const aliasOf = (resolver: Resolver, name: string): Promise<string | null> =>
  new Promise((resolve) => {
    // That a name has no alias is the usual answer, and its failure is told by the addresses.
    resolver.resolveCname(name, (error, names) => resolve(error ? null : (names[0]?.toLowerCase() ?? null)));
  });

const bothFamilies = (resolver: Resolver, name: string, familyWaitMs: number): Promise<readonly Family[]> =>
  new Promise((resolve) => {
    const answered: Family[] = [];
    let timer: NodeJS.Timeout | undefined;
    const done = (): void => {
      clearTimeout(timer);
      resolve(answered);
    };
    const take = (family: 4 | 6) => (error: NodeJS.ErrnoException | null, addresses: string[]) => {
      answered.push(
        error
          ? { family, addresses: [], code: error.code ?? 'EUNKNOWN' }
          : { family, addresses, code: addresses.length === 0 ? 'ENODATA' : null },
      );
      if (answered.length === 2) return done();
      if (addresses !== undefined && addresses.length > 0) timer = setTimeout(done, familyWaitMs);
    };
    resolver.resolve6(name, take(6));
    resolver.resolve4(name, take(4));
  });

const interleave = (first: readonly string[], second: readonly string[]): readonly string[] =>
  Array.from({ length: Math.max(first.length, second.length) }, (_, i) => [first[i], second[i]])
    .flat()
    .filter((address) => address !== undefined);
