import { type Baseline, type KnownEntry, normalState } from '../model/baseline.ts';
import { type BaselineChange, type BaselineDoubt, renewBaseline } from '../model/baseline-doubt.ts';
import type { FailureMode } from '../model/failure-modes.ts';
import { isSymptom } from '../model/predicates.ts';
import { type Request, type Results, requests } from '../model/requests.ts';
import type { HttpTarget, Target } from '../model/target.ts';

/** A request to one of the targets. */
interface Asked {
  readonly request: Request;
  readonly target: HttpTarget;
  /** Undefined: the baseline does not have it. */
  readonly before: KnownEntry | undefined;
}

/** Failures that an application's response may show by design, on a healthy platform. */
const byDesign: readonly (FailureMode | null)[] = [
  'auth-missing',
  'route-not-found',
  'unexpected-body',
  'unexpected-status',
  'redirect-unexpected',
];

/**
 * Reasons to doubt that the baseline is of this platform; null: there are none, or nothing depends on it. A fault makes
 * requests fail. It neither lets them pass with the response of another server, nor puts a server in front of MLflow
 * that lets requests through.
 */
export const doubtOf = (
  results: Results,
  targets: readonly Target[],
  baseline: Baseline,
  config: string | null = null,
): BaselineDoubt | null => {
  const all = askedIn(results, targets, baseline);
  // A report from before a change may show failures that the change has repaired.
  const normal = all.filter(({ before }) => before === undefined || normalState([before]).length > 0);
  const changed = changedBesidePasses(normal);
  const found = [...versions(all), ...answerers(all, baseline), ...recovered(normal), ...changed];
  const gateway = gatewayIn(all, baseline);
  const changes = [...found, ...(gateway === null ? [] : [gateway])];
  const isNeeded = gateway !== null || requests(results).some(isSymptom);
  if (changes.length === 0 || !isNeeded) return null;
  const unsure = [
    ...changed.flatMap((change) => change.requests),
    ...(changes.some(({ kind }) => kind !== 'version') ? unsureIn(all) : []),
  ];
  return { changes, unsure: [...new Set(unsure)], renew: renewBaseline(config) };
};

const askedIn = (results: Results, targets: readonly Target[], baseline: Baseline): readonly Asked[] => {
  const byId = new Map(targets.map((target) => [target.id, target]));
  const entries = new Map(baseline.map((entry) => [entry.target, entry]));
  return requests(results).flatMap((request): readonly Asked[] => {
    const target = byId.get(request.id);
    return target?.kind === 'http' && request.answeredBy !== null
      ? [{ request, target, before: entries.get(request.id) }]
      : [];
  });
};

const versions = (all: readonly Asked[]): readonly BaselineChange[] => {
  const moved = all.flatMap(({ request: { id, evidence }, before }) => {
    const [from, to] = [before?.evidence?.version ?? null, evidence.version];
    return from === null || to === null || from === to ? [] : [{ id, from, to }];
  });
  return [...Map.groupBy(moved, ({ from, to }) => `${from} ${to}`).values()].flatMap((same) =>
    same.slice(0, 1).map(({ from, to }) => ({ kind: 'version', from, to, requests: same.map(({ id }) => id) })),
  );
};

/** The content proves that MLflow answered, and does not vary: a list's fields depend on its length. */
const isMlflows = ({ hops, expect: { body } }: HttpTarget): boolean =>
  hops.includes('mlflow') && (body.kind === 'equals' || body.kind === 'html' || body.kind === 'version');

const answerers = (all: readonly Asked[], baseline: Baseline): readonly BaselineChange[] => {
  const moved = all.filter(
    ({ request, target, before }) =>
      request.status === 'pass' &&
      before?.status === 'pass' &&
      isMlflows(target) &&
      isOther(request.fingerprint, before.fingerprint) &&
      isNew(request, baseline),
  );
  return moved.length === 0
    ? []
    : [{ kind: 'answerer', from: null, to: null, requests: moved.map(({ request }) => request.id) }];
};

