import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createSecretStores, type SecretStores } from '../../src/aws/secrets.ts';
import { resolveApiKey } from '../../src/config/secrets.ts';
import type { SecretReference } from '../../src/config/settings.ts';
import { type AwsGateway, startAwsGateway } from '../setup/aws-gateway.ts';
import { type Moto, startMoto } from '../setup/moto-server.ts';
import { describeWith } from '../setup/real-parts.ts';

const minuteMs = 60_000;
const access = { region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } };
const inSecretsManager: SecretReference = { from: 'secretsManager', id: 'hokusai/synthetics', field: 'key' };

describeWith('moto', 'a key that is kept in AWS', () => {
  let moto: Moto;
  let gateway: AwsGateway;
  let secrets: SecretsManagerClient;
  let stores: SecretStores;

  beforeAll(async () => {
    moto = await startMoto();
    secrets = new SecretsManagerClient({ ...access, endpoint: moto.endpoint });
  });
  afterAll(() => moto.close());
  beforeEach(async () => {
    await moto.reset();
    gateway = await startAwsGateway(moto.endpoint);
    stores = createSecretStores({ ...access, endpoint: gateway.endpoint });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await gateway.close();
  });

  const keep = (text: string) =>
    secrets.send(new CreateSecretCommand({ Name: 'hokusai/synthetics', SecretString: text }));
  const read = (reference: SecretReference): Promise<string> =>
    resolveApiKey(reference, { env: {}, fetchSecret: stores.fetchSecret });

  test('is read from a field of a secret', async () => {
    await keep('{"key":"hk_test_first","other":"x"}');

    expect(await read(inSecretsManager)).toBe('hk_test_first');
  });

  test('is read from a parameter and decrypted', async () => {
    const parameters = new SSMClient({ ...access, endpoint: moto.endpoint });
    await parameters.send(
      new PutParameterCommand({ Name: '/hokusai/key', Value: 'hk_test_parameter', Type: 'SecureString' }),
    );

    expect(await read({ from: 'ssm', name: '/hokusai/key' })).toBe('hk_test_parameter');
  });

  test('is cached for five minutes, and a rotated one is used afterwards', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await keep('{"key":"hk_test_first"}');
    await read(inSecretsManager);
    await secrets.send(
      new PutSecretValueCommand({ SecretId: 'hokusai/synthetics', SecretString: '{"key":"hk_test_second"}' }),
    );

    vi.setSystemTime(Date.now() + 4 * minuteMs);
    expect(await read(inSecretsManager)).toBe('hk_test_first');
    vi.setSystemTime(Date.now() + 2 * minuteMs);
    expect(await read(inSecretsManager)).toBe('hk_test_second');
    expect(gateway.operations).toEqual(['GetSecretValue', 'GetSecretValue']);
  });

  test('is used for an hour longer while its store does not respond, with a message why', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const said: string[] = [];
    stores = createSecretStores(
      { ...access, endpoint: gateway.endpoint },
      { onStale: (sentence) => said.push(sentence) },
    );
    await keep('{"key":"hk_test_first"}');
    await read(inSecretsManager);
    await gateway.close();

    vi.setSystemTime(Date.now() + 59 * minuteMs);
    expect(await read(inSecretsManager)).toBe('hk_test_first');
    expect(said).toEqual([
      expect.stringMatching(/^Secrets Manager is out of reach, so the earlier value of hokusai\/synthetics is used: /),
    ]);
    vi.setSystemTime(Date.now() + 2 * minuteMs);
    await expect(read(inSecretsManager)).rejects.toThrow(/secret hokusai\/synthetics.*Secrets Manager is out of reach/);
    gateway = await startAwsGateway(moto.endpoint);
  });

  test('is dropped once its store refuses it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await keep('{"key":"hk_test_first"}');
    await read(inSecretsManager);
    await moto.reset();

    vi.setSystemTime(Date.now() + 6 * minuteMs);

    await expect(read(inSecretsManager)).rejects.toThrow(/ResourceNotFoundException/);
  });

  test('that does not exist is named, with AWS’s own reason', async () => {
    await expect(read(inSecretsManager)).rejects.toThrow(/secret hokusai\/synthetics.*ResourceNotFoundException/);
    await expect(read({ from: 'ssm', name: '/nowhere' })).rejects.toThrow(/\/nowhere.*ParameterNotFound/);
  });

  test('never appears in the message when the secret has the wrong format', async () => {
    await keep('hk_test_not_in_json');

    const message = await read(inSecretsManager).catch((error: Error) => `${error.stack}${JSON.stringify(error)}`);

    expect(message).toContain('hokusai/synthetics');
    expect(message).not.toContain('not_in_json');
  });
});
