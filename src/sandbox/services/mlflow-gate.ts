import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
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
  /** How long an answer is held back where a fault makes MLflow late. */
  readonly lateMs: number;
}

/**
 * What stands in MLflow's task in front of it: asks for a key where the deployment wants one, and gives MLflow the host
 * that it knows itself by. Goes down with MLflow, and hangs with it.
 */
export class MlflowGate extends Task {
  /** Paths on which MLflow does its work at once and answers late, as behind a database that takes long to commit. */
  lateOn: RegExp | null = null;
  /** Bodies of DELETE get lost here, too. */
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

/** /health and /version without the prefix, which nobody needs a key for. */
const isAtRoot = (url: string, { answersAtRoot }: GateOptions): boolean =>
  answersAtRoot && /^\/(health|version)(\?|$)/.test(url);

const pathFor = (url: string, options: GateOptions): string => {
  if (!options.prefixed) return url.replace(/^\/mlflow(?=\/|\?|$)/, '') || '/';
  return isAtRoot(url, options) ? `/mlflow${url}` : url;
};
