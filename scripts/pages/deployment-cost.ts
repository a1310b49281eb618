import { assumedUsage, type CostLine, lookHour, monthlyCost, totalUsd } from '../../src/metrics/cost.ts';
import { hoursPerMonth, usd } from '../../src/metrics/prices.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import { defaultPlatform } from '../default-platform.ts';
import { listOf, objectOf, textOf } from '../template/intrinsics.ts';
import { everything, ofType, type Resource, stackWith, template } from '../template/stack.ts';

const metricsOf = ({ properties }: Resource): number =>
  Math.max(1, listOf(properties['Metrics']).filter((metric) => JSON.stringify(metric).includes('MetricStat')).length);

/** The stack's cost apart from the probe, which src/metrics/cost.ts covers. */
export const aroundTheProbe = (stack: readonly Resource[]): readonly CostLine[] => {
  const alarmMetrics = ofType(stack, 'AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0);
  const line = (item: string, quantity: number, price: number): CostLine => ({ item, quantity, usd: quantity * price });
  return [
    line('metrics that alarms look at', alarmMetrics, usd.alarmMetric),
    line('composite alarms', ofType(stack, 'AWS::CloudWatch::CompositeAlarm').length, usd.compositeAlarm),
    line('dashboard', ofType(stack, 'AWS::CloudWatch::Dashboard').length, usd.dashboard),
    line('KMS key', ofType(stack, 'AWS::KMS::Key').length, usd.keyMonth),
  ];
};

const cycles = 60 * hoursPerMonth;
const gbSeconds = (seconds: number, memoryMb: number): number => seconds * (memoryMb / 1_024) * usd.lambdaGbSecond;

/** A secret that is read once in five minutes. */
const secretUsd = usd.secretMonth + 12 * hoursPerMonth * usd.secretCall;

/** The second probe has no key, no flow and one target. */
const inVpcUsd = (): number => {
  const targets = defaultPlatform.targets
    .filter(({ id }) => id === 'mlflow.internal')
    .map((target) => ({ ...target, enabled: true }));
  const probe = monthlyCost({ ...assumedUsage(false), targets, registration: false, detail: 'hosts' });
  const { VpcSubnetIds = '', VpcSecurityGroupId = '', VpcMlflowUrl = '' } = everything;
  const alarms = aroundTheProbe(stackWith({ VpcSubnetIds, VpcSecurityGroupId, VpcMlflowUrl }));
  return (
    totalUsd(probe.filter(({ item }) => !/secret/i.test(item))) +
    totalUsd(alarms) -
    totalUsd(aroundTheProbe(stackWith()))
  );
};

/** What an option adds, a month or each time. */
export interface OptionCost {
  readonly option: string;
  readonly what: string;
  readonly usd: number;
  readonly each: 'month' | 'time';
}

/** The template's default. */
const recheckHours = Number(textOf(objectOf(objectOf(template['Parameters'])['RecheckHours'])['Default']));

/** An hour in which the platform hangs and every cycle runs to its deadline. */
export const hangingHourUsd = gbSeconds((60 * defaultLimits.deadlineMs) / 1_000, 512);

export const optionCosts = (): readonly OptionCost[] => [
  {
    option: `\`RecheckHours=${recheckHours}\``,
    what: 'looking again at what fails, in a month with so many failing hours',
    usd: recheckHours * lookHour(assumedUsage(true)).usd,
    each: 'month',
  },
  { option: '`Tracing=on`', what: 'a trace of each cycle', usd: cycles * usd.trace, each: 'month' },
  {
    option: '`VpcSubnetIds`',
    what: 'cycles, series and alarms of the second function',
    usd: inVpcUsd(),
    each: 'month',
  },
  { option: '', what: 'a NAT gateway, if the VPC has none', usd: hoursPerMonth * usd.natGatewayHour, each: 'month' },
  {
    option: '',
    what: 'or an interface endpoint, each in one zone',
    usd: hoursPerMonth * usd.endpointHour,
    each: 'month',
  },
  {
    option: '`WebhookSecretArn`',
    what: 'a secret, read every five minutes during incidents',
    usd: secretUsd,
    each: 'month',
  },
  { option: '`HeartbeatSecretArn`', what: 'a secret, read every five minutes', usd: secretUsd, each: 'month' },
  {
    option: '`ApiKeyKmsKeyArn`',
    what: 'your own key, and its use',
    usd: usd.keyMonth + 12 * hoursPerMonth * usd.keyCall,
    each: 'month',
  },
  {
    option: '`DeployHook`',
    what: 'a deployment with a check of a minute',
    usd: gbSeconds(60, 512) + usd.lambdaRequest,
    each: 'time',
  },
  { option: '`Confirm=on`', what: 'a failing cycle that asks AWS', usd: gbSeconds(2, 512), each: 'time' },
  {
    option: 'the dashboard',
    what: 'a thousand views',
    usd: 1_000 * (gbSeconds(0.1, 256) + usd.lambdaRequest + usd.dynamoRead),
    each: 'time',
  },
  {
    option: 'acknowledging',
    what: 'a thousand times',
    usd: 1_000 * (gbSeconds(0.2, 256) + usd.lambdaRequest),
    each: 'time',
  },
];
