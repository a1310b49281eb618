import { expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { stepIds } from '../../src/platform/flow-steps.ts';
import type { MlflowPart, RealMlflowOptions } from '../setup/mlflow-server.ts';
import { type Inspection, inspectWithPythonClient } from '../setup/python-client.ts';
import { describeWith } from '../setup/real-parts.ts';
import { startTogether, type Wanted } from '../setup/started-together.ts';
import { cli } from '../support/cli.ts';
import { flowTroubles, onPlatform } from '../support/registering.ts';
import { contentsOf, emptyRegistry } from '../support/registry-contents.ts';

interface Release extends Wanted {
  readonly loggedModels: boolean;
}

const release = (part: MlflowPart, title: string, loggedModels: boolean, options: RealMlflowOptions = {}): Release => ({
  title,
  parts: [part],
  options: { part, ...options },
  loggedModels,
});

/** As each is to be put behind the platform: in 3.17 a static prefix moves the clients' routes, in 2.22 it leaves health where it was. */
const releases = [
  release('mlflow', '3.9.0, which the platform runs', true, { staticPrefix: '/mlflow' }),
  release('mlflow-newest', '3.17.2, the newest', true),
  release('mlflow-2', '2.22.5, the last before 3', false),
];

const serverOf = startTogether(releases);

for (const { title, parts, loggedModels } of releases)
  describeWith(parts, `the registration flow on a real MLflow ${title}`, () => {
    it.each(['2025', '2026'] as const)(
      'passes in generation %s of the platform, and leaves nothing behind',
      async (generation) => {
        const flow = await onPlatform(serverOf(title).url, { generation }, (platform) => platform.run());

        expect(flowTroubles(flow)).toEqual([]);
        expect(flow.status).toBe('pass');
        expect(flow.steps.map(({ id }) => id)).toEqual(stepIds);
        expect(flow.facts).toMatchObject({
          loggedModels,
          credentialForms: { bearer: null, 'x-api-key': null },
          // The platform's proxy loses the bodies of deletions.
          deletesThrough: 'https://registry.hokus.ai/mlflow/ajax-api/2.0/mlflow',
          readsWork: true,
          writesWork: true,
        });
        expect(await contentsOf(serverOf(title))).toEqual(emptyRegistry);
      },
    );

    it('passes on the command line, with report and exit code, and without the key', async () => {
      const args = ['check', '--sandbox', '--mlflow', serverOf(title).url, '--target', 'registration'];
      const { exitCode, stdout, stderr } = await cli([...args, '--format', 'json']);

      expect([exitCode, stderr]).toEqual([0, '']);
      const report = JSON.parse(stdout) as Report;
      expect(report).toMatchObject({
        outcomes: [],
        registration: { facts: { loggedModels }, cleanup: { leftBehind: [] } },
      });
      expect(stdout).not.toMatch(/hk_(test|live)_\w/);
    });

    it('creates objects that the official client sees, with the same bytes in each version, and leaves none', async () => {
      const seen: Inspection[] = [];
      const flow = await onPlatform(serverOf(title).url, {}, (platform) =>
        // Of the steps that read back the last one: the clean-up comes next.
        platform.run({
          onStep: ({ id }) => id === 'search-model' && seen.push(inspectWithPythonClient(serverOf(title), 'candidate')),
        }),
      );
      expect(flowTroubles(flow)).toEqual([]);
      const count = loggedModels ? 2 : 1;
      expect(seen).toMatchObject([
        {
          models: [flow.model],
          versions: count,
          runs: [expect.any(String)],
          loggedModels: loggedModels ? [expect.stringMatching(/^m-/)] : [],
        },
      ]);
      const [model] = seen[0]?.looked ?? [];
      const tags = {
        synthetic: 'true',
        synthetics_owner: 'hokusai-synthetics',
        synthetics_environment: 'sandbox',
        synthetics_flow: flow.model.replace('hokusai-synthetics-', ''),
        synthetics_expires: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      };
      expect(model).toMatchObject({
        name: flow.model,
        tags,
        versionByAlias: '1',
        run: {
          id: seen[0]?.runs[0],
          status: 'FINISHED',
          params: { learning_rate: '0.01', flow: tags.synthetics_flow },
          metrics: { accuracy: expect.any(Number), epochs: 3 },
          tags,
        },
      });
      const versions = model?.versions ?? [];
      expect(versions.map(({ version, status }) => [version, status]).sort()).toEqual(
        ['1', '2'].slice(0, count).map((version) => [version, 'READY']),
      );
      // One by the place of the run's artifacts, one by the logged model; both are the same model.
      const sources = versions.map(({ source }) => source.split(':')[0]).sort();
      expect(sources).toEqual(loggedModels ? ['mlflow-artifacts', 'models'] : ['mlflow-artifacts']);
      for (const { runId, files } of versions) {
        expect(runId).toBe(model?.run.id);
        expect(Object.keys(files).sort()).toEqual(['MLmodel', 'weights.bin']);
        expect(files).toEqual(versions[0]?.files);
      }
      expect(inspectWithPythonClient(serverOf(title))).toEqual({
        models: [],
        versions: 0,
        runs: [],
        loggedModels: [],
        looked: [],
      });
    });
  });
