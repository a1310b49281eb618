import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import {
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { defaultHosts, type HostRole } from '../../src/platform/hosts.ts';
import { startBackend } from '../../src/sandbox/mlflow-backend.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { DnsServer } from '../../src/sandbox/network/dns-server.ts';
import type { ZoneEntry } from '../../src/sandbox/network/dns-zone.ts';
import { closeServer, listen } from '../../src/sandbox/network/sockets.ts';

/** The response to a request that is not the flow's. */
export interface Said {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export interface Hostility {
  /** A host's response. The default is a 404. */
  readonly say: (request: IncomingMessage) => Said;
  /** Replaces the text of MLflow's responses to the flow. */
  readonly sayAsMlflow?: (text: string, request: IncomingMessage) => string;
  /** Reverses that replacement in what the flow sends. */
  readonly hear?: (text: string) => string;
  /** Certificate names by host. The default is a correct certificate. */
  readonly certificateNames?: Partial<Record<HostRole, readonly string[]>>;
  /** The records of each host's name. The default is its address. */
  readonly zone?: (host: string) => Readonly<Record<string, ZoneEntry>>;
  /** Additional configuration. */
  readonly configuration?: object;
}

export interface HostilePlatform {
  readonly folder: string;
  readonly configurationFile: string;
  close(): Promise<void>;
}

const flowPath = /^\/(?:api\/mlflow|mlflow\/ajax-api\/2\.0\/mlflow)\//;

/** MLflow's path for what the flow asks for. */
const pathAtMlflow = (path: string): string =>
  path.replace(/^\/api\/mlflow\//, '/').replace(/^\/mlflow\/ajax-api\/2\.0\/mlflow\//, '/api/2.0/mlflow/');

/** A platform over real sockets with a working MLflow registry, whose responses can be altered freely. */
export const startHostilePlatform = async (hostility: Hostility): Promise<HostilePlatform> => {
  const { location, standIn } = await startBackend(null);
  const authority = await Authority.create();
  const dns = await DnsServer.start();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const isOfFlow =
      flowPath.test(request.url ?? '') && request.headers.host?.startsWith(defaultHosts.registry) === true;
    if (isOfFlow) void passOn(request, response, location.upstream, hostility);
    else {
      const { status, headers, body } = hostility.say(request);
      response.writeHead(status, headers.flat());
      response.end(body);
    }
  };
  const plain = createHttpServer(answer);
  const servers = [
    plain,
    ...(await Promise.all(hosts.map((role) => secureServer(role, authority, hostility, answer)))),
  ];
  const [plainPort = 0, ...ports] = await Promise.all(servers.map((server) => listen(server, 0, '127.0.0.1')));
  for (const role of hosts) {
    const host = defaultHosts[role];
    const zone = hostility.zone?.(host) ?? { [host]: { kind: 'addresses', addresses: ['127.0.0.1'] } };
    for (const [name, entry] of Object.entries(zone)) dns.set(name, entry);
  }
  const folder = await mkdtemp(join(tmpdir(), 'hostile-platform-'));
  const configurationFile = join(folder, 'synthetics.yaml');
  await writeFile(join(folder, 'ca.pem'), authority.rootPem);
  await writeFile(
    configurationFile,
    stringify({
      environment: 'test',
      network: {
        dnsServers: [`127.0.0.1:${dns.port}`],
        caFile: 'ca.pem',
        connectTo: hosts.flatMap((role, index) => [
          `${defaultHosts[role]}:443::${ports[index]}`,
          `${defaultHosts[role]}:80::${plainPort}`,
        ]),
      },
      limits: { totalMs: 3_000, decisiveMs: 3_000, slowMs: 60_000, confirmPauseMs: 10 },
      ...hostility.configuration,
    }),
  );
  return {
    folder,
    configurationFile,
    close: async () => {
      await Promise.all([...servers.map(closeServer), dns.close(), standIn?.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const hosts = Object.keys(defaultHosts) as readonly HostRole[];

const secureServer = async (
  role: HostRole,
  authority: Authority,
  { certificateNames = {} }: Hostility,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
) => {
  const { chain, key } = await authority.issue({ names: certificateNames[role] ?? [defaultHosts[role]] });
  return createServer({ cert: chain, key }, answer);
};

/** Forwards to MLflow and back, altered in both directions. */
const passOn = async (
  request: IncomingMessage,
  response: ServerResponse,
  upstream: URL,
  { sayAsMlflow = (given) => given, hear = (given) => given }: Hostility,
): Promise<void> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const sent = Buffer.concat(chunks);
  const isText = request.headers['content-type'] === 'application/json';
  const body = isText ? Buffer.from(hear(sent.toString())) : sent;
  const { authorization: _key, 'x-api-key': _otherKey, ...headers } = request.headers;
  const passed = httpRequest(
    {
      host: upstream.hostname,
      port: upstream.port,
      method: request.method,
      path: hear(pathAtMlflow(request.url ?? '/')),
      headers: { ...headers, host: upstream.host, 'content-length': body.length },
      agent: false,
    },
    (answer) => {
      if (answer.headers['content-type'] !== 'application/json') {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
        return;
      }
      void text(answer).then((own) => {
        const altered = sayAsMlflow(own, request);
        const { 'transfer-encoding': _, ...kept } = answer.headers;
        response.writeHead(answer.statusCode ?? 500, { ...kept, 'content-length': Buffer.byteLength(altered) });
        response.end(altered);
      });
    },
  );
  passed.on('error', () => response.destroy());
  passed.end(body);
};
