import { failureModes } from '../model/failure-modes.ts';
import { followUpLimits } from '../model/limits.ts';
import { severities } from '../model/severities.ts';
import type { Target } from '../model/target.ts';
import { stepIds } from '../platform/flow-steps.ts';
import { hypothesisIds } from '../platform/hypotheses.ts';
import { type DimensionName, type MetricsDetail, type Publication, type SeriesKind, seriesKinds } from './catalogue.ts';
import { hoursPerMonth, usd } from './prices.ts';

/** The parts of a cycle that determine its cost. */
interface Watched {
  readonly targets: readonly Target[];
  /** Whether the model-registration flow runs. */
  readonly registration: boolean;
}

/** A schedule's use of AWS. */
export interface Usage extends Watched {
  readonly detail: MetricsDetail;
  readonly cyclesPerHour: number;
  /** Billed duration of one cycle. */
  readonly cycleMs: number;
  readonly memoryMb: number;
}

export interface CostLine {
  readonly item: string;
  readonly quantity: number;
  readonly usd: number;
}

/**
 * A healthy cycle takes as long as the flow, whose requests run in sequence while the targets are probed in parallel.
 * Without the flow, it takes as long as its slowest probe. 512 MB provide enough CPU for the handshakes.
 */
export const assumedUsage = (registration: boolean): Pick<Usage, 'cyclesPerHour' | 'cycleMs' | 'memoryMb'> => ({
  cyclesPerHour: 60,
  cycleMs: registration ? 3_000 : 2_000,
  memoryMb: 512,
});

/** A secret is cached for five minutes (src/aws/secrets.ts), then read again. */
const secretCallsPerHour = 12;

/** The summary of a healthy cycle, plus Lambda's own START, END and REPORT. */
const logBytesPerCycle = 2_000;

/** State without an incident is under 2 KB: two write units of 1 KB, and one read unit of 4 KB each at the start and the end. */
const stateWriteUnits = 2;
const stateReadUnits = 2;

const probed = (targets: readonly Target[]): readonly Target[] => targets.filter(({ enabled }) => enabled);

/** Number of values that each dimension can take within an hour. */
const cardinality = (targets: readonly Target[]): Readonly<Record<DimensionName, number>> => ({
  Environment: 1,
  Host: new Set(targets.map(({ host }) => host)).size,
  Target: targets.length,
  // The clean-up counts as the last step.
  Step: stepIds.length + 1,
  FailureMode: Object.keys(failureModes).length,
  Hypothesis: hypothesisIds.length,
  Severity: severities.length,
});

/** Series of one kind, if each of its dimensions takes every possible value. */
export const seriesOf = (kind: SeriesKind, { targets, registration }: Watched): number => {
  if (kind.ofFlow === true && !registration) return 0;
  const values = cardinality(probed(targets));
  return kind.dimensions.reduce((product, dimension) => product * values[dimension], 1);
};

const countSeries = (watched: Watched, published: readonly Publication[]): number =>
  Object.values<SeriesKind>(seriesKinds)
    .filter((kind) => published.includes(kind.published))
    .reduce((sum, kind) => sum + seriesOf(kind, watched), 0);

/** Series that exist in every hour, whatever the platform does. */
export const steadySeries = (watched: Watched, detail: MetricsDetail): number =>
  countSeries(watched, detail === 'targets' ? ['every-cycle', 'target-detail'] : ['every-cycle']);

/** The extra cost of an hour in which every target and step fails in every possible way. No incident costs more. */
export const worstIncidentHour = (watched: Watched): CostLine => {
  const series = countSeries(watched, ['while-it-happens']);
  return {
    item: 'series that only an incident has, for one hour',
    quantity: series,
    usd: (series * usd.metricMonth) / hoursPerMonth,
  };
};

/** Follow-ups in an hour in which every cycle fails, and leaves its cause in doubt until they have run out. */
export const followUpHour = ({ cyclesPerHour, memoryMb }: Pick<Usage, 'cyclesPerHour' | 'memoryMb'>): CostLine => ({
  item: 'follow-up requests, in one hour',
  quantity: cyclesPerHour * followUpLimits.requests,
  usd: cyclesPerHour * (followUpLimits.totalMs / 1_000) * (memoryMb / 1_024) * usd.lambdaGbSecond,
});

/** A state with incidents has about 10 KB. */
const failingState = { writeUnits: 10, readUnits: 3 } as const;

/** Looks end this long after their cycle began, in seconds (functions/probe/limits.ts). */
const looksEndSeconds = 60;

/** Looks at what fails, in an hour in which they follow every cycle. Waiting for the next look is what costs. */
export const lookHour = ({ cycleMs, memoryMb }: Pick<Usage, 'cycleMs' | 'memoryMb'>): CostLine => {
  const cycles = 60;
  const looks = 5;
  const gbSeconds = cycles * (looksEndSeconds - cycleMs / 1_000) * (memoryMb / 1_024);
  return {
    item: 'looks at what fails, in one hour',
    quantity: cycles * looks,
    usd:
      gbSeconds * usd.lambdaGbSecond +
      // The count of the month is stored once, and the end of an outage once.
      cycles * (2 * failingState.writeUnits * usd.dynamoWrite + 2 * looks * failingState.readUnits * usd.dynamoRead),
  };
};

/** A month without an incident, item by item: everything that AWS charges for the schedule. */
export const monthlyCost = (usage: Usage): readonly CostLine[] => {
  const { cyclesPerHour, cycleMs, memoryMb } = usage;
  const cycles = cyclesPerHour * hoursPerMonth;
  const gbSeconds = cycles * (cycleMs / 1_000) * (memoryMb / 1_024);
  const logGb = (cycles * logBytesPerCycle) / 1e9;
  const secretCalls = Math.min(cyclesPerHour, secretCallsPerHour) * hoursPerMonth;
  const series = steadySeries(usage, usage.detail);
  const line = (item: string, quantity: number, price: number): CostLine => ({ item, quantity, usd: quantity * price });
  return [
    line('metric series', series, usd.metricMonth),
    line('PutMetricData requests', cycles, usd.putMetricData),
    line('Lambda GB-seconds (arm64)', gbSeconds, usd.lambdaGbSecond),
    line('Lambda requests', cycles, usd.lambdaRequest),
    line('Scheduler invocations', cycles, usd.schedulerInvocation),
    line('GB of log', logGb, usd.logsGb),
    line('secret', 1, usd.secretMonth),
    line('Secrets Manager requests', secretCalls, usd.secretCall),
    line('DynamoDB write units', cycles * stateWriteUnits, usd.dynamoWrite),
    line('DynamoDB read units', cycles * stateReadUnits, usd.dynamoRead),
  ];
};

export const totalUsd = (lines: readonly CostLine[]): number => lines.reduce((sum, line) => sum + line.usd, 0);
