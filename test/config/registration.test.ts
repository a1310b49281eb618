import { describe, expect, it } from 'vitest';
import { keyFor } from '../../src/config/key-for.ts';
import { madeUpKey, notesOf, problemsOf, settingsOf } from './documents.ts';

const flowOf = async (text: string) => (await settingsOf(text)).registration;

describe('the model-registration flow', () => {
  it('goes to the registry in hosts', async () => {
    expect(await flowOf('hosts: { registry: registry.staging.hokus.ai }')).toMatchObject({
      through: 'https://registry.staging.hokus.ai/api/mlflow',
      cleanupThrough: ['https://registry.staging.hokus.ai/mlflow/ajax-api/2.0/mlflow'],
    });
  });

  it('deletes on the host on which it creates when only that one is set', async () => {
    const text =
      'hosts: { registry: registry.staging.hokus.ai }\nregistration: { through: "https://registry.hokus.ai/x" }';
    expect((await flowOf(text)).cleanupThrough).toEqual(['https://registry.hokus.ai/mlflow/ajax-api/2.0/mlflow']);
  });

  it('can be told that there is only one way to delete', async () => {
    expect((await flowOf('registration: { cleanupThrough: [] }')).cleanupThrough).toEqual([]);
  });

  it.each([
    'https://registry.hokus.ai/api/mlflow/',
    'https://registry.hokus.ai/api/mlflow///',
    'HTTPS://Registry.Hokus.AI:443/api/mlflow',
    'https://registry.hokus.ai/x/../api/mlflow',
  ])('reads %s as the intended URL', async (way) => {
    expect(await flowOf(`registration: { through: "${way}", cleanupThrough: ["${way}"] }`)).toMatchObject({
      through: 'https://registry.hokus.ai/api/mlflow',
      cleanupThrough: ['https://registry.hokus.ai/api/mlflow'],
    });
  });

  it.each(['A-team', 'a', 'team_a', '-team', 'team-', 'x'.repeat(64), 'ajax-api'])(
    'refuses the workspace %s, as MLflow does',
    async (name) => {
      expect(await problemsOf(`registration: { workspace: "${name}" }\n`)).toEqual([
        expect.stringContaining('registration.workspace  is not a valid workspace name'),
      ]);
    },
  );

  it('sends no workspace unless one is set', async () => {
    expect((await flowOf('registration: { workspace: team-a }')).workspace).toBe('team-a');
    expect((await flowOf('registration: { enabled: true }')).workspace).toBeNull();
  });

  it('may use an allowed host, with a note that it is a different one', async () => {
    const text =
      'credentials: { allowedHosts: [mlflow.example] }\nregistration: { through: "https://mlflow.example/api/mlflow" }\n';
    expect(await problemsOf(text)).toEqual([]);
    expect((await settingsOf(text)).keyHosts).toContain('mlflow.example');
    expect(await notesOf(text)).toEqual([
      '2:17 registration.through points to mlflow.example, but hosts.registry is registry.hokus.ai',
    ]);
  });

  it('allows no other target to send the key to its hosts', async () => {
    const text = `hosts: { registry: registry.staging.hokus.ai }
registration: { through: "https://registry.hokus.ai/api/mlflow" }
targets: { my.extra: { url: "https://registry.hokus.ai/x", auth: bearer } }
`;
    expect(await problemsOf(text)).toEqual([expect.stringContaining('would send the key to registry.hokus.ai')]);
  });

  it('sends no key to its hosts when it is off, without a note about it', async () => {
    const text = `hosts: { registry: registry.staging.hokus.ai }
registration: { enabled: false, through: "https://registry.hokus.ai/api/mlflow" }
`;
    expect((await settingsOf(text)).keyHosts).not.toContain('registry.hokus.ai');
    expect(await notesOf(text)).toEqual([expect.stringContaining('hosts changes registry')]);
    expect(await notesOf('credentials: { apiKey: none }\nregistration: { enabled: false }')).toHaveLength(1);
  });

  it('keeps its defaults when its section is broken, so that only the real mistake is reported', async () => {
    expect(await problemsOf('registration: { modelPrefix: a }\n')).toEqual([
      expect.stringContaining('registration.modelPrefix  is not a valid model prefix'),
    ]);
  });
});

describe('the key', () => {
  const sources = { env: { MY_KEY: madeUpKey }, fetchSecret: async () => '' };

  it('is fetched when only the flow needs it', async () => {
    expect(await keyFor({ targets: [], registration: true }, { from: 'env', name: 'MY_KEY' }, sources)).toBe(madeUpKey);
    expect(await keyFor({ targets: [], registration: false }, { from: 'env', name: 'MY_KEY' }, sources)).toBeNull();
  });

  it('is reported missing before any request', async () => {
    await expect(keyFor({ targets: [], registration: true }, null, sources)).rejects.toThrow(
      /sets no key, but these need one: registration; set credentials\.apiKey/,
    );
  });
});