const isOther = (now: string | null, before: string | null | undefined): boolean =>
  now !== null && (before ?? null) !== null && now !== before;

/** None of the platform's known servers, to which a wrong rule could lead. */
const isNew = ({ fingerprint }: Request, baseline: Baseline): boolean =>
  !baseline.some((entry) => (entry.fingerprint ?? null) !== null && entry.fingerprint === fingerprint);

/** A single one may have been mended. */
const recovered = (all: readonly Asked[]): readonly BaselineChange[] => {
  const now = all.filter(({ request, before }) => request.status === 'pass' && before?.status === 'fail');
  const alike = [...Map.groupBy(now, ({ before }) => before?.failureMode ?? '').values()];
  return alike
    .filter(({ length }) => length > 1)
    .map((same) => ({
      kind: 'deviations',
      from: same[0]?.before?.failureMode ?? null,
      to: 'pass',
      requests: same.map(({ request }) => request.id),
    }));
};

/**
 * Known deviations that fail in another way now, while a request that crosses the same hops on the same host passes as
 * before: a fault on the way would stop that one, too.
 */
const changedBesidePasses = (all: readonly Asked[]): readonly BaselineChange[] => {
  const passing = all.filter(({ request, before }) => request.status === 'pass' && before?.status === 'pass');
  const changed = all.filter(
    (one) =>
      one.before?.status === 'fail' &&
      isSymptom(one.request) &&
      byDesign.includes(one.request.failureMode) &&
      passing.some((other) => goesAsFar(other.target, one.target)),
  );
  const alike = Map.groupBy(changed, ({ request, before }) => `${before?.failureMode} ${request.failureMode}`);
  return [...alike.values()]
    .filter(({ length }) => length > 1)
    .map((same) => ({
      kind: 'deviations',
      from: same[0]?.before?.failureMode ?? null,
      to: same[0]?.request.failureMode ?? null,
      requests: same.map(({ request }) => request.id),
    }));
};

const goesAsFar = (one: HttpTarget, other: HttpTarget): boolean =>
  one.role === other.role && one.auth === other.auth && other.hops.every((hop) => one.hops.includes(hop));

/**
 * A server in front of MLflow that the baseline does not have: it answers MLflow's health route correctly but in its own
 * words, on MLflow's own host and through the API alike, while MLflow itself still answers other requests. A wrong rule
 * changes one host only, and a dead MLflow answers nothing.
 */
const gatewayIn = (all: readonly Asked[], baseline: Baseline): BaselineChange | null => {
  const atMlflow = all.filter(({ target }) => target.hops.includes('mlflow'));
  const isBehind = atMlflow.some(({ request }) => request.status === 'pass' && request.answeredBy === 'mlflow');
  const isUsed = all.some(({ request, before }) => request.known || before?.status === 'fail');
  const other = atMlflow.filter(
    ({ request }) =>
      isSymptom(request) &&
      request.failureMode === 'unexpected-body' &&
      request.answeredBy === 'application' &&
      isNew(request, baseline),
  );
  const places = new Set(other.map(({ target }) => target.hops.includes('api')));
  if (!isBehind || !isUsed || places.size < 2) return null;
  return {
    kind: 'deviations',
    from: other[0]?.before?.failureMode ?? null,
    to: 'unexpected-body',
    requests: other.map(({ request }) => request.id),
  };
};

/** What MLflow's own host shows without the API, and responses that only have another form. */
const unsureIn = (all: readonly Asked[]): readonly string[] =>
  all
    .filter(
      ({ request, target: { hops } }) =>
        isSymptom(request) &&
        byDesign.includes(request.failureMode) &&
        hops.includes('mlflow') &&
        (!hops.includes('api') || request.failureMode === 'unexpected-body'),
    )
    .map(({ request }) => request.id);
