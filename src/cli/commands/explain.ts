import { Command } from 'commander';
import type { Settings } from '../../config/settings.ts';
import { assumedUsage } from '../../metrics/cost.ts';
import { renderMetricsExplanation } from '../../metrics/explain.ts';
import { failureModes, isFailureMode } from '../../model/failure-modes.ts';
import type { HttpTarget, Target } from '../../model/target.ts';
import { registrationHost, registrationSteps, stepIds } from '../../platform/flow-steps.ts';
import { followUpTargets } from '../../platform/follow-ups.ts';
import { hopLabels } from '../../platform/hops.ts';
import { hypothesisIds } from '../../platform/hypotheses.ts';
import { runbooks } from '../../platform/runbooks.ts';
import { duration } from '../../wording/time.ts';
import type { Context } from '../context.ts';
import { explainHost, hostCalled } from '../explain-host.ts';
import { explainHypothesis, isHypothesis, listHypotheses } from '../explain-hypothesis.ts';
import { configurationKeys, explainKey } from '../explain-key.ts';
import { explainMetric, metricNames } from '../explain-metric.ts';
import { explainFlow, explainStep, flowTitle, stepCalled } from '../explain-registration.ts';
import { explainScenario, listScenarios, scenarioIds } from '../explain-scenario.ts';
import { suggestions } from '../explain-unknown.ts';
import { judgementsOf, readPlace, settingsOf } from '../incident-place.ts';
import type { PlaceOptions } from '../own-command.ts';
import { notEmpty } from '../parse.ts';
import { print } from '../print.ts';
import { openPlace } from '../state-place.ts';
import { describeTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { keptOf, storyText } from './incidents-show.ts';

export const explainCommand = ({ exit }: Context): Command =>
  new Command('explain')
    .description(
      'explain an incident, a failure mode, a target, a host, a hypothesis, a scenario, the registration flow, one of its steps, a metric, or a configuration key',
    )
    .argument(
      '<subject>',
      'an incident, a failure mode, a target, a host, a hypothesis, a scenario of the sandbox, a step, a metric, a configuration key, or a list: "targets", "failure-modes", "hypotheses", "scenarios", "registration", "metrics", "configuration"',
      notEmpty,
    )
    .option('--config <file>', 'configuration file; default: the built-in targets', notEmpty)
    .option(
      '--state <place>',
      "where incidents and people's judgements are kept: a file or dynamodb:TABLE; default: a file in the user's state folder",
      notEmpty,
    )
    .option('--sandbox', 'an incident of watch --sandbox')
    .action(async (id: string, place: PlaceOptions) => {
      // Also where the subject needs no state: a wrong place is a mistake all the same.
      await openPlace(place.state, process.env);
      await print(await explain(id, place));
      exit(0);
    });

/** As incidents are named: `20261121-0257-registry`. */
const incidentPattern = /^\d{8}-\d{4}-./;

const explain = async (id: string, place: PlaceOptions): Promise<string> => {
  if (incidentPattern.test(id)) {
    const { state, settings } = await readPlace(place);
    return storyText(keptOf(id, state, settings), place);
  }
  const settings = await settingsOf(place);
  if (!isHypothesis(id)) return explainKnown(id, settings, place);
  const { width } = describeTerminal(process.stdout, process.env);
  return explainHypothesis(id, settings, { width, judgements: await judgementsOf(place) });
};

const explainKnown = (id: string, settings: Settings, place: PlaceOptions): string => {
  const list = Object.hasOwn(lists, id) ? lists[id] : undefined;
  if (list !== undefined) return list(settings);
  if (isFailureMode(id)) return explainMode(id);
  const step = stepCalled(id);
  if (step !== null) return explainStep(step);
  const target = [...settings.targets, ...followUpTargets(settings.targets)].find((candidate) => candidate.id === id);
  if (target !== undefined) return explainTarget(target);
  const host = hostCalled(id, settings);
  if (host !== null) return explainHost(host, settings, place);
  const scenario = explainScenario(id);
  if (scenario !== null) return scenario;
  const other = explainMetric(id) ?? explainKey(id);
  if (other !== null) return other;
  const close = suggestions(id, namesIn(settings));
  throw new UsageError(
    `explain ${id}: there is no such incident, failure mode, target, host, hypothesis, scenario, step, metric or configuration key; ${close.length === 0 ? `explain ${Object.keys(lists).join(', ')} and the command incidents list them` : `did you mean ${close.join(' or ')}?`}`,
  );
};

/** Everything that has a name, with its title. */
const namesIn = ({ targets }: Settings): readonly { readonly id: string; readonly title: string }[] => [
  ...stepIds.map((id) => ({ id, title: registrationSteps[id].title })),
  ...Object.entries(failureModes).map(([id, { meaning }]) => ({ id, title: meaning })),
  ...hypothesisIds.map((id) => ({ id, title: runbooks[id].title })),
  ...targets.map(({ id, title }) => ({ id, title })),
  ...scenarioIds.map((id) => ({ id, title: '' })),
  ...[...Object.keys(lists), ...new Set(targets.map(({ host }) => host)), ...metricNames].map((id) => ({
    id,
    title: '',
  })),
  ...configurationKeys.map(({ path }) => ({ id: path, title: '' })),
];

/** Names that list others. */
const lists: Readonly<Record<string, (settings: Settings) => string>> = {
  targets: (settings) => listTargets(settings),
  'failure-modes': () =>
    Object.entries(failureModes)
      .map(([name, { meaning }]) => `${name.padEnd(24)} ${meaning}\n`)
      .join(''),
  hypotheses: () => listHypotheses(),
  scenarios: () => listScenarios(),
  [registrationHost]: ({ registration }) => explainFlow(registration),
  metrics: (settings) => explainMetrics(settings),
  configuration: () =>
    configurationKeys
      .map(({ path, help }) => `${path.padEnd(30)} ${help}`.trimEnd())
      .map((line) => `${line}\n`)
      .join(''),
};

const explainMetrics = ({ targets, registration, metrics }: Settings): string => {
  const usage = { ...assumedUsage(registration.enabled), targets, registration: registration.enabled };
  return renderMetricsExplanation({ ...usage, detail: metrics.detail }, metrics.namespace);
};

const listTargets = ({ targets, registration, followUp }: Settings): string =>
  [
    ...targets,
    ...followUpTargets(targets).map((one) => ({ ...one, enabled: followUp })),
    { id: registrationHost, title: flowTitle, enabled: registration.enabled },
  ]
    .map(({ id, title, enabled }) => `${enabled ? ' ' : '-'} ${id.padEnd(42)} ${title}\n`)
    .join('');

const explainMode = (id: keyof typeof failureModes): string => {
  const { phase, meaning, look } = failureModes[id];
  return `${id}: ${meaning}\n  seen in phase ${phase}\n  look at: ${look}\n`;
};

const explainTarget = (target: Target): string =>
  [
    `${target.id}: ${target.title}${target.enabled ? '' : ' (switched off)'}`,
    `  request: ${whatIsAsked(target)}, within ${duration(target.timeoutMs)}`,
    ...(target.kind === 'http' ? [`  healthy: ${healthy(target)}`] : []),
    `  path: client → ${target.hops.map((hop) => hopLabels[hop]).join(' → ')}`,
    ...(target.followUp === undefined ? [] : ['  a follow-up: sent only where its answer decides between causes']),
    ...(target.after.length === 0
      ? []
      : [`  sent only after ${target.after.join(', ')}, alone, and not while that fails behind the API`]),
    '',
  ].join('\n');

const whatIsAsked = (target: Target): string => {
  switch (target.kind) {
    case 'http':
      return `${target.method} ${target.url}, key: ${target.auth}`;
    case 'dns':
      return `the addresses of ${target.name}${target.balancer === null ? '' : `; a chain of names must end at ${target.balancer}`}`;
    case 'tls':
      return `a TLS handshake with each address of ${target.name}:${target.port}; degraded below ${target.certificateDays} days`;
  }
};

const healthy = ({ expect }: HttpTarget): string =>
  [
    `status ${expect.status.join(', ')}`,
    ...(expect.redirectToHttps === true ? ['a redirect to https on the same host and path'] : []),
    ...(expect.preflight === undefined ? [] : [`a preflight that allows ${expect.preflight.origin}`]),
    ...(expect.body.kind === 'any' ? [] : [`body: ${Object.values(expect.body).join(' ')}`]),
    ...(expect.version === undefined ? [] : [`version ${expect.version}`]),
    ...(expect.answeredBy === undefined ? [] : [`answered by ${expect.answeredBy.join(' or ')}`]),
    ...(expect.alsoHealthy === undefined
      ? []
      : [`or ${expect.alsoHealthy.status} by ${expect.alsoHealthy.answeredBy}`]),
  ].join('; ');
