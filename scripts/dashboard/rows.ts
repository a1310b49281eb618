import { assumedUsage, monthlyCost, totalUsd } from '../../src/metrics/cost.ts';
import { severities } from '../../src/model/incident.ts';
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
        '## The same in alarms and metrics',
        `1 is yes. What explains a failure stands beside it; several at once look the same from outside. The table has the last cycles in words. What to do: ${filledIn('RunbookUrl')}`,
      ),
    ],
  },
  {
    height: 6,
    widgets: [
      alarms('Alarms', 6, ['RegistrationBroken', 'PlatformDown', 'HostUnavailable', 'HeartbeatMissing']),
      graph('Registering a model works', 6, [series('registrationSuccess', 'Minimum', '1 yes, 0 no')], {
        axis: { max: 1 },
      }),
      graph('What explains it', 12, [each('hypothesisMatch', 'Maximum')], {
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
      graph('Steps that fail', 12, [each('stepFailure', 'Maximum')], { stacked: true }),
      graph(
        'How long it takes, ms',
        6,
        [
          series('registrationDuration', 'p50', 'half are faster'),
          series('registrationDuration', 'Maximum', 'slowest'),
        ],
        { bound: { label: 'too slow', value: filledIn('RegistrationSlowMs') } },
      ),
      graph('Left behind by it', 6, [series('registrationLeftOvers', 'Maximum', 'things')]),
    ],
  },
];

const hosts: readonly Row[] = [
  heading(
    'Hosts and targets',
    'Of each host the share of what it serves that passes; its name, certificate and redirect count while they fail. A target has a line only while it fails.',
  ),
  {
    height: 6,
    widgets: [
      graph('Share that passes', 8, [each('hostSuccess', 'Average'), eachInVpc('hostSuccess', 'Average')], {
        axis: { max: 1 },
        bound: { label: 'unavailable', value: filledIn('HostShare') },
      }),
      graph('Targets that fail', 8, [each('targetFailure', 'Maximum')], { stacked: true }),
      graph('How many targets', 8, [
        series('targetsFailing', 'Maximum', 'fail', { color: severityColors.critical }),
        series('targetsDegraded', 'Maximum', 'degraded', { color: severityColors.warning }),
        series('targetsInconclusive', 'Maximum', 'nothing is known', { color: severityColors.notice }),
      ]),
    ],
  },
];

const modes: readonly Row[] = [
  heading(
    'In which ways',
    'Failure modes of targets and steps together, only while they happen; the runbook explains each.',
  ),
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
    'Per host, all targets of it. Where within a request the time goes is in each report.',
  ),
  {
    height: 6,
    widgets: [
      graph('Usual time per host, ms', 8, [each('hostDuration', 'p50')]),
      graph('Slow ones per host, ms (p95)', 8, [each('hostDuration', 'p95')]),
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
  awsSeries('AWS/Lambda', name, 'FunctionName', filledIn('ProbeFunction'), stat, label);

const monitor: readonly Row[] = [
  heading('The monitor itself', 'Without a heartbeat, nothing above is current.'),
  {
    height: 5,
    widgets: [
      graph('Cycles that ended', 6, [series('heartbeat', 'Sum', 'cycles')]),
      graph('Time of a cycle, and what Lambda bills, ms', 6, [
        series('cycleDuration', 'Maximum', 'cycle'),
        ofFunction('Duration', 'Maximum', 'function'),
      ]),
      graph('Errors of the function', 6, [
        ofFunction('Errors', 'Sum', 'errors'),
        ofFunction('Throttles', 'Sum', 'throttles'),
        awsSeries(
          'AWS/SQS',
          'ApproximateNumberOfMessagesVisible',
          'QueueName',
          filledIn('DeadLetters.QueueName'),
          'Maximum',
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
        "filter level = 'ERROR' | sort @timestamp desc | limit 20 | display @timestamp, message, error.message, errorMessage",
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
