import { describe, expect, it } from 'vitest';
import { isFailure } from '../../src/model/predicates.ts';
import type { Report } from '../../src/model/report.ts';
import { requests } from '../../src/model/requests.ts';
import { checkSandbox } from '../support/sandboxed.ts';

const asked = (report: Report): readonly string[] =>
  requests(report)
    .filter(({ kind }) => kind === 'follow-up')
    .map(({ id }) => id);

describe('a cycle whose cause is in doubt', () => {
  it.each([
    ['authorizer-misconfigured', 'api-gateway-auth'],
    ['proxy-strips-credentials', 'proxy-drops-auth-headers'],
  ])('asks more and names one cause: %s', async (fault, cause) => {
    const report = await checkSandbox({ faults: [fault] });
    expect(report.diagnosis.faults).toEqual([[cause]]);
    expect(report.followUp?.between).toContain(cause);
    expect(asked(report).length).toBeGreaterThan(0);
    expect(asked(report).length).toBeLessThanOrEqual(10);
    expect(new Set(asked(report)).size).toBe(asked(report).length);
    // Each was asked once, without a retry, and is not among the cycle's own.
    expect(report.followUp?.outcomes.map(({ attempts }) => attempts.length)).toEqual(asked(report).map(() => 1));
    const own = new Set(report.outcomes.map(({ target }) => target));
    expect(asked(report).filter((id) => own.has(id))).toEqual([]);
  });

  it('asks nothing where no request decides, and nothing when it is switched off', async () => {
    const tie = await checkSandbox({ faults: ['discovery-record-deleted'] });
    expect(tie.diagnosis.status).toBe('ambiguous');
    expect(tie.followUp).toBeUndefined();
    const off = await checkSandbox({ faults: ['proxy-strips-credentials'], followUp: false });
    expect(off.diagnosis.hypotheses.map(({ id }) => id).toSorted()).toEqual([
      'auth-flow-regression',
      'proxy-drops-auth-headers',
    ]);
    expect(off.followUp).toBeUndefined();
  });

  it('asks nothing on a healthy platform, and nothing when the cause is sure', async () => {
    expect((await checkSandbox()).followUp).toBeUndefined();
    const sure = await checkSandbox({ faults: ['registry-record-deleted'] });
    expect(sure.diagnosis.status).toBe('match');
    expect(sure.followUp).toBeUndefined();
  });

  it('asks the targets that it was told to leave out, where they decide', async () => {
    const targets = ['registry.mlflow-proxy-search'];
    const alone = await checkSandbox({ faults: ['bearer-no-longer-read'], targets, followUp: false });
    const more = await checkSandbox({ faults: ['bearer-no-longer-read'], targets });
    const first = ({ diagnosis: { faults } }: typeof alone): string | undefined => faults[0]?.[0];
    expect([first(alone), first(more)]).toEqual(['proxy-drops-auth-headers', 'auth-flow-regression']);
    expect(more.outcomes.map(({ target }) => target)).toEqual(targets);
    expect(requests(more).filter((one) => isFailure(one))).toHaveLength(1);
    expect(more.verdict).toBe(alone.verdict);
  });

  it('asks no longer than the cycle has time', async () => {
    const report = await checkSandbox({
      faults: ['key-revoked'],
      targets: ['registry.mlflow-proxy-search', 'registry.mlflow-ui'],
      deadlineMs: 1,
    });
    expect(report.followUp).toBeUndefined();
  });
});
