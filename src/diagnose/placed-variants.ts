import type { Effect, HypothesisInfo, Variant } from '../model/hypothesis.ts';
import type { Hop } from '../platform/hops.ts';
import { type HostRole, hostRoles } from '../platform/hosts.ts';
import { type HypothesisId, hypotheses, hypothesisIds } from '../platform/hypotheses.ts';
import { type OutsideCause, outsideCauses } from '../platform/outside-causes.ts';
import { scoring } from './constants.ts';

/** What can be behind a failure; a hypothesis alone is ever named. */
export type CauseId = HypothesisId | OutsideCause;

const causes: Readonly<Record<CauseId, HypothesisInfo>> = { ...hypotheses, ...outsideCauses };

export const isHypothesis = (id: CauseId): id is HypothesisId => !(id in outsideCauses);

/** Where a fault is. */
interface Place {
  /** The affected hosts; null: it does not depend on the host. */
  readonly hosts: readonly HostRole[] | null;
  /** Only their requests that cross this hop; null: all. */
  readonly through: Hop | null;
  /** Of these, only those that do not cross this hop; null: all. */
  readonly past: Hop | null;
}

/** One way in which a cause can be true: its place and its symptoms. All requests of a case agree. */
export interface PlacedVariant extends Place {
  readonly cause: CauseId;
  /** The broken hop. */
  readonly hop: Hop;
  /** The cause's prior for this case. */
  readonly prior: number;
  readonly withDeployment: number | undefined;
  readonly isVague: boolean;
  readonly effects: readonly Effect[];
}

const everywhere: Place = { hosts: null, through: null, past: null };
const on = (...hosts: HostRole[]): Place => ({ hosts, through: null, past: null });
const behind = (through: Hop, ...hosts: HostRole[]): Place => ({ hosts, through, past: null });

const pastApi = (...hosts: HostRole[]): Place => ({ hosts, through: 'mlflow', past: 'api' });

/** Each host alone, the hosts of one balancer with and without the control, and all. MLflow may be behind either balancer or neither. */
export const hostPlaces: readonly Place[] = [
  ...hostRoles.map((role) => on(role)),
  on('api', 'platform', 'auth'),
  on('api', 'platform', 'auth', 'mlflow'),
  on('api', 'platform'),
  on('registry', 'mlflow'),
  on(...hostRoles),
];

/** Where a rule or a target group leads: an application on one of its hosts, or on all of them. */
const servicePlaces: readonly Place[] = [
  behind('api', 'registry'),
  behind('api', 'api'),
  behind('api', 'registry', 'api'),
  behind('mlflow', 'mlflow'),
  // MLflow's own routes, which do not pass the API.
  pastApi('registry'),
  pastApi('registry', 'mlflow'),
  behind('platform', 'platform'),
  behind('auth', 'auth'),
  // Everything that a host leads to.
  ...hostRoles.map((role) => on(role)),
];

const placesOf: Readonly<Record<HypothesisInfo['scope'], readonly Place[]>> = {
  host: hostPlaces,
  service: servicePlaces,
  platform: [everywhere],
};

/** Grades are rough. Where they add up to more than this, they are scaled down; the rest is any other failure. */
const stated = 0.97;

const scaled = (effect: Effect): Effect => {
  const sum = Object.values(effect.shows).reduce((all, share) => all + share, 0);
  if (sum <= stated) return effect;
  const shows = Object.fromEntries(Object.entries(effect.shows).map(([mode, share]) => [mode, (share * stated) / sum]));
  return { ...effect, shows };
};

/** How much of its prior it has at this place, compared with its other places. */
const weightAt = (
  { hosts, through }: Place,
  hop: Hop,
  { ofOneGroup }: HypothesisInfo,
  { effects }: Variant,
): number => {
  if (hosts === null) return 1;
  // A balancer may have taken a broken task out, and the other not yet.
  const isOfSomeTasks = effects.every(({ shows }) => (shows.pass ?? 0) > 0);
  if (hop === 'api' && hosts.length === 1) return isOfSomeTasks ? scoring.someTasksOnOneHost : scoring.onOneHost;
  return ofOneGroup === true && hosts.length > 1 && through === 'api' ? scoring.inBothGroups : 1;
};

const casesOf = (id: CauseId): readonly PlacedVariant[] => {
  const { scope, variants, hop, prior, withDeployment } = causes[id];
  const total = variants.reduce((sum, { share }) => sum + share, 0);
  return variants.flatMap((variant: Variant) => {
    const places = placesOf[variant.scope ?? scope];
    const share = variant.share / total / places.length;
    return places.map(
      (place): PlacedVariant => ({
        cause: id,
        hop: variant.hop ?? hop,
        ...place,
        prior: prior * share * weightAt(place, hop, causes[id], variant),
        withDeployment,
        isVague: variant.isVague === true,
        effects: variant.effects.map(scaled),
      }),
    );
  });
};

export const placedVariants: readonly PlacedVariant[] = [
  ...hypothesisIds,
  ...(Object.keys(outsideCauses) as OutsideCause[]),
].flatMap(casesOf);
