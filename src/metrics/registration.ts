import { withStatus } from '../model/predicates.ts';
import type { Registration } from '../model/report.ts';
import { type CleanUpRequest, isOfFlow, type Request, type StepRequest } from '../model/requests.ts';
import type { MetricDatum, MetricsDetail } from './catalogue.ts';
import { seriesData } from './datum.ts';
import { durations, type Judged, successes } from './judged.ts';

/** The flow's metrics, without the failures by mode. The clean-up counts as its last step. */
export const registrationMetrics = (
  { status, durationMs }: Registration,
  all: readonly Request[],
  { at, Environment, detail }: { readonly at: number; readonly Environment: string; readonly detail: MetricsDetail },
): readonly MetricDatum[] => {
  const flow: Judged = { status, known: false, durationMs };
  const steps = all.filter(isOfFlow);
  return [
    ...seriesData('registrationSuccess', at, { Environment }, successes([flow])),
    ...seriesData('registrationDuration', at, { Environment }, durations([flow])),
    ...steps.flatMap((one) =>
      one.kind === 'clean-up' ? seriesData('registrationLeftOvers', at, { Environment }, [one.leftBehind.length]) : [],
    ),
    ...(detail === 'targets' ? steps : []).flatMap((one) => [
      ...seriesData('stepSuccess', at, { Environment, Step: nameOf(one) }, successes([one])),
      ...seriesData('stepDuration', at, { Environment, Step: nameOf(one) }, durations([one])),
    ]),
    ...withStatus(steps, 'fail').flatMap((one) =>
      seriesData('stepFailure', at, { Environment, Step: nameOf(one) }, [1]),
    ),
  ];
};

const nameOf = (one: StepRequest | CleanUpRequest): string => (one.kind === 'step' ? one.step : one.kind);
