import { beforeAll, describe, expect, it } from 'vitest';
import { explainHypothesis, listHypotheses } from '../../src/cli/explain-hypothesis.ts';
import { loadSettings } from '../../src/config/load.ts';
import type { Settings } from '../../src/config/settings.ts';
import { hypothesisIds } from '../../src/platform/hypotheses.ts';
import { cli } from '../support/cli.ts';

let settings: Settings;

beforeAll(async () => {
  settings = await loadSettings(null);
});

describe('explain of a hypothesis', () => {
  it('shows what is broken, where it comes from, what requests then show, and how to confirm and fix it', () => {
    const text = explainHypothesis('service-discovery-broken', settings, { width: 120, judgements: [] });

    expect(text).toMatch(/^service-discovery-broken: The API does not find MLflow/);
    expect(text).toContain('broken: service discovery');
    expect(text).toMatch(/incident documents: E1/);
    expect(text).toMatch(/\n {4}upstream-unreachable \d+ %[^\n]*\n {8}registry: .*mlflow-proxy-search/);
    expect(text).toMatch(/\n {8}auth: all\n/);
    expect(text).toMatch(/1 {2}aws servicediscovery .*\n {7}if .*: .*\n {7}if not: /);
    expect(text).toContain('fix: ');
  });

  it('shows a hypothesis about hosts for one of them, with the others untouched', () => {
    const text = explainHypothesis('dns-misconfigured', settings, { width: 120, judgements: [] });

    expect(text).toContain('expected symptoms, if registry.hokus.ai is affected:');
    expect(text).toMatch(/\n {4}passes\n {8}/);
    expect(text).toMatch(/\n {4}.*\bdns-nxdomain \d+ %, /);
  });

  it('says what looks the same from outside, and by what the nearest others are told apart', () => {
    const text = explainHypothesis('backend-tls-mismatch', settings, { width: 300, judgements: [] });

    expect(text).toMatch(/from outside, it can look the same as: .*mlflow-service-unhealthy/);
    expect(text).toMatch(/told apart from circuit-breaker-open by: .*mlflow\.root/);
  });

  it.each(hypothesisIds)('%s predicts at least one failure', (id) => {
    const predicted = explainHypothesis(id, settings, { width: 200, judgements: [] }).split('\n\n')[1] ?? '';

    expect(predicted).toMatch(/\n {4}\S+ \d+ %/);
  });

  it('lists all hypotheses', async () => {
    expect(listHypotheses().trimEnd().split('\n')).toHaveLength(hypothesisIds.length);

    const { stdout, exitCode } = await cli(['explain', 'hypotheses']);
    expect(stdout).toBe(listHypotheses());
    expect(exitCode).toBe(0);
  });

  it('corrects a typing error', async () => {
    const { stderr, exitCode } = await cli(['explain', 'dns-misconfigure']);

    expect(stderr).toContain('did you mean dns-misconfigured?');
    expect(exitCode).toBe(2);
  });
});
