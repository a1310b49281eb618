import type { Settings } from '../config/settings.ts';
import { questionOf } from '../diagnose/most-telling.ts';
import type { FaultIds } from '../model/diagnosis.ts';
import type { History } from '../model/history.ts';
import { followUpLimits } from '../model/limits.ts';
import { idsOf } from '../model/predicates.ts';
import type { FollowUp, Outcome } from '../model/report.ts';
import { requests, type Seen } from '../model/requests.ts';
import { carriesKey, type Target } from '../model/target.ts';
import { followUpTargets } from '../platform/follow-ups.ts';
import type { ProbeTools } from '../probe/tools.ts';
import { mayAskMore } from './do-no-harm.ts';
import type { CycleInput } from './input.ts';
import { createProbing } from './probe-target.ts';

/**
 * Asks more, one request after the other: each time the one whose answer tells most about what is still in doubt, until
 * nothing is, or no request can decide. Undefined: nothing was asked.
 */
export const askMore = async (
  seen: Seen,
  { settings, baseline }: Pick<CycleInput, 'settings' | 'baseline'>,
  history: History | null,
  tools: ProbeTools,
): Promise<FollowUp | undefined> => {
  const endsAt = Math.min(tools.cycleEndsAt, performance.now() + followUpLimits.totalMs);
  const { probeOnce } = createProbing(baseline, { ...tools, cycleEndsAt: endsAt });
  const more: Outcome[] = [];
  let between: FaultIds = [];
  while (more.length < followUpLimits.requests && performance.now() < endsAt && !tools.stop.aborted) {
    const known = more.length === 0 ? seen : { ...seen, followUp: { between, outcomes: more } };
    const candidates = candidatesOf(settings, known, tools);
    const question = questionOf(known, settings.targets, candidates, history);
    const [next] = question?.telling ?? [];
    if (question === null || next === undefined) break;
    if (more.length === 0) between = question.between;
    more.push(await probeOnce(next));
  }
  return more.length === 0 ? undefined : { between, outcomes: more };
};

/** What may be asked: the platform's targets that are on and were left out of this cycle, and the ways of asking of a follow-up. */
const candidatesOf = ({ targets }: Settings, seen: Seen, { apiKey }: ProbeTools): readonly Target[] => {
  const all = requests(seen);
  const asked = new Set(idsOf(all));
  return [...targets.filter(({ enabled, role }) => enabled && role !== null), ...followUpTargets(targets)].filter(
    (target) =>
      !asked.has(target.id) &&
      mayAskMore(target, all) &&
      (apiKey !== null || target.kind !== 'http' || !carriesKey(target.auth)),
  );
};
