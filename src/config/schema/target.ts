import * as v from 'valibot';
import { credentialForms } from '../../model/target.ts';
import type { Format } from '../format.ts';
import { longestAttemptMs } from '../limit-ranges.ts';
import { expectation } from './expectation.ts';
import { url } from './url.ts';
import { dnsName, hostName, key, whole } from './value.ts';

/** Headers that carry a credential: only `auth` may set them, because it checks the host. */
const credentialHeaders = /^(proxy-)?(authorization|cookie)$|^x-api-key$/i;
/** Set by the connection or by the prober itself (RFC 9110, section 7.6.1). */
const reservedHeaders =
  /^(host|connection|content-length|transfer-encoding|keep-alive|proxy-connection|upgrade|te|trailer|expect|traceparent|tracestate)$/i;

const headers = v.record(
  v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'header-name' satisfies Format),
    v.check((name) => !credentialHeaders.test(name), 'header-credential' satisfies Format),
    v.check((name) => !reservedHeaders.test(name), 'header-reserved' satisfies Format),
  ),
  v.pipe(v.string(), v.regex(/^[\t\u0020-\u007e\u00a0-\u00ff]{0,8192}$/, 'header-value' satisfies Format)),
);

const common = {
  enabled: key(v.boolean(), 'false: off, but --target can still name it.'),
  timeoutMs: key(whole(1, longestAttemptMs), 'Milliseconds for one attempt, all phases.'),
  after: key(
    v.pipe(v.array(v.string()), v.maxLength(100)),
    'Ids of targets that must answer first; [] if this request is too cheap to block the platform.',
  ),
};

const request = {
  method: key(v.picklist(['GET', 'HEAD', 'POST', 'OPTIONS']), 'Default: GET.'),
  auth: key(
    v.picklist(credentialForms),
    'How the request authenticates; …-made-up sends a well-formed key that does not exist. Default: none.',
  ),
  headers: key(headers, 'Additional headers; never credentials.'),
  body: key(v.pipe(v.string(), v.maxLength(65_536)), 'The body of a POST.'),
  redirects: key(
    v.picklist(['record', 'follow']),
    'follow: to hosts of the platform and of targets, never from https to http. Default: record, which judges the redirect itself.',
  ),
  expect: key(expectation, 'The healthy response.'),
};

export const httpOverride = v.strictObject({
  ...common,
  url: key(url, 'Request this URL instead.'),
  ...request,
});

const balancer = key(
  v.nullable(
    v.pipe(v.string(), v.regex(/^[A-Za-z0-9*]([A-Za-z0-9.*-]{0,252}[A-Za-z0-9*])?$/, 'balancer' satisfies Format)),
  ),
  'Pattern for the last name of the chain, where `*` matches anything; null: any name.',
);

export const dnsOverride = v.strictObject({ ...common, balancer });

const certificateDays = key(
  whole(0, 398),
  'Days before expiry from which the certificate counts as expiring soon; never more than a third of its lifetime.',
);
const port = key(whole(1, 65_535), 'Default: 443.');

export const tlsOverride = v.strictObject({ ...common, certificateDays });

export const controlOverride = v.strictObject({
  ...common,
  certificateDays,
  name: key(hostName, 'A stable host outside the platform.'),
  port,
});

export const ownHttp = v.strictObject({
  kind: key(v.literal('http'), 'A request and its response. Default.'),
  url: v.pipe(url, v.description('The full URL to request.')),
  ...common,
  ...request,
});

export const ownDns = v.strictObject({
  kind: v.pipe(v.literal('dns'), v.description('The addresses of a name, and the chain of names to them.')),
  name: v.pipe(dnsName, v.description('The name to resolve.')),
  ...common,
  balancer,
});

export const ownTls = v.strictObject({
  kind: v.pipe(v.literal('tls'), v.description('A TLS handshake with each address of a name, and its certificate.')),
  name: v.pipe(hostName, v.description('The host to connect to; its certificate must be valid for this name.')),
  ...common,
  port,
  certificateDays,
});

export const ownTarget = v.variant('kind', [ownHttp, ownDns, ownTls]);

export type HttpOverride = v.InferOutput<typeof httpOverride>;
export type DnsOverride = v.InferOutput<typeof dnsOverride>;
export type TlsOverride = v.InferOutput<typeof tlsOverride>;
export type ControlOverride = v.InferOutput<typeof controlOverride>;
export type OwnHttp = v.InferOutput<typeof ownHttp>;
export type OwnDns = v.InferOutput<typeof ownDns>;
export type OwnTls = v.InferOutput<typeof ownTls>;
export type OwnTarget = v.InferOutput<typeof ownTarget>;
