import { describe, expect, it } from 'vitest';
import { replayed } from '../../src/cli/commands/replay.ts';
import { loadSettings } from '../../src/config/load.ts';
import { blankOutcome } from '../../src/model/blank.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Report, Status } from '../../src/model/report.ts';
import { compare, isWorse, renderComparison } from '../../src/report/compare.ts';

const settings = await loadSettings(null);
const view = { hosts: settings.hosts, targets: settings.targets, through: settings.registration.through };

type Result = readonly [status: Status, failureMode: FailureMode | null, known?: boolean, durationMs?: number];

/** A report in which `api.root` has this result; null: it was not asked. */
const reportWith = (result: Result | null): Report => {
  const [status, failureMode, known = false, total = 50] = result ?? ['pass', null];
  const blank = blankOutcome(status, 'as seen', failureMode);
  const outcome = {
    ...blank,
    ...{ target: result === null ? 'auth.root' : 'api.root', host: 'api', attempts: [], known },
    timingsMs: { ...blank.timingsMs, total },
  };
  return replayed(
    JSON.stringify({
      ...{ schemaVersion: 1, outcomes: [outcome] },
      verdict: status === 'fail' ? 'failing' : 'healthy',
    }),
    settings,
  ).report;
};

const pass: Result = ['pass', null];
const broken: Result = ['fail', 'server-error'];
const otherwise: Result = ['fail', 'lb-bad-gateway'];
/** As the baseline of both says. */
const normal: Result = ['fail', 'auth-missing', true];

describe('two reports compared', () => {
  it.each<readonly [title: string, before: Result | null, after: Result | null, change: string | null]>([
    ['passes in both', pass, pass, null],
    ['fails only later', pass, broken, 'new'],
    ['is degraded only later', pass, ['degraded', 'slow'], 'new'],
    ['fails in another way', broken, otherwise, 'changed'],
    ['fails as before', broken, broken, 'still'],
    ['fails as before, and is known for it', broken, ['fail', 'server-error', true], 'still'],
    ['fails as its baseline says, in both', normal, normal, null],
    ['is back to what its baseline says', otherwise, normal, 'over'],
    ['leaves what its baseline says', normal, otherwise, 'new'],
    ['works again', broken, pass, 'over'],
    ['was asked only before', pass, null, 'unknown'],
    ['failed, and was not asked later', broken, null, 'unknown'],
    ['was skipped later', pass, ['skipped', null], 'unknown'],
    ['takes four times as long', ['pass', null, false, 200], ['pass', null, false, 800], 'slower'],
    ['takes four times as long, within noise', ['pass', null, false, 20], ['pass', null, false, 80], null],
  ])('a request that %s', (_title, before, after, change) => {
    const comparison = compare(reportWith(before), reportWith(after), view);
    const own = comparison.differences.filter(({ request }) => request === 'api.root');
    expect(own.map((one) => one.change)).toEqual(change === null ? [] : [change]);
    if (before !== null && after !== null) expect(isWorse(comparison)).toBe(change === 'new' || change === 'changed');
  });

  it('are shown with both verdicts, then each kind of change', () => {
    const text = renderComparison(compare(reportWith(pass), reportWith(['fail', 'server-error']), view), 120);
    expect(text).toMatch(
      /^before .*healthy[\s\S]*\nafter .*failing[\s\S]*\n\nfails now \(1\)\n {2}api\.root +pass in 50 ms → fail server-error/,
    );
  });

  it('say so if nothing differs', () => {
    expect(renderComparison(compare(reportWith(pass), reportWith(pass), view), 80)).toContain('no request differs');
  });
});
