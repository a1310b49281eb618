import * as v from 'valibot';
import { type Answerer, answererLabels } from '../../platform/answerers.ts';
import { credentialForms } from '../../platform/target.ts';
import type { Format } from '../format.ts';
import { longestAttemptMs } from '../limit-ranges.ts';
import { url } from './url.ts';
import { hostName, key, text, whole } from './value.ts';

const answerers = Object.keys(answererLabels) as Answerer[];
const answerer = v.picklist(answerers, 'answerers' satisfies Format);

const statusPattern = v.union([whole(100, 599), v.picklist(['2xx', '3xx', '4xx', '5xx'])], 'status' satisfies Format);

export const expectation = v.strictObject({
  status: key(
    v.union([statusPattern, v.pipe(v.array(statusPattern), v.nonEmpty(), v.maxLength(50))], 'status' satisfies Format),
    'A status, a class such as 2xx, or a list of these. Default: 200.',
  ),
  contains: key(text(4_096), 'A text that the body must contain.'),
  equals: key(v.pipe(v.string(), v.maxLength(4_096)), 'What the whole body must be, white space around it aside.'),
  json: key(
    v.literal(true, 'json-true' satisfies Format),
    'The body must be a JSON object that does not call itself an error.',
  ),
  answeredBy: key(
    v.union(
      [answerer, v.pipe(v.array(answerer), v.nonEmpty(), v.maxLength(answerers.length))],
      'answerers' satisfies Format,
    ),
    'Who may answer. Default: anyone but the balancer, a firewall, a CDN or a login page.',
  ),
  version: key(text(100), 'The version that must answer, as its health route names it.'),
});

/** Headers that carry a credential: `auth` is the way, with its guards. */
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
  enabled: key(v.boolean(), 'false: switched off; it can still be asked for by its id.'),
  timeoutMs: key(whole(1, longestAttemptMs), 'Milliseconds for one attempt, all phases.'),
  after: key(
    v.pipe(v.array(v.string()), v.maxLength(100)),
    'Ids of targets that must have answered first; [] when this request is too cheap to block the platform.',
  ),
};

const request = {
  method: key(v.picklist(['GET', 'HEAD', 'POST', 'OPTIONS']), 'Default: GET.'),
  auth: key(
    v.picklist(credentialForms),
    'How the request identifies itself; …-made-up: with a key of the right form that belongs to nobody. Default: none.',
  ),
  headers: key(headers, 'Headers to send besides the usual; never credentials.'),
  body: key(v.pipe(v.string(), v.maxLength(65_536)), 'What a POST sends.'),
  redirects: key(
    v.picklist(['record', 'follow']),
    "follow: to the platform's hosts, over https. Default: record, the redirect itself is the answer.",
  ),
  expect: key(expectation, 'What a healthy answer is.'),
};

export const httpOverride = v.strictObject({
  ...common,
  url: key(url, 'Ask this URL instead.'),
  ...request,
});

export const dnsOverride = v.strictObject({
  ...common,
  balancer: key(
    v.nullable(
      v.pipe(v.string(), v.regex(/^[A-Za-z0-9*]([A-Za-z0-9.*-]{0,252}[A-Za-z0-9*])?$/, 'balancer' satisfies Format)),
    ),
    'Pattern that the last name of the chain matches, `*` for anything; null: anywhere.',
  ),
});

const certificateDays = key(whole(0, 398), 'Days before its expiry from which on the certificate counts as expiring.');

export const tlsOverride = v.strictObject({ ...common, certificateDays });

export const controlOverride = v.strictObject({
  ...common,
  certificateDays,
  name: key(hostName, 'A stable host outside of the platform.'),
  port: key(whole(1, 65_535), 'Default: 443.'),
});

export const ownTarget = v.strictObject({
  url: v.pipe(url, v.description('What to ask, in full.')),
  ...common,
  ...request,
});

export type HttpOverride = v.InferOutput<typeof httpOverride>;
export type DnsOverride = v.InferOutput<typeof dnsOverride>;
export type TlsOverride = v.InferOutput<typeof tlsOverride>;
export type ControlOverride = v.InferOutput<typeof controlOverride>;
export type OwnTarget = v.InferOutput<typeof ownTarget>;
export type Expectation = v.InferOutput<typeof expectation>;
