import { describe, expect, it } from 'vitest';
import { markingAnotherHosts } from '../../src/cycle/another-hosts-page.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Baseline } from '../../src/model/baseline.ts';
import type { Outcome } from '../../src/model/report.ts';
import { allPass, observations, targets } from '../diagnose/observations.ts';

interface Page {
  readonly type: string;
  readonly fingerprint: string | null;
}

const identity: Page = { type: 'application/json', fingerprint: 'a1' };
const site: Page = { type: 'text/html', fingerprint: 'b2' };

const marked = (pages: Readonly<Record<string, Page>>, baseline: Baseline = []) => {
  const seen = { ...observations(allPass()), registration: null };
  const outcomes = seen.outcomes.map((one): Outcome => {
    const page = pages[one.target];
    return page === undefined
      ? one
      : {
          ...one,
          httpStatus: 200,
          answeredBy: 'application',
          fingerprint: page.fingerprint,
          marks: { server: '', type: page.type },
        };
  });
  const after = markingAnotherHosts(outcomes, targets, baseline);
  const { faults, hypotheses } = diagnose({ ...seen, outcomes: after }, targets);
  return { root: after.find(({ target }) => target === 'platform.root'), faults, hypotheses };
};

describe('the platform’s pages', () => {
  it.each(['auth.root', 'api.root', 'registry.root'])(
    'that %s serves as well come from the wrong application',
    (other) => {
      const { root, faults, hypotheses } = marked({ 'platform.root': identity, [other]: identity });
      expect(root).toMatchObject({ status: 'degraded', failureMode: 'unexpected-body' });
      expect(root?.evidence.summary).toMatch(
        /^200 by the application: the same response as from https:\/\/\w+\.hokus\.ai\/$/,
      );
      expect(faults).toEqual([['alb-wrong-target-group']]);
      expect(hypotheses[0]?.probability).toBeLessThan(0.8);
    },
  );

  it.each([
    ['are of their own', { 'platform.root': site, 'auth.root': identity }],
    ['are HTML like another site', { 'platform.root': site, 'auth.root': site }],
    ['are JSON of another shape', { 'platform.root': { ...identity, fingerprint: 'c3' }, 'auth.root': identity }],
    [
      'have no fingerprint',
      { 'platform.root': { ...identity, fingerprint: null }, 'auth.root': { ...identity, fingerprint: null } },
    ],
    ['are what only a health route elsewhere serves', { 'platform.root': identity, 'auth.health': identity }],
  ])('that %s pass', (_, pages) => {
    const { root, faults } = marked(pages);
    expect(root?.status).toBe('pass');
    expect(faults).toEqual([]);
  });

  it('are known if they were so in the baseline', () => {
    const before = {
      target: 'platform.root',
      status: 'degraded',
      failureMode: 'unexpected-body',
      answeredBy: 'application',
    } as const;
    const { root, faults } = marked({ 'platform.root': identity, 'auth.root': identity }, [before]);
    expect(root?.known).toBe(true);
    expect(faults).toEqual([]);
  });
});
