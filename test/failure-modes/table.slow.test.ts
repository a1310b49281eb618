import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { failureModesPage, failureModesPageFile } from '../../scripts/failure-modes-page.ts';
import {
  alarmsOfMode,
  consequenceOf,
  failureTable,
  isReason,
  ofWholeHosts,
  type RequestKind,
  requestKinds,
} from '../../scripts/pages/failure-table.ts';
import { stackWith } from '../../scripts/template/stack.ts';
import type { MetricDatum } from '../../src/metrics/catalogue.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { failureModes } from '../../src/model/failure-modes.ts';
import type { Report, Status } from '../../src/model/report.ts';
import { type Checked, checkOn, checkWith, overTls, type Stage } from '../support/stage.ts';
import { inAlarm, told } from '../template/evaluate.ts';
import { exhaustedProber } from './exhausted-prober.ts';
import { sceneOf, targetOf } from './scenes.ts';

const modes = Object.keys(failureModes) as readonly FailureMode[];
const kinds = Object.keys(requestKinds) as readonly RequestKind[];

const cells = modes.flatMap((mode) =>
  kinds.flatMap((kind) => {
    const cell = failureTable[mode][kind];
    return isReason(cell) ? [] : [{ mode, kind, cell }];
  }),
);

const run = (mode: FailureMode, kind: RequestKind): Promise<Checked> => {
  if (mode === 'probe-error') return exhaustedProber();
  const scene = sceneOf(mode, kind);
  if (scene.on === 'sandbox') return checkWith(['--sandbox', '--target', 'registration', ...scene.flags]);
  const { stage, target = targetOf[kind], configuration = {}, flags = [] } = scene;
  return checkOn(stage, { targets: [target], configuration, flags });
};

/** What was asked, as it was judged. */
const judged = (
  { outcomes, registration }: Report,
  kind: RequestKind,
): readonly (readonly [FailureMode | null, Status])[] => {
  const of = ({ failureMode, status }: { failureMode: FailureMode | null; status: Status }) =>
    [failureMode, status] as const;
  if (kind === 'step') return (registration?.steps ?? []).map(of);
  if (kind === 'clean-up') return registration === null ? [] : [of(registration.cleanup)];
  return outcomes.map(of);
};

const readingOf = (data: readonly MetricDatum[], wanted: string): string => {
  const [name = '', ...value] = wanted.split(' ');
  const found = data.filter((datum) => datum.name === name);
  const values = found.flatMap(({ values: some }) => some);
  const above = value[0] === '>' && values.some((one) => one > Number(value[1]));
  return above ? wanted : `${name} ${[...new Set(values)].join(' ')}`;
};

const stack = stackWith();

/** Whom CloudWatch tells, when it goes on. */
const alarmsOf = (data: readonly MetricDatum[]): readonly string[] =>
  told(inAlarm(Array(5).fill(data), stack), stack).map((line) =>
    line.replace(/<(\w+)Topic>/, (_, topic: string) => topic.toLowerCase()),
  );

it('docs/failure-modes.md is up to date', async () => {
  expect(await readFile(failureModesPageFile, 'utf8')).toBe(failureModesPage());
});

describe.concurrent('each failure mode on each kind of request, in the built command line', () => {
  it.each(cells)('$mode on $kind', async ({ mode, kind, cell }) => {
    const { exitCode, verdict, metrics, alarms } = consequenceOf(kind, cell);

    const checked = await run(mode, kind);

    expect(judged(checked.report, kind)).toContainEqual([mode, cell]);
    expect([checked.exitCode, checked.report.verdict]).toEqual([exitCode, verdict]);
    const data = metricsFromReport({ ...checked.report, environment: 'development' }, 'hosts');
    expect(metrics.map((metric) => readingOf(data, metric))).toEqual(metrics);
    expect(data.some(({ name, dimensions }) => name === 'Failures' && dimensions.FailureMode === mode)).toBe(true);
    const ofMode = kind === 'step' ? undefined : alarmsOfMode[mode];
    expect(alarmsOf(data).toSorted()).toEqual([...alarms, ...(ofMode === undefined ? [] : [ofMode])].toSorted());
  });
});

/** A name that resolves, and a redirect that works beside a certificate that has expired, must not keep the alarm silent. */
describe.concurrent('a mode on all requests of a host raises an alarm', () => {
  it.each(ofWholeHosts)('%s', async (mode) => {
    const scene = sceneOf(mode, 'http');
    if (scene.on === 'sandbox') throw new Error(`${mode} is nothing that a host can show by itself`);
    const { stage, configuration = {} } = scene;

    const { exitCode, report } = await checkOn(stage, { targets: ['platform'], configuration });

    expect(exitCode).toBe(1);
    expect(alarmsOf(metricsFromReport(report, 'hosts'))).toContain('HostUnavailable warning');
  });
});

describe('a certificate on several addresses, some of which work', () => {
  const stage: Stage = {
    names: { 'platform.hokus.ai': { kind: 'addresses', addresses: ['127.0.0.9', '127.0.0.1'] } },
    https: ({ certificate }) => overTls(certificate, () => undefined),
    http: () => 'closed',
  };

  it('is degraded, exits with 0 and raises no alarm', async () => {
    const { exitCode, report } = await checkOn(stage, { targets: ['platform.certificate'] });

    expect([exitCode, report.verdict]).toEqual([0, 'degraded']);
    expect(report.outcomes[0]).toMatchObject({ status: 'degraded', failureMode: 'connect-refused' });
    expect(report.outcomes[0]?.evidence.addresses.map(({ status }) => status)).toEqual(['fail', 'pass']);
    expect(alarmsOf(metricsFromReport(report, 'hosts'))).toEqual([]);
  });

  it('fails a check that runs with --fail-on degraded', async () => {
    const { exitCode } = await checkOn(stage, { targets: ['platform.certificate'], flags: ['--fail-on', 'degraded'] });

    expect(exitCode).toBe(1);
  });
});
