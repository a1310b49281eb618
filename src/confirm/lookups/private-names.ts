import type { SomeLookups } from '../lookup.ts';
import { list, optional, text, UnexpectedForm } from '../tree.ts';
import { bare, recordOf, zoneFor, zonesIn } from './names.ts';

const recordsAtOnce = 10;

/** The zone inside the VPC that has the name in MLFLOW_TRACKING_URI. Cloud Map makes it, with its records. */
export const privateNameLookups: SomeLookups<'privateZoneFound' | 'privateZone' | 'privateRecords'> = {
  privateZoneFound: {
    operation: 'route53:ListHostedZonesByName',
    needs: ['definition.api'],
    calls: (_, facts) => {
      const { tracking } = facts['definition.api'];
      // Zones are listed from a name on, by their last label first: a zone may be as short as that.
      return tracking?.kind === 'name' ? [{ dnsname: tracking.host.split('.').at(-1), maxitems: 100 }] : null;
    },
    read: (answers, _, facts) => {
      const found = zoneFor(zonesIn(answers), facts['definition.api'].tracking?.host ?? '', true);
      if (found === null && answers.some((one) => optional(one, 'IsTruncated') === 'true'))
        throw new UnexpectedForm('more than 100 zones');
      return found;
    },
  },
  privateZone: {
    operation: 'route53:GetHostedZone',
    needs: ['privateZoneFound'],
    calls: (_, { privateZoneFound }) => (privateZoneFound === null ? [] : [{ Id: privateZoneFound.id }]),
    read: ([answer]) =>
      answer === undefined
        ? null
        : {
            name: bare(text(answer, 'HostedZone', 'Name')),
            vpcs: list(answer, ['VPCs'], 'VPC').map((one) => text(one, 'VPCId')),
          },
  },
  privateRecords: {
    operation: 'route53:ListResourceRecordSets',
    needs: ['definition.api', 'privateZoneFound'],
    calls: (_, facts) =>
      facts.privateZoneFound === null
        ? null
        : [{ Id: facts.privateZoneFound.id, name: facts['definition.api'].tracking?.host, maxitems: recordsAtOnce }],
    read: (answers, _, facts) =>
      answers
        .flatMap((answer) => list(answer, ['ResourceRecordSets'], 'ResourceRecordSet').map(recordOf))
        .filter(({ name }) => name === facts['definition.api'].tracking?.host),
  },
};
