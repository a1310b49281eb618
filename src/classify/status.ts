import type { FailureMode } from '../model/failure-modes.ts';
import type { StatusPattern } from '../model/target.ts';
import type { Hop } from '../platform/hops.ts';
import { isStockPage, type ReadResponse } from './answerer.ts';
import { isWithoutRule } from './gateway-pages.ts';
import { objectOf } from './json.ts';
import { modeOfText, ruleOfText } from './texts.ts';

export const matchesStatus = (patterns: readonly StatusPattern[], status: number): boolean =>
  patterns.some((pattern) =>
    typeof pattern === 'number' ? pattern === status : Number(pattern[0]) === Math.floor(status / 100),
  );

/** The failure mode of an unexpected status, depending on the answerer. */
export const modeOfStatus = (response: ReadResponse, hops: readonly Hop[]): FailureMode => {
  switch (response.answeredBy) {
    case 'balancer':
      return modeOfBalancer(response);
    case 'waf':
      return 'waf-blocked';
    case 'mlflow':
      return modeOfMlflow(response, hops);
    case 'login-page':
      return response.status >= 300 && response.status < 400 ? 'redirect-unexpected' : 'unexpected-answerer';
    case 'application':
      return modeOfText(response.status, response.body) ?? modeIn(ofApplication, response.status);
    case 'nginx':
      // In front of applications nginx acts as a balancer, so its 404 is a missing route.
      if (response.status === 404) return 'lb-no-route';
      return modeOfText(response.status, response.body) ?? modeIn(ofGateway, response.status);
    case 'api-gateway':
    case 'unknown':
      if (isWithoutRule(response)) return 'lb-no-route';
      return modeOfText(response.status, response.body) ?? modeIn(ofGateway, response.status);
    case 'cdn':
      return modeOfText(response.status, response.body) ?? modeIn(ofGateway, response.status);
  }
};

/** The balancer's own page, or a configured redirect or fixed response: usually the default when no rule matches. */
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
  // MLflow reports only that its artifact store failed, usually with Flask's page for unhandled errors.
  if (status >= 500 && hops.includes('artifact-store')) return 'artifact-store-error';
  if (status === 401 || code === 'UNAUTHENTICATED') return 'auth-rejected';
  if (status === 404) return code === 'RESOURCE_DOES_NOT_EXIST' ? 'resource-missing' : 'route-not-found';
  return modeOfOther(status);
};

type ModesByStatus = Readonly<Record<number, FailureMode>>;

const ofApplication: ModesByStatus = {
  502: 'upstream-unreachable',
  503: 'upstream-unavailable',
  504: 'upstream-timeout',
};

/** Something in front of the application that does the balancer's work but is not the known balancer. */
const ofGateway: ModesByStatus = { 502: 'lb-bad-gateway', 503: 'lb-no-target', 504: 'lb-gateway-timeout' };

const modeIn = (modes: ModesByStatus, status: number): FailureMode => modes[status] ?? modeOfOther(status);

const ofClients: ModesByStatus = {
  401: 'auth-rejected',
  403: 'forbidden',
  404: 'route-not-found',
  429: 'rate-limited',
};

const modeOfOther = (status: number): FailureMode => {
  if (status >= 500) return 'server-error';
  return ofClients[status] ?? (status >= 300 && status < 400 ? 'redirect-unexpected' : 'unexpected-status');
};
