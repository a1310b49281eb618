import { failureModes } from '../../src/model/failure-modes.ts';
import type { Outcome } from '../../src/model/report.ts';
import { testKey } from '../support/probing.ts';

/** The key in the forms in which a server may echo it. */
export const canaries: readonly [string, ...string[]] = [
  testKey,
  Buffer.from(testKey).toString('base64').replaceAll('=', ''),
  Buffer.from(testKey).toString('hex'),
  testKey.toUpperCase(),
  testKey.replaceAll('_', '%5f'),
];

/** Characters of an outcome as JSON: more than any limit of its texts adds up to. */
const longestOutcome = 60_000;

/** What no response may cause. Empty: all is well. */
export const violations = (outcome: Outcome): readonly string[] => {
  const { status, failureMode, evidence } = outcome;
  const json = JSON.stringify(outcome);
  return [
    ...(status === 'fail' || status === 'degraded' || status === 'pass' ? [] : [`the status ${status}`]),
    ...(status !== 'pass' && failureMode === null ? ['a failure without a mode'] : []),
    ...(failureMode !== null && !Object.hasOwn(failureModes, failureMode) ? [`the mode ${failureMode}`] : []),
    ...(failureMode === 'probe-error' ? [`probe-error: ${evidence.summary}`] : []),
    ...canaries.filter((canary) => json.includes(canary)).map((canary) => `the key as ${canary}`),
    ...(json.length > longestOutcome ? [`${json.length} characters`] : []),
  ];
};
