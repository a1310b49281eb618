import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { balancerAnswers } from './balancer-answers.ts';
import { gatewayAction, gatewayAnswers } from './gateway-answers.ts';
import type { AwsInventory } from './inventory.ts';
import { jsonAnswers } from './json-answers.ts';
import { networkAnswers } from './network-answers.ts';
import { NoSuchResource, type XmlAnswers } from './resources.ts';
import { route53Answers } from './route53-answers.ts';
import { stackAnswers } from './stack-answers.ts';
import { storeAnswers } from './store-answers.ts';
import { element, type XmlContent } from './xml.ts';

export interface SandboxAws {
  readonly endpoint: string;
  /** Calls so far, by action. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

/** A small AWS on loopback, with the platform's resources. It checks no signatures and has no permissions. */
export const startSandboxAws = async (inventory: AwsInventory): Promise<SandboxAws> => {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response, inventory, calls).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const xmlAnswers: XmlAnswers = { ...balancerAnswers, ...networkAnswers, ...storeAnswers, ...stackAnswers };

/** EC2 and Route 53 have no element between the response and its content. */
const withoutResult = new Set(['DescribeSecurityGroups', 'DescribeNetworkAcls', 'GetManagedPrefixListEntries']);

const route53Action = (path: string): string => {
  if (path.endsWith('/hostedzonesbyname')) return 'ListHostedZonesByName';
  return path.endsWith('/rrset') ? 'ListResourceRecordSets' : 'GetHostedZone';
};

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  inventory: AwsInventory,
  calls: string[],
): Promise<void> => {
  const body = await text(request);
  const target = request.headers['x-amz-target'];
  const now = Date.now();
  const xml = (status: number, content: string): void =>
    void response.writeHead(status, { 'content-type': 'text/xml' }).end(content);
  const json = (status: number, content: object): void =>
    void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(content));
  try {
    if (typeof target === 'string') {
      const action = target.slice(target.lastIndexOf('.') + 1);
      calls.push(action);
      const found = jsonAnswers[action];
      if (found === undefined) json(400, { __type: 'UnknownOperationException' });
      else json(200, found(inventory, JSON.parse(body) as Readonly<Record<string, unknown>>, now));
      return;
    }
    if (request.method === 'GET') {
      const url = new URL(request.url ?? '/', 'http://aws');
      if (!url.pathname.startsWith('/2013-04-01/')) {
        calls.push(gatewayAction(url.pathname));
        json(200, gatewayAnswers(inventory, url.pathname));
        return;
      }
      const action = route53Action(url.pathname);
      calls.push(action);
      const content = route53Answers(inventory, url.pathname, url.searchParams.get('name') ?? '');
      if (content === null) throw new NoSuchResource('NoSuchHostedZone');
      xml(200, element(`${action}Response`, content));
      return;
    }
    const params = Object.fromEntries(new URLSearchParams(body));
    const action = params['Action'] ?? '';
    calls.push(action);
    const found = xmlAnswers[action];
    if (found === undefined) throw new NoSuchResource('InvalidAction');
    const content: XmlContent = found(inventory, params, now);
    xml(200, element(`${action}Response`, withoutResult.has(action) ? content : { [`${action}Result`]: content }));
  } catch (error) {
    if (!(error instanceof NoSuchResource)) throw error;
    if (error.code === 'NotFoundException')
      response.writeHead(404, { 'x-amzn-errortype': error.code }).end(JSON.stringify({ message: error.message }));
    else if (typeof target === 'string') json(400, { __type: error.code, message: error.message });
    else xml(404, element('ErrorResponse', { Error: { Type: 'Sender', Code: error.code, Message: error.message } }));
  }
};
