import type { Registration, StepOutcome } from '../platform/report.ts';
import type { MetricDatum, MetricsDetail } from './catalogue.ts';
import { seriesData } from './datum.ts';
import { durations, type Judged, successes } from './judged.ts';

const judgedStep = ({ status, failureMode, known, durationMs }: StepOutcome): Judged => ({
  status,
  failureMode,
  known,
  ms: durationMs,
});

/** Everything of the flow that can fail in a way of its own: its steps, and the clean-up. */
export const judgedInFlow = ({ steps, cleanup }: Registration): readonly Judged[] => [
  ...steps.map(judgedStep),
  { status: cleanup.status, failureMode: cleanup.failureMode, known: false, ms: cleanup.durationMs },
];

/** What the model-registration flow publishes besides its failures. */
export const registrationMetrics = (
  { status, durationMs, steps, cleanup }: Registration,
  at: number,
  Environment: string,
  detail: MetricsDetail,
): readonly MetricDatum[] => {
  const flow: Judged = { status, failureMode: null, known: false, ms: durationMs };
  return [
    ...seriesData('registrationSuccess', at, { Environment }, successes([flow])),
    ...seriesData('registrationDuration', at, { Environment }, durations([flow])),
    ...seriesData('registrationLeftOvers', at, { Environment }, [cleanup.leftBehind.length]),
    ...(detail === 'targets' ? steps : []).flatMap((step) => [
      ...seriesData('stepSuccess', at, { Environment, Step: step.id }, successes([judgedStep(step)])),
      ...seriesData('stepDuration', at, { Environment, Step: step.id }, durations([judgedStep(step)])),
    ]),
    ...steps
      .filter((step) => step.status === 'fail' && !step.known)
      .flatMap(({ id }) => seriesData('stepFailure', at, { Environment, Step: id }, [1])),
  ];
};
