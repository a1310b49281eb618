import type { Settings } from '../config/settings.ts';
import { paths } from '../platform/hops.ts';
import { stepTarget } from '../platform/registration.ts';
import type { AttemptOutcome, Made } from '../platform/report.ts';
import { Session } from '../probe/session.ts';
import type { ProbeTools } from '../probe/tools.ts';
import { StepFailure } from './failure.ts';
import { newRemoval } from './remove.ts';
import { createFlow } from './state.ts';
import { credentials } from './steps/begin.ts';
import { proveDeletion } from './steps/prove-deletion.ts';
import { findLeftOvers, removeLeftOvers } from './sweep.ts';
import { Talk } from './talk.ts';

export interface SweepReport {
  readonly found: readonly Made[];
  /** Empty on a dry run. */
  readonly removed: readonly Made[];
  readonly left: readonly Made[];
  /** Why it could not be done, or not to the end. */
  readonly failure: AttemptOutcome | null;
}

/** Of each kind; a registry with more is swept in several runs. */
const atMost = 100;

/** Finds what flows that were killed have left, and removes it unless it is a dry run. */
export const sweepOnce = async (settings: Settings, tools: ProbeTools, dryRun: boolean): Promise<SweepReport> => {
  const { limits, registration, environment } = settings;
  const session = new Session(tools);
  const clocks = { timeoutMs: limits.decisiveMs, endsAt: tools.cycleEndsAt };
  const flow = createFlow(settings, tools.now());
  const talk = new Talk(session, tools, stepTarget('prove-deletion'), paths.proxyToDatabase, clocks, flow);
  try {
    await credentials(flow, talk);
    if (!dryRun) await proveDeletion(flow, talk);
    const removal = newRemoval(talk, flow.ways, flow.deletesThrough ?? '');
    const { experimentId } = flow;
    const olderThan = tools.now() - limits.leftOverMs;
    const scope = { ...registration, environment, experimentId, olderThan, atMost };
    const found = await findLeftOvers(removal, scope);
    if (!dryRun) await removeLeftOvers(removal, scope, found);
    const { removed, left, failure } = removal;
    return { found, removed, left, failure };
  } catch (error) {
    if (error instanceof StepFailure) return { found: [], removed: [], left: [], failure: error.outcome };
    throw error;
  } finally {
    session.close();
  }
};
