import type { Settings } from '../config/settings.ts';
import type { AttemptOutcome, Made } from '../model/report.ts';
import { stepTarget } from '../platform/flow-steps.ts';
import { paths } from '../platform/hops.ts';
import type { ProbeTools } from '../probe/tools.ts';
import { Ending } from './ending.ts';
import { StepFailure } from './failure.ts';
import { MlflowClient } from './mlflow-client.ts';
import { registrySession } from './registry-session.ts';
import { newRemoval, type Removal, shownItem } from './remove.ts';
import { createFlow } from './state.ts';
import { credentials } from './steps/begin.ts';
import { proveDeletion } from './steps/prove-deletion.ts';
import { findLeftOvers, type LeftOver, removeLeftOvers, type SweepScope } from './sweep.ts';

export interface SweepReport {
  readonly found: readonly Made[];
  /** Too recent to count as left over: their flows may still run. Empty if all were requested. */
  readonly young: readonly Made[];
  /** Empty on a dry run. */
  readonly removed: readonly Made[];
  readonly left: readonly Made[];
  /** Why the sweep failed or was not completed. */
  readonly failure: AttemptOutcome | null;
}

export interface SweepOptions {
  readonly dryRun: boolean;
  /** Include recent ones. */
  readonly all: boolean;
}

/** Of each kind. A registry with more takes several sweeps. */
const atMost = 100;

/** Later than any creation time, on any clock. */
const endOfTime = Number.MAX_SAFE_INTEGER;

/** Finds what killed flows left behind, and removes it unless it is a dry run. */
export const sweepOnce = async (
  settings: Settings,
  tools: ProbeTools,
  { dryRun, all }: SweepOptions,
): Promise<SweepReport> => {
  const { limits, registration, environment } = settings;
  const { stop } = tools;
  const session = registrySession(tools);
  const ending = new Ending(stop);
  const clocks = {
    timeoutMs: limits.decisiveMs,
    endsAt: tools.cycleEndsAt,
    // A deletion that has started is completed.
    stop: ending.cut,
    settled: ending.cut,
  };
  const flow = createFlow(settings, tools.now());
  const client = new MlflowClient({
    ...{ session, tools, clocks, flow },
    id: stepTarget('prove-deletion'),
    hops: paths.proxyToDatabase,
  });
  try {
    await credentials(flow, client);
    if (!dryRun) await proveDeletion(flow, client);
    const removal = newRemoval(client, flow.ways, flow.deletesThrough ?? '');
    const { experimentId } = flow;
    const olderThan = all ? endOfTime : tools.now() - limits.leftOverMs;
    const scope = { ...registration, environment, experimentId, olderThan, atMost, stop };
    const found = await findLeftOvers(removal, scope);
    const young = all ? [] : await findYoung(removal, scope, found);
    if (!dryRun) await removeLeftOvers(removal, scope, found);
    const { removed, left, failure } = removal;
    const shown = (items: readonly LeftOver[]): readonly Made[] => items.map((one) => shownItem(removal, one));
    return { found: shown(found), young: shown(young), removed, left, failure };
  } catch (error) {
    if (error instanceof StepFailure) return { found: [], young: [], removed: [], left: [], failure: error.outcome };
    throw error;
  } finally {
    ending.close();
    session.close();
  }
};

const findYoung = async (
  removal: Removal,
  scope: SweepScope,
  found: readonly LeftOver[],
): Promise<readonly LeftOver[]> => {
  const everything = await findLeftOvers(removal, { ...scope, olderThan: endOfTime });
  return everything.filter(({ id }) => !found.some((old) => old.id.equals(id)));
};
