import type { SomeLookups } from '../lookup.ts';
import type { AcmCertificate, DnsRecord, Zone } from '../resources.ts';
import type { Subject } from '../subject.ts';
import { list, moment, optional, optionalList, type Tree, text, texts } from '../tree.ts';

/** Lower case and without the final dot: names compare so. */
export const bare = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const zoneOf = (tree: Tree): Zone => ({
  id: text(tree, 'Id').replace('/hostedzone/', ''),
  name: bare(text(tree, 'Name')),
  isPrivate: optional(tree, 'Config', 'PrivateZone') === 'true',
});

export const recordOf = (tree: Tree): DnsRecord => {
  const alias = optional(tree, 'AliasTarget', 'DNSName');
  return {
    // Route 53 escapes an asterisk.
    name: bare(text(tree, 'Name')).replace('\\052', '*'),
    type: text(tree, 'Type'),
    alias: alias === null ? null : bare(alias).replace(/^dualstack\./, ''),
    values: optionalList(tree, ['ResourceRecords'], 'ResourceRecord').map((one) => bare(text(one, 'Value'))),
  };
};

const certificateOf = (tree: Tree): AcmCertificate => ({
  status: text(tree, 'Certificate', 'Status'),
  names: [
    ...new Set([
      text(tree, 'Certificate', 'DomainName'),
      ...texts(optionalList(tree, ['Certificate', 'SubjectAlternativeNames'])),
    ]),
  ].map(bare),
  notBefore: moment(tree, 'Certificate', 'NotBefore'),
  notAfter: moment(tree, 'Certificate', 'NotAfter'),
});

/** The others are uploaded to IAM. */
export const isOfAcm = (arn: string): boolean => arn.includes(':acm:');

/** `hokus.ai` for `registry.hokus.ai` and for `registry.staging.hokus.ai`: the zone that is asked for first. */
const domainOf = (hostName: string): string => bare(hostName).split('.').slice(-2).join('.');

export const zonesIn = (answers: readonly Tree[]): readonly Zone[] =>
  answers.flatMap((answer) => list(answer, ['HostedZones'], 'HostedZone').map(zoneOf));

/** The zone with the longest name that the host is in. */
export const zoneFor = (zones: readonly Zone[], hostName: string, wantPrivate = false): Zone | null =>
  zones
    .filter(
      ({ name, isPrivate }) =>
        isPrivate === wantPrivate && (bare(hostName) === name || bare(hostName).endsWith(`.${name}`)),
    )
    .toSorted((a, b) => b.name.length - a.name.length)[0] ?? null;

/** Records are listed from a name on. The host's own come first. */
const recordsAtOnce = 10;

export const nameLookups: SomeLookups<'zones' | 'records' | 'instances' | 'certificates'> = {
  zones: {
    operation: 'route53:ListHostedZonesByName',
    needs: [],
    calls: ({ hostName }: Subject) => [{ dnsname: domainOf(hostName), maxitems: 100 }],
    read: zonesIn,
  },
  records: {
    operation: 'route53:ListResourceRecordSets',
    needs: ['zones'],
    calls: ({ hostName }, { zones }) => {
      const zone = zoneFor(zones, hostName);
      return zone === null ? null : [{ Id: zone.id, name: hostName, maxitems: recordsAtOnce }];
    },
    read: (answers) =>
      answers.flatMap((answer) => list(answer, ['ResourceRecordSets'], 'ResourceRecordSet').map(recordOf)),
  },
  instances: {
    operation: 'servicediscovery:ListInstances',
    needs: ['services'],
    calls: ({ inventory }, { services }) => {
      const registries = services.find(({ name }) => name === inventory.services.mlflow)?.registries ?? [];
      return registries.length === 0 ? null : registries.map((ServiceId) => ({ ServiceId, MaxResults: 100 }));
    },
    paging: { parameter: 'NextToken', path: ['NextToken'] },
    read: (answers) =>
      answers.flatMap((answer) =>
        list(answer, ['Instances']).flatMap((one) => optional(one, 'Attributes', 'AWS_INSTANCE_IPV4') ?? []),
      ),
  },
  certificates: {
    operation: 'acm:DescribeCertificate',
    needs: ['listenerCertificates'],
    calls: (_, { listenerCertificates }) =>
      listenerCertificates.filter(isOfAcm).map((CertificateArn) => ({ CertificateArn })),
    read: (answers) => answers.map(certificateOf),
  },
};
