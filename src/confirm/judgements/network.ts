import type { EcsServiceName } from '../../platform/inventory.ts';
import { type Confirmer, confirmed, type Judgement, refuted, undecided, type View } from '../judge.ts';
import { type Allowed, aclsAllowAll, allowedBy, both, type Peer } from '../reach.ts';
import type { EcsService, SecurityGroup } from '../resources.ts';
import type { Subject } from '../subject.ts';
import { noSuchService, serviceIn } from './services.ts';

const source = 'ec2:DescribeSecurityGroups';

/** MLflow's port where no target group names it. */
const mlflowPort = 5_000;

interface Hop {
  readonly words: string;
  readonly allowed: Allowed;
}

const members = (groups: readonly string[], addresses: readonly string[] = []): Peer => ({
  kind: 'members',
  groups,
  addresses,
});

interface End {
  readonly groups: readonly string[];
  readonly addresses?: readonly string[];
}

/** From one end's way out to the other's way in. */
const between = (known: readonly SecurityGroup[], from: End, to: End, port: number): Allowed =>
  both(
    allowedBy(known, from.groups, { direction: 'egress', port, peer: members(to.groups, to.addresses) }),
    allowedBy(known, to.groups, { direction: 'ingress', port, peer: members(from.groups, from.addresses) }),
  );

const portsOf = ({ targetGroups }: EcsService): readonly number[] => [
  ...new Set(targetGroups.flatMap(({ port }) => port ?? [])),
];

const hopsTo = (view: View, subject: Subject, service: EcsService): readonly Hop[] => {
  const known = view.value('securityGroups');
  const balancer = view.value('balancer');
  const modes = new Set(subject.asked.map(({ failureMode }) => failureMode));
  const ports = [...new Set(subject.asked.map(({ port }) => port))].filter((port) => port === 80 || port === 443);
  const fromWorld = modes.has('connect-timeout')
    ? ports.map((port) => ({
        words: `port ${port} of ${balancer.name} from the world`,
        allowed: allowedBy(known, balancer.securityGroups, { direction: 'ingress', port, peer: { kind: 'world' } }),
      }))
    : [];
  const isBehind = [...modes].some((mode) => mode.startsWith('lb-') || mode === 'response-timeout');
  const toTasks = isBehind
    ? portsOf(service).map((port) => ({
        words: `port ${port} of ${service.name} from ${balancer.name}`,
        allowed: between(known, { groups: balancer.securityGroups }, { groups: service.securityGroups }, port),
      }))
    : [];
  return [...fromWorld, ...toTasks];
};

/** Closed on any hop: confirmed. Open on all, network ACLs included: refuted. */
const hopsJudged = (hops: readonly Hop[], aclsAreOpen: boolean | null): Judgement => {
  const words = (all: readonly Hop[]): string => all.map((one) => one.words).join(', ');
  const closed = hops.filter(({ allowed }) => allowed === 'no');
  if (closed.length > 0) return confirmed(source, `no security group rule allows ${words(closed)}`);
  const unclear = hops.filter(({ allowed }) => allowed === 'unclear');
  if (hops.length === 0 || unclear.length > 0)
    return undecided(source, `it cannot be worked out whether the rules allow ${words(unclear) || 'what fails'}`);
  if (aclsAreOpen === null)
    return undecided(source, `security groups allow ${words(hops)}; network ACLs are not known`);
  return aclsAreOpen
    ? refuted(source, `security groups and network ACLs allow ${words(hops)}`)
    : undecided('ec2:DescribeNetworkAcls', `security groups allow ${words(hops)}; a network ACL has rules of its own`);
};

const openAcls = (view: View, subnets: readonly string[]): boolean | null => {
  const acls = view.maybe('networkAcls');
  return acls === null ? null : aclsAllowAll(acls, subnets);
};

const blocking: Confirmer = {
  needs: () => ['balancer', 'services', 'securityGroups', 'networkAcls'],
  judge: (view, subject) => {
    const service = serviceIn(view, subject, subject.service);
    if (service === null) return noSuchService(subject, subject.service);
    const subnets = [...view.value('balancer').subnets, ...service.subnets];
    return hopsJudged(hopsTo(view, subject, service), openAcls(view, subnets));
  },
};

const addressesOf = (view: View, service: EcsServiceName): readonly string[] =>
  (view.maybe(`running.${service}`) ?? []).flatMap(({ address }) => address ?? []);

/** From the API's tasks to MLflow's. Null: one of the services is not known. */
export const hopToMlflow = (view: View, subject: Subject): Hop | null => {
  const api = serviceIn(view, subject, 'api');
  const mlflow = serviceIn(view, subject, 'mlflow');
  if (api === null || mlflow === null) return null;
  const [port = mlflowPort] = portsOf(mlflow);
  const end = (service: EcsService, name: EcsServiceName): End => ({
    groups: service.securityGroups,
    addresses: addressesOf(view, name),
  });
  return {
    words: `port ${port} of ${mlflow.name} from ${api.name}`,
    allowed: between(view.value('securityGroups'), end(api, 'api'), end(mlflow, 'mlflow'), port),
  };
};

/** From MLflow's tasks to its database. */
export const hopToDatabase = (view: View, subject: Subject): Hop | null => {
  const mlflow = serviceIn(view, subject, 'mlflow');
  if (mlflow === null) return null;
  const { port, id, securityGroups } = view.value('database');
  const known = [...view.value('securityGroups'), ...view.value('databaseGroups')];
  const from = { groups: mlflow.securityGroups, addresses: addressesOf(view, 'mlflow') };
  return {
    words: `port ${port} of ${id} from ${mlflow.name}`,
    allowed: between(known, from, { groups: securityGroups }, port),
  };
};

export const networkConfirmers = { 'security-group-blocking': blocking } as const;
