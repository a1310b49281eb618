import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { Report, Status } from '../../src/model/report.ts';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { cli } from '../support/cli.ts';
import {
  type Check,
  checkOn,
  controlHost,
  overTls,
  plainly,
  publicHosts,
  redirecting,
  type Stage,
} from '../support/stage.ts';

const withControl = { targets: { 'external.control': { enabled: true, name: controlHost } } };

const healthy: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', server: 'uvicorn' }).end('{"status":"healthy"}');
};

/** Names resolve, and nothing that is connected to answers: no NAT, a firewall, a runner without a way out. */
const refused: Stage = { https: () => 'closed', http: () => 'closed' };
const dropped: Stage = { https: () => 'drops', http: () => 'drops' };

/** A box that looks into TLS: for each name a certificate by its own authority; plain HTTP it lets pass. */
const intercepted: Stage = {
  https: async () => {
    const box = await Authority.create();
    return overTls(await box.issue({ names: [...publicHosts, controlHost] }), healthy);
  },
  http: () => plainly(redirecting),
};

const loginPage: RequestListener = (_request, response) => {
  response
    .writeHead(200, { 'content-type': 'text/html' })
    .end('<html><head><title>Sign in to the guest network</title></head><body><input type="password"></body></html>');
};

/** A network that wants a login first: its own certificate for whatever is asked, its page over plain HTTP. */
const loginFirst: Stage = {
  https: async ({ authority }) => overTls(await authority.issue({ names: ['guest.example.net'] }), loginPage),
  http: () => plainly(loginPage),
};

const forbidding: RequestListener = (_request, response) => {
  response
    .writeHead(403, { server: 'squid/6.9', 'content-type': 'text/html' })
    .end('<html>Access denied by policy</html>');
};

/** A proxy whose certificates are trusted here, and that lets nothing through. */
const forbidden: Stage = {
  https: ({ certificate }) => overTls(certificate, forbidding),
  http: () => plainly(forbidding),
};

/** Too old for any client, from something in between. */
const noTls: Stage = {
  https: ({ certificate: { chain, key } }) =>
    createTlsServer({ cert: chain, key, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }).on(
      'tlsClientError',
      () => undefined,
    ),
  http: () => plainly((request) => request.socket.destroy()),
};

const statuses = ({ outcomes, registration }: Report): ReadonlySet<Status> =>
  new Set([...outcomes, ...(registration?.steps ?? [])].map(({ status }) => status));

const statusOf = ({ outcomes }: Report, id: string): Status | undefined =>
  outcomes.find(({ target }) => target === id)?.status;

const everything: Check = { targets: [] };

