import type { CycleSighting } from '../../../src/incidents/cycle.ts';
import type { State } from '../../../src/incidents/state.ts';
import type { PathHop } from '../../../src/model/incident.ts';
import type { Hop } from '../../../src/platform/hops.ts';
import { paths } from '../../../src/platform/hops.ts';
import { began, broken, minuteMs, ok, play, type Seen, times } from '../../incidents/cycles.ts';

/** The registration's way, broken at some hops. */
const pathBrokenAt = (hops: readonly Hop[]): readonly PathHop[] => {
  const first = paths.proxyToDatabase.findIndex((hop) => hops.includes(hop));
  return paths.proxyToDatabase.map((hop, place) => ({
    hop,
    state: hops.includes(hop)
      ? hops.length > 1
        ? 'suspect'
        : 'broken'
      : place < first
        ? 'works'
        : hop === 'mlflow'
          ? 'works'
          : 'not-reached',
  }));
};

const reads = ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-health', 'registration.create-run'];

export const critical = broken(['service-discovery-broken'], reads, { path: pathBrokenAt(['service-discovery']) });
const tie: CycleSighting = {
  ...broken(['service-discovery-broken', 'mlflow-unreachable-from-api'], reads, {
    path: pathBrokenAt(['service-discovery']),
  }),
  causes: [
    { id: 'service-discovery-broken', probability: 0.82 },
    { id: 'mlflow-unreachable-from-api', probability: 0.18 },
  ],
};
const notice = broken(['tls-certificate-invalid'], ['auth.root'], {
  severity: 'notice',
  hosts: ['auth'],
  path: paths.auth.map((hop) => ({ hop, state: hop === 'tls' ? 'broken' : 'works' })),
});
const warning = broken([], ['api.root'], { severity: 'warning' });

/** A minute after the last of these cycles. */
export interface Case {
  readonly state: State | null;
  readonly now: number;
}

const after = (seen: readonly Seen[], minutesLater = 1): Case & { readonly state: State } => ({
  state: play(seen).state,
  now: began + (seen.length - 1 + minutesLater) * minuteMs,
});

/** An earlier hour with incidents that are over. */
const earlier: readonly Seen[] = [
  ...times(5, [warning]),
  ...times(60, ok),
  ...times(20, [critical]),
  ...times(90, ok),
  ...times(12, [notice]),
  ...times(60, ok),
];

/** What the monitor remembers in every situation that the widget tells apart. */
export const cases = {
  healthy: after([...earlier, ...times(5, ok)]),
  critical: after([...earlier, ...times(12, [critical])]),
  tie: after([...earlier, ...times(12, [tie])]),
  two: after([...earlier, ...times(12, [critical, warning])]),
  notice: after([...earlier, ...times(12, [notice])]),
  recovering: after([...earlier, ...times(12, [critical]), ok]),
  suspected: after([...earlier, [critical]]),
  unexplained: after([...times(4, [broken([], reads)])]),
  blind: after([...earlier, 'blind', 'blind', 'blind']),
  stale: after([...earlier, ...times(12, [critical])], 47),
  quiet: after(times(5, ok)),
  empty: { state: null, now: began },
} as const satisfies Readonly<Record<string, Case>>;
