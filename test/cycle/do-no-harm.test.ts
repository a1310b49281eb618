import { describe, expect, it } from 'vitest';
import { mayBlock } from '../../src/cycle/do-no-harm.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import type { Outcome } from '../../src/model/report.ts';
import { allPass, observations } from '../diagnose/observations.ts';

const id = 'registry.mlflow-proxy-search';

/** The decisive read failed in this way; each attempt took so long. */
const read = (failureMode: FailureMode, httpStatus: number, ...tookMs: readonly number[]): Outcome => {
  const { outcomes } = observations(allPass({ [id]: [failureMode, 'application'] }));
  const found = outcomes.find(({ target }) => target === id);
  if (found === undefined) throw new Error(`${id} is not a target`);
  const attempts = tookMs.map((total) => ({ ...found, httpStatus, timingsMs: { ...found.timingsMs, total } }));
  return { ...found, httpStatus, attempts };
};

describe('a health route that may block the API', () => {
  it('is asked after an immediate 500, which shows that the API does not hang', () => {
    expect(mayBlock(read('server-error', 500, 80, 120))).toBe(false);
  });

  it.each([
    ['a 500 after a wait', read('server-error', 500, 80, 4_000)],
    ['a 500 without a known duration', read('server-error', 500)],
    ['an immediate 501', read('server-error', 501, 80)],
    ['no connection to MLflow, at once', read('upstream-unreachable', 502, 80, 80)],
    ['a database’s error, at once', read('database-error', 500, 80, 80)],
    ['an immediate 503', read('upstream-unavailable', 503, 80, 80)],
    ['no response', read('response-timeout', 0, 5_000)],
  ])('is not asked after %s', (_, outcome) => {
    expect(mayBlock(outcome)).toBe(true);
  });
});
