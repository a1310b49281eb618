import { createRedactor } from '../../src/config/redact.ts';
import type { Affected, IncidentEvent, IncidentView, PathHop } from '../../src/model/incident.ts';
import type { Setting } from '../../src/notify/setting.ts';
import type { Hop } from '../../src/platform/hops.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';

/** The incidents of these tests are what cycles against the sandbox found, copied by hand. */
export const setting: Setting = {
  links: {
    dashboard:
      'https://console.aws.amazon.com/cloudwatch/home?region=us-east-1#dashboards/dashboard/hokusai-synthetics',
    runbook: 'https://wiki.hokus.ai/runbooks/registry',
    log: null,
  },
  hosts: defaultHosts,
  redact: createRedactor(['hk_test_0123456789abcdefghijklmn']),
  reach: { config: null, state: 'dynamodb:hokusai-synthetics-development' },
};

const pathOf = (...states: readonly (readonly [Hop, PathHop['state']])[]): readonly PathHop[] =>
  states.map(([hop, state]) => ({ hop, state }));

const front = pathOf(
  ['dns', 'works'],
  ['listener', 'works'],
  ['tls', 'works'],
  ['rule', 'works'],
  ['target-group', 'works'],
);

export const failing = (
  ids: readonly string[],
  failureMode: Affected['failureMode'],
  summary: string,
): readonly Affected[] =>
  ids.map((id) => {
    const prefix = id.split('.')[0] ?? id;
    return { id, host: prefix === 'registration' ? 'registry' : prefix, status: 'fail', failureMode, summary };
  });

const proxied = failing(
  [
    'registration.credentials',
    'registry.mlflow-proxy-health',
    'registry.mlflow-proxy-search',
    'registry.mlflow-proxy-search-x-api-key',
  ],
  'upstream-unreachable',
  '502 by the application: Failed to connect to MLflow server at http://mlflow.hokusai.local:5000',
);

const viewOf = (view: Partial<IncidentView> & Pick<IncidentView, 'causes' | 'affected'>): IncidentView => ({
  id: '20261121-0257-registry',
  environment: 'development',
  startedAt: '2026-11-21T02:57:12.000Z',
  openedAt: '2026-11-21T02:58:12.000Z',
  resolvedAt: null,
  failingCycles: 2,
  returns: 0,
  history: [{ at: '2026-11-21T02:57:12.000Z', causes: view.causes.map(({ id }) => id) }],
  everAffected: view.affected.map(({ id }) => id),
  deployment: null,
  acknowledged: null,
  notRuledOut: [],
  hosts: null,
  path: [],
  affectedCount: view.affected.length,
  severity: 'critical',
  ...view,
});

/** `--scenario mlflow-stopped` */
export const mlflowDown = viewOf({
  causes: [{ id: 'mlflow-service-unhealthy', probability: 0.998 }],
  path: [
    ...front,
    ...pathOf(
      ['api', 'works'],
      ['key-check', 'works'],
      ['proxy-route', 'works'],
      ['service-discovery', 'unseen'],
      ['mlflow', 'broken'],
      ['database', 'not-reached'],
    ),
  ],
  affected: [
    ...proxied,
    ...failing(
      ['registry.mlflow-ui', 'mlflow.root', 'mlflow.health', 'mlflow.version'],
      'lb-bad-gateway',
      '502 by the balancer: 502 Bad Gateway',
    ),
  ],
});

/** `--scenario discovery-record-deleted` */
const discoveryOrAddress = viewOf({
  causes: [
    { id: 'service-discovery-broken', probability: 0.816 },
    { id: 'mlflow-unreachable-from-api', probability: 0.184 },
  ],
  path: [
    ...front,
    ...pathOf(
      ['api', 'works'],
      ['key-check', 'works'],
      ['proxy-route', 'works'],
      ['service-discovery', 'broken'],
      ['mlflow', 'works'],
      ['database', 'not-reached'],
    ),
  ],
  affected: proxied,
  deployment: { from: '1.4.1', to: '1.4.2', at: '2026-11-21T02:55:10.000Z' },
});

