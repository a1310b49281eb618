import type { SomeLookups } from '../lookup.ts';
import type { CacheCluster, CacheGroup, TaskDefinition } from '../resources.ts';
import { list, optional, optionalList, type Tree, text } from '../tree.ts';
import { groupsById, groupsIn, placeIn } from './network.ts';

const addressIn = (tree: Tree, ...path: readonly string[]): readonly string[] => {
  const address = optional(tree, ...path, 'Address');
  return address === null ? [] : [address.toLowerCase()];
};

const clusterOf = (tree: Tree): CacheCluster => ({
  id: text(tree, 'CacheClusterId'),
  status: text(tree, 'CacheClusterStatus'),
  endpoints: [
    ...addressIn(tree, 'ConfigurationEndpoint'),
    ...optionalList(tree, ['CacheNodes'], 'CacheNode').flatMap((node) => addressIn(node, 'Endpoint')),
  ],
  securityGroups: optionalList(tree, ['SecurityGroups']).map((one) => text(one, 'SecurityGroupId')),
  subnetGroup: optional(tree, 'CacheSubnetGroupName'),
});

const groupOf = (tree: Tree): CacheGroup => ({
  id: text(tree, 'ReplicationGroupId'),
  status: text(tree, 'Status'),
  endpoints: [
    ...addressIn(tree, 'ConfigurationEndpoint'),
    ...optionalList(tree, ['NodeGroups'], 'NodeGroup').flatMap((node) => [
      ...addressIn(node, 'PrimaryEndpoint'),
      ...addressIn(node, 'ReaderEndpoint'),
    ]),
  ],
  members: optionalList(tree, ['MemberClusters'], 'ClusterId').flatMap((one) => (typeof one === 'string' ? one : [])),
});

interface Caches {
  readonly caches: readonly CacheCluster[];
  readonly cacheGroups: readonly CacheGroup[];
}

export interface CacheNamed {
  readonly id: string;
  readonly status: string;
  readonly nodes: readonly CacheCluster[];
}

/** The cache that REDIS_URL leads to; null: none of these has its name. */
export const cacheOf = ({ redis }: TaskDefinition, { caches, cacheGroups }: Caches): CacheNamed | null => {
  const host = redis?.host ?? '';
  const group = cacheGroups.find(({ endpoints }) => endpoints.includes(host));
  if (group !== undefined)
    return { id: group.id, status: group.status, nodes: caches.filter(({ id }) => group.members.includes(id)) };
  const node = caches.find(({ endpoints }) => endpoints.includes(host));
  return node === undefined ? null : { id: node.id, status: node.status, nodes: [node] };
};

const marker = { parameter: 'Marker', path: ['Marker'] };

export const cacheLookups: SomeLookups<'caches' | 'cacheGroups' | 'cacheSecurityGroups' | 'cachePlace'> = {
  caches: {
    operation: 'elasticache:DescribeCacheClusters',
    needs: [],
    calls: () => [{ ShowCacheNodeInfo: true }],
    paging: marker,
    read: (answers) => answers.flatMap((answer) => list(answer, ['CacheClusters'], 'CacheCluster').map(clusterOf)),
  },
  cacheGroups: {
    operation: 'elasticache:DescribeReplicationGroups',
    needs: [],
    calls: () => [{}],
    paging: marker,
    read: (answers) =>
      answers.flatMap((answer) => list(answer, ['ReplicationGroups'], 'ReplicationGroup').map(groupOf)),
  },
  cacheSecurityGroups: {
    operation: 'ec2:DescribeSecurityGroups',
    needs: ['definition.api', 'caches', 'cacheGroups', 'services'],
    calls: ({ inventory }, facts) => {
      const api = facts.services.find(({ name }) => name === inventory.services.api);
      const nodes = cacheOf(facts['definition.api'], facts)?.nodes ?? [];
      return nodes.length === 0
        ? null
        : groupsById([...nodes, ...(api === undefined ? [] : [api])].flatMap(({ securityGroups }) => securityGroups));
    },
    read: groupsIn,
  },
  cachePlace: {
    operation: 'elasticache:DescribeCacheSubnetGroups',
    needs: ['definition.api', 'caches', 'cacheGroups'],
    calls: (_, facts) => {
      const name = cacheOf(facts['definition.api'], facts)?.nodes[0]?.subnetGroup ?? null;
      // All nodes of a cache are in one subnet group.
      return name === null ? null : [{ CacheSubnetGroupName: name }];
    },
    read: ([answer]) => {
      const [group] = list(answer, ['CacheSubnetGroups'], 'CacheSubnetGroup');
      return placeIn(group);
    },
  },
};
