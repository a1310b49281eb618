import fc from 'fast-check';
import { verdictOf } from '../../src/classify/outcome.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { withSenders } from '../../src/diagnose/senders.ts';
import { type FailureMode, failureModes } from '../../src/model/failure-modes.ts';
import type { Strictness } from '../../src/model/predicates.ts';
import type { Report, Status, Verdict } from '../../src/model/report.ts';
import { cleanUpTarget, stepIds, stepTarget } from '../../src/platform/flow-steps.ts';
import { targets } from '../diagnose/observations.ts';
import { cleanup, flow, outcome, report, step } from '../metrics/reports.ts';

/** What a test knows of a request without asking the code under test. */
export interface Fact {
  readonly id: string;
  readonly status: Status;
  readonly known: boolean;
}

export interface GeneratedCycle {
  readonly facts: readonly Fact[];
  /** The diagnosis names a fault. */
  readonly isNamed: boolean;
  /** With the verdict that a check writes into it. */
  readonly report: Report;
}

const statuses: readonly Status[] = ['pass', 'degraded', 'fail', 'inconclusive', 'skipped'];
const modes = Object.keys(failureModes) as readonly FailureMode[];
const probed = targets.filter(({ enabled }) => enabled);

/** Mostly one status, so that every verdict comes up, healthy ones too. Only what is broken can be known. */
const judgement = (usual: Status) =>
  fc
    .record({
      status: fc.oneof(
        { weight: 12, arbitrary: fc.constant(usual) },
        { weight: 1, arbitrary: fc.constantFrom(...statuses) },
      ),
      known: fc.boolean(),
      mode: fc.constantFrom(...modes),
    })
    .map(({ status, known, mode }) => ({
      status,
      known: known && (status === 'fail' || status === 'degraded'),
      failureMode: status === 'pass' || status === 'skipped' ? null : mode,
    }));

const made = fc.constantFrom(
  { thing: 'run', id: 'a-run' } as const,
  { thing: 'registered-model', id: 'hokusai-synthetics-1' } as const,
);

const judgedFlow = (usual: Status) =>
  fc
    .record({
      steps: fc.tuple(...stepIds.map(() => judgement(usual))),
      status: fc.constantFrom(...statuses),
      leftBehind: fc.array(made, { maxLength: 2 }),
      hasEvidence: fc.boolean(),
    })
    .map(({ steps, status, leftBehind, hasEvidence }) => {
      const isWell = status === 'pass' || status === 'skipped';
      const left = isWell ? [] : leftBehind;
      const clean = cleanup(left, {
        status,
        failureMode: isWell ? null : 'cleanup-failed',
        ...(hasEvidence ? {} : { evidence: null }),
      });
      return flow(
        stepIds.map((id, index) => step(id, ...judgedStep(steps[index]))),
        { cleanup: clean },
      );
    });

const judgedStep = (
  one: { readonly status: Status; readonly known: boolean; failureMode: FailureMode | null } | undefined,
) => [one?.status ?? 'pass', { failureMode: one?.failureMode ?? null, known: one?.known ?? false }] as const;

/** Any cycle that asked something: targets of the default configuration, the flow, or both. */
export const anyCycle: fc.Arbitrary<GeneratedCycle> = fc
  .constantFrom<Status>('pass', 'skipped', 'degraded')
  .chain((usual) =>
    fc.record({
      outcomes: fc
        .uniqueArray(fc.record({ target: fc.constantFrom(...probed), judged: judgement(usual) }), {
          selector: ({ target }) => target.id,
          maxLength: 12,
        })
        .map((all) =>
          all.map(({ target: { id, host }, judged: { status, ...rest } }) => outcome(id, status, { host, ...rest })),
        ),
      registration: fc.option(judgedFlow(usual)),
    }),
  )
  .filter(({ outcomes, registration }) => outcomes.length > 0 || registration !== null)
  .map((seen) => {
    const { outcomes, registration } = seen;
    const diagnosis = diagnose(withSenders({ ...seen, blind: null }, targets), targets);
    return {
      isNamed: diagnosis.faults.length > 0,
      report: report(outcomes, { registration, verdict: verdictOf(seen, diagnosis) }),
      facts: [
        ...outcomes.map(({ target: id, status, known }) => ({ id, status, known })),
        ...(registration?.steps ?? []).map(({ id, status, known }) => ({ id: stepTarget(id), status, known })),
        ...(registration === null ? [] : [{ id: cleanUpTarget, status: registration.cleanup.status, known: false }]),
      ],
    };
  });

export const anyStrictness: fc.Arbitrary<Strictness> = fc.record({ degraded: fc.boolean(), known: fc.boolean() });

/** README, "Exit codes", and the verdict that they rest on, written down a second time. */
export const expected = (
  { facts, isNamed }: Pick<GeneratedCycle, 'facts' | 'isNamed'>,
  strictness: Strictness,
): { readonly verdict: Verdict; readonly exitCode: number } => {
  const has = (...wanted: readonly string[]): boolean =>
    facts.some(({ status, known }) => wanted.includes(known ? `known ${status}` : status));
  const verdict = has('fail')
    ? 'failing'
    : !isNamed && (has('inconclusive') || facts.every(({ status }) => status === 'skipped'))
      ? 'inconclusive'
      : has('degraded')
        ? 'degraded'
        : 'healthy';
  const failing = [
    'fail',
    ...(strictness.degraded ? ['degraded'] : []),
    ...(strictness.known ? ['known fail'] : []),
    ...(strictness.degraded && strictness.known ? ['known degraded'] : []),
  ];
  return { verdict, exitCode: has(...failing) ? 1 : verdict === 'inconclusive' || has('inconclusive') ? 2 : 0 };
};
