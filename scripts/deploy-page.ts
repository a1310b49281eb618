import { readFile, writeFile } from 'node:fs/promises';
import {
  assumedUsage,
  type CostLine,
  followUpHour,
  lookHour,
  monthlyCost,
  totalUsd,
  worstIncidentHour,
} from '../src/metrics/cost.ts';
import { defaultPlatform } from './default-platform.ts';
import { aroundTheProbe, hangingHourUsd, optionCosts } from './pages/deployment-cost.ts';
import { dollars, quantity, table, withPart } from './pages/markdown.ts';
import { listOf, objectOf, textOf } from './template/intrinsics.ts';
import { everything, ofType, type Resource, stackWith, template } from './template/stack.ts';

export const deployPageFile = new URL('../docs/deploy.md', import.meta.url);

const parameterTable = (): readonly string[] =>
  table(
    ['parameter', 'default', 'meaning'],
    Object.entries(objectOf(template['Parameters'])).map(([name, parameter]) => {
      const { Default: value, AllowedValues: allowed, Description: description } = objectOf(parameter);
      const values = allowed === undefined ? '' : ` One of ${listOf(allowed).map(textOf).join(', ')}.`;
      const byDefault = value === undefined ? '**required**' : textOf(value) === '' ? 'empty' : `\`${textOf(value)}\``;
      return [`\`${name}\``, byDefault, `${textOf(description)}${values}`];
    }),
  );

const alarmTable = (): readonly string[] => {
  const stack = stackWith({ ...everything, RunbookUrl: '' });
  const alarms = [...ofType(stack, 'AWS::CloudWatch::Alarm'), ...ofType(stack, 'AWS::CloudWatch::CompositeAlarm')];
  const row = ({ properties }: Resource): readonly string[] => {
    const [description = '', anchor = ''] = textOf(properties['AlarmDescription']).split(' #');
    const topics = listOf(properties['AlarmActions']).map((topic) => textOf(topic).replace(/^<(.*)Topic>$/, '$1'));
    return [
      `[${textOf(properties['AlarmName']).replace('hokusai-synthetics-development-', '')}](runbook.md#${anchor})`,
      description,
      topics.join(', ').toLowerCase() || 'part of a composite',
      textOf(properties['TreatMissingData'] ?? 'does not apply'),
    ];
  };
  return table(['alarm', 'meaning', 'notifies', 'missing data'], alarms.map(row));
};

/** CloudWatch Synthetics for 30 days: the price of a run, and how many checks one canary makes. */
const canary = { runUsd: 0.0012, checks: 10, runs: 30 * 24 * 60 } as const;

/** Small amounts, which two decimals would round to nothing. */
const fineDollars = (usd: number): string => `$${usd.toPrecision(1)}`;

const costTable = (): readonly string[] => {
  const watched = { ...defaultPlatform, registration: true, detail: 'hosts' } as const;
  const probe = monthlyCost({ ...assumedUsage(true), ...watched });
  const around = aroundTheProbe(stackWith());
  const rows = (lines: readonly CostLine[]) =>
    lines.map(({ item, quantity: amount, usd }) => [item, quantity(amount), dollars(usd)]);
  const probes = defaultPlatform.targets.filter(({ enabled }) => enabled).length;
  const canaries = Math.ceil(probes / canary.checks);
  const managed = canaries * canary.runs * canary.runUsd;
  return [
    ...table(
      ['item', 'per month', 'US dollars'],
      [
        ...rows(probe),
        ['**the probe**', '', `**${dollars(totalUsd(probe))}**`],
        ...rows(around),
        ['**with alarms, dashboard and key**', '', `**${dollars(totalUsd([...probe, ...around]))}**`],
      ],
    ),
    '',
    `This assumes one cycle a minute, 730 hours, us-east-1 and no free tiers (the first ten alarms and three dashboards of an account are free). An hour of an incident adds ${dollars(worstIncidentHour(watched).usd)} at most, its follow-ups ${fineDollars(followUpHour(assumedUsage(true)).usd)}, and looking at it again ${dollars(lookHour(assumedUsage(true)).usd)}, in its first six hours and ${`\`RecheckHours\``} a month. A cycle every five minutes costs ${dollars(totalUsd(monthlyCost({ ...assumedUsage(true), ...watched, cyclesPerHour: 12 })))} instead of ${dollars(totalUsd(probe))}.`,
    '',
    'Options add:',
    '',
    ...table(
      ['option', 'for', 'US dollars'],
      optionCosts().map(({ option, what, usd, each }) => [
        option,
        what,
        each === 'month' ? `${dollars(usd)} a month` : `${fineDollars(usd)} each time`,
      ]),
    ),
    '',
    `Chat, the queue, the topics and mail to a few addresses cost less than a cent. An hour in which every cycle runs to its deadline adds ${dollars(hangingHourUsd)} for the function.`,
    '',
    `CloudWatch Synthetics, the managed alternative, costs $${canary.runUsd} for a run of at most ${canary.checks} checks. The ${probes} probes need ${canaries} canaries, which cost $${managed.toFixed(0)} for 30 days at one run a minute. The registration flow, metrics and alarms are not included. That is ${Math.round(managed / totalUsd(probe))} times the cost of the probe, and ${Math.round(managed / totalUsd([...probe, ...around]))} times the cost of everything. CloudWatch Synthetics has no metrics per failure mode, and a run that times out loses its results.`,
  ];
};

/** docs/deploy.md with its tables from the template and the price list. The rest is written by hand. */
export const deployPage = (page: string): string =>
  (
    [
      ['parameters', parameterTable()],
      ['alarms', alarmTable()],
      ['costs', costTable()],
    ] as const
  ).reduce((text, [name, lines]) => withPart(text, name, lines), page);

if (import.meta.main) await writeFile(deployPageFile, deployPage(await readFile(deployPageFile, 'utf8')));