/** `--scenario registry-resets-connections` */
const unexplained = viewOf({
  causes: [],
  affected: [
    ...failing(
      ['registration.credentials', 'registry.health', 'registry.certificate'],
      'connect-reset',
      'the connection is reset before a byte came back: read ECONNRESET',
    ),
    ...failing(
      [
        'registry.root',
        'registry.mlflow-proxy',
        'registry.mlflow-proxy-health',
        'registry.mlflow-proxy-version',
        'registry.mlflow-proxy-search',
        'registry.mlflow-proxy-search-x-api-key',
        'registry.mlflow-proxy-search-no-key',
        'registry.mlflow-proxy-search-made-up-key',
        'registry.mlflow-api-search',
        'registry.mlflow-ui',
        'registry.cors-preflight',
      ],
      'connect-reset',
      'the connection is reset before a byte came back: connect ECONNRESET 10.0.3.219:443',
    ),
    ...failing(
      ['registry.api-health'],
      'tls-handshake-failed',
      'the handshake fails: Client network socket disconnected before secure TLS connection was established',
    ),
  ],
});

/** `--scenario api-tasks-stopped` */
export const apiDown = viewOf({
  causes: [
    { id: 'api-service-unhealthy', probability: 0.451 },
    { id: 'backend-tls-mismatch', probability: 0.361 },
    { id: 'health-check-mismatch', probability: 0.188 },
  ],
  hosts: ['registry', 'api'],
  path: [
    ...front.slice(0, 4),
    ...pathOf(
      ['target-group', 'suspect'],
      ['api', 'suspect'],
      ['key-check', 'not-reached'],
      ['proxy-route', 'not-reached'],
      ['service-discovery', 'not-reached'],
      ['mlflow', 'works'],
      ['database', 'not-reached'],
    ),
  ],
  affected: failing(
    [
      'registration.credentials',
      'registry.root',
      'registry.health',
      'registry.api-health',
      'registry.mlflow-proxy',
      'registry.mlflow-proxy-health',
      'registry.mlflow-proxy-version',
      'registry.mlflow-proxy-search',
      'registry.mlflow-proxy-search-x-api-key',
      'registry.mlflow-proxy-search-no-key',
      'registry.mlflow-proxy-search-made-up-key',
      'registry.mlflow-api-search',
      'registry.cors-preflight',
      'api.root',
      'api.health',
      'api.v1-health',
    ],
    'lb-bad-gateway',
    '502 by the balancer: 502 Bad Gateway',
  ),
});

/** `--scenario registry-certificate-expires-soon` */
const certificateEndsSoon = viewOf({
  causes: [{ id: 'tls-certificate-invalid', probability: 0.93 }],
  hosts: ['registry'],
  severity: 'notice',
  path: pathOf(['dns', 'works'], ['listener', 'works'], ['tls', 'broken']),
  affected: [
    {
      id: 'registry.certificate',
      host: 'registry',
      status: 'degraded',
      failureMode: 'tls-expires-soon',
      summary: 'the certificate expires soon: in 9 days',
    },
  ],
});

const common = (view: IncidentView, at: string, number: number) => ({
  id: `${view.environment}.${view.id}.${number}`,
  subject: view.id,
  environment: view.environment,
  at,
  incident: view,
});

const own = (at: string, what: string) => ({
  id: `development.monitor.${at.replaceAll(/[^0-9]/g, '')}-${what}`,
  subject: 'monitor',
  environment: 'development',
  at,
});

const firstSupposed = { at: '2026-11-21T02:57:12.000Z', causes: discoveryOrAddress.causes.map(({ id }) => id) };

