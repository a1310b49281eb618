import { request as httpRequest } from 'node:http';
import { withoutHopByHop } from '../../src/sandbox/balancer/forward.ts';
import { keyOf, reply } from '../../src/sandbox/services/reply.ts';
import { Task } from '../../src/sandbox/services/services.ts';
import type { Topology } from '../../src/sandbox/topology.ts';

/** Asks for a key, answers the health route in words of its own, and passes everything else on. */
const gateway = (to: Task['address']): Task =>
  new Task((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path.endsWith('/health')) return reply(response, 200, { status: 'ok' }, { 'x-gateway': 'yes' });
    if (keyOf(request) === null)
      return reply(response, 401, { detail: 'API key required', gateway: true }, { 'x-gateway': 'yes' });
    const upstream = httpRequest({
      ...to,
      method: request.method,
      path: request.url,
      headers: { ...withoutHopByHop(request.headers), host: request.headers.host ?? to.host },
      agent: false,
    });
    upstream.on('error', () => response.destroy());
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...withoutHopByHop(answer.headers), 'x-gateway': 'yes' });
      answer.pipe(response);
    });
    request.pipe(upstream);
  });

/** Puts MLflow behind a gateway, for the load balancer and for the API. */
export const addGateway = async ({ gates, groups, api, discoveryName, extras }: Topology): Promise<void> => {
  const [open, inside] = await Promise.all([
    gateway(gates.public.address).start(),
    gateway(gates.inside.address).start(),
  ]);
  extras.push({ close: () => open.stop() }, { close: () => inside.stop() });
  groups.mlflow.targets = [open.address];
  api.env.mlflowUri = `http://${discoveryName}:${inside.port}`;
};
