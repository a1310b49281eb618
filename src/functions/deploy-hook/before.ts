import { openStore, tableIn } from '../../aws/state-table.ts';
import type { Environment } from '../../aws/variable.ts';
import { isOpen } from '../../incidents/state.ts';
import type { History } from '../../model/history.ts';
import type { IncidentView } from '../../model/incident.ts';
import { recall } from '../../monitor/recall.ts';
import { openBefore } from './broken-before.ts';

/** The platform's state before the deployment. */
export interface Before {
  readonly incidents: readonly IncidentView[];
  readonly history: History | null;
  /** Why nothing is known although it should be. Every failure then counts. */
  readonly trouble: string | null;
}

const nothing: Before = { incidents: [], history: null, trouble: null };

export interface ReadingBefore {
  /** Limit for each of the two reads, ms: the incidents, and the time of the deployment. */
  readonly ms: () => number;
  readonly deployedAt: (limitMs: number) => Promise<number>;
}

/** Reads the incidents and never writes them. Asks CodeDeploy only if an incident was open. Never throws. */
export const readBefore = async (
  env: Environment,
  environment: string,
  { ms, deployedAt }: ReadingBefore,
): Promise<Before> => {
  const table = tableIn(env);
  if (table === null) return nothing;
  try {
    const now = Date.now;
    const recalled = recall({ environment }, { store: await openStore(table), now }, { limitMs: ms(), onTrouble });
    const history = await recalled.history;
    const state = (await recalled.known)?.state ?? null;
    if (state === null || !state.tracked.some(isOpen)) return { ...nothing, history };
    return { incidents: openBefore(state, await deployedAt(ms()), now()), history, trouble: null };
  } catch (thrown) {
    const why = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return { ...nothing, trouble: `Earlier failures are unknown, so every failure counts: ${why}` };
  }
};

const onTrouble = (error: Error): never => {
  throw error;
};