/** One of each kind of news, named as the files that show what is said of it. */
export const events: Readonly<Record<string, IncidentEvent>> = {
  'opened-match': { ...common(mlflowDown, '2026-11-21T02:58:12.000Z', 1), kind: 'opened' },
  'opened-tie': { ...common(discoveryOrAddress, '2026-11-21T02:58:12.000Z', 1), kind: 'opened' },
  'opened-unexplained': { ...common(unexplained, '2026-11-21T02:58:12.000Z', 1), kind: 'opened' },
  'opened-two-hosts': { ...common(apiDown, '2026-11-21T02:58:12.000Z', 1), kind: 'opened' },
  'opened-notice': { ...common(certificateEndsSoon, '2026-11-21T02:58:12.000Z', 1), kind: 'opened' },
  'updated-moved': {
    ...common(
      {
        ...mlflowDown,
        failingCycles: 9,
        history: [firstSupposed, { at: '2026-11-21T03:04:12.000Z', causes: ['mlflow-service-unhealthy'] }],
      },
      '2026-11-21T03:05:12.000Z',
      2,
    ),
    kind: 'updated',
    change: { kind: 'moved', from: firstSupposed.causes },
  },
  'updated-narrowed': {
    ...common(
      {
        ...discoveryOrAddress,
        causes: [{ id: 'service-discovery-broken', probability: 0.972 }],
        notRuledOut: [{ id: 'mlflow-unreachable-from-api', probability: 0.021 }],
        failingCycles: 5,
        history: [firstSupposed, { at: '2026-11-21T03:00:12.000Z', causes: ['service-discovery-broken'] }],
      },
      '2026-11-21T03:01:12.000Z',
      2,
    ),
    kind: 'updated',
    change: { kind: 'narrowed', from: firstSupposed.causes },
  },
  'updated-worse': {
    ...common({ ...mlflowDown, failingCycles: 6 }, '2026-11-21T03:02:12.000Z', 2),
    kind: 'updated',
    change: { kind: 'worse', from: 'warning' },
  },
  'updated-returned': {
    ...common({ ...mlflowDown, failingCycles: 14, returns: 1 }, '2026-11-21T03:20:12.000Z', 4),
    kind: 'updated',
    change: { kind: 'returned', resolvedAt: '2026-11-21T03:08:12.000Z' },
  },
  reminded: {
    ...common({ ...discoveryOrAddress, failingCycles: 121 }, '2026-11-21T04:58:12.000Z', 2),
    kind: 'reminded',
  },
  resolved: {
    ...common(
      { ...discoveryOrAddress, failingCycles: 47, returns: 1, resolvedAt: '2026-11-21T03:44:12.000Z' },
      '2026-11-21T03:44:12.000Z',
      3,
    ),
    kind: 'resolved',
  },
  'monitor-blind': {
    ...own('2026-11-21T02:58:12.000Z', 'blind'),
    kind: 'monitor-blind',
    since: '2026-11-21T02:57:12.000Z',
  },
  'monitor-sees': {
    ...own('2026-11-21T03:22:12.000Z', 'sees'),
    kind: 'monitor-sees',
    since: '2026-11-21T02:57:12.000Z',
  },
  'mute-ended': {
    ...own('2026-11-21T03:00:12.000Z', 'mute-1'),
    kind: 'mute-ended',
    mute: { what: { host: 'mlflow' }, until: '2026-11-21T03:00:00.000Z', reason: 'MLflow is moved to 3.17 by hand' },
    open: ['20261121-0241-mlflow', '20261121-0243-registry'],
  },
  'mute-ended-quietly': {
    ...own('2026-11-21T03:00:12.000Z', 'mute-1'),
    kind: 'mute-ended',
    mute: { what: { hypothesis: 'rate-limited' }, until: '2026-11-21T03:00:00.000Z', reason: null },
    open: [],
  },
  'state-lost': {
    ...own('2026-11-21T03:00:12.000Z', 'lost'),
    kind: 'state-lost',
    reason: 'Unexpected end of JSON input at line 1, column 20481',
    keptAs: 'development#unreadable-20261121T030012Z',
  },
};
