import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { observations, type Seen } from './observations.ts';

const configuration = `
targets:
  my.models: { url: "https://api.hokus.ai/models", auth: bearer }
  my.extra: { url: "https://registry.hokus.ai/api/mlflow/api/2.0/mlflow/registered-models/search", auth: bearer }
`;

/** What is answered when these were seen, with the configuration's targets and with the defaults alone. */
const diagnosed = async (seen: Readonly<Record<string, Seen>>) => {
  const { targets } = await loadSettings({ text: configuration, name: 'synthetics.yaml', folder: '.' });
  return diagnose(observations(seen, targets), targets);
};

const probability = ({ hypotheses }: Awaited<ReturnType<typeof diagnosed>>, id: string): number =>
  hypotheses.find((one) => one.id === id)?.probability ?? 0;

describe('a target that a configuration adds takes part in the diagnosis', () => {
  it('it is explained by what its URL leads through', async () => {
    const seen = {
      'registry.mlflow-proxy-search': ['upstream-unreachable', 'application'],
      'my.extra': ['upstream-unreachable', 'application'],
      'mlflow.root': 'pass',
      'auth.validate-bearer': 'pass',
    } as const;
    const [best] = (await diagnosed(seen)).hypotheses;
    expect(best?.explains).toEqual(['registry.mlflow-proxy-search', 'my.extra']);
  });

  it('it is on the host that it asks, whatever its own group is called', async () => {
    const { faults, hypotheses } = await diagnosed({
      'api.root': 'dns-nxdomain',
      'my.models': 'dns-nxdomain',
      'registry.root': 'pass',
      'auth.root': 'pass',
    });
    expect(faults).toEqual([['dns-misconfigured']]);
    expect(hypotheses[0]).toMatchObject({ hosts: ['api'], explains: ['api.root', 'my.models'] });
  });

  it('one that passes speaks against what would have broken it', async () => {
    const without = {
      'api.root': ['lb-bad-gateway', 'balancer'],
      'registry.root': 'pass',
      'auth.root': 'pass',
    } as const;
    const alone = await diagnosed(without);
    const beside = await diagnosed({ ...without, 'my.models': 'pass' });
    expect(probability(beside, 'backend-tls-mismatch')).toBeLessThan(probability(alone, 'backend-tls-mismatch'));
  });
});
