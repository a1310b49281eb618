/** Units as CloudWatch spells them; it has none for days and shares. */
type MetricUnit = 'Count' | 'Milliseconds' | 'None';
export type DimensionName = 'Environment' | 'Host' | 'Target' | 'Step' | 'FailureMode' | 'Hypothesis' | 'Severity';

/** `target-detail`: every cycle too, but only with detail `targets`. */
export type Publication = 'every-cycle' | 'target-detail' | 'while-it-happens';
export type MetricsDetail = 'hosts' | 'targets';

/** One kind of series: each combination of values of its dimensions is a series of its own, and is paid for. */
export interface SeriesKind {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly dimensions: readonly DimensionName[];
  readonly published: Publication;
  /** Only where the model-registration flow runs. */
  readonly ofFlow?: true;
  readonly meaning: string;
}

/**
 * Every metric that a cycle can publish. Names and dimensions are what alarms and dashboards are built on: they are stable.
 * A known deviation (baseline) counts as a success and as no failure; what is inconclusive or skipped has no Success value.
 */
export const seriesKinds = {
  heartbeat: {
    name: 'Heartbeat',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'every-cycle',
    meaning: '1 for each cycle that ended; missing: the monitor itself is down',
  },
  hostSuccess: {
    name: 'Success',
    unit: 'None',
    dimensions: ['Environment', 'Host'],
    published: 'every-cycle',
    meaning:
      'per request to what the host serves 1 or 0, so that the average is the share that passes (a known deviation does; what is unknown gives no value); its name, certificate and redirect from port 80 give 0 when they fail, and nothing when they work',
  },
  hostDuration: {
    name: 'Duration',
    unit: 'Milliseconds',
    dimensions: ['Environment', 'Host'],
    published: 'every-cycle',
    meaning: 'per target of the host the total time of its probe, failing ones included; percentiles work',
  },
  certificateDaysLeft: {
    name: 'CertificateDaysLeft',
    unit: 'None',
    dimensions: ['Environment'],
    published: 'every-cycle',
    meaning: 'days until the first certificate of the platform expires; negative: it has',
  },
  targetsFailing: {
    name: 'TargetsFailing',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'every-cycle',
    meaning: 'targets that fail',
  },
  targetsDegraded: {
    name: 'TargetsDegraded',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'while-it-happens',
    meaning: 'targets that answer rightly, but slowly, flapping, or with a certificate that expires soon',
  },
  targetsInconclusive: {
    name: 'TargetsInconclusive',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'while-it-happens',
    meaning: 'targets of which nothing is known: out of time, or the prober itself failed',
  },
  cycleDuration: {
    name: 'CycleDuration',
    unit: 'Milliseconds',
    dimensions: ['Environment'],
    published: 'every-cycle',
    meaning: 'from the start of the first probe to the last verdict',
  },
  registrationSuccess: {
    name: 'RegistrationSuccess',
    unit: 'None',
    dimensions: ['Environment'],
    published: 'every-cycle',
    ofFlow: true,
    meaning: '1 or 0 for the model-registration flow as a whole; what is unknown gives no value',
  },
  registrationDuration: {
    name: 'RegistrationDuration',
    unit: 'Milliseconds',
    dimensions: ['Environment'],
    published: 'every-cycle',
    ofFlow: true,
    meaning: "the flow's time, from its first request to the end of its clean-up, failing ones included",
  },
  registrationLeftOvers: {
    name: 'RegistrationLeftOvers',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'every-cycle',
    ofFlow: true,
    meaning: 'things that the flow made and could not delete; 0: it left nothing behind',
  },
  targetSuccess: {
    name: 'Success',
    unit: 'None',
    dimensions: ['Environment', 'Target'],
    published: 'target-detail',
    meaning: '1 or 0 for each target, as above',
  },
  targetDuration: {
    name: 'Duration',
    unit: 'Milliseconds',
    dimensions: ['Environment', 'Target'],
    published: 'target-detail',
    meaning: 'total time of the probe of each target',
  },
  stepSuccess: {
    name: 'Success',
    unit: 'None',
    dimensions: ['Environment', 'Step'],
    published: 'target-detail',
    ofFlow: true,
    meaning: '1 or 0 for each step of the flow, as above',
  },
  stepDuration: {
    name: 'Duration',
    unit: 'Milliseconds',
    dimensions: ['Environment', 'Step'],
    published: 'target-detail',
    ofFlow: true,
    meaning: 'time of each step of the flow, all its requests',
  },
  // Not FailureMode, as its dimension is: EMF keeps metrics and dimensions in one object, and could not hold both.
  failures: {
    name: 'Failures',
    unit: 'Count',
    dimensions: ['Environment', 'FailureMode'],
    published: 'while-it-happens',
    meaning: 'targets and steps of the flow that fail, are degraded or stay inconclusive in this way',
  },
  targetFailure: {
    name: 'TargetFailure',
    unit: 'Count',
    dimensions: ['Environment', 'Target'],
    published: 'while-it-happens',
    meaning: '1 while the target fails',
  },
  stepFailure: {
    name: 'StepFailure',
    unit: 'Count',
    dimensions: ['Environment', 'Step'],
    published: 'while-it-happens',
    ofFlow: true,
    meaning: '1 while the step of the flow fails',
  },
  hypothesisMatch: {
    name: 'HypothesisMatch',
    unit: 'Count',
    dimensions: ['Environment', 'Hypothesis'],
    published: 'while-it-happens',
    meaning: '1 while it explains what fails; so do all that cannot be told apart, and the causes of several faults',
  },
  openIncidents: {
    name: 'OpenIncidents',
    unit: 'Count',
    dimensions: ['Environment', 'Severity'],
    published: 'while-it-happens',
    meaning: 'incidents that are open, where they are tracked',
  },
  messagesSent: {
    name: 'MessagesSent',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'while-it-happens',
    meaning: 'messages about incidents that were taken, by SNS or a webhook',
  },
  sendFailures: {
    name: 'SendFailures',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'while-it-happens',
    meaning: 'messages that were not taken, and failures to remember what is open: they are tried again each cycle',
  },
} as const satisfies Record<string, SeriesKind>;

export type SeriesId = keyof typeof seriesKinds;
type MetricName = (typeof seriesKinds)[SeriesId]['name'];

/** The values of exactly the dimensions that a kind of series has. */
export type DimensionsOf<Id extends SeriesId> = Readonly<
  Record<(typeof seriesKinds)[Id]['dimensions'][number], string>
>;

/** One series' values of one cycle, each distinct value with how often it came. */
export interface MetricDatum {
  readonly name: MetricName;
  readonly unit: MetricUnit;
  readonly dimensions: Readonly<Partial<Record<DimensionName, string>>>;
  /** Unix time in milliseconds. */
  readonly timestamp: number;
  readonly values: readonly number[];
  readonly counts: readonly number[];
}
