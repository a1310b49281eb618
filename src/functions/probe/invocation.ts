import type { Logger } from '@aws-lambda-powertools/logger';
import { lambdaAwsConfig } from '../../aws/lambda-config.ts';
import { createMetricsClient } from '../../aws/metrics-client.ts';
import { createSecretStores } from '../../aws/secrets.ts';
import { openStore, stateTable } from '../../aws/state-table.ts';
import type { SecretSources } from '../../config/secrets.ts';
import { selectionOf } from '../../cycle/selection.ts';
import { acknowledge } from '../../incidents/by-hand.ts';
import { update } from '../../incidents/remember.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Verdict } from '../../model/report.ts';
import { within } from '../../model/within.ts';
import { beat } from '../../monitor/heartbeat.ts';
import { createMemory } from '../../monitor/memory.ts';
import { monitor } from '../../monitor/monitor.ts';
import { prepare } from '../../monitor/prepare.ts';
import { publish } from '../../monitor/publish.ts';
import { createConfiguration } from './configuration.ts';
import { confirming, confirms } from './confirming.ts';
import { type Asked, askedBy, assertKnown } from './event.ts';
import { lambdaLimits } from './limits.ts';
import { failingIds, summaryLine, warnings } from './log-lines.ts';
import { isWorthLooks, lookAgain, lookBudget } from './looking.ts';
import { toLog } from './publish.ts';
import { keyRenewal } from './renew-key.ts';
import { limitMs, type Step, type Timed, timedBy } from './time-plan.ts';
import { openTracker } from './tracker.ts';

/** Lambda's result. The findings are in the log and the metrics. */
export interface InvocationSummary {
  readonly runId: string;
  readonly verdict: Verdict;
  /** Ids of targets, and `registration.<step>`. */
  readonly failing: readonly string[];
  readonly diagnosis: Pick<Diagnosis, 'status' | 'faults'>;
  /** Ids of open incidents; null: not tracked, or unknown. */
  readonly incidents: readonly string[] | null;
}

/** The response to an acknowledgement. */
export interface Acknowledged {
  readonly acknowledged: string;
}

export interface Invocation {
  readonly event: unknown;
  /** Milliseconds until Lambda ends the function. */
  readonly remainingMs: () => number;
  readonly logger: Logger;
  /** Called as each step begins. If nothing else reports a hang, the last step is the one that hangs. */
  readonly onStep: (step: Step) => void;
}

const notices: string[] = [];

// Created once for all invocations of this environment: connections and cached secrets outlive the cycle.
const stores = createSecretStores(lambdaAwsConfig, { onStale: (sentence) => notices.push(sentence) });
const secrets: SecretSources = { env: process.env, fetchSecret: stores.fetchSecret };
const metricsClient = createMetricsClient(lambdaAwsConfig);
const configuration = createConfiguration(process.env, stores.fetchParameter);

/** Runs what the event asks for. Throws only for the monitor's own failures; a failing platform is a result. */
export const runInvocation = async (invocation: Invocation): Promise<InvocationSummary | Acknowledged> => {
  const asked = askedBy(invocation.event);
  const timed = timedBy(invocation.remainingMs, invocation.onStep);
  return asked.what === 'cycle' ? runScheduled(asked.ids, invocation, timed) : acknowledgeIncident(asked, timed);
};

const acknowledgeIncident = async (
  { incident, by }: Extract<Asked, { readonly what: 'acknowledge' }>,
  timed: Timed,
): Promise<Acknowledged> => {
  const { environment } = (await configuration(timed('configuration'))).settings;
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
  const beganAt = performance.now();
  assertTime(remainingMs());
  const { settings, baseline } = await configuration(timed('configuration'));
  assertKnown(ids, settings.targets);
  const inputs = { settings, baseline, ...selectionOf(ids, settings) };
  const prepared = await prepare(inputs, { ...secrets, limitMs: timed('key'), goesOnWithout: true });
  const { missing } = prepared;
  for (const sentence of notices.splice(0)) logger.warn(sentence);
  if (missing !== null) logger.error(`Only targets without a key are probed: ${missing.message}`);
  assertTime(remainingMs());
  // The cycle ends early enough to publish its results.
  const deadlineMs = Math.min(settings.limits.deadlineMs, timed('cycle'));
  const tracker = await openTracker(prepared, secrets);
  const renewKey = keyRenewal(prepared, { stores, limitMs: () => limitMs('key', remainingMs()), logger });
  const { report, tracking, published } = await monitor({
    ...prepared,
    deadlineMs,
    renewKey,
    memory:
      tracker &&
      createMemory(prepared, tracker, {
        recallMs: Math.min(lambdaLimits.historyMs, deadlineMs),
        limits: () => ({
          storeMs: timed('incidents'),
          signal: AbortSignal.timeout(limitMs('messages', remainingMs())),
          receiptMs: () => timed('receipts'),
        }),
        onNote: (sentence) => logger.warn(`incidents: ${sentence}`),
        onTrouble: (sentence) => logger.error(`incidents: ${sentence}`),
      }),
    confirm: confirms(process.env)
      ? confirming(
          prepared,
          () => timed('confirm'),
          (error) => logger.error('AWS could not be asked about the diagnosis', error as Error),
        )
      : null,
    show: async (seen) => {
      for (const { hypothesis, verdict, line, source } of seen.confirmation?.findings ?? [])
        logger.info(`${hypothesis} ${verdict}: ${line}`, { hypothesis, verdict, source });
      for (const { message, data } of warnings(seen)) logger.warn(message, data);
      return true;
    },
    publish: settings.metrics.enabled
      ? (seen, tracked) =>
          publish(seen, tracked, settings, {
            client: metricsClient,
            limitMs: timed('metrics'),
            isPart: ids !== null,
            onFallback: toLog(logger, settings.metrics.namespace),
          })
      : null,
  });
  const { message, data } = summaryLine(report, published, tracking);
  logger.info(message, data);
  if (published?.to === 'lost') throw published.reason;
  const silence = ids === null ? await beat(prepared, secrets, timed('heartbeat')) : null;
  if (silence !== null) logger.error(silence);
  const budget = lookBudget(process.env, (sentence) => logger.error(sentence));
  if (budget !== null && tracker !== null && ids === null && missing === null && isWorthLooks(report, tracking)) {
    const { store } = tracker;
    await lookAgain(prepared, { store, budget, renewKey, beganAt, limitMs: timed('looks'), logger });
  }
  timed('answer');
  // Last, after everything else has been reported.
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

/** @throws when no time is left for a cycle */
const assertTime = (leftMs: number): void => {
  if (limitMs('cycle', leftMs) > 0) return;
  throw new Error(
    `The function has ${Math.round(leftMs)} ms left, and needs ${lambdaLimits.publishReserveMs} ms to publish: give it a longer time-out`,
  );
};
