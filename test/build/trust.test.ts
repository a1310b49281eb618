import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Authority } from '../../src/sandbox/network/certificates.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { type OneServer, onlyTargets, startOneServer } from '../support/one-server.ts';

const key = 'hk_test_0123456789abcdef0123456789abcdef';
const secretPath = '/services/T0TEST/B0TEST/made-up-secret';

/** One cycle of the built command line with a target that fails, so that the webhook is called: both over TLS, to one server. */
describe('the trusted certificates', () => {
  let folder: string;
  let server: OneServer;
  let companyFile: string;
  let unrelatedFile: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
    const company = await Authority.create();
    companyFile = join(folder, 'company.pem');
    unrelatedFile = join(folder, 'unrelated.pem');
    await writeFile(companyFile, company.rootPem);
    await writeFile(unrelatedFile, (await company.selfSigned(['unrelated.test'])).chain);
    const certificate = await company.issue({ names: ['auth.hokus.ai', 'localhost'] });
    server = await startOneServer(certificate, ({ url }, response) => {
      response.writeHead(url === secretPath ? 200 : 500).end();
    });
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    server.heard.length = 0;
  });

  let runs = 0;
  const watchOnce = async (caFile: string | null, env: Readonly<Record<string, string>>): Promise<CliResult> => {
    runs += 1;
    const config = join(folder, `${runs}.json`);
    await writeFile(
      config,
      JSON.stringify({
        environment: 'test',
        network: { connectTo: [`:443:127.0.0.1:${server.port}`], ...(caFile === null ? {} : { caFile }) },
        limits: { confirmPauseMs: 0 },
        registration: { enabled: false },
        targets: onlyTargets({ 'my.broken': { url: 'https://auth.hokus.ai/broken', auth: 'bearer' } }),
        incidents: { open: { failures: 1, of: 1 } },
        notify: { webhook: { env: 'HOOK' } },
      }),
    );
    const state = join(folder, `${runs}.state.json`);
    return cli(['watch', '--every', '10s', '--cycles', '1', '--config', config, '--state', state], {
      HOKUSAI_API_KEY: key,
      HOOK: `https://localhost:${server.port}${secretPath}`,
      ...env,
    });
  };

  test.each<[string, () => readonly [caFile: string | null, env: Readonly<Record<string, string>>]]>([
    ['of network.caFile', () => [companyFile, {}]],
    ['of NODE_EXTRA_CA_CERTS', () => [null, { NODE_EXTRA_CA_CERTS: companyFile }]],
    [
      'of NODE_EXTRA_CA_CERTS beside another network.caFile',
      () => [unrelatedFile, { NODE_EXTRA_CA_CERTS: companyFile }],
    ],
    ['of the system', () => [null, { NODE_OPTIONS: '--use-openssl-ca', SSL_CERT_FILE: companyFile }]],
    [
      'of the system beside a network.caFile',
      () => [unrelatedFile, { NODE_OPTIONS: '--use-openssl-ca', SSL_CERT_FILE: companyFile }],
    ],
    [
      'of network.caFile beside those of the system',
      () => [companyFile, { NODE_OPTIONS: '--use-openssl-ca', SSL_CERT_FILE: unrelatedFile }],
    ],
  ])('include those %s, for probes and for the webhook', async (_, how) => {
    const { exitCode, stderr } = await watchOnce(...how());

    expect([exitCode, stderr]).toEqual([0, '']);
    expect(server.heard.map(({ method, url, headers }) => [method, url, headers.authorization])).toEqual([
      ['GET', '/broken', `Bearer ${key}`],
      ['GET', '/broken', `Bearer ${key}`],
      ['POST', secretPath, undefined],
    ]);
    expect(JSON.parse(server.heard.at(-1)?.body ?? '')).toMatchObject({ text: expect.stringContaining('opened') });
  });

  test.each<[string, () => readonly [caFile: string | null, env: Readonly<Record<string, string>>]]>([
    ['by default', () => [null, {}]],
    ['with another network.caFile', () => [unrelatedFile, {}]],
    ['with NODE_TLS_REJECT_UNAUTHORIZED=0', () => [null, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }]],
    [
      'with NODE_TLS_REJECT_UNAUTHORIZED=0 and another network.caFile',
      () => [unrelatedFile, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ],
  ])('exclude the server’s own %s: neither the key nor the webhook’s URL is sent', async (_, how) => {
    const { exitCode, stdout, stderr } = await watchOnce(...how());

    expect(server.heard).toEqual([]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('failing · 1 fail');
    expect(stderr).toMatch(/was not taken by webhook: .* its certificate is not valid \(\w+\)/);
    expect(stdout + stderr).not.toContain('made-up-secret');
  });

  test('apply to AWS too, whatever NODE_TLS_REJECT_UNAUTHORIZED says: no credentials are sent, and the log says why', async () => {
    const aws = {
      AWS_ENDPOINT_URL: `https://localhost:${server.port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
      AWS_SESSION_TOKEN: 'a-session-token',
      AWS_MAX_ATTEMPTS: '1',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    };
    const { exitCode, stderr } = await cli(['incidents', '--state', 'dynamodb:incidents'], aws);

    expect(server.heard).toEqual([]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: .*NODE_EXTRA_CA_CERTS/);
  });
});
