import { assumedUsage, monthlyCost, totalUsd } from '../../src/metrics/cost.ts';
import { severities } from '../../src/model/severities.ts';
import { defaultPlatform } from '../default-platform.ts';
import {
  alarms,
  awsSeries,
  drawn,
  each,
  eachInVpc,
  filledIn,
  graph,
  log,
  series,
  seriesOf,
  text,
  type Widget,
} from './widget.ts';

/** Widgets of one height, side by side. */
export interface Row {
  readonly height: number;
  readonly widgets: readonly Widget[];
}

const heading = (title: string, explanation: string): Row => ({
  height: 2,
  widgets: [text(24, `## ${title}`, explanation)],
});

const severityColors = { critical: '#d13212', warning: '#ff9900', notice: '#879596' } as const;

/** The answer, visible without scrolling. */
const now: readonly Row[] = [
  { height: 11, widgets: [drawn('Can people register models now, and if not, why?', 24, 'WidgetFunction')] },
  {
    height: 2,
    widgets: [
      text(
        24,
        '## The same as alarms and metrics',
        `1 means yes. The hypotheses that explain a failure are next to it; several at once look the same from outside. The table shows the last cycles. What to do: ${filledIn('RunbookUrl')}`,
      ),
    ],
  },
  {
    height: 6,
    widgets: [
      alarms('Alarms', 6, ['RegistrationBroken', 'PlatformDown', 'HostUnavailable', 'HeartbeatMissing']),
      graph('Model registration works', 6, [series('registrationSuccess', 'Minimum', '1 yes, 0 no')], {
        axis: { max: 1 },
      }),
      graph('Hypotheses that explain it', 12, [each('hypothesisMatch', 'Maximum')], {
        stacked: true,
        axis: { label: 'matches' },
      }),
    ],
  },
  {
    height: 5,
    widgets: [
      log(
        'The last cycles',
        24,
        'filter ispresent(verdict) | sort @timestamp desc | limit 10 | display @timestamp, message, verdict, registration.status, diagnosis.hypothesis, diagnosis.probability',
      ),
    ],
  },
];

const flow: readonly Row[] = [
  heading('The registration flow', 'Step by step as a user’s client does it. A step has a line only while it fails.'),
  {
    height: 6,
    widgets: [
      graph('Failing steps', 12, [each('stepFailure', 'Maximum')], { stacked: true }),
      graph(
        'Duration of the flow, ms',
        6,
        [
          series('registrationDuration', 'p50', 'half are faster'),
          series('registrationDuration', 'Maximum', 'slowest'),
        ],
        { bound: { label: 'too slow', value: filledIn('RegistrationSlowMs') } },
      ),
      graph('Objects left behind', 6, [series('registrationLeftOvers', 'Maximum', 'things')]),
    ],
  },
];

const hosts: readonly Row[] = [
  heading(
    'Hosts and targets',
    'For each host, the share of its requests that pass; its name, certificate and redirect count only while they fail. A target has a line only while it fails.',
  ),
  {
    height: 6,
    widgets: [
      graph('Share of requests that pass', 8, [each('hostSuccess', 'Average'), eachInVpc('hostSuccess', 'Average')], {
        axis: { max: 1 },
        bound: { label: 'unavailable', value: filledIn('HostShare') },
      }),
      graph('Failing targets', 8, [each('targetFailure', 'Maximum')], { stacked: true }),
      graph('Number of targets', 8, [
        series('targetsFailing', 'Maximum', 'fail', { color: severityColors.critical }),
        series('targetsDegraded', 'Maximum', 'degraded', { color: severityColors.warning }),
        series('targetsInconclusive', 'Maximum', 'nothing is known', { color: severityColors.notice }),
      ]),
    ],
  },
];

const modes: readonly Row[] = [
  heading('Failure modes', 'Of targets and steps together, only while they happen; the runbook explains each mode.'),
  {
    height: 6,
    widgets: [
      graph('Failure modes', 16, [each('failures', 'Sum')], { stacked: true }),
      graph(
        'Open incidents',
        8,
        severities.map((severity) => seriesOf('openIncidents', 'Maximum', severity, severityColors[severity])),
        { stacked: true },
      ),
    ],
  },
];

const times: readonly Row[] = [
  heading(
    'Times and certificates',
    'Per host, over all its targets. Each report shows how long each phase of a request took.',
  ),
  {
    height: 6,
    widgets: [
      graph('Median time per host, ms', 8, [each('hostDuration', 'p50')]),
      graph('95th percentile per host, ms', 8, [each('hostDuration', 'p95')]),
      graph('Days until the first certificate expires', 8, [series('certificateDaysLeft', 'Minimum', 'days')], {
        // Below zero it has expired.
        axis: { min: -10 },
        bound: { label: 'alarm', value: filledIn('CertificateDays') },
      }),
    ],
  },
];

const monthUsd = (): string => {
  const { targets } = defaultPlatform;
  const usage = { ...assumedUsage(true), targets, registration: true, detail: 'hosts' } as const;
  return totalUsd(monthlyCost(usage)).toFixed(2);
};

const ofFunction = (name: string, stat: 'Sum' | 'Maximum', label: string) =>
  awsSeries(
    { namespace: 'AWS/Lambda', name, dimension: 'FunctionName', value: filledIn('ProbeFunction') },
    stat,
    label,
  );

const monitor: readonly Row[] = [
  heading('The monitor itself', 'Without a heartbeat, nothing above is current.'),
  {
    height: 5,
    widgets: [
      graph('Completed cycles', 6, [series('heartbeat', 'Sum', 'cycles')]),
      graph('Cycle duration and billed duration, ms', 6, [
        series('cycleDuration', 'Maximum', 'cycle'),
        ofFunction('Duration', 'Maximum', 'function'),
      ]),
      graph('Errors of the function', 6, [
        ofFunction('Errors', 'Sum', 'errors'),
        ofFunction('Throttles', 'Sum', 'throttles'),
        awsSeries(
          {
            namespace: 'AWS/SQS',
            name: 'NumberOfMessagesSent',
            dimension: 'QueueName',
            value: filledIn('DeadLetters.QueueName'),
          },
          'Sum',
          'dead letters',
        ),
      ]),
      graph('Messages', 6, [
        series('messagesSent', 'Sum', 'sent'),
        series('sendFailures', 'Sum', 'not taken', { color: severityColors.critical }),
      ]),
    ],
  },
  {
    height: 5,
    widgets: [
      log(
        'Its own errors',
        18,
        "filter level = 'ERROR' and (ispresent(message) or ispresent(errorMessage)) | sort @timestamp desc | limit 20 | display @timestamp, message, error.message, errorMessage",
      ),
      text(
        6,
        '### What it costs',
        `$${monthUsd()} a month for the probe at one cycle a minute; alarms and this dashboard come on top. An incident’s series cost only while they happen. Item by item: docs/deploy.md`,
      ),
    ],
  },
];

export const rows: readonly Row[] = [...now, ...flow, ...hosts, ...modes, ...times, ...monitor];
