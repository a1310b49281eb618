import { describe, expect, it } from 'vitest';
import { parseBaseline } from '../../src/config/baseline.ts';
import { stepTarget } from '../../src/platform/flow-steps.ts';
import { renderJson } from '../../src/report/json.ts';
import { flow, outcome, report, step } from '../metrics/reports.ts';

/** Nothing is recorded of who answered. */
const unnamed = { answeredBy: null, fingerprint: null, marks: null, evidence: { version: null } };

describe('a saved report as a baseline', () => {
  it('holds the result of each target and each step of the flow', () => {
    const saved = report([outcome('registry.root', 'fail', { failureMode: 'lb-no-route' })], {
      registration: flow([step('credentials', 'pass'), step('create-run', 'fail', { failureMode: 'forbidden' })]),
    });
    const took = { durationMs: 20, timingsMs: { total: 20 }, ...unnamed };
    expect(parseBaseline(renderJson(saved))).toEqual([
      { target: 'registry.root', status: 'fail', failureMode: 'lb-no-route', timingsMs: { total: 100 }, ...unnamed },
      { target: stepTarget('credentials'), status: 'pass', failureMode: null, ...took },
      { target: stepTarget('create-run'), status: 'fail', failureMode: 'forbidden', ...took },
    ]);
  });

  it.each([
    ['was left out', { schemaVersion: 1, outcomes: [], registration: null }],
    ['was not there yet', { schemaVersion: 1, outcomes: [] }],
  ])('holds nothing about a flow that %s', (_, saved) => {
    expect(parseBaseline(JSON.stringify(saved))).toEqual([]);
  });

  it.each([
    [{ schemaVersion: 1, outcomes: [{}] }, 'outcomes.0.target is missing'],
    [{ schemaVersion: 1, outcomes: [], registration: {} }, 'registration.steps is missing'],
    [{ schemaVersion: 1, outcomes: [], registration: 5 }, 'registration 5 is not known'],
    [
      { schemaVersion: 1, outcomes: [], registration: { steps: [{ id: 'experiment' }] } },
      'registration.steps.0.status is missing',
    ],
    [
      {
        schemaVersion: 1,
        outcomes: [],
        registration: { steps: [{ id: 'a', status: 'fail', failureMode: 'bad-weather' }] },
      },
      'registration.steps.0.failureMode "bad-weather" is not known to this version; save a new one: npx hokusai-synthetics check',
    ],
  ])('is refused with the place of its error: %j', (saved, says) => {
    expect(() => parseBaseline(JSON.stringify(saved))).toThrow(says);
  });
});
