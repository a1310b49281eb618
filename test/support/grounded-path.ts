import type { Diagnosis, RequestPath } from '../../src/model/diagnosis.ts';
import { requests, type Seen, withRoutes } from '../../src/model/requests.ts';
import type { Target } from '../../src/model/target.ts';
import type { Hop } from '../../src/platform/hops.ts';

const brokenIn = ({ hops }: RequestPath): readonly Hop[] =>
  hops.filter(({ state, suspect }) => state === 'broken' || suspect).map(({ hop }) => hop);

/** Hops behind the first broken one that are marked as working, although no request was seen to pass both. */
export const unseenButWorking = (
  report: Seen,
  { paths }: Pick<Diagnosis, 'paths'>,
  targets: readonly Target[],
): readonly Hop[] => {
  const all = withRoutes(requests(report), targets);
  return paths.flatMap((path) => {
    const [broken] = brokenIn(path);
    const way = all.find(({ id }) => id === path.request);
    if (broken === undefined || way === undefined) return [];
    const behind = path.hops.slice(path.hops.findIndex(({ hop }) => hop === broken) + 1);
    const passed = all.filter(
      ({ status, hops, destination }) =>
        (status === 'pass' || status === 'degraded') && hops.includes(broken) && destination === way.destination,
    );
    return behind
      .filter(({ hop, state }) => state === 'works' && !passed.some(({ proven }) => proven.includes(hop)))
      .map(({ hop }) => hop);
  });
};

/** Whether the path of a fault that has its right name shows this hop as broken; null: no fault has it, or no request. */
export const showsBrokenHop = (
  { faults, hypotheses: candidates, paths }: Diagnosis,
  right: readonly string[],
): boolean | null => {
  const fault = faults.findIndex((tie) => tie.some((id) => right.includes(id)));
  const path = paths.find((one) => one.fault === fault);
  if (path === undefined || path.request === null) return null;
  const broken = brokenIn(path);
  return candidates.some((one) => one.fault === fault && right.includes(one.id) && broken.includes(one.hop));
};
