import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expositionOf } from '../../src/live/exposition.ts';
import { prometheusName } from '../../src/live/prometheus.ts';
import { seriesIds } from '../../src/metrics/catalogue.ts';
import { pythonWith } from '../setup/environment.ts';
import { describeWith } from '../setup/real-parts.ts';
import { startCli } from '../support/cli.ts';
import { ask, follow } from '../support/live.ts';

interface Read {
  readonly name: string;
  readonly type: string;
  readonly documentation: string;
  readonly samples: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}

/** Reads standard input with the parser of Prometheus' official Python client. */
const script = `
import json, sys
from prometheus_client.parser import text_string_to_metric_families
print(json.dumps([
    {"name": f.name, "type": f.type, "documentation": f.documentation,
     "samples": [{"name": s.name, "labels": s.labels, "value": s.value} for s in f.samples]}
    for f in text_string_to_metric_families(sys.stdin.read())]))
`;

const parsed = async (text: string): Promise<readonly Read[]> =>
  JSON.parse(execFileSync(await pythonWith('prometheus'), ['-c', script], { input: text, encoding: 'utf8' }));

describeWith('prometheus', 'the parser of Prometheus’ own client', () => {
  it('reads everything that a watch of a broken sandbox serves', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
    const args = [
      '--every',
      '10s',
      '--sandbox',
      '--pace',
      '2',
      '--scenario',
      'mlflow-stopped',
      '--listen',
      '127.0.0.1:0',
    ];
    const watched = follow(startCli(['watch', ...args, '--state', join(folder, 'state.json')]));
    await watched.until(/critical, opened/);
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(watched.said().stdout)?.[0] ?? '';
    await expect
      .poll(async () => (await ask(`${url}metrics`)).body, { timeout: 60_000 })
      .toMatch(/open_incidents\{.*\} 1/);
    const { type, body } = await ask(`${url}metrics`);
    watched.child.kill('SIGTERM');
    await once(watched.child, 'close');
    await rm(folder, { recursive: true });

    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    const families = await parsed(body);
    const samples = families.flatMap((family) => family.samples);
    expect(samples).toHaveLength(body.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length);
    expect(families.filter(({ type: kind, documentation }) => kind === 'unknown' || documentation === '')).toEqual([]);
    const valueIn = (name: string, labels: Readonly<Record<string, string>>): number | undefined =>
      samples.find(
        (one) => one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value),
      )?.value;
    expect(valueIn('hokusai_synthetics_heartbeat_total', { environment: 'sandbox' })).toBeGreaterThanOrEqual(2);
    expect(valueIn('hokusai_synthetics_host_success_ratio', { host: 'auth' })).toBe(1);
    expect(valueIn('hokusai_synthetics_registration_success_ratio', {})).toBe(0);
    expect(valueIn('hokusai_synthetics_open_incidents', { severity: 'critical' })).toBe(1);
    expect(valueIn('hokusai_synthetics_open_incidents', { severity: 'notice' })).toBe(0);
    expect(valueIn('hokusai_synthetics_hypothesis_match', { hypothesis: 'mlflow-service-unhealthy' })).toBe(1);
    const ofCatalogue = new Set(seriesIds.map(prometheusName));
    expect(samples.filter(({ name }) => ofCatalogue.has(name)).length).toBeGreaterThan(60);
  });

  it('reads hostile labels and help as they were meant', async () => {
    const labels = { x: 'a"b\\c\nd}e,f="g', y: '\\n', z: 'ü 漢 🙂' };
    const [family] = await parsed(
      expositionOf([{ name: 'a', type: 'gauge', help: 'one\\two\nthree', samples: [{ labels, value: 1.5 }] }]),
    );
    expect(family).toEqual({
      name: 'a',
      type: 'gauge',
      documentation: 'one\\two\nthree',
      samples: [{ name: 'a', labels, value: 1.5 }],
    });
  });
});
