import type { Verdict } from '../../src/model/report.ts';
import { faults } from '../../src/sandbox/faults/faults.ts';
import type { Random } from '../../test/fuzz/random.ts';
import type { Farm } from './farm.ts';

/** A running sandbox, and the verdicts that are true of it. */
export interface Site {
  /** The injected fault. Null if the platform is healthy. */
  readonly fault: string | null;
  readonly verdicts: readonly Verdict[];
  readonly configurationFile: string;
  uses: number;
  /** Duration of its last cycle: a request that hangs costs time, so the site has its turn less often. */
  lastMs: number;
}

export interface Pool {
  /** A site that no other lane has, at random. */
  take(random: Random, suits: (site: Site) => boolean): Site;
  giveBack(site: Site): Promise<void>;
}

/** A sandbox is replaced after so many cycles, so that what it stores stays small. */
const usesPerSite = 60;
/** Longer cycles are chosen in one of so many cases. */
const longMs = 3_000;
const longOnceIn = 4;
/** A healthy platform in one of three cases. */
const healthyShare = 0.33;

export const openPool = async (farm: Farm, random: Random, ids: readonly (string | null)[]): Promise<Pool> => {
  const open = async (fault: string | null): Promise<Site> => ({
    fault,
    verdicts: fault === null ? ['healthy'] : (faults[fault]?.verdicts ?? ['failing']),
    configurationFile: await farm.open(fault, random.pick(['2025', '2026'] as const)),
    uses: 0,
    lastMs: 0,
  });
  const free = await Promise.all(ids.map(open));
  return {
    take: (own, suits) => {
      const isHealthy = own.chance(healthyShare * 100);
      const suited = free.filter((site) => suits(site) && (site.fault === null) === isHealthy);
      const quick = suited.filter(({ lastMs }) => lastMs < longMs || own.below(longOnceIn) === 0);
      const from = [quick, suited, free].find((sites) => sites.length > 0) ?? [];
      const site = from[own.below(from.length)];
      if (site === undefined) throw new Error('more lanes than sites');
      free.splice(free.indexOf(site), 1);
      return site;
    },
    giveBack: async (site) => {
      if (site.uses < usesPerSite) {
        free.push(site);
        return;
      }
      // It may take a while to close; another is open at once.
      farm.close(site.configurationFile).catch((error: unknown) => console.log(`${site.fault}: ${error}`));
      free.push(await open(site.fault));
    },
  };
};
