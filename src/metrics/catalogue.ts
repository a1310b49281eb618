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
  },
  hostSuccess: {
    name: 'Success',
    unit: 'None',
    dimensions: ['Environment', 'Host'],
    published: 'every-cycle',
  },
  hostDuration: {
    name: 'Duration',
    unit: 'Milliseconds',
    dimensions: ['Environment', 'Host'],
    published: 'every-cycle',
  },
  certificateDaysLeft: {
    name: 'CertificateDaysLeft',
    unit: 'None',
    dimensions: ['Environment'],
    published: 'every-cycle',
  },
  targetsFailing: {
    name: 'TargetsFailing',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'every-cycle',
  },
  targetsDegraded: {
    name: 'TargetsDegraded',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'while-it-happens',
  },
  targetsInconclusive: {
    name: 'TargetsInconclusive',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'while-it-happens',
  },
  cycleDuration: {
    name: 'CycleDuration',
    unit: 'Milliseconds',
    dimensions: ['Environment'],
    published: 'every-cycle',
  },
  registrationSuccess: {
    name: 'RegistrationSuccess',
    unit: 'None',
    dimensions: ['Environment'],
    published: 'every-cycle',
    ofFlow: true,
  },
  registrationDuration: {
    name: 'RegistrationDuration',
    unit: 'Milliseconds',
    dimensions: ['Environment'],
    published: 'every-cycle',
    ofFlow: true,
  },
  registrationLeftOvers: {
    name: 'RegistrationLeftOvers',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'every-cycle',
    ofFlow: true,
  },
  targetSuccess: {
    name: 'Success',
    unit: 'None',
    dimensions: ['Environment', 'Target'],
    published: 'target-detail',
  },
  targetDuration: {
    name: 'Duration',
    unit: 'Milliseconds',
    dimensions: ['Environment', 'Target'],
    published: 'target-detail',
  },
  stepSuccess: {
    name: 'Success',
    unit: 'None',
    dimensions: ['Environment', 'Step'],
    published: 'target-detail',
    ofFlow: true,
  },
  stepDuration: {
    name: 'Duration',
    unit: 'Milliseconds',
    dimensions: ['Environment', 'Step'],
    published: 'target-detail',
    ofFlow: true,
  },
  // Not FailureMode, as its dimension is: EMF keeps metrics and dimensions in one object, and could not hold both.
  failures: {
    name: 'Failures',
    unit: 'Count',
    dimensions: ['Environment', 'FailureMode'],
    published: 'while-it-happens',
  },
  targetFailure: {
    name: 'TargetFailure',
    unit: 'Count',
    dimensions: ['Environment', 'Target'],
    published: 'while-it-happens',
  },
  stepFailure: {
    name: 'StepFailure',
    unit: 'Count',
    dimensions: ['Environment', 'Step'],
    published: 'while-it-happens',
    ofFlow: true,
  },
  hypothesisMatch: {
    name: 'HypothesisMatch',
    unit: 'Count',
    dimensions: ['Environment', 'Hypothesis'],
    published: 'while-it-happens',
  },
  openIncidents: {
    name: 'OpenIncidents',
    unit: 'Count',
    dimensions: ['Environment', 'Severity'],
    published: 'while-it-happens',
  },
  messagesSent: {
    name: 'MessagesSent',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'while-it-happens',
  },
  sendFailures: {
    name: 'SendFailures',
    unit: 'Count',
    dimensions: ['Environment'],
    published: 'while-it-happens',
  },
} as const satisfies Record<string, SeriesKind>;

export type SeriesId = keyof typeof seriesKinds;
export const seriesIds = Object.keys(seriesKinds) as readonly SeriesId[];
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
