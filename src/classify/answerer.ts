import type { Answerer } from '../model/answerers.ts';
import type { ResponseEvidence } from '../model/observation.ts';
import { isGatewayPage } from './gateway-pages.ts';
import { type Json, objectOf, readJson } from './json.ts';
import type { Words } from './words.ts';

/** MLflow's own error codes (mlflow/protos/databricks.proto). Any other `error_code` comes from an imitator. */
const mlflowCodes = new Set(
  (
    'ABORTED ALREADY_EXISTS BAD_REQUEST CUSTOMER_UNAUTHORIZED DATA_LOSS DEADLINE_EXCEEDED ' +
    'ENDPOINT_NOT_FOUND FEATURE_DISABLED INTERNAL_ERROR INVALID_PARAMETER_VALUE INVALID_STATE ' +
    'NOT_FOUND NOT_IMPLEMENTED PERMISSION_DENIED REQUEST_LIMIT_EXCEEDED RESOURCE_ALREADY_EXISTS ' +
    'RESOURCE_CONFLICT RESOURCE_DOES_NOT_EXIST RESOURCE_EXHAUSTED RESOURCE_LIMIT_EXCEEDED ' +
    'TEMPORARILY_UNAVAILABLE UNAUTHENTICATED'
  ).split(' '),
);

/** A login page’s host or path. */
const loginPlace =
  /[/.](log[-_]?(in|on)|sign[-_]?(in|on)|oauth2?|openid(-connect)?|oidc|sso|saml2?|adfs|authorize|accounts)\b/i;

/** The parameters that ask OAuth 2.0 (RFC 6749, 4.1.1) and SAML 2.0 for a login. */
const loginQuery = /[?&](response_type|SAMLRequest)=/i;