describe('a prober without network access says that it is blind, and blames no hop', () => {
  it.each([
    { title: 'every connection is refused', stage: refused, phase: 'connect' },
    { title: 'every connection is dropped', stage: dropped, phase: 'connect' },
    { title: 'TLS is intercepted', stage: intercepted, phase: 'tls' },
    { title: 'a login comes first', stage: loginFirst, phase: 'tls' },
    { title: 'TLS is broken', stage: noTls, phase: 'tls' },
  ] as const)('$title, including the external control', async ({ stage, phase }) => {
    const { exitCode, report } = await checkOn(stage, { targets: [], configuration: withControl });
    expect(report.blind).toEqual({ phase, control: 'external.control' });
    expect(report).toMatchObject({ verdict: 'inconclusive', diagnosis: { status: 'monitor-blind', faults: [] } });
    expect(exitCode).toBe(2);
    expect(statuses(report)).not.toContain('fail');
    expect(report.registration).toMatchObject({ status: 'inconclusive' });
  });

  it.each([
    { title: 'every connection is refused', stage: refused, phase: 'connect' },
    { title: 'every connection is dropped', stage: dropped, phase: 'connect' },
    { title: 'TLS is intercepted', stage: intercepted, phase: 'tls' },
    { title: 'a login comes first', stage: loginFirst, phase: 'tls' },
    { title: 'TLS is broken', stage: noTls, phase: 'tls' },
    { title: 'a proxy forbids everything', stage: forbidden, phase: 'processing' },
  ] as const)('$title, without a control', async ({ stage, phase }) => {
    const { exitCode, report } = await checkOn(stage, everything);
    expect(report.blind).toEqual({ phase, control: null });
    expect(report).toMatchObject({ verdict: 'inconclusive', diagnosis: { status: 'monitor-blind', faults: [] } });
    expect(exitCode).toBe(2);
  });

  it('a proxy forbids everything, and a control without an expectation cannot see that', async () => {
    const { exitCode, report } = await checkOn(forbidden, { targets: [], configuration: withControl });
    expect(statusOf(report, 'external.control')).toBe('pass');
    expect([exitCode, report.verdict, report.blind?.phase]).toEqual([2, 'inconclusive', 'processing']);
  });

  it("targets inside the platform's network keep their results", async () => {
    const configuration = { targets: { ...withControl.targets, 'mlflow.internal': { enabled: true } } };
    const inside = () => plainly((_request, response) => void response.end('OK'));
    const { exitCode, report } = await checkOn({ ...refused, inside }, { targets: [], configuration });
    expect(statusOf(report, 'mlflow.internal')).toBe('pass');
    expect([exitCode, report.verdict, report.blind?.phase]).toEqual([2, 'inconclusive', 'connect']);
  });

  it('a saved report stays blind in replay', async () => {
    const { report } = await checkOn(refused, everything);
    const folder = await mkdtemp(join(tmpdir(), 'hokusai-blind-'));
    try {
      const file = join(folder, 'report.json');
      for (const saved of [report, { ...report, blind: undefined }]) {
        await writeFile(file, JSON.stringify(saved));
        const { exitCode, stdout } = await cli(['replay', file]);
        expect([exitCode, stdout.includes('The prober reaches nothing: no connection is accepted')]).toEqual([2, true]);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a prober that reaches anything is not blind', () => {
  it('when it reaches the external control', async () => {
    // Where the server listens is the control alone; the platform's addresses refuse.
    const elsewhere = { kind: 'addresses', addresses: ['127.0.0.3'] } as const;
    const stage: Stage = {
      names: Object.fromEntries(publicHosts.map((name) => [name, elsewhere])),
      https: ({ certificate }) => overTls(certificate, healthy),
      http: () => 'closed',
    };
    const targets = ['platform', 'registry', 'external.control'];
    const { exitCode, report } = await checkOn(stage, { targets, configuration: withControl });
    expect(statusOf(report, 'external.control')).toBe('pass');
    expect([exitCode, report.verdict, report.blind]).toEqual([1, 'failing', null]);
  });

  it.each([
    { title: 'when one host refuses', targets: ['platform'], phase: null },
    { title: 'when the hosts of one balancer refuse', targets: ['platform', 'auth', 'api'], phase: null },
    { title: 'unless hosts of several balancers refuse', targets: ['platform', 'registry'], phase: 'connect' },
  ] as const)('$title, without a control', async ({ targets, phase }) => {
    const { report } = await checkOn(refused, { targets });
    expect(report.blind?.phase ?? null).toBe(phase);
    expect(report.verdict).toBe(phase === null ? 'failing' : 'inconclusive');
  });

  it('when only port 443 refuses', async () => {
    const { exitCode, report } = await checkOn({ ...refused, http: () => plainly(redirecting) }, everything);
    expect([exitCode, report.verdict, report.blind]).toEqual([1, 'failing', null]);
  });

  it('when all certificates have expired together', async () => {
    const https: Stage['https'] = async ({ authority }) =>
      overTls(await authority.issue({ names: publicHosts, fromDays: -90, toDays: -3 }), healthy);
    const { exitCode, report } = await checkOn({ ...refused, https }, everything);
    expect([exitCode, report.verdict, report.blind]).toEqual([1, 'failing', null]);
    expect(report.diagnosis.faults.flat()).toContain('tls-certificate-invalid');
  });

  it('when a name server denies every name', async () => {
    const names = Object.fromEntries(publicHosts.map((name) => [name, 'gone' as const]));
    const { exitCode, report } = await checkOn({ ...refused, names }, everything);
    expect([exitCode, report.verdict, report.blind]).toEqual([1, 'failing', null]);
  });

  it('when the balancers of all hosts respond alike that they have no targets', async () => {
    const page = '<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n</html>';
    const noTarget: RequestListener = (_request, response) => {
      response.writeHead(503, { server: 'awselb/2.0', 'content-type': 'text/html' }).end(page);
    };
    const stage: Stage = { https: ({ certificate }) => overTls(certificate, noTarget), http: () => plainly(noTarget) };
    const { exitCode, report } = await checkOn(stage, everything);
    expect([exitCode, report.verdict, report.blind]).toEqual([1, 'failing', null]);
  });
});
