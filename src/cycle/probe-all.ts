import type { NotAttempted } from '../model/observation.ts';
import type { Outcome } from '../model/report.ts';
import type { Target } from '../model/target.ts';
import type { ProbeTools } from '../probe/tools.ts';
import { failedAtOnce, mayBlock } from './do-no-harm.ts';
import type { CycleInput } from './input.ts';
import { createProbing } from './probe-target.ts';
import { createLimiter } from './schedule.ts';

/**
 * Probes all targets at once. Targets that could block the platform wait for their dependencies, and run one at a time.
 */
export const probeAll = async (
  targets: readonly Target[],
  { baseline, onOutcome }: Pick<CycleInput, 'baseline' | 'onOutcome'>,
  tools: ProbeTools,
): Promise<readonly Outcome[]> => {
  const { probeTarget, judged } = createProbing(baseline, tools);
  const alone = createLimiter(1);
  const known = new Map<string, Promise<Outcome>>();

  const probeDependent = async (target: Target): Promise<Outcome> => {
    // By then all have been started, including later ones that wait themselves.
    await Promise.resolve();
    const dependencies = await Promise.all(target.after.map((id) => known.get(id) ?? null));
    const failing = dependencies.find((outcome) => outcome !== null && mayBlock(outcome));
    if (failing !== null && failing !== undefined) return judged(target, [notAsked(target, failing)]);
    // A request that cannot reach the API cannot block it.
    const reached = dependencies.every(
      (outcome) => outcome === null || outcome.status !== 'fail' || failedAtOnce(outcome),
    );
    return reached ? alone(() => probeTarget(target)) : probeTarget(target);
  };

  const ordered = [...targets].sort((a, b) => a.after.length - b.after.length);
  for (const target of ordered) {
    const outcome = target.after.length === 0 ? probeTarget(target) : probeDependent(target);
    known.set(
      target.id,
      outcome.then((value) => {
        onOutcome?.(value);
        return value;
      }),
    );
  }
  return Promise.all(targets.flatMap(({ id }) => known.get(id) ?? []));
};

const notAsked = (target: Target, failing: Outcome): NotAttempted => ({
  kind: 'not-attempted',
  target: target.id,
  reason: 'dependency-failing',
  detail: `${failing.target} is ${failing.failureMode ?? failing.status}`,
});
