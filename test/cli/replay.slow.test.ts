import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { isFailure, isPartlyUnseen } from '../../src/model/predicates.ts';
import type { Report } from '../../src/model/report.ts';
import { requests } from '../../src/model/requests.ts';
import { renderJson } from '../../src/report/json.ts';
import { flow, outcome, report, step, stepsWith } from '../metrics/reports.ts';
import { anyReport } from '../model/any-report.ts';
import { cli } from '../support/cli.ts';
import { schemaErrors } from '../support/published-schemas.ts';
import { checkSandbox } from '../support/sandboxed.ts';

type Loose = Record<string, unknown> & { outcomes: Record<string, unknown>[]; registration: { steps: object[] } };

const saved = renderJson(
  report([outcome('registry.root', 'fail', { failureMode: 'lb-no-route' }), outcome('auth.root', 'pass')], {
    verdict: 'failing',
    registration: flow(stepsWith([step('create-run', 'fail', { failureMode: 'forbidden' })])),
  }),
);

/** The saved report, changed. */
const changed = (change: (loose: Loose) => void): string => {
  const loose = JSON.parse(saved) as Loose;
  change(loose);
  return JSON.stringify(loose);
};

describe('a saved report', () => {
  it('is read back unchanged, except for its diagnosis', () => {
    const { report: read, unused } = parseReport(saved);
    const { diagnosis: _, ...original } = JSON.parse(saved) as Report;

    expect(unused).toEqual([]);
    expect(read).toMatchObject(original);
  });

  it.each<{ readonly title: string; readonly change: (loose: Loose) => void; readonly unused: readonly string[] }>([
    {
      title: 'an unknown failure mode',
      change: ({ outcomes }) => Object.assign(outcomes[0] ?? {}, { failureMode: 'flux-broken' }),
      unused: ['registry.root: failureMode "flux-broken" is not known to this version'],
    },
    {
      title: 'an outcome without a status',
      change: ({ outcomes }) => Object.assign(outcomes[0] ?? {}, { status: undefined }),
      unused: ['registry.root: status is missing'],
    },
    {
      title: 'an unknown step',
      change: ({ registration }) => Object.assign(registration.steps[0] ?? {}, { id: 'teleport' }),
      unused: ['registration.teleport: id "teleport" is not known to this version'],
    },
    {
      title: 'evidence of another shape, which is dropped silently',
      change: ({ outcomes }) =>
        Object.assign(outcomes[0] ?? {}, {
          httpStatus: 'four',
          evidence: { summary: 1, headers: { a: 1 }, certificate: { daysLeft: 'many' }, connects: 'none', body: {} },
        }),
      unused: [],
    },
    {
      title: 'another schema version',
      change: (loose) => Object.assign(loose, { schemaVersion: 2 }),
      unused: ['parts that schemaVersion 1 does not have: the report has schemaVersion 2'],
    },
    {
      title: 'an unknown verdict',
      change: (loose) => Object.assign(loose, { verdict: 'splendid' }),
      unused: ['its verdict, which this version does not know: it is worked out again from the outcomes'],
    },
  ])('with $title, is used without that part, and the output says so', ({ change, unused }) => {
    const read = parseReport(changed(change));

    expect(read.unused).toEqual(unused);
    expect(read.report.verdict).toBe('failing');
    expect(read.report.outcomes.length + (read.report.registration?.steps.length ?? 0)).toBeGreaterThan(19);
  });

  it('groups requests with the same failure, and its quotes cannot control a terminal', () => {
    const { unused } = parseReport(
      changed(({ outcomes, registration }) => {
        for (const one of outcomes) one['failureMode'] = 'new\u001b[2J';
        registration.steps = registration.steps.slice(0, 3);
      }),
    );

    expect(unused).toEqual(['registry.root, auth.root: failureMode "new [2J" is not known to this version']);
  });

  it('from an older version is read without the newer fields', () => {
    const { report: read, unused } = parseReport(
      JSON.stringify({
        schemaVersion: 1,
        startedAt: '2026-11-19T05:00:00.000Z',
        outcomes: [
          {
            target: 'auth.dns',
            host: 'auth',
            status: 'fail',
            failureMode: 'dns-timeout',
            phase: 'resolve',
            answeredBy: null,
            attempts: [{ status: 'fail', failureMode: 'dns-timeout' }],
          },
          {
            target: 'external.control',
            host: 'external',
            status: 'fail',
            failureMode: 'connect-timeout',
            phase: 'connect',
            answeredBy: null,
            attempts: [],
          },
        ],
        diagnosis: { status: 'monitor-blind', hypotheses: [], faults: [], unexplained: [] },
      }),
    );

    expect(unused).toEqual([]);
    expect(read).toMatchObject({
      verdict: 'failing',
      blind: { phase: 'connect', control: 'external.control' },
      registration: null,
      history: null,
      recovered: [],
      prober: { name: 'unknown' },
    });
    expect(read.outcomes[0]).toMatchObject({
      ...{ aspect: 'answer', known: false, hop: null, timingsMs: { total: null } },
      evidence: { summary: '', addresses: [], connects: [] },
      attempts: [{ status: 'fail', hop: null, evidence: { headers: {} } }],
    });
  });

  it('without display-only fields is used in full', () => {
    const { unused, report: read } = parseReport(
      changed(({ outcomes }) => {
        for (const one of outcomes) for (const key of ['evidence', 'timingsMs', 'phase', 'known']) delete one[key];
      }),
    );

    expect(unused).toEqual([]);
    expect(read.outcomes[0]).toMatchObject({ phase: null, known: false, evidence: { summary: '' } });
  });

  it.each([
    { title: 'a truncated report', text: saved.slice(0, 900), reason: /^it ends after 900 characters/ },
    { title: 'a report that is not JSON', text: 'healthy: {yes}', reason: /^it is not JSON/ },
    { title: 'YAML', text: 'environment: development\n', reason: /^it is not JSON/ },
    {
      title: 'a file that is something else',
      text: '{"a": 1}',
      reason: /^it is not a report: save a new one: npx hokusai-synthetics check --format json --output report.json$/,
    },
    { title: 'an empty file', text: '{"schemaVersion": 1, "outcomes": []}', reason: /^it has no outcome/ },
    {
      title: 'a report of another shape',
      text: '{"schemaVersion": 3, "outcomes": [{"name": "x"}]}',
      reason: /an outcome without a name: target is missing/,
    },
  ])('$title is refused', ({ text, reason }) => {
    expect(() => parseReport(text)).toThrow(reason);
  });
});

