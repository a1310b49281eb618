import type { Logger } from '@aws-lambda-powertools/logger';
import { keyFor } from '../config/key-for.ts';
import type { Settings } from '../config/settings.ts';
import { runCycle, selectTargets } from '../cycle.ts';
import { acknowledge } from '../incidents/by-hand.ts';
import { update } from '../incidents/remember.ts';
import { metricsFromReport } from '../metrics/from-report.ts';
import { type Published, publishMetrics } from '../metrics/publish.ts';
import type { Diagnosis } from '../platform/diagnosis.ts';
import type { Report, Verdict } from '../platform/report.ts';
import type { Tracking } from '../platform/tracking.ts';
import { selectionOf } from '../selection.ts';
import { rememberedHistory, type Tracker, trackCycle } from '../track.ts';
import { lambdaAwsConfig } from './aws.ts';
import { createConfiguration } from './configuration.ts';
import { type Asked, askedBy, assertKnown } from './event.ts';
import { lambdaLimits } from './limits.ts';
import { failingIds, summaryLine, warnings } from './log-lines.ts';
import { createMetricsClient } from './metrics-client.ts';
import { createSecretStores } from './secrets.ts';
import { openStore, stateTable } from './state-table.ts';
import { openTracker } from './tracker.ts';

/** What Lambda is told; what was found is in the log and in the metrics. */
export interface InvocationSummary {
  readonly runId: string;
  readonly verdict: Verdict;
  /** Ids of targets, and `registration.<step>`. */
  readonly failing: readonly string[];
  readonly diagnosis: Pick<Diagnosis, 'status' | 'faults'>;
  /** Ids of the incidents that are open; null: they are not tracked, or nobody knows. */
  readonly incidents: readonly string[] | null;
}

/** What whoever acknowledges is told. */
export interface Acknowledged {
  readonly acknowledged: string;
}

export interface Invocation {
  readonly event: unknown;
  /** Milliseconds until Lambda ends the function. */
  readonly remainingMs: () => number;
  readonly logger: Logger;
}

// Made once for all invocations of this environment: connections and cached secrets outlive the cycle.
const stores = createSecretStores(lambdaAwsConfig);
const metricsClient = createMetricsClient(lambdaAwsConfig);
const configuration = createConfiguration(process.env, stores.fetchParameter);

/** What the event asks for. Throws for the monitor's own failures only; a platform that fails is a result. */
export const runInvocation = async (invocation: Invocation): Promise<InvocationSummary | Acknowledged> => {
  const asked = askedBy(invocation.event);
  return asked.what === 'cycle' ? runScheduled(asked.ids, invocation) : acknowledgeIncident(asked);
};

const acknowledgeIncident = async ({
  incident,
  by,
}: Extract<Asked, { readonly what: 'acknowledge' }>): Promise<Acknowledged> => {
  const { environment } = (await configuration()).settings;
  const at = new Date().toISOString();
  const store = await openStore(stateTable(process.env));
  await update({ store, environment, channels: [], now: Date.now }, (state) => acknowledge(state, incident, by, at));
  return { acknowledged: incident };
};

const runScheduled = async (
  ids: readonly string[] | null,
  { remainingMs, logger }: Invocation,
): Promise<InvocationSummary> => {
  const { settings, baseline } = await configuration();
  assertKnown(ids, settings.targets);
  const selection = selectionOf(ids, settings);
  const work = { targets: selectTargets(settings, selection.only), registration: selection.registration };
  const apiKey = await keyFor(work, settings.apiKey, { env: process.env, fetchSecret: stores.fetchSecret });
  const deadlineMs = cycleMs(settings, remainingMs());
  const tracker = await openTracker(process.env, settings, apiKey, stores);
  const history = tracker === null ? null : rememberedHistory(settings, tracker);
  const report = await runCycle({
    settings,
    apiKey,
    baseline,
    ...selection,
    deadlineMs,
    ...(history === null ? {} : { history }),
  });

  for (const { message, data } of warnings(report)) logger.warn(message, data);
  const tracking = tracker === null ? null : await track(report, settings, tracker, ids === null, remainingMs());
  for (const trouble of tracking?.troubles ?? []) logger.error(`incidents: ${trouble}`);
  const published = settings.metrics.enabled ? await publish(report, settings, tracking, remainingMs(), logger) : null;
  const { message, data } = summaryLine(report, published, tracking);
  logger.info(message, data);
  if (published?.to === 'lost') throw published.reason;
  // Last: by now all that can be told has been told elsewhere.
  const [trouble] = tracking?.troubles ?? [];
  if (trouble !== undefined) throw new Error(`incidents: ${trouble}`);
  const { status, faults } = report.diagnosis;
  return {
    runId: report.runId,
    verdict: report.verdict,
    failing: failingIds(report),
    diagnosis: { status, faults },
    incidents: tracking?.open?.map(({ id }) => id) ?? null,
  };
};

const track = (
  report: Report,
  settings: Settings,
  tracker: Tracker,
  whole: boolean,
  remainingMs: number,
): Promise<Tracking> =>
  trackCycle(report, {
    ...tracker,
    settings,
    whole,
    signal: AbortSignal.timeout(Math.max(0, Math.floor(remainingMs - lambdaLimits.metricsReserveMs))),
  });

/** The cycle ends early enough to publish what it knows. */
const cycleMs = ({ limits }: Settings, remainingMs: number): number => {
  const leftMs = remainingMs - lambdaLimits.publishReserveMs;
  if (leftMs <= 0) {
    throw new Error(
      `The function has ${Math.round(remainingMs)} ms left, and needs ${lambdaLimits.publishReserveMs} ms to publish: give it a longer time-out`,
    );
  }
  return Math.min(limits.deadlineMs, leftMs);
};

const publish = (
  report: Report,
  settings: Settings,
  tracking: Tracking | null,
  remainingMs: number,
  logger: Logger,
): Promise<Published> =>
  publishMetrics(metricsFromReport(report, settings.metrics.detail, tracking), {
    client: metricsClient,
    namespace: settings.metrics.namespace,
    signal: AbortSignal.timeout(Math.max(0, Math.floor(remainingMs - lambdaLimits.fallbackReserveMs))),
    onFallback: async (data, reason) => {
      logger.error('CloudWatch did not take the metrics: they follow in this log as EMF', reason);
      const { emfLines } = await import('../metrics/emf.ts');
      for (const line of emfLines(settings.metrics.namespace, data)) process.stdout.write(`${line}\n`);
    },
  });
