import { describe, expect, test } from 'vitest';
import { asNew } from '../../../src/functions/deploy-hook/as-new.ts';
import { conclude, type Seen, unmade, versionMissing } from '../../../src/functions/deploy-hook/conclusion.ts';
import { conclusionLine } from '../../../src/functions/deploy-hook/line.ts';
import type { Outcome, Report } from '../../../src/model/report.ts';
import { defaultHosts } from '../../../src/platform/hosts.ts';
import { targets } from '../../diagnose/observations.ts';
import { cleanup, flow, outcome, report, step, stepsWith } from '../../metrics/reports.ts';

const healthy = targets.filter(({ enabled }) => enabled).map(({ id, host }) => outcome(id, 'pass', { host }));
const proxied = healthy.filter(({ target }) => target.includes('mlflow-proxy')).map(({ target }) => target);

/** A healthy day, but for these. */
const but = (...changed: readonly Outcome[]): readonly Outcome[] =>
  healthy.map((one) => changed.find(({ target }) => target === one.target) ?? one);

const failing = (target: string, rest: { readonly known?: boolean } = {}): Outcome =>
  outcome(target, 'fail', { failureMode: 'upstream-unreachable', ...rest });

const judged = (
  seen: Report,
  { before = [], blockOnKnown = false }: { readonly before?: readonly string[]; readonly blockOnKnown?: boolean } = {},
) => {
  const based: Seen = {
    report: asNew(seen, { before: new Set(before), blockOnKnown, targets }),
    platform: { hosts: defaultHosts, targets },
    cycles: 1,
    openBefore: [],
  };
  return conclude(based);
};

const line = (conclusion: ReturnType<typeof judged>) => conclusionLine({ deployment: 'd-ABCDEF123' }, conclusion);

describe('a deployment', () => {
  test('passes when everything is healthy', () => {
    expect(judged(report(healthy))).toMatchObject({ status: 'Succeeded', reason: `${healthy.length} requests passed` });
  });

  test('passes when a request is degraded, and says so', () => {
    const slow = report(but(outcome('registry.root', 'degraded', { failureMode: 'slow' })));
    expect(judged(slow)).toMatchObject({
      status: 'Succeeded',
      reason: `${healthy.length - 1} requests passed, 1 degraded (registry.root)`,
    });
  });

  test('fails for failing requests, and the log line lists them', () => {
    const conclusion = judged(report(but(...proxied.map((id) => failing(id)))));
    expect(conclusion.status).toBe('Failed');
    expect(line(conclusion)).toMatchObject({
      message: expect.stringMatching(
        /^Deployment d-ABCDEF123 fails: 7 of \d+ requests fail, .*\(registry\.mlflow-proxy, /,
      ),
      data: {
        deployment: 'd-ABCDEF123',
        status: 'Failed',
        failingCount: proxied.length,
        failing: expect.arrayContaining([
          { id: proxied[0], failureMode: 'upstream-unreachable', hop: null, summary: 'as it should be' },
        ]),
      },
    });
  });

  test('fails for a step of the registration flow', () => {
    const steps = stepsWith([step('set-alias', 'fail', { failureMode: 'server-error' })]);
    expect(judged(report(healthy, { registration: flow(steps) }))).toMatchObject({
      status: 'Failed',
      reason: expect.stringContaining('(registration.set-alias)'),
    });
  });

  test('passes despite earlier failures, which are listed, and failures in the baseline', () => {
    const [first = '', ...rest] = proxied;
    const seen = report(but(failing(first, { known: true }), ...rest.map((id) => failing(id))));
    const conclusion = judged(seen, { before: rest });
    expect(conclusion).toMatchObject({
      status: 'Succeeded',
      reason: expect.stringContaining(`${proxied.length} known from before (`),
    });
    expect(line(conclusion).data).toMatchObject({
      verdict: 'still-failing',
      reason: expect.stringContaining('Nothing new; still failing as before: '),
      failing: [],
      known: proxied,
      diagnosis: { status: 'healthy' },
    });
  });

  test('fails for both when they are set to block', () => {
    const [first = '', ...rest] = proxied;
    const seen = report(but(failing(first, { known: true }), ...rest.map((id) => failing(id))));
    const conclusion = judged(seen, { before: rest, blockOnKnown: true });
    expect(conclusion.status).toBe('Failed');
    expect(line(conclusion).data).toMatchObject({ failingCount: proxied.length, known: [] });
  });

  test('fails for a new failure next to an old one, and the diagnosis is about the new one only', () => {
    const seen = report(but(...proxied.map((id) => failing(id)), failing('platform.root')));
    const conclusion = judged(seen, { before: proxied });
    expect(conclusion).toMatchObject({ status: 'Failed', reason: expect.stringContaining('(platform.root)') });
    expect(line(conclusion).data).toMatchObject({ failing: [{ id: 'platform.root' }], known: proxied });
  });

  test('fails when too little was seen, even with earlier failures', () => {
    const unseen = outcome('registry.root', 'inconclusive', { failureMode: 'deadline-exceeded' });
    expect(judged(report(but(unseen)), { before: ['registry.root'] })).toMatchObject({
      status: 'Failed',
      reason: 'Too little was observed for a verdict (registry.root)',
    });
    expect(judged(report([]))).toMatchObject({ status: 'Failed', reason: 'Too little was observed for a verdict' });
  });

  test('fails when not everything beside a degraded request was seen, and names the fault', () => {
    const soon = { failureMode: 'tls-expires-soon' } as const;
    const seen = but(
      outcome('registry.certificate', 'degraded', soon),
      outcome('api.root', 'inconclusive', { failureMode: 'deadline-exceeded' }),
    );
    expect(judged(report(seen))).toMatchObject({
      status: 'Failed',
      reason: expect.stringMatching(/certificate.*\(api\.root\)$/),
    });
  });

  test('passes when the flow leaves objects behind, and says so', () => {
    const left = flow(stepsWith([]), { cleanup: cleanup([{ thing: 'run', id: 'a1' }]) });
    expect(judged(report(healthy, { registration: left }))).toMatchObject({
      status: 'Succeeded',
      reason: expect.stringContaining('1 degraded (registration.clean-up)'),
    });
  });

  test('fails when its version never came or could not be read', () => {
    const based: Seen = {
      report: report(healthy),
      platform: { hosts: defaultHosts, targets },
      cycles: 1,
      openBefore: [],
    };
    expect(versionMissing('2026.6.1', based)).toMatchObject({
      status: 'Failed',
      reason: expect.stringMatching(/2026\.6\.1 was not served/),
    });
    expect(line(unmade('there is no key'))).toEqual({
      message: 'Deployment d-ABCDEF123 fails: the check could not run: there is no key',
      data: { deployment: 'd-ABCDEF123', status: 'Failed', reason: 'the check could not run: there is no key' },
    });
  });
});
