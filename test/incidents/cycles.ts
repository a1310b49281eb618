import { advance } from '../../src/incidents/advance.ts';
import type { Cycle, CycleSighting, IncidentRules } from '../../src/incidents/cycle.ts';
import { emptyState, type State } from '../../src/incidents/state.ts';
import type { Affected, IncidentEvent, Severity } from '../../src/model/incident.ts';
import type { HypothesisId } from '../../src/platform/hypotheses.ts';

export const rules: IncidentRules = {
  open: { failures: 2, of: 3 },
  resolveAfter: 2,
  remindEveryMs: 3_600_000,
  openAtOnce: [],
  mutes: [],
};

export const minuteMs = 60_000;
export const began = Date.parse('2026-11-21T02:57:00.000Z');

/** Every request that these tests know. */
const requests = [
  'registry.mlflow-proxy-search',
  'registry.mlflow-proxy-health',
  'registration.create-run',
  'api.health',
  'api.root',
  'auth.root',
];

const affected = (id: string): Affected => ({
  id,
  host: id.startsWith('registration.') ? 'registry' : (id.split('.')[0] ?? id),
  status: 'fail',
  failureMode: 'upstream-unreachable',
  summary: '502 by the application',
});

/** What is broken, in a few words: the causes that are named, and the requests that fail. */
export const broken = (
  causes: readonly HypothesisId[],
  ids: readonly string[],
  rest: Partial<CycleSighting> = {},
): CycleSighting => ({
  causes: causes.map((id) => ({ id, probability: 0.9 / causes.length })),
  notRuledOut: [],
  hosts: null,
  path: [],
  affected: ids.map(affected),
  affectedCount: ids.length,
  severity: 'critical' satisfies Severity,
  says: [],
  ...rest,
});

export const proxied = ['registry.mlflow-proxy-search', 'registry.mlflow-proxy-health'];
export const discovery = broken(['service-discovery-broken'], proxied);

/** What one cycle saw. */
export type Seen =
  | readonly CycleSighting[]
  | 'blind'
  | 'unknown'
  /** Nothing fails, but these could not be seen. */
  | { readonly hidden: readonly string[]; readonly sightings?: readonly CycleSighting[] };

export const ok: Seen = [];

export const cycleAt = (atMs: number, seen: Seen, version: string | null = null): Cycle => {
  const sightings = typeof seen === 'string' ? [] : 'hidden' in seen ? (seen.sightings ?? []) : seen;
  const hidden = typeof seen === 'object' && 'hidden' in seen ? seen.hidden : [];
  const failing = new Set([...hidden, ...sightings.flatMap((one) => one.affected.map(({ id }) => id))]);
  return {
    runId: `run-${atMs}`,
    environment: 'development',
    startedAtMs: atMs,
    endedAtMs: atMs + 2_000,
    kind: seen === 'blind' || seen === 'unknown' ? seen : 'seen',
    sightings,
    passed: new Set(requests.filter((id) => !failing.has(id))),
    probed: new Set(requests),
    flow: true,
    version,
  };
};

export interface Played {
  readonly state: State;
  readonly events: readonly IncidentEvent[];
  /** `minute kind [change]` each. */
  readonly told: readonly string[];
}

/** Plays cycles, a minute apart. */
export const play = (seen: readonly Seen[], by: IncidentRules = rules, from = emptyState('development')): Played =>
  playCycles(
    seen.map((one, minute) => cycleAt(began + minute * minuteMs, one)),
    by,
    from,
  );

export const playCycles = (
  cycles: readonly Cycle[],
  by: IncidentRules = rules,
  from = emptyState('development'),
): Played => {
  let state = from;
  const events: IncidentEvent[] = [];
  for (const cycle of cycles) {
    const step = advance(state, cycle, by);
    state = step.state;
    events.push(...step.events);
  }
  return { state, events, told: events.map(inWords) };
};

const inWords = (event: IncidentEvent): string => {
  const minute = Math.round((Date.parse(event.at) - began) / minuteMs);
  return `${minute} ${event.kind}${event.kind === 'updated' ? ` ${event.change.kind}` : ''}`;
};

export const times = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);
