import type { EcsServiceName } from '../../platform/inventory.ts';
import { aclsAllow } from '../acl.ts';
import type { FactName } from '../facts.ts';
import { type Confirmer, confirmed, type Judgement, refuted, undecided, type View } from '../judge.ts';
import { type Allowed, allowedBy, every, type Peer, withPrefixLists } from '../reach.ts';
import type { EcsService, Place, SecurityGroup } from '../resources.ts';
import type { Subject } from '../subject.ts';
import { noSuchService, serviceIn } from './services.ts';

const source = 'securityGroups';

/** MLflow's port where no target group names it. */
const mlflowPort = 5_000;

interface Hop {
  readonly words: string;
  /** What security groups say. */
  readonly allowed: Allowed;
  /** What network ACLs say; null: they are not known. */
  readonly acls: Allowed | null;
}

interface End {
  readonly groups: readonly string[];
  readonly subnets: readonly string[] | null;
  readonly addresses: Peer['addresses'];
}

const world: End = { groups: [], subnets: null, addresses: 'world' };

/** What a hop's judgement reads, apart from its ends. */
const hopNeeds: readonly FactName[] = ['securityGroups', 'prefixLists', 'networkAcls'];

const groupsKnown = (view: View): readonly SecurityGroup[] =>
  withPrefixLists(view.value('securityGroups'), view.maybe('prefixLists') ?? []);

/** From one end's way out to the other's way in. */
const between = (known: readonly SecurityGroup[], from: End, to: End, port: number): Allowed =>
  every([
    ...(from === world ? [] : [allowedBy(known, from.groups, { direction: 'egress', port, peer: to })]),
    allowedBy(known, to.groups, { direction: 'ingress', port, peer: from }),
  ]);

interface Ends {
  readonly from: End;
  readonly to: End;
  /** The security groups that are read for it. */
  readonly known?: readonly SecurityGroup[];
}

const hopOf = (view: View, ends: Ends, port: number, words: string): Hop => {
  const acls = view.maybe('networkAcls');
  return {
    words: `port ${port} of ${words}`,
    allowed: between(ends.known ?? groupsKnown(view), ends.from, ends.to, port),
    acls: acls === null ? null : aclsAllow(acls, ends.from, ends.to, port),
  };
};

const portsOf = ({ targetGroups }: EcsService): readonly number[] => [
  ...new Set(targetGroups.flatMap(({ port }) => port ?? [])),
];

const endOf = (view: View, service: EcsService, name: EcsServiceName): End => ({
  groups: service.securityGroups,
  subnets: service.subnets,
  addresses: (view.maybe(`running.${name}`) ?? []).flatMap(({ address }) => address ?? []),
});

const hopsTo = (view: View, subject: Subject, service: EcsService): readonly Hop[] => {
  const balancer = view.value('balancer');
  const balancerEnd: End = { groups: balancer.securityGroups, subnets: balancer.subnets, addresses: [] };
  const modes = new Set(subject.asked.map(({ failureMode }) => failureMode));
  const ports = [...new Set(subject.asked.map(({ port }) => port))].filter((port) => port === 80 || port === 443);
  const fromWorld = modes.has('connect-timeout')
    ? ports.map((port) => hopOf(view, { from: world, to: balancerEnd }, port, `${balancer.name} from the world`))
    : [];
  const isBehind = [...modes].some((mode) => mode.startsWith('lb-') || mode === 'response-timeout');
  const to = endOf(view, service, subject.service);
  const toTasks = isBehind
    ? portsOf(service).map((port) =>
        hopOf(view, { from: balancerEnd, to }, port, `${service.name} from ${balancer.name}`),
      )
    : [];
  return [...fromWorld, ...toTasks];
};

/** Why a hop is closed; null: it is not, or that is not known. */
export const closedLine = ({ words, allowed, acls }: Hop): Judgement | null => {
  if (allowed === 'no') return confirmed(source, `no security group rule allows ${words}`);
  return acls === 'no' ? confirmed('networkAcls', `network ACLs stop ${words}`) : null;
};

/** Closed on any hop: confirmed. Open on all, network ACLs included: refuted. */
const hopsJudged = (hops: readonly Hop[]): Judgement => {
  const words = (all: readonly Hop[]): string => all.map((one) => one.words).join(', ');
  const closed = hops.map(closedLine).find((one) => one !== null);
  if (closed) return closed;
  const unclear = hops.filter(({ allowed }) => allowed === 'unclear');
  if (hops.length === 0 || unclear.length > 0)
    return undecided(source, `it cannot be worked out whether the rules allow ${words(unclear) || 'what fails'}`);
  if (hops.every(({ acls }) => acls === 'yes'))
    return refuted(source, `security groups and network ACLs allow ${words(hops)}`);
  return undecided(
    'networkAcls',
    `security groups allow ${words(hops)}; network ACLs ${hops.some(({ acls }) => acls === null) ? 'are not known' : 'may stop a part of it'}`,
  );
};

const blocking: Confirmer = {
  needs: ({ service }) => ['balancer', 'services', ...hopNeeds, `running.${service}`],
  judge: (view, subject) => {
    const service = serviceIn(view, subject, subject.service);
    return service === null ? noSuchService(subject, subject.service) : hopsJudged(hopsTo(view, subject, service));
  },
};

/** From the API's tasks to MLflow's. Null: one of the services is not known. */
export const hopToMlflow = (view: View, subject: Subject): Hop | null => {
  const api = serviceIn(view, subject, 'api');
  const mlflow = serviceIn(view, subject, 'mlflow');
  if (api === null || mlflow === null) return null;
  const [port = mlflowPort] = portsOf(mlflow);
  const ends = { from: endOf(view, api, 'api'), to: endOf(view, mlflow, 'mlflow') };
  return hopOf(view, ends, port, `${mlflow.name} from ${api.name}`);
};

interface Store {
  readonly id: string;
  readonly port: number;
  readonly securityGroups: readonly string[];
  readonly place: Place | null;
}

/** Its subnets. Null: not known, or in another VPC, whose network ACLs are not read. */
const subnetsOf = (view: View, place: Place | null): readonly string[] | null =>
  place !== null && place.vpc === view.maybe('balancer')?.vpc ? place.subnets : null;

/** From a service's tasks to a store, which is in one or some of its subnets. */
const hopToStore = (
  view: View,
  {
    from,
    name,
    known,
  }: { readonly from: EcsService; readonly name: EcsServiceName; readonly known: readonly SecurityGroup[] },
  store: Store,
): Hop => {
  const subnets = subnetsOf(view, store.place);
  const to: End = { groups: store.securityGroups, subnets, addresses: [] };
  const hop = hopOf(view, { from: endOf(view, from, name), to, known }, store.port, `${store.id} from ${from.name}`);
  return subnets === null ? { ...hop, acls: null } : hop;
};

/** From MLflow's tasks to its database. */
export const hopToDatabase = (view: View, subject: Subject): Hop | null => {
  const mlflow = serviceIn(view, subject, 'mlflow');
  if (mlflow === null) return null;
  const known = [...groupsKnown(view), ...view.value('databaseGroups')];
  return hopToStore(view, { from: mlflow, name: 'mlflow', known }, view.value('database'));
};

/** From the API's tasks to a cache. */
export const hopToCache = (view: View, subject: Subject, cache: Store): Hop | null => {
  const api = serviceIn(view, subject, 'api');
  const known = view.value('cacheSecurityGroups');
  return api === null ? null : hopToStore(view, { from: api, name: 'api', known }, cache);
};

export const networkConfirmers = { 'security-group-blocking': blocking } as const;
