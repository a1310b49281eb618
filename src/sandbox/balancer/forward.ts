import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { SandboxTimes } from '../times.ts';
import { answerStockPage } from './pages.ts';

export interface TaskAddress {
  readonly host: string;
  readonly port: number;
}

export interface TargetGroup {
  readonly name: string;
  targets: readonly TaskAddress[];
  protocol: 'http' | 'https';
  /** The target for the next request. */
  next: number;
}

export const targetGroup = (name: string, targets: readonly TaskAddress[]): TargetGroup => ({
  name,
  targets,
  protocol: 'http',
  next: 0,
});

/** Headers that each hop removes (RFC 9110, section 7.6.1). */
const hopByHop = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'proxy-authorization'];

export const withoutHopByHop = (headers: IncomingMessage['headers']): IncomingMessage['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));

/**
 * Forwards to the next target of the group, as the balancer does: 503 without a target, 502 when it refuses or breaks
 * the connection, 504 when the connection cannot be established or the target stays silent too long.
 */
export const forward = (
  group: TargetGroup,
  request: IncomingMessage,
  response: ServerResponse,
  times: SandboxTimes,
): void => {
  const target = group.targets[group.next % Math.max(1, group.targets.length)];
  group.next += 1;
  if (target === undefined) return answerStockPage(response, 503);
  const send = group.protocol === 'https' ? httpsRequest : httpRequest;
  const upstream = send({
    host: target.host,
    port: target.port,
    method: request.method,
    path: request.url,
    headers: { ...withoutHopByHop(request.headers), 'x-forwarded-proto': 'https' },
    agent: false,
    rejectUnauthorized: false,
  });
  const giveUp = (status: 502 | 504): void => {
    upstream.destroy();
    answerStockPage(response, status);
  };
  let timer = setTimeout(giveUp, times.balancerConnectMs, 504);
  upstream.on('socket', (socket) =>
    socket.once('connect', () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, times.balancerIdleMs, 504);
    }),
  );
  upstream.on('error', () => {
    clearTimeout(timer);
    giveUp(502);
  });
  upstream.on('response', (answer) => {
    clearTimeout(timer);
    response.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  response.on('close', () => {
    clearTimeout(timer);
    upstream.destroy();
  });
  request.pipe(upstream);
};
