import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { runbookFile } from '../../scripts/runbook-page.ts';
import { listOf, objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import { everything, ofType, stackWith, template, templateText } from '../../scripts/template/stack.ts';
import { metricsFromReport } from '../../src/metrics/from-report.ts';
import type { Outcome, Status } from '../../src/model/report.ts';
import { type Aspect, aspectOf } from '../../src/model/target.ts';
import { hostRoles } from '../../src/platform/hosts.ts';
import { targets } from '../diagnose/observations.ts';
import { flow, outcome, report, step, stepsWith, stoppedAt } from '../metrics/reports.ts';
import { type Cycle, childrenOf, inAlarm, ofCycles, statesAfter, told } from './evaluate.ts';
import { publishedInVpc, publishedSeries } from './published.ts';
import { unknownMetric, watchedBy } from './watching.ts';

const stack = stackWith(everything);
const alarms = ofType(stack, 'AWS::CloudWatch::Alarm');
const composites = ofType(stack, 'AWS::CloudWatch::CompositeAlarm');

describe('the alarms', () => {
  test('use published metrics, with exactly their dimensions', () => {
    const published = [...publishedSeries, ...publishedInVpc];

    const unknown = alarms.flatMap((alarm) =>
      watchedBy(alarm).flatMap((watched) => unknownMetric(watched, published) ?? []),
    );

    expect(unknown).toEqual([]);
  });

  test('define missing data, each with a reason next to it', () => {
    expect(alarms.filter(({ properties }) => properties['TreatMissingData'] === undefined)).toEqual([]);
    const lines = templateText.split('\n');
    const bare = lines.filter(
      (line, index) => line.includes('TreatMissingData:') && !(lines[index - 1] ?? '').trim().startsWith('#'),
    );

    expect(bare).toEqual([]);
  });

  test("end with a link to their chapter of the runbook, within CloudWatch's length limit", async () => {
    const chapters = [...(await readFile(runbookFile, 'utf8')).matchAll(/^### (.+)$/gm)].map(([, title]) => title);

    for (const { name, properties } of [...alarms, ...composites]) {
      const description = textOf(properties['AlarmDescription']);
      const anchor = /https:\/\/docs\.hokus\.test\/runbook\.md#([\w-]+)$/.exec(description)?.[1];
      expect(chapters, name).toContain(anchor);
      expect(description.length, name).toBeLessThanOrEqual(1_024);
    }
  });

  test('notify someone, or are part of a composite that does', () => {
    const children = new Set(composites.flatMap(({ properties }) => childrenOf(textOf(properties['AlarmRule']))));
    const silent = [...alarms, ...composites].filter(
      ({ name, properties }) => listOf(properties['AlarmActions']).length === 0 && !children.has(name),
    );
    const twice = alarms.filter(
      ({ name, properties }) => properties['AlarmActions'] !== undefined && children.has(name),
    );

    expect(silent).toEqual([]);
    expect(twice).toEqual([]);
  });

  test('say that they are over only where people wait for that: each OK action is a message from every new stack', () => {
    const over = [...alarms, ...composites].filter(({ properties }) => properties['OKActions'] !== undefined);

    expect(over.map(({ name }) => name)).toEqual([
      'HeartbeatMissing',
      'HeartbeatInVpcMissing',
      'MlflowInVpcUnavailable',
      'PlatformDown',
      'RegistrationBroken',
      'HostUnavailable',
    ]);
  });

  test('about missing heartbeats are created after what makes the heartbeats', () => {
    const resources = objectOf(template['Resources']);
    const createdAfter = (name: string) => listOf(objectOf(resources[name])['DependsOn']).map(textOf);

    // SAM names a function's schedule after the function and its event.
    expect(createdAfter('HeartbeatMissing')).toContain('ProbeFunctionEachCycle');
    expect(createdAfter('HeartbeatInVpcMissing')).toContain('ProbeInVpcFunctionEachCycle');
  });

  test('about dead letters follow new messages: one that waits for a day must not hide the next', () => {
    expect(alarms.find(({ name }) => name === 'DeadLettersWaiting')?.properties).toMatchObject({
      MetricName: 'NumberOfMessagesSent',
      Statistic: 'Sum',
    });
  });

  test('composites use existing alarms only', () => {
    const names = new Set([...alarms, ...composites].map(({ name }) => name));
    for (const { name, properties } of composites) {
      const children = childrenOf(textOf(properties['AlarmRule']));
      expect(children.length, name).toBeGreaterThan(0);
      expect(children.length, name).toBeLessThanOrEqual(100);
      expect(children.filter((child) => !names.has(child))).toEqual([]);
    }
  });

  test('look back at most a day for any schedule: CloudWatch allows no more', () => {
    const cycles = objectOf(objectOf(template['Parameters'])['CycleMinutes'])['AllowedValues'];
    for (const CycleMinutes of listOf(cycles)) {
      for (const { name, properties } of ofType(stackWith({ CycleMinutes }), 'AWS::CloudWatch::Alarm')) {
        const period = Number(properties['Period'] ?? 900);
        expect(period * Number(properties['EvaluationPeriods']), `${name} ${CycleMinutes}`).toBeLessThanOrEqual(86_400);
        expect(period % 60, name).toBe(0);
      }
    }
  });

  test('ignore the platform when the function alone sends messages', () => {
    const silenced = stackWith({ PlatformAlarms: 'silent' });

    expect(told(inAlarm([platformDown, platformDown], silenced), silenced)).toEqual([]);
    expect(told(inAlarm([null, null, null], silenced), silenced)).toContain('HeartbeatMissing <OperationalTopic>');
  });
});

type StatusOf = (host: string, aspect: Aspect) => Status;

const probed = (statusOf: StatusOf): readonly Outcome[] =>
  targets
    .filter(({ enabled }) => enabled)
    .map((target) => {
      const { id, host } = target;
      const status = statusOf(host, aspectOf(target));
      const failureMode = status === 'pass' ? null : 'connect-timeout';
      return outcome(id, status, { host, aspect: aspectOf(target), failureMode });
    });

const cycleOf = (statusOf: StatusOf, registration = flow(stepsWith([]))): Cycle =>
  metricsFromReport(report(probed(statusOf), { registration }), 'hosts');

const failingFlow = flow(stoppedAt(step('credentials', 'fail', { failureMode: 'connect-timeout' })));
const unknownFlow = flow(stoppedAt(step('credentials', 'inconclusive', { failureMode: 'deadline-exceeded' })));

const healthy = cycleOf(() => 'pass');
const registrationFails = cycleOf(() => 'pass', failingFlow);
const registryDown = cycleOf((host) => (host === 'registry' ? 'fail' : 'pass'), failingFlow);
const platformDown = cycleOf(() => 'fail', failingFlow);
const outOfTime = cycleOf(() => 'inconclusive', unknownFlow);

describe('the messages of the alarms', () => {
  const toldAfter = (...cycles: readonly Cycle[]): readonly string[] => {
    const deployed = stackWith();
    return told(inAlarm(cycles, deployed), deployed);
  };

  test('are none for a healthy platform or one bad cycle', () => {
    expect(toldAfter(healthy, healthy, healthy)).toEqual([]);
    expect(toldAfter(healthy, platformDown, healthy)).toEqual([]);
  });

  test('about broken registration go to the critical topic', () => {
    expect(toldAfter(healthy, registrationFails, registrationFails)).toEqual(['RegistrationBroken <CriticalTopic>']);
  });

  test('about an unreachable registry are two: one for the host, one for the effect', () => {
    expect(toldAfter(registryDown, registryDown)).toEqual([
      'RegistrationBroken <CriticalTopic>',
      'HostUnavailable <WarningTopic>',
    ]);
  });

  test.each(hostRoles)(
    'are sent for %s when it serves nothing, even if its name, certificate and redirect work',
    (role) => {
      const down = cycleOf((host, aspect) => (host === role && aspect === 'answer' ? 'fail' : 'pass'));

      expect(toldAfter(down, down)).toEqual(['HostUnavailable <WarningTopic>']);
    },
  );

  test.each(['name', 'redirect'] as const)('are left to the function when only %s of a host fails', (aspect) => {
    const broken = cycleOf((host, what) => (host === 'platform' && what === aspect ? 'fail' : 'pass'));

    expect(toldAfter(broken, broken, broken)).toEqual([]);
  });

  test('are one for a platform that is completely down, not seven', () => {
    expect(toldAfter(platformDown, platformDown)).toEqual(['PlatformDown <CriticalTopic>']);
  });

  test('about a monitor that ends no cycle go to the operational topic, and other alarms keep their state', () => {
    expect(toldAfter(healthy, null, null, null)).toEqual(['HeartbeatMissing <OperationalTopic>']);
    expect(toldAfter(registrationFails, registrationFails, null, null, null, null)).toEqual([
      'HeartbeatMissing <OperationalTopic>',
      'RegistrationBroken <CriticalTopic>',
    ]);
  });

  test('about cycles that run out of time call the monitor blind, not the platform failing', () => {
    expect(toldAfter(outOfTime, outOfTime, outOfTime)).toEqual(['MonitorBlind <OperationalTopic>']);
  });

  test('end an alarm after two good cycles of three', () => {
    expect(toldAfter(platformDown, platformDown, healthy, healthy)).toEqual([]);
  });
});

describe('whatever range CloudWatch evaluates', () => {
  const sending = (troubles: readonly string[]): Cycle =>
    metricsFromReport(report(probed(() => 'pass')), 'hosts', { open: [], news: [], sent: 0, waiting: 0, troubles });
  const refused = sending(['a topic that is gone']);
  const ranges = [0, 1, 2, 3, 5, 10];

  const statesOf = (name: string, cycles: readonly Cycle[], extra: number) => {
    const alarm = ofCycles(stackWith()).find((one) => one.name === name);
    return alarm === undefined ? [] : statesAfter(cycles, alarm, extra);
  };

  test.each(ranges)(
    'the heartbeat alarm starts after three cycles that did not end, and not earlier (+%i)',
    (extra) => {
      const quiet = [...Array<Cycle>(12).fill(healthy), null, null, null, null];

      expect(statesOf('HeartbeatMissing', quiet, extra).slice(-4)).toEqual(['OK', 'OK', 'ALARM', 'ALARM']);
      expect(statesOf('HeartbeatMissing', [healthy, null, null, healthy, null, null, healthy], extra)).not.toContain(
        'ALARM',
      );
      expect(statesOf('HeartbeatMissing', [...quiet, healthy], extra).at(-1)).toBe('OK');
    },
  );

  test.each(ranges)('two refused messages far apart are not “2 of 3”, and two in three cycles are (+%i)', (extra) => {
    const apart = [healthy, refused, healthy, healthy, healthy, healthy, refused, healthy, healthy, healthy];

    expect(statesOf('MessagesNotSent', apart, extra)).not.toContain('ALARM');
    expect(statesOf('MessagesNotSent', [healthy, refused, healthy, refused], extra).at(-1)).toBe('ALARM');
    expect(statesOf('MessagesNotSent', [refused, refused, healthy, healthy], extra).at(-1)).toBe('OK');
  });

  test.each(ranges)('the alarm about a blind monitor needs three of five cycles (+%i)', (extra) => {
    const rare = [outOfTime, healthy, healthy, healthy, outOfTime, healthy, healthy, healthy, outOfTime, healthy];

    expect(statesOf('MonitorBlind', rare, extra)).not.toContain('ALARM');
    expect(statesOf('MonitorBlind', [healthy, outOfTime, healthy, outOfTime, outOfTime], extra).at(-1)).toBe('ALARM');
  });

  test.each(ranges)('a cycle whose metrics arrive late changes no alarm (+%i)', (extra) => {
    const known = [healthy, healthy, healthy, healthy, healthy];
    for (const { name } of ofCycles(stackWith())) {
      expect(statesOf(name, [...known, null], extra).at(-1), name).toBe(statesOf(name, known, extra).at(-1));
    }
    expect(statesOf('MessagesNotSent', [healthy, refused, refused, null], extra).at(-1)).toBe('ALARM');
  });
});
