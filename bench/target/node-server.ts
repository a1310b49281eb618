import { constants } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';
import * as packet from 'dns-packet';

// main.go for machines without Go: same arguments, same report.
const { values } = parseArgs({
  options: Object.fromEntries(['cert', 'key', 'dns', 'tls', 'first', 'body'].map((name) => [name, { type: 'string' }])),
});
const setting = (name: string): string => String(values[name] ?? '');
const delayOf = (name: string): number => Number.parseInt(setting(name), 10);

let waits: Record<string, Record<string, number>> = {};
const note = (name: string, phase: string, began: number): void => {
  waits[name] = { ...waits[name], [phase]: performance.now() - began };
};

const health = '{"status":"healthy","version":"1.0.0"}';
const largeBytes = 512 * 2 ** 20;

const answer: RequestListener = async (request, response) => {
  if (request.url === '/large') {
    const block = Buffer.alloc(2 ** 20);
    for (let sent = 0; sent < largeBytes && !response.destroyed; sent += block.length)
      if (!response.write(block))
        await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    response.end();
    return;
  }
  const name = (request.headers.host ?? '').split(':')[0] ?? '';
  const began = performance.now();
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', health.length);
  await pause(delayOf('first'));
  response.write(health.slice(0, 1));
  note(name, 'processing', began);
  const first = performance.now();
  await pause(delayOf('body'));
  response.end(health.slice(1));
  note(name, 'transfer', first);
};

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const certificate = { cert: readFileSync(setting('cert')), key: readFileSync(setting('key')) };
const context = createSecureContext(certificate);
const https = createHttpsServer(
  {
    ...certificate,
    minVersion: 'TLSv1.3',
    ALPNProtocols: ['http/1.1'],
    secureOptions: constants.SSL_OP_NO_TICKET,
    // Called between ClientHello and ServerHello.
    SNICallback: (name, done) => {
      const began = performance.now();
      setTimeout(() => {
        note(name, 'tls', began);
        done(null, context);
      }, delayOf('tls'));
    },
  },
  answer,
);

const dns = createSocket({ type: 'udp4', recvBufferSize: 4 * 2 ** 20 });
dns.on('message', (query, from) => {
  const began = performance.now();
  const { id = 0, questions = [] } = packet.decode(query);
  const name = questions[0]?.name.toLowerCase() ?? '';
  const asksAddress = questions[0]?.type === 'A';
  const answers = asksAddress ? [{ type: 'A' as const, name, ttl: 60, data: '127.0.0.1' }] : [];
  setTimeout(() => {
    dns.send(packet.encode({ type: 'response', id, flags: 0x0480, questions, answers }), from.port, from.address);
    if (asksAddress) note(name, 'resolve', began);
  }, delayOf('dns'));
});
await new Promise<void>((resolve) => dns.bind(0, '127.0.0.1', resolve));

const report = createHttpServer((_request, response) => {
  const { user, system } = process.cpuUsage();
  response.end(JSON.stringify({ cpuMs: (user + system) / 1_000, waits }));
  waits = {};
});

const ports = {
  dns: dns.address().port,
  https: await listen(https),
  http: await listen(createHttpServer(answer)),
  report: await listen(report),
};
process.stdout.write(`${JSON.stringify(ports)}\n`);
// Exits with its parent process.
process.stdin.on('end', () => process.exit(0)).resume();
