import { readFileSync } from 'node:fs';
import { incidentsOf } from '../../src/config/incidents.ts';
import type { Settings } from '../../src/config/settings.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import type { Outcome } from '../../src/model/report.ts';
import type { HttpTarget } from '../../src/model/target.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { nameOf } from '../target/target.ts';
import { answerWith, proberSettings } from './answering.ts';
import type { Measured, Wave } from './prober.ts';

const { ports, caFile } = proberSettings();
const extraCa = readFileSync(caFile, 'utf8');

const targetOf = ({ scheme, path }: Wave, index: number): HttpTarget => ({
  kind: 'http',
  id: nameOf(index),
  host: 'bench',
  role: null,
  title: 'a probe of the benchmark',
  hops: ['dns', 'listener', 'tls', 'api'],
  enabled: true,
  timeoutMs: defaultLimits.totalMs,
  after: [],
  url: `${scheme}://${nameOf(index)}${path}`,
  method: 'GET',
  auth: 'none',
  headers: {},
  body: null,
  redirects: 'record',
  expect: { status: [200], body: { kind: 'health' } },
});

const settingsFor = (wave: Wave): Settings => ({
  environment: 'bench',
  hosts: defaultHosts,
  apiKey: null,
  keyHosts: [],
  network: {
    dnsServers: [`127.0.0.1:${ports.dns}`],
    connectTo: [
      { fromHost: null, fromPort: 443, toHost: null, toPort: ports.https },
      { fromHost: null, fromPort: 80, toHost: null, toPort: ports.http },
    ],
    extraCa,
    proxy: null,
  },
  // The default is enough for the platform's targets. Here all probes must run at once.
  limits: { ...defaultLimits, concurrency: wave.probes },
  registration: { enabled: false, modelPrefix: '', experiment: '', workspace: null, through: '', cleanupThrough: [] },
  metrics: { enabled: false, namespace: 'bench', detail: 'hosts' },
  incidents: incidentsOf(undefined),
  notify: {
    topics: { critical: null, warning: null, operational: null },
    webhook: null,
    ...{ pagerduty: null, opsgenie: null, teams: null, json: null },
    heartbeat: null,
    dashboard: null,
    runbook: null,
  },
  targets: Array.from({ length: wave.probes }, (_, index) => targetOf(wave, index)),
  followUp: false,
  baseline: null,
});

const measuredOf = ({ target, status, timingsMs }: Outcome): Measured => ({
  name: target,
  passed: status === 'pass',
  totalMs: timingsMs.total ?? Number.NaN,
  phasesMs: {
    resolve: timingsMs.resolve ?? 0,
    connect: timingsMs.connect ?? 0,
    tls: timingsMs.tls ?? 0,
    processing: timingsMs.processing ?? 0,
    transfer: timingsMs.transfer ?? 0,
  },
});

answerWith(async (wave) => {
  const report = await runCycle({
    settings: settingsFor(wave),
    apiKey: null,
    baseline: [],
    only: null,
    registration: false,
    deadlineMs: defaultLimits.deadlineMs,
  });
  return report.outcomes.map(measuredOf);
});
