import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

/** Parts of the SDK for operations and environments that the prober does not use. */
export const awsUnused: Plugin = cutting('unused parts of the SDK', [
  // Names the browser in the User-Agent (34 KB). This runs in Node.
  { files: /bowser\/[^/]+\.m?js$/, replace: () => 'export default {}' },
  // SHA-256 in JavaScript, for a Node without crypto.
  {
    files: /@smithy\/core\/dist-es\/submodules\/checksum\/sha256\/Sha256Js\.js$/,
    replace: () => 'export class Sha256Js { constructor() { throw new Error("this Node has no crypto") } }',
  },
  // The retry mode `adaptive`. The prober uses `standard`.
  {
    files: /@smithy\/core\/dist-es\/submodules\/retry\/util-retry\/AdaptiveRetryStrategy\.js$/,
    replace: () =>
      'export class AdaptiveRetryStrategy { constructor() { throw new Error("the retry mode adaptive is not in this bundle") } }',
  },
  // Asks an EC2 instance for its region. Lambda sets AWS_REGION.
  {
    files: /@smithy\/core\/dist-es\/submodules\/config\/config-resolver\/regionConfig\/getInstanceMetadataRegion\.js$/,
    replace: () => 'export const getInstanceMetadataRegion = async () => undefined;',
  },
  // Endpoint discovery for DynamoDB (8 KB, with its own cache). It is off by default, so the cache is only constructed.
  {
    files: /@aws-sdk\/endpoint-cache\/dist-es\/EndpointCache\.js$/,
    replace: () =>
      'export class EndpointCache { get() { throw new Error("endpoint discovery is not in this bundle") } }',
  },
  // Event-stream operations. PutMetricData, GetSecretValue and GetParameter return one document.
  {
    files: /@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/,
    replace: () => `
      const none = () => { throw new Error('event streams are not in this bundle') };
      export class EventStreamSerde { constructor() { none(); } }
      export const eventStreamSerdeProvider = none;
      export const resolveEventStreamSerdeConfig = none;`,
  },
]);
