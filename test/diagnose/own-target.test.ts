import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { expectVersion, versionTargets } from '../../src/cycle/wait-for.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { platformVersion } from '../../src/diagnose/platform-version.ts';
import { requests } from '../../src/model/requests.ts';
import { outcome } from '../metrics/reports.ts';
import { allPass, observations, type Seen } from './observations.ts';

const configuration = `
targets:
  my.models: { url: "https://api.hokus.ai/models", auth: bearer }
  my.extra: { url: "https://registry.hokus.ai/api/mlflow/api/2.0/mlflow/registered-models/search", auth: bearer }
  my.name: { kind: dns, name: api.hokus.ai }
  my.certificate: { kind: tls, name: api.hokus.ai }
  my.other-port: { kind: tls, name: api.hokus.ai, port: 8443 }
  their.name: { kind: dns, name: else.example }
  their.certificate: { kind: tls, name: else.example }
  third.certificate: { kind: tls, name: third.example }
  my.health: { url: "https://api.hokus.ai/shop/health", expect: { health: true } }
  api.shop-health: { url: "https://api.hokus.ai/shop/health", expect: { health: true } }
  api.elsewhere: { url: "https://else.example/health", expect: { health: true } }
`;

const settings = await loadSettings({ text: configuration, name: 'synthetics.yaml', folder: '.' });
const { targets } = settings;

/** What is answered when these were seen, with the configuration's targets and with the defaults alone. */
const diagnosed = async (seen: Readonly<Record<string, Seen>>) => diagnose(observations(seen, targets), targets);

const probability = ({ hypotheses }: Awaited<ReturnType<typeof diagnosed>>, id: string): number =>
  hypotheses.find((one) => one.id === id)?.probability ?? 0;

describe('a target that a configuration adds takes part in the diagnosis', () => {
  it('it is explained by the hops of its URL', async () => {
    const seen = {
      'registry.mlflow-proxy-search': ['upstream-unreachable', 'application'],
      'my.extra': ['upstream-unreachable', 'application'],
      'mlflow.root': 'pass',
      'auth.validate-bearer': 'pass',
    } as const;
    const [best] = (await diagnosed(seen)).hypotheses;
    expect(best?.explains).toEqual(['registry.mlflow-proxy-search', 'my.extra']);
  });

  it('it belongs to the host in its URL, whatever its group is called', async () => {
    const { faults, hypotheses } = await diagnosed({
      'api.root': 'dns-nxdomain',
      'my.models': 'dns-nxdomain',
      'registry.root': 'pass',
      'auth.root': 'pass',
    });
    expect(faults).toEqual([['dns-misconfigured']]);
    expect(hypotheses[0]).toMatchObject({ hosts: ['api'], explains: ['api.root', 'my.models'] });
  });

  it('a passing one contradicts causes that would have broken it', async () => {
    const without = {
      'api.root': ['lb-bad-gateway', 'balancer'],
      'auth.root': 'pass',
    } as const;
    const alone = await diagnosed(without);
    const beside = await diagnosed({ ...without, 'my.models': 'pass' });
    expect(probability(beside, 'backend-tls-mismatch')).toBeLessThan(probability(alone, 'backend-tls-mismatch'));
  });

  it('a platform name is explained together with the requests that need it', async () => {
    const { faults, hypotheses } = await diagnosed({
      'api.root': 'dns-nxdomain',
      'my.name': 'dns-nxdomain',
      'my.certificate': 'dns-nxdomain',
      'my.other-port': 'dns-nxdomain',
      'their.name': 'pass',
      'registry.root': 'pass',
      'auth.root': 'pass',
    });
    expect(faults).toEqual([['dns-misconfigured']]);
    expect(hypotheses[0]).toMatchObject({
      hosts: ['api'],
      explains: ['api.root', 'my.name', 'my.certificate', 'my.other-port'],
      contradicts: [],
    });
  });

  it('a platform certificate is explained, separately from one on another port of the same host', async () => {
    const seen = {
      'api.root': 'tls-expired',
      'my.certificate': 'tls-expired',
      'registry.root': 'pass',
      'auth.root': 'pass',
    } as const;
    const { faults, hypotheses, unexplained } = await diagnosed({
      ...seen,
      'my.name': 'pass',
      'my.other-port': 'pass',
    });
    expect(faults).toEqual([['tls-certificate-invalid']]);
    expect(hypotheses[0]).toMatchObject({ explains: ['api.root', 'my.certificate'], contradicts: [] });
    expect(unexplained).toEqual([]);
  });

  it("a failure elsewhere is not the platform's, and does not hide the platform's own", async () => {
    const elsewhere = { 'their.name': 'dns-nxdomain', 'their.certificate': 'dns-nxdomain' } as const;
    expect(await diagnosed(allPass(elsewhere))).toMatchObject({
      faults: [],
      unexplained: ['their.name', 'their.certificate'],
    });
    const discovery = allPass({
      'registry.mlflow-proxy-search': ['upstream-unreachable', 'application'],
      'registry.mlflow-proxy-search-x-api-key': ['upstream-unreachable', 'application'],
      'registry.mlflow-proxy-health': ['upstream-unreachable', 'application'],
      'registry.mlflow-proxy-version': ['upstream-unreachable', 'application'],
      'registry.mlflow-api-search': ['upstream-unreachable', 'application'],
    });
    const alone = await diagnosed(discovery);
    const beside = await diagnosed({ ...discovery, ...elsewhere });
    expect(alone.faults[0]).toContain('service-discovery-broken');
    expect(beside).toEqual({ ...alone, unexplained: ['their.name', 'their.certificate'] });
  });

  it("the same failure on many other hosts may be the prober's own network, so no platform host is blamed", async () => {
    const others = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.certificate`);
    const entries = others.map((id) => `  ${id}: { kind: tls, name: ${id} }\n`).join('');
    const own = await loadSettings({ text: `targets:\n${entries}`, name: 'synthetics.yaml', folder: '.' });
    const api = ['api.root', 'api.health', 'api.v1-health', 'api.certificate', 'api.http-redirect'];
    const lost = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, 'connect-timeout' as const]));
    const faultsOf = (seen: Readonly<Record<string, Seen>>) =>
      diagnose(observations(seen, own.targets), own.targets).faults;

    expect(faultsOf(allPass(lost(api)))).toEqual([['security-group-blocking']]);
    expect(faultsOf(allPass(lost([...api, ...others])))).toEqual([]);
  });
});

describe("the platform's version", () => {
  it('comes only from health routes that are grouped with the API that they probe', () => {
    const naming = ['registry.health', 'api.shop-health'];
    expect(versionTargets(settings)).toEqual(expect.arrayContaining(naming));
    for (const id of ['my.health', 'api.elsewhere']) expect(versionTargets(settings)).not.toContain(id);

    const expecting = expectVersion(settings, '2.0').targets.filter((one) => one.kind === 'http' && one.expect.version);
    expect(expecting.map(({ id }) => id)).toEqual(expect.arrayContaining(naming));
    for (const id of ['my.health', 'api.elsewhere']) expect(expecting.map((one) => one.id)).not.toContain(id);
  });

  it('ignores another health route on the same host', () => {
    const said = (id: string, version: string) => {
      const blank = outcome(id, 'pass');
      return { ...blank, evidence: { ...blank.evidence, version } };
    };
    const outcomes = [said('my.health', '9.9'), said('api.elsewhere', '9.9'), said('registry.health', '1.0')];
    expect(platformVersion(requests({ outcomes, registration: null }), targets)).toBe('1.0');
  });
});
