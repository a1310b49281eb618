import { markKnown } from '../classify/outcome.ts';
import type { Baseline } from '../model/baseline.ts';
import type { AttemptOutcome, Outcome } from '../model/report.ts';
import type { HttpTarget, Target } from '../model/target.ts';
import { asDegraded } from './as-degraded.ts';

/**
 * Marks JSON at the platform's pages that the root of another host serves as well. Their target takes any page, so it alone
 * does not notice another application.
 */
export const markingAnotherHosts = (
  outcomes: readonly Outcome[],
  targets: readonly Target[],
  baseline: Baseline,
): readonly Outcome[] => {
  const http = targets.filter((one) => one.kind === 'http');
  const isSite = ({ hops }: HttpTarget): boolean => hops.includes('platform');
  const roots = http.filter((one) => one.expect.body.kind === 'present' && !isSite(one));
  const sites = http.filter(isSite);
  return outcomes.map((outcome) => {
    const site = sites.find(({ id }) => id === outcome.target);
    if (site === undefined || !isJson(outcome)) return outcome;
    const others = outcomes.filter((one) => isJson(one) && one.fingerprint === outcome.fingerprint);
    const root = roots.find(({ id }) => others.some(({ target }) => target === id));
    return root === undefined ? outcome : markKnown(site.id, marked(outcome, site, root.url), baseline);
  });
};

const isJson = ({ status, fingerprint, marks }: Outcome): boolean =>
  status === 'pass' && fingerprint !== null && marks?.type === 'application/json';

const marked = (outcome: Outcome, { hops }: HttpTarget, url: string): Outcome => {
  const degraded = asDegraded('unexpected-body', hops, () => `the same response as from ${url}`);
  const mark = <T extends AttemptOutcome>(one: T): T => ({ ...degraded(one), cause: 'page-of-another' });
  return { ...mark(outcome), attempts: outcome.attempts.map(mark) };
};
