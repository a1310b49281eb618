/** Units as CloudWatch spells them. It has none for days and shares. */
type MetricUnit = 'Count' | 'Milliseconds' | 'None';
export type DimensionName = 'Environment' | 'Host' | 'Target' | 'Step' | 'FailureMode' | 'Hypothesis' | 'Severity';

/** `target-detail`: every cycle too, but only with detail `targets`. */
export type Publication = 'every-cycle' | 'target-detail' | 'while-it-happens';
export type MetricsDetail = 'hosts' | 'targets';

/** A kind of series. Each combination of dimension values is a separate series and is billed. */
export interface SeriesKind {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly dimensions: readonly DimensionName[];
  readonly published: Publication;
  /** Published only if the model-registration flow runs. */
  readonly ofFlow?: true;
}

/**
 * Every metric that a cycle can publish. Alarms and dashboards depend on names and dimensions, so these are stable.
 *
 * A known deviation (baseline) counts as a success and not as a failure. Inconclusive and skipped requests have no
 * Success value.
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
  // Not FailureMode, like its dimension: EMF keeps metrics and dimensions in one object, which could not hold both.
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

/** Values for exactly the dimensions that a kind of series has. */
export type DimensionsOf<Id extends SeriesId> = Readonly<
  Record<(typeof seriesKinds)[Id]['dimensions'][number], string>
>;

/** One cycle's values of one series: each distinct value with its count. */
export interface MetricDatum {
  readonly name: MetricName;
  readonly unit: MetricUnit;
  readonly dimensions: Readonly<Partial<Record<DimensionName, string>>>;
  /** Unix time in milliseconds. */
  readonly timestamp: number;
  readonly values: readonly number[];
  readonly counts: readonly number[];
}
