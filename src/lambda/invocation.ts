import type { Logger } from '@aws-lambda-powertools/logger';
import { runCycle } from '../cycle/run-cycle.ts';
import { selectionOf } from '../cycle/selection.ts';
import { acknowledge } from '../incidents/by-hand.ts';
import { update } from '../incidents/remember.ts';
import { metricsFromReport } from '../metrics/from-report.ts';
import { recall, trackCycle } from '../monitor/track.ts';
import type { Diagnosis } from '../platform/diagnosis.ts';
import type { Verdict } from '../platform/report.ts';
import type { Tracking } from '../platform/tracking.ts';
import { within } from '../platform/within.ts';
import { lambdaAwsConfig } from './aws.ts';
import { type Configuration, createConfiguration } from './configuration.ts';
import { type Asked, askedBy, assertKnown } from './event.ts';
import { keyed } from './keyed.ts';
import { lambdaLimits } from './limits.ts';
import { failingIds, summaryLine, warnings } from './log-lines.ts';
import { createMetricsClient } from './metrics-client.ts';
import { publish } from './publish.ts';
import { createSecretStores } from './secrets.ts';
import { openStore, stateTable } from './state-table.ts';
import { limitMs, type Step, type Timed, timedBy } from './time-plan.ts';
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
  /** Called with each step as it begins: the last one is what hangs, when nothing else has said so. */
  readonly onStep: (step: Step) => void;
}

const notices: string[] = [];

// Made once for all invocations of this environment: connections and cached secrets outlive the cycle.
const stores = createSecretStores(lambdaAwsConfig, { onStale: (sentence) => notices.push(sentence) });
const metricsClient = createMetricsClient(lambdaAwsConfig);
const configuration = createConfiguration(process.env, stores.fetchParameter);

/** What the event asks for. Throws for the monitor's own failures only; a platform that fails is a result. */
export const runInvocation = async (invocation: Invocation): Promise<InvocationSummary | Acknowledged> => {
  const asked = askedBy(invocation.event);
  const timed = timedBy(invocation.remainingMs, invocation.onStep);
  return asked.what === 'cycle' ? runScheduled(asked.ids, invocation, timed) : acknowledgeIncident(asked, timed);
};

const configure = (timed: Timed): Promise<Configuration> =>
  within({ failing: 'the configuration was not read', ms: timed('configuration') }, configuration);

const acknowledgeIncident = async (
  { incident, by }: Extract<Asked, { readonly what: 'acknowledge' }>,
  timed: Timed,
): Promise<Acknowledged> => {
  const { environment } = (await configure(timed)).settings;
  const at = new Date().toISOString();
  const store = await openStore(stateTable(process.env));
  await within({ failing: `${incident} was not acknowledged`, ms: timed('incidents') }, (signal) =>
    update({ store, environment, channels: [], now: Date.now, signal }, (state) =>
      acknowledge(state, incident, by, at),
    ),
  );
  return { acknowledged: incident };
};

const runScheduled = async (
  ids: readonly string[] | null,
  { remainingMs, logger }: Invocation,
  timed: Timed,
): Promise<InvocationSummary> => {
  assertTime(remainingMs());
  const { settings, baseline } = await configure(timed);
  assertKnown(ids, settings.targets);
  const { apiKey, selection, missing } = await keyed(selectionOf(ids, settings), settings, stores, timed('key'));
  for (const sentence of notices.splice(0)) logger.warn(sentence);
  if (missing !== null) logger.error(`Only what needs no key is probed: ${missing.message}`);
  assertTime(remainingMs());
  // It ends early enough to publish what it knows.
  const deadlineMs = Math.min(settings.limits.deadlineMs, timed('cycle'));
  const tracker = await openTracker(process.env, settings, apiKey, stores);
  const limits = { limitMs: Math.min(lambdaLimits.historyMs, deadlineMs) };
  const recalled = tracker === null ? null : recall(settings, tracker, limits);
  const report = await runCycle({
    settings,
    apiKey,
    baseline,
    ...selection,
    deadlineMs,
    ...(recalled === null ? {} : { history: recalled.history }),
  });

  for (const { message, data } of warnings(report)) logger.warn(message, data);
  const whole = ids === null && missing === null;
  const tracking =
    tracker === null || recalled === null
      ? null
      : await trackCycle(report, {
          ...tracker,
          settings,
          whole,
          known: recalled.known,
          storeMs: timed('incidents'),
          signal: AbortSignal.timeout(limitMs('messages', remainingMs())),
          receiptMs: () => timed('receipts'),
          onNote: (sentence) => logger.warn(`incidents: ${sentence}`),
        }).catch(untracked);
  for (const trouble of tracking?.troubles ?? []) logger.error(`incidents: ${trouble}`);
  const published = settings.metrics.enabled
    ? await publish(metricsFromReport(report, settings.metrics.detail, tracking), {
        client: metricsClient,
        namespace: settings.metrics.namespace,
        limitMs: timed('metrics'),
        logger,
      })
    : null;
  timed('answer');
  const { message, data } = summaryLine(report, published, tracking);
  logger.info(message, data);
  if (published?.to === 'lost') throw published.reason;
  // Last: by now all that can be told has been told elsewhere.
  if (missing !== null) throw missing;
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

/** A mistake of our own in tracking must not cost the metrics; the invocation fails with it. */
const untracked = (error: unknown): Tracking => ({
  ...{ open: null, news: [], sent: 0, waiting: null },
  troubles: [error instanceof Error ? `${error.name}: ${error.message}` : String(error)],
});

/** @throws when nothing is left for a cycle */
const assertTime = (leftMs: number): void => {
  if (limitMs('cycle', leftMs) > 0) return;
  throw new Error(
    `The function has ${Math.round(leftMs)} ms left, and needs ${lambdaLimits.publishReserveMs} ms to publish: give it a longer time-out`,
  );
};
