import type { Answerer } from '../model/answerers.ts';
import type { ResponseEvidence } from '../model/observation.ts';
import { type Json, objectOf } from './json.ts';

/** In JSON, the beginning of the message: an application may quote one of these. */
const jsonMessages: readonly RegExp[] = [
  // Kong.
  /^(no Route matched with those|failure to get a peer from|An invalid response was received from the upstream|The upstream server is |name resolution failed$)/,
  // Apache APISIX.
  /^404 Route Not Found$/,
  // Tyk.
  /^(There was a problem proxying the request|Requested endpoint is forbidden)$/,
];

const pages: readonly RegExp[] = [
  // Varnish.
  /<p>Varnish cache server<\/p>|<h3>Guru Meditation:<\/h3>/,
  // HAProxy.
  /^<html><body><h1>\d{3} [^<]{1,40}<\/h1>\n(The resource could not be|No server is available|The server (returned an invalid|didn't respond))/,
  // Azure Application Gateway.
  /<center>Microsoft-Azure-Application-Gateway\/v\d<\/center>/,
  // Azure Front Door.
  /Our services aren't available right now/,
  // Google’s load balancer.
  /<title>Error \d{3} \([^)<]{1,40}\)!!1<\/title>/,
  // Kubernetes, the default backend of an ingress.
  /^(default backend - 404|response 404 \(backend NotFound\))/,
  // Envoy.
  /^(no healthy upstream|upstream connect error or disconnect\/reset before headers|upstream request timeout)/,
  // Gravitee.
  /^No context-path matches the request URI\.?$/,
];

/** Servers that name themselves in what they say by themselves, and leave a response's own name otherwise. */
const gatewayServers = /^(kong|tyk)\b/i;

/** Envoy puts its name on everything. Its own 404 has no body, and an application's has one. */
const isEnvoysEmpty404 = ({ status, headers, body }: ResponseEvidence): boolean =>
  status === 404 && body === '' && /^(istio-)?envoy$/i.test(headers['server'] ?? '');

/** The response is such a product's own, whatever it calls itself. */
export const isGatewayPage = (response: ResponseEvidence, json: Json): boolean => {
  const { headers, body, status } = response;
  if (status < 400) return false;
  const object = objectOf(json);
  if (object !== null) {
    const message = object['message'] ?? object['error_msg'] ?? object['error'];
    const own = typeof message === 'string' && jsonMessages.some((page) => page.test(message.trim()));
    return own || (gatewayServers.test(headers['server'] ?? '') && !('detail' in object) && !('error_code' in object));
  }
  return isEnvoysEmpty404(response) || pages.some((page) => page.test(body));
};

/** AWS’s API Gateway says so of a route that it does not have: its HTTP APIs with 404, its REST APIs with 403. */
const unknownToApiGateway: Readonly<Record<number, string>> = { 403: 'Missing Authentication Token', 404: 'Not Found' };

/** It has no rule for the host and path. */
export const isWithoutRule = ({
  answeredBy,
  json,
  ...response
}: ResponseEvidence & { readonly json: Json; readonly answeredBy: Answerer }): boolean =>
  answeredBy === 'api-gateway'
    ? objectOf(json)?.['message'] === (unknownToApiGateway[response.status] ?? null)
    : response.status === 404 && isGatewayPage(response, json);
