import { request as httpRequest } from 'node:http';
import { withoutHopByHop } from '../balancer/forward.ts';
import { keyOf, reply } from './reply.ts';
import { Task } from './services.ts';

export interface GateOptions {
  /** Where MLflow listens. */
  readonly upstream: URL;
  /** MLflow serves under /mlflow itself; else the gate takes the prefix away. */
  readonly prefixed: boolean;
  readonly needsKey: boolean;
  /** Answers /health and /version at the root as well. */
  readonly answersAtRoot: boolean;
}

/**
 * What stands in MLflow's task in front of it: asks for a key where the deployment wants one, and gives MLflow the host
 * that it knows itself by. Goes down with MLflow, and hangs with it.
 */
export const mlflowGate = (options: GateOptions): Task =>
  new Task((request, response) => {
    if (options.needsKey && !isAtRoot(request.url ?? '/', options) && keyOf(request) === null)
      return reply(response, 401, { detail: 'API key required' });
    const { authorization: _a, 'x-api-key': _k, ...headers } = withoutHopByHop(request.headers);
    const upstream = httpRequest({
      host: options.upstream.hostname,
      port: options.upstream.port,
      method: request.method,
      path: pathFor(request.url ?? '/', options),
      headers: { ...headers, host: options.upstream.host },
      agent: false,
    });
    upstream.on('error', () => response.destroy());
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
      answer.pipe(response);
    });
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  });

/** /health and /version without the prefix, which nobody needs a key for. */
const isAtRoot = (url: string, { answersAtRoot }: GateOptions): boolean =>
  answersAtRoot && /^\/(health|version)(\?|$)/.test(url);

const pathFor = (url: string, options: GateOptions): string => {
  if (!options.prefixed) return url.replace(/^\/mlflow(?=\/|\?|$)/, '') || '/';
  return isAtRoot(url, options) ? `/mlflow${url}` : url;
};
