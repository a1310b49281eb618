import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DescribedReport } from '../../src/model/report.ts';
import { cli } from '../support/cli.ts';

let folder: string;
const brokenBefore = () => join(folder, 'broken.json');
const healthyBefore = () => join(folder, 'healthy.json');

const check = (...args: readonly string[]) => cli(['check', '--sandbox', ...args]);
const stopped = ['--scenario', 'mlflow-stopped'];
const other = ['--scenario', 'api-targets-deregistered'];
const sentence = 'Nothing new; still failing as before: MLflow does not run, or does not answer';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hokusai-test-'));
  await Promise.all([
    check(...stopped, '--format', 'json', '--output', brokenBefore()),
    check('--format', 'json', '--output', healthyBefore()),
  ]);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a check that is compared with a report from before a deployment', () => {
  it.each([
    { before: 'broken', after: stopped, verdict: 'still-failing', exitCode: 0, cause: [] },
    { before: 'broken', after: [], verdict: 'healthy', exitCode: 0, cause: [] },
    { before: 'healthy', after: stopped, verdict: 'failing', exitCode: 1, cause: ['mlflow-service-unhealthy'] },
    { before: 'broken', after: other, verdict: 'failing', exitCode: 1, cause: ['health-check-mismatch'] },
  ])('says $verdict if it was $before before, and shows $after now', async ({ before, after, verdict, ...wanted }) => {
    const path = before === 'broken' ? brokenBefore() : healthyBefore();
    const { exitCode, stdout } = await check(...after, '--baseline', path, '--format', 'json');
    const report = JSON.parse(stdout) as DescribedReport;

    expect(report.verdict).toBe(verdict);
    expect(exitCode).toBe(wanted.exitCode);
    expect(report.diagnosis.faults.flat().slice(0, 1)).toEqual(wanted.cause);
    // The repair of what was broken is no reason to doubt the baseline.
    expect(report.baselineDoubt).toBeNull();
  });

  it('knows the deviations of a healthy day as well', async () => {
    const { stdout } = await check('--baseline', brokenBefore());
    expect(stdout).toMatch(/known from the baseline: .*registry\.mlflow-api-search/);
    expect(stdout).toMatch(/recovered since the baseline: .*registry\.mlflow-proxy-search/);
  });

  it('diagnoses what still fails, with its path and commands, marked as known', async () => {
    const { stdout } = await check(...stopped, '--baseline', brokenBefore(), '--format', 'json');
    const report = JSON.parse(stdout) as DescribedReport;

    expect(report.stillFailing?.diagnosis.faults).toEqual([['mlflow-service-unhealthy']]);
    expect(report.stillFailing?.diagnosis.hypotheses[0]?.nextStep).toMatch(/^aws ecs describe-services/);
    expect(report.stillFailing?.requests).toContain('registration.credentials');
  });

  it.each([
    ['pretty', /Nothing new; still failing as before:[\s\S]*✗ MLflow[\s\S]*next 1 {2}aws ecs describe-services/],
    ['github', new RegExp(`^::warning title=Hokusai sandbox%3A still-failing::${sentence}`, 'm')],
    ['junit', /name="still failing as before" value="mlflow-service-unhealthy/],
    ['html', /<h1[^>]*>Nothing new; still failing as before: MLflow does not run/],
  ])('says so as %s, and replay says the same', async (format, words) => {
    const saved = join(folder, `${format}-saved.json`);
    const shown = await check(...stopped, '--baseline', brokenBefore(), '--format', format);
    await check(...stopped, '--baseline', brokenBefore(), '--format', 'json', '--output', saved);
    const again = await cli(['replay', saved, '--format', format]);

    expect(shown.stdout).toMatch(words);
    expect(shown.stdout).not.toContain('All is well');
    expect(again.stdout).toMatch(words);
    expect(again.exitCode).toBe(0);
  });

  it.each(['pretty', 'github', 'junit'])('explains as %s why --fail-on-known exits with 1', async (format) => {
    const args = [...stopped, '--baseline', brokenBefore(), '--fail-on-known', '--format', format];
    const { exitCode, stdout, stderr } = await check(...args);
    expect(exitCode).toBe(1);
    expect(`${stdout}${stderr}`).toMatch(/exit code 1 because of --fail-on-known: 10 requests still fail as in/i);
  });
});
