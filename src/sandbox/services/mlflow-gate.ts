import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { withoutHopByHop } from '../balancer/forward.ts';
import { keyOf, reply } from './reply.ts';
import { Task } from './services.ts';

export interface GateOptions {
  /** Where MLflow listens. */
  readonly upstream: URL;
  /** MLflow itself serves under /mlflow; otherwise the gate removes the prefix. */
  readonly prefixed: boolean;
  readonly needsKey: boolean;
  /** Also answers /health and /version at the root. */
  readonly answersAtRoot: boolean;
  /** How long a response is held back when a fault delays MLflow. */
  readonly lateMs: number;
}

/**
 * The layer in front of MLflow within its task. It asks for a key if the deployment requires one, and passes on the
 * host name that MLflow knows itself by. It stops and hangs together with MLflow.
 */
export class MlflowGate extends Task {
  /** Paths on which MLflow acts at once but responds late, as with a database that is slow to commit. */
  lateOn: RegExp | null = null;
  /** Drops the bodies of DELETE requests here, too. */
  dropsDeleteBodies = false;

  constructor(options: GateOptions) {
    super((request, response) => this.#pass(request, response, options));
  }

  #pass(request: IncomingMessage, response: ServerResponse, options: GateOptions): void {
    const url = request.url ?? '/';
    if (options.needsKey && !isAtRoot(url, options) && keyOf(request) === null)
      return reply(response, 401, { detail: 'API key required' });
    const dropsBody = this.dropsDeleteBodies && request.method === 'DELETE';
    const { authorization: _a, 'x-api-key': _k, ...all } = withoutHopByHop(request.headers);
    const { 'content-length': _length, ...headers } = all;
    const upstream = httpRequest({
      host: options.upstream.hostname,
      port: options.upstream.port,
      method: request.method,
      path: pathFor(url, options),
      headers: { ...(dropsBody ? headers : all), host: options.upstream.host },
      agent: false,
    });
    upstream.on('error', () => response.destroy());
    let timer: NodeJS.Timeout;
    upstream.on('response', (answer) => {
      const pass = (): void => {
        response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
        answer.pipe(response);
      };
      if (this.lateOn?.test(url) === true) timer = setTimeout(pass, options.lateMs);
      else pass();
    });
    response.on('close', () => {
      clearTimeout(timer);
      upstream.destroy();
    });
    if (dropsBody) {
      request.resume();
      upstream.end();
    } else request.pipe(upstream);
  }
}

/** /health and /version without the prefix, which need no key. */
const isAtRoot = (url: string, { answersAtRoot }: GateOptions): boolean =>
  answersAtRoot && /^\/(health|version)(\?|$)/.test(url);

const pathFor = (url: string, options: GateOptions): string => {
  if (!options.prefixed) return url.replace(/^\/mlflow(?=\/|\?|$)/, '') || '/';
  return isAtRoot(url, options) ? `/mlflow${url}` : url;
};