/** A redirect to a login page. A query may name one to return to. */
export const toLogin: Words = {
  test: (location) => loginPlace.test(location.split(/[?#]/)[0] ?? '') || loginQuery.test(location),
};

/** The balancer's own error pages, as opposed to a configured fixed response. */
export const isStockPage = (body: string, status: number): boolean =>
  !/<hr>/i.test(body) &&
  [...body.matchAll(/<center><h1>(\d{3}) [^<]*<\/h1><\/center>/gi)].some(([, shown]) => Number(shown) === status);

/** A response with everything that is parsed from it once, for all judges. */
export interface ReadResponse extends ResponseEvidence {
  readonly json: Json;
  readonly answeredBy: Answerer;
}

export const readResponse = (response: ResponseEvidence): ReadResponse => {
  const json = readJson(response.body);
  return { ...response, json, answeredBy: whoAnswered(response, json) };
};

/**
 * Who wrote this response. The body's shape is checked before the headers: a proxy in between replaces `server` but
 * passes the body through unchanged. Sources: AWS's Application Load Balancer documentation, MLflow 3.9's handlers,
 * FastAPI.
 */
const whoAnswered = (response: ResponseEvidence, json: Json): Answerer => {
  const { headers, body, status } = response;
  const server = (headers['server'] ?? '').toLowerCase();
  const fromBalancer = server.startsWith('awselb/');
  if (headers['x-amzn-waf-action'] !== undefined) return 'waf';
  // The firewall answers through the balancer, which has no reason of its own to send its stock 403 page.
  if (fromBalancer && status === 403 && isStockPage(body, 403)) return 'waf';
  if (fromBalancer) return 'balancer';
  if (headers['x-amz-apigw-id'] === undefined && isGatewayPage(response, json)) return 'unknown';
  const object = objectOf(json);
  if (object !== null) {
    const code = object['error_code'];
    if (typeof code === 'string') return mlflowCodes.has(code) ? 'mlflow' : 'application';
    if ('detail' in object) return 'application';
  }
  const isJson = json.kind !== 'none';
  if (headers['x-amz-apigw-id'] !== undefined || headers['apigw-requestid'] !== undefined) return 'api-gateway';
  if (status >= 300 && status < 400 && toLogin.test(headers['location'] ?? '')) return 'login-page';
  if (isMlflow(response, server)) return 'mlflow';
  if (isNginx(status, body, server, isJson)) return 'nginx';
  if (isLoginPage(response)) return 'login-page';
  if (isCdnPage(response, server)) return 'cdn';
  if (isFrameworkPage(body) || isPageOfFailure(response)) return 'application';
  if (isJson || /^(uvicorn|gunicorn|hypercorn|daphne)/.test(server)) return 'application';
  return 'unknown';
};

const isMlflow = ({ headers, body }: ResponseEvidence, server: string): boolean =>
  /realm="?mlflow/i.test(headers['www-authenticate'] ?? '') ||
  body.startsWith('Invalid Host header - possible DNS rebinding attack') ||
  // Flask's page for unhandled errors. MLflow's server is the only Flask application here.
  /^<!doctype html>\s*<html lang=en>\s*<title>\d{3} /i.test(body) ||
  /<title>\s*MLflow\s*<\/title>/i.test(body) ||
  // MLflow's security middleware, since 3.5.
  (server.startsWith('uvicorn') &&
    (headers['x-frame-options'] ?? '').toUpperCase() === 'SAMEORIGIN' &&
    headers['x-content-type-options'] === 'nosniff');

/** The error pages of web frameworks, which nothing in front of an application sends. */
const frameworkPages: readonly RegExp[] = [
  // Express.
  /<title>Error<\/title>\s*<\/head>\s*<body>\s*<pre>/i,
  // Spring Boot, Tomcat.
  /<h1>Whitelabel Error Page<\/h1>|<title>HTTP Status \d{3} (–|-|&ndash;) /i,
  // Django, without and with DEBUG.
  /<title>Server Error \(500\)<\/title>|because you have <code>DEBUG = True/i,
  /<h1>Not Found<\/h1>\s{0,8}<p>The requested resource was not found on this server\./i,
  // Rails, in production and in development.
  /We're sorry, but something went wrong|<title>Action Controller: Exception caught|<title>The page you were looking for doesn't exist/i,
  // Jetty, gunicorn.
  /<h2>HTTP ERROR \d{3}|<h1><p>[^<]{1,40}<\/p><\/h1>/i,
  // Werkzeug's debugger, Puma, Symfony.
  / \/\/ Werkzeug Debugger<\/title>|An unhandled lowlevel error occurred|<title>An Error Occurred: /i,
];

const isFrameworkPage = (body: string): boolean => frameworkPages.some((page) => page.test(body));

/**
 * An HTML page with status 500. Balancers and gateways have 502, 503 and 504 for what is behind them. The exceptions are
 * Apache's, HAProxy's, IIS's and Squid's own pages.
 */
const isPageOfFailure = ({ status, headers, body }: ResponseEvidence): boolean =>
  status === 500 &&
  (headers['content-type'] ?? '').includes('html') &&
  body.trim() !== '' &&
  !/DTD HTML 2\.0\/\/|<title>(500 - |ERROR: |500 Internal Server Error<)|<h1>500 Internal Server Error<\/h1>/i.test(
    body,
  );

/** nginx's own page or a short configured error. Applications answer with JSON or a page of their own. */
const isNginx = (status: number, body: string, server: string, json: boolean): boolean =>
  /<hr><center>(nginx|openresty)/i.test(body) ||
  (/^(nginx|openresty)/.test(server) && status >= 400 && !json && body.length < 200);

const isLoginPage = ({ headers, body }: ResponseEvidence): boolean =>
  (headers['content-type'] ?? '').includes('html') &&
  (isInOne(body, /<input\b[^<>]*/gi, /type=["']?password/i) ||
    isInOne(body, /<title>[^<]*/gi, /(log ?in|sign ?in)\b/i));

const isInOne = (text: string, parts: RegExp, words: RegExp): boolean =>
  [...text.matchAll(parts)].some(([part]) => words.test(part));

const isCdnPage = ({ headers, body }: ResponseEvidence, server: string): boolean =>
  ((server.startsWith('cloudfront') || headers['x-amz-cf-id'] !== undefined) &&
    /generated by cloudfront|request could not be satisfied/i.test(body)) ||
  (server.startsWith('cloudflare') && /cloudflare/i.test(body));
