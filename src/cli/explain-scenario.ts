import { failureModes } from '../model/failure-modes.ts';
import { runbooks } from '../platform/runbooks.ts';
import { faults } from '../sandbox/faults/faults.ts';
import { isHypothesis } from './explain-hypothesis.ts';
import { ownCommand } from './own-command.ts';

/** Ids of the sandbox's faults. */
export const scenarioIds = Object.keys(faults);

/** Every fault of the sandbox, a line each. */
export const listScenarios = (): string => {
  const width = Math.max(...scenarioIds.map((id) => id.length));
  return scenarioIds.map((id) => `${id.padEnd(width)}  ${faults[id]?.title ?? ''}\n`).join('');
};

/** A fault of the sandbox: what it breaks, what it shows, and how to see it. Null: there is none with this id. */
export const explainScenario = (id: string): string | null => {
  const fault = Object.hasOwn(faults, id) ? faults[id] : undefined;
  if (fault === undefined) return null;
  const { title, causes, shows, verdicts = ['failing'], needsStandIn } = fault;
  const check = ['check', '--sandbox', '--scenario', id];
  return [
    `${id}: ${title}`,
    '  a fault of the sandbox (sandbox --list)',
    `  verdict: ${verdicts.join(' or ')}`,
    ...(shows.length === 0 ? ['  the probes do not see it'] : ['  shows:']),
    ...shows.map(
      (mode) => `    ${mode.padEnd(Math.max(...shows.map(({ length }) => length)))}  ${failureModes[mode].meaning}`,
    ),
    ...(causes.length === 0
      ? ['  outside the catalogue of hypotheses: the diagnosis must name no known cause']
      : ['  cause:']),
    ...causes.map((cause) => `    ${cause}  ${isHypothesis(cause) ? runbooks[cause].title : ''}`.trimEnd()),
    ...(needsStandIn === true ? ['  not together with --mlflow: it changes the stand-in of MLflow'] : []),
    `  to see it: ${ownCommand(check, {})}`,
    '',
  ].join('\n');
};
