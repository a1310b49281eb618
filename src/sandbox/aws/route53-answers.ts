import type { AwsInventory } from './inventory.ts';
import { privateZoneId, zoneId } from './resources.ts';
import type { XmlContent } from './xml.ts';

/** Answers of Route 53. */
export const route53Answers = (inventory: AwsInventory, path: string, name: string): XmlContent | null => {
  if (path === '/2013-04-01/hostedzonesbyname')
    return {
      HostedZones: {
        HostedZone: [
          { Id: `/hostedzone/${zoneId}`, Name: 'hokus.ai.', CallerReference: '1', Config: { PrivateZone: 'false' } },
          {
            Id: `/hostedzone/${privateZoneId}`,
            Name: 'hokusai.local.',
            CallerReference: '2',
            Config: { PrivateZone: 'true' },
          },
        ],
      },
      IsTruncated: 'false',
      MaxItems: '100',
    };
  if (path === `/2013-04-01/hostedzone/${privateZoneId}`)
    return {
      HostedZone: {
        Id: `/hostedzone/${privateZoneId}`,
        Name: 'hokusai.local.',
        CallerReference: '2',
        Config: { PrivateZone: 'true' },
      },
      VPCs: { VPC: inventory.privateZoneVpcs.map((VPCId) => ({ VPCRegion: 'us-east-1', VPCId })) },
    };
  if (path === `/2013-04-01/hostedzone/${privateZoneId}/rrset`)
    return recordSets(
      [...inventory.privateRecords].map(([Name, values]) => ({
        Name: `${Name}.`,
        Type: 'A',
        TTL: '10',
        ResourceRecords: { ResourceRecord: values.map((Value) => ({ Value })) },
      })),
    );
  if (path !== `/2013-04-01/hostedzone/${zoneId}/rrset`) return null;
  const value = inventory.records.get(name);
  return recordSets([
    ...(value === undefined
      ? []
      : [
          value.endsWith('.amazonaws.com')
            ? {
                Name: `${name}.`,
                Type: 'A',
                AliasTarget: {
                  DNSName: `dualstack.${value}.`,
                  HostedZoneId: 'Z35SXDOTRQ7X7K',
                  EvaluateTargetHealth: 'false',
                },
              }
            : { Name: `${name}.`, Type: 'A', TTL: '60', ResourceRecords: { ResourceRecord: [{ Value: value }] } },
        ]),
    { Name: 'zz.hokus.ai.', Type: 'TXT', TTL: '60', ResourceRecords: { ResourceRecord: [{ Value: '"x"' }] } },
  ]);
};

const recordSets = (sets: readonly XmlContent[]): XmlContent => ({
  ResourceRecordSets: sets.length === 0 ? '' : { ResourceRecordSet: sets },
  IsTruncated: 'false',
  MaxItems: '10',
});
