import type { FailureMode } from '../platform/failure-modes.ts';
import type { Hop } from '../platform/hops.ts';
import type { StatusPattern } from '../platform/target.ts';
import { isStockPage, type ReadResponse } from './answerer.ts';
import { objectOf } from './json.ts';
import { modeOfText, ruleOfText } from './texts.ts';

export const matchesStatus = (patterns: readonly StatusPattern[], status: number): boolean =>
  patterns.some((pattern) =>
    typeof pattern === 'number' ? pattern === status : Number(pattern[0]) === Math.floor(status / 100),
  );

/** What a status that was not expected means, given who says it. */
export const modeOfStatus = (response: ReadResponse, hops: readonly Hop[]): FailureMode => {
  switch (response.answeredBy) {
    case 'balancer':
      return modeOfBalancer(response);
    case 'waf':
      return 'waf-blocked';
    case 'mlflow':
      return modeOfMlflow(response, hops);
    case 'login-page':
      return 'unexpected-answerer';
    case 'application':
      return modeOfText(response.status, response.body) ?? modeOfApplication(response.status);
    case 'nginx':
      // In front of applications nginx is a balancer: what it does not find is a route.
      if (response.status === 404) return 'lb-no-route';
      return modeOfText(response.status, response.body) ?? modeOfGateway(response.status);
    case 'cdn':
    case 'api-gateway':
    case 'unknown':
      return modeOfText(response.status, response.body) ?? modeOfGateway(response.status);
  }
};

/** Its own page, or a redirect or fixed response that somebody configured: mostly its default, where no rule holds. */
const modeOfBalancer = ({ status, body }: ReadResponse): FailureMode => {
  if (status >= 300 && status < 400) return 'redirect-unexpected';
  if (status === 502) return 'lb-bad-gateway';
  if (status === 503 && isStockPage(body, 503)) return 'lb-no-target';
  if (status === 504) return 'lb-gateway-timeout';
  if (status < 300) return 'unexpected-answerer';
  return [403, 404, 503].includes(status) ? 'lb-no-route' : 'unexpected-status';
};

const modeOfMlflow = ({ status, body, json }: ReadResponse, hops: readonly Hop[]): FailureMode => {
  const code = objectOf(json)?.['error_code'];
  const said = ruleOfText(status, body);
  if (said?.ofMlflow === true) return said.mode;
  // Of its artifact store MLflow says nothing but that it failed: mostly Flask's page for errors that nobody handled.
  if (status >= 500 && hops.includes('artifact-store')) return 'artifact-store-error';
  if (status === 401 || code === 'UNAUTHENTICATED') return 'auth-rejected';
  if (status === 404) return code === 'RESOURCE_DOES_NOT_EXIST' ? 'resource-missing' : 'route-not-found';
  return status >= 500 ? 'server-error' : modeOfClientError(status);
};

const modeOfApplication = (status: number): FailureMode => {
  switch (status) {
    case 401:
      return 'auth-rejected';
    case 502:
      return 'upstream-unreachable';
    case 503:
      return 'upstream-unavailable';
    case 504:
      return 'upstream-timeout';
    default:
      return status >= 500 ? 'server-error' : modeOfClientError(status);
  }
};

/** Something in front of the application that is not the balancer that we know, but does its work. */
const modeOfGateway = (status: number): FailureMode => {
  switch (status) {
    case 401:
      return 'auth-rejected';
    case 502:
      return 'lb-bad-gateway';
    case 503:
      return 'lb-no-target';
    case 504:
      return 'lb-gateway-timeout';
    default:
      return status >= 500 ? 'server-error' : modeOfClientError(status);
  }
};

const modeOfClientError = (status: number): FailureMode => {
  switch (status) {
    case 403:
      return 'forbidden';
    case 404:
      return 'route-not-found';
    case 429:
      return 'rate-limited';
    default:
      return status >= 300 && status < 400 ? 'redirect-unexpected' : 'unexpected-status';
  }
};
