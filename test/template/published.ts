import type { MetricDatum } from '../../src/metrics/catalogue.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import { severities } from '../../src/model/severities.ts';
import { hypothesisIds } from '../../src/platform/hypotheses.ts';
import { targets } from '../diagnose/observations.ts';
import { candidate, cleanup, flow, outcome, report, step, stoppedAt } from '../metrics/reports.ts';

const [hypothesis = 'service-discovery-broken'] = hypothesisIds;

/** One cycle in which everything that there is a metric for happens. */
const eventful = report(
  [
    ...targets.filter(({ enabled }) => enabled).map(({ id, host }) => outcome(id, 'pass', { host, daysLeft: 60 })),
    outcome('registry.root', 'fail', { failureMode: 'lb-no-route' }),
    outcome('api.root', 'degraded', { failureMode: 'slow' }),
    outcome('mlflow.root', 'inconclusive', { failureMode: 'deadline-exceeded' }),
  ],
  {
    registration: flow(stoppedAt(step('create-run', 'fail', { failureMode: 'upstream-unreachable' })), {
      cleanup: cleanup([{ thing: 'run', id: 'a1' }]),
    }),
    diagnosis: {
      status: 'match',
      hypotheses: [candidate(hypothesis, 0.9)],
      faults: [[hypothesis]],
      unexplained: [],
      paths: [],
    },
  },
);

/** Every series that the code publishes by default, from a report, as alarms and dashboards can find them. */
export const publishedSeries: readonly MetricDatum[] = metricsFromReport(eventful, 'hosts', {
  open: severities.map((severity, index) => ({
    id: `20261121-0257-registry-${index}`,
    severity,
    startedAt: eventful.startedAt,
    causes: [hypothesis],
  })),
  news: [],
  sent: 1,
  waiting: 1,
  troubles: ['a topic that is gone'],
});

/** Of the probe inside the VPC, which runs under a name of its own. */
export const publishedInVpc: readonly MetricDatum[] = metricsFromReport(
  report(
    [
      outcome('mlflow.internal', 'pass'),
      outcome('mlflow.internal-development', 'inconclusive', { failureMode: 'deadline-exceeded' }),
    ],
    { environment: 'development-vpc' },
  ),
  'hosts',
  { open: [], news: [], sent: 0, waiting: 0, troubles: ['a topic that is gone'] },
);
