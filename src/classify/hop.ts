import type { Answerer } from '../platform/answerers.ts';
import type { FailureMode } from '../platform/failure-modes.ts';
import type { Hop } from '../platform/hops.ts';

/** The first of the candidates that the request crosses. */
const crossed = (hops: readonly Hop[], ...candidates: readonly Hop[]): Hop | null =>
  candidates.find((hop) => hops.includes(hop)) ?? null;

const applications: readonly Hop[] = ['api', 'auth', 'platform', 'mlflow'];

/**
 * The hop that a failure points at, as far as this one answer can tell: the one that spoke, or the first that kept silent.
 * Which of the hops behind it is at fault is for several outcomes together to say.
 */
export const hopOf = (mode: FailureMode, answeredBy: Answerer | null, hops: readonly Hop[]): Hop | null => {
  if (hops.includes('internet')) return 'internet';
  const application = crossed(hops, ...applications);
  if (mode.startsWith('dns-')) return crossed(hops, 'dns');
  if (mode.startsWith('connect-')) return crossed(hops, 'listener', ...applications);
  if (mode.startsWith('tls-')) return crossed(hops, 'tls', 'listener');
  switch (mode) {
    case 'lb-no-route':
    case 'waf-blocked':
    case 'redirect-loop':
    case 'redirect-unexpected':
    case 'unexpected-answerer':
      return crossed(hops, 'rule') ?? application;
    case 'lb-no-target':
    case 'lb-bad-gateway':
    case 'lb-gateway-timeout':
      return crossed(hops, 'target-group') ?? application;
    case 'route-not-found':
      return answeredBy === 'mlflow' ? crossed(hops, 'mlflow') : (crossed(hops, 'proxy-route') ?? application);
    case 'auth-missing':
    case 'auth-rejected':
    case 'auth-bypassed':
    case 'forbidden':
    case 'rate-limited':
      return answeredBy === 'mlflow' ? crossed(hops, 'mlflow') : (crossed(hops, 'key-check') ?? application);
    case 'auth-unavailable':
      return crossed(hops, 'auth-service', 'key-check') ?? application;
    case 'upstream-unreachable':
      return crossed(hops, 'service-discovery') ?? application;
    case 'upstream-timeout':
    case 'resource-missing':
      return crossed(hops, 'mlflow') ?? application;
    case 'upstream-unavailable':
      return crossed(hops, 'proxy-route') ?? application;
    case 'artifact-store-error':
    case 'artifact-mismatch':
      return crossed(hops, 'artifact-store', 'mlflow') ?? application;
    case 'cleanup-impossible':
      return crossed(hops, 'proxy-route') ?? application;
    case 'database-error':
    case 'read-only':
    case 'value-mismatch':
      return crossed(hops, 'database', 'mlflow') ?? application;
    case 'probe-error':
    case 'deadline-exceeded':
      return null;
    default:
      return answeredBy === 'mlflow' ? crossed(hops, 'mlflow') : application;
  }
};
