import type { AwsInventory } from './inventory.ts';
import { zoneId } from './resources.ts';
import type { XmlContent } from './xml.ts';

/** Answers of Route 53. */
export const route53Answers = (inventory: AwsInventory, path: string, name: string): XmlContent | null => {
  if (path === '/2013-04-01/hostedzonesbyname')
    return {
      HostedZones: {
        HostedZone: [
          { Id: `/hostedzone/${zoneId}`, Name: 'hokus.ai.', Config: { PrivateZone: 'false' } },
          { Id: '/hostedzone/Z0LOCAL', Name: 'hokusai.local.', Config: { PrivateZone: 'true' } },
        ],
      },
      IsTruncated: 'false',
      MaxItems: '100',
    };
  if (path !== `/2013-04-01/hostedzone/${zoneId}/rrset`) return null;
  const value = inventory.records.get(name);
  return {
    ResourceRecordSets: {
      ResourceRecordSet: [
        ...(value === undefined
          ? []
          : [
              value.endsWith('.amazonaws.com')
                ? {
                    Name: `${name}.`,
                    Type: 'A',
                    AliasTarget: { DNSName: `dualstack.${value}.`, HostedZoneId: 'Z35SXDOTRQ7X7K' },
                  }
                : { Name: `${name}.`, Type: 'A', TTL: '60', ResourceRecords: { ResourceRecord: [{ Value: value }] } },
            ]),
        { Name: 'zz.hokus.ai.', Type: 'TXT', TTL: '60', ResourceRecords: { ResourceRecord: [{ Value: '"x"' }] } },
      ],
    },
    IsTruncated: 'false',
    MaxItems: '10',
  };
};