describe('replay', () => {
  let folder: string;
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('diagnoses as check did, and exits with its verdict', async () => {
    const found = await checkSandbox({ faults: ['mlflow-stopped'] });
    const path = await file('report.json', renderJson(found));

    const { stdout, stderr, exitCode } = await cli(['replay', path, '--format', 'json']);

    const again = JSON.parse(stdout) as Report;
    expect(again.diagnosis.faults).toEqual(found.diagnosis.faults);
    expect(again.outcomes).toEqual((JSON.parse(renderJson(found)) as Report).outcomes);
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
    expect((await cli(['replay', path])).stdout).toMatch(/explains \d+ of \d+ failures/);
  });

  it('renders one check in every format, with the requested exit code', async () => {
    const found = await checkSandbox({ faults: ['registry-certificate-expires-soon'], targets: ['registry'] });
    const path = await file('degraded.json', renderJson(found));
    const shown = async (...args: readonly string[]) => await cli(['replay', path, ...args]);

    const junit = await shown('--format', 'junit', '--fail-on', 'degraded');
    expect(junit.stdout).toMatch(/^<\?xml[\s\S]*<failure type="tls-expires-soon"/);
    expect(junit.exitCode).toBe(1);

    const page = join(folder, 'report.html');
    const html = await shown('--format', 'html', '--output', page);
    expect(await readFile(page, 'utf8')).toMatch(/^<!DOCTYPE html>[\s\S]*tls-expires-soon/);
    expect(html.stdout).toBe('');
    expect(html.exitCode).toBe(0);

    const jobSummary = await file('summary.md', 'of a step before\n');
    const github = await cli(['replay', path, '--format', 'github'], { GITHUB_STEP_SUMMARY: jobSummary });
    expect(github.stdout).toMatch(/^(::(warning|notice) title=.*\n)+$/);
    expect(await readFile(jobSummary, 'utf8')).toMatch(/^of a step before\n## ⚠️ Hokusai sandbox: degraded\n/);
    expect((await shown('--format', 'github')).stdout).toContain('\n## ⚠️ Hokusai sandbox: degraded\n');
  });

  it.each([
    { title: 'all is well', faults: [], flags: [], verdict: 'healthy', code: 0 },
    {
      title: 'a certificate is about to expire',
      faults: ['registry-certificate-expires-soon'],
      flags: ['--fail-on', 'degraded'],
      verdict: 'degraded',
      code: 1,
    },
    {
      title: 'the clean-up leaves objects behind',
      faults: ['artifact-deletion-denied'],
      flags: [],
      verdict: 'degraded',
      code: 0,
    },
    {
      title: 'the clean-up leaves objects behind and the check fails on that',
      faults: ['artifact-deletion-denied'],
      flags: ['--fail-on', 'degraded'],
      verdict: 'degraded',
      code: 1,
    },
    { title: 'the key is refused', faults: ['key-revoked'], flags: [], verdict: 'failing', code: 1 },
    {
      title: 'known failures fail the check too',
      faults: [],
      flags: ['--fail-on-known'],
      verdict: 'healthy',
      code: 1,
    },
  ] as const)(
    'exits as check did when $title, even with the verdict missing',
    async ({ faults, flags, verdict, code }) => {
      const path = join(folder, 'ended.json');
      const scenario = faults.flatMap((id) => ['--scenario', id]);
      const check = await cli(['check', '--sandbox', ...scenario, ...flags, '--format', 'json', '--output', path]);
      const { verdict: saved, ...rest } = JSON.parse(await readFile(path, 'utf8')) as Report;
      expect([saved, check.exitCode]).toEqual([verdict, code]);
      const without = await file('without.json', JSON.stringify(rest));

      expect(schemaErrors('report.schema.json', await readFile(path, 'utf8'))).toEqual([]);

      for (const report of [path, without]) {
        const again = await cli(['replay', report, ...flags, '--format', 'json']);
        expect(schemaErrors('report.schema.json', again.stdout)).toEqual([]);
        expect((JSON.parse(again.stdout) as Report).verdict).toBe(verdict);
        expect(again.exitCode).toBe(code);
      }
    },
  );

  it.each(fc.sample(anyReport, { numRuns: 8, seed: 13 }).map((sample) => ({ verdict: sample.verdict, sample })))(
    'keeps the verdict and the exit code of any report that the schema accepts, here $verdict, unless the diagnosis denies it',
    async ({ verdict, sample }) => {
      const path = await file('any.json', JSON.stringify(sample));
      const again = await cli(['replay', path, '--format', 'json']);
      const said = JSON.parse(again.stdout) as Report;
      const isNamed = said.diagnosis.faults.length > 0;
      const isUnseen = isPartlyUnseen(requests(sample));
      if (verdict === 'inconclusive' ? !isNamed : verdict === 'failing' || isNamed || !isUnseen)
        expect(said.verdict).toBe(verdict);
      if (isNamed) expect(said.verdict).not.toBe('inconclusive');
      const isFailing = said.verdict === 'failing' || requests(sample).some((one) => isFailure(one));
      expect(again.exitCode).toBe(isFailing ? 1 : said.verdict === 'inconclusive' || isUnseen ? 2 : 0);
      expect(schemaErrors('report.schema.json', again.stdout)).toEqual([]);
    },
  );

  it('lists unknown targets, and diagnoses from the rest', async () => {
    const path = await file(
      'other.json',
      renderJson(report([outcome('registry.quantum', 'pass'), outcome('auth.root', 'pass')])),
    );

    const { stdout, stderr, exitCode } = await cli(['replay', path]);

    expect(stderr).toBe(
      'not used: in the diagnosis, because the configuration has no such targets: registry.quantum\n',
    );
    expect(stdout).toMatch(/\nhealthy · 2 pass\n/);
    expect(exitCode).toBe(0);
  });

  it('explains what it cannot use, and exits with 2', async () => {
    const path = await file('cut.json', saved.slice(0, 900));

    const { stderr, exitCode } = await cli(['replay', path]);

    expect(stderr).toMatch(/cut\.json cannot be used: it ends after 900 characters/);
    expect(exitCode).toBe(2);
  });
});
