import type { RegistrationSettings } from '../config/settings.ts';
import {
  registrationHost,
  registrationSteps,
  type StepId,
  type StepInfo,
  stepIds,
  stepTarget,
  undoneBy,
} from '../platform/flow-steps.ts';
import { hopLabels } from '../platform/hops.ts';

const infoOf = (id: StepId): StepInfo => registrationSteps[id];

/** The flow's line in `explain targets`. */
export const flowTitle = `the model-registration flow, ${stepIds.length} steps (explain ${registrationHost})`;

/** The step with this id, with or without the flow's name as a prefix; null: there is none. */
export const stepCalled = (name: string): StepId | null =>
  stepIds.find((id) => name === id || name === stepTarget(id)) ?? null;

export const explainFlow = ({
  enabled,
  through,
  cleanupThrough,
  experiment,
  workspace,
  modelPrefix,
}: RegistrationSettings): string =>
  [
    `${registrationHost}: registers a tiny model as a user's client does, reads it back, and deletes it${enabled ? '' : ' (switched off)'}`,
    `  base URL: ${through}, with the key`,
    `  deletes there too; if the bodies of DELETE get lost on the way, through: ${cleanupThrough.length === 0 ? 'nothing else' : cleanupThrough.join(', ')}`,
    `  experiment: ${experiment}; models: ${modelPrefix}-…${workspace === null ? '' : `; workspace: ${workspace}`}`,
    '  steps, in this order; if one fails, the steps that need it are skipped:',
    ...stepIds.map((id, index) => `    ${`${index + 1}`.padStart(2)} ${id.padEnd(26)} ${infoOf(id).title}`),
    '  at the end, in any case: everything that was created is deleted, newest first',
    '',
  ].join('\n');

const effects: Readonly<Record<StepInfo['effect'], string>> = {
  read: 'only reads',
  write: 'writes',
  delete: 'tries to delete what does not exist',
};

export const explainStep = (id: StepId): string => {
  const { title, needs, makes, effect, hops } = infoOf(id);
  const dependent = dependentOn(id);
  return [
    `${stepTarget(id)}: ${title}`,
    `  step ${stepIds.indexOf(id) + 1} of ${stepIds.length}; it ${effects[effect]}`,
    `  needs: ${needs.length === 0 ? 'nothing' : needs.join(', ')}`,
    `  makes: ${makes.length === 0 ? 'nothing that is left to delete' : makes.join(', ')}`,
    ...makes.map((thing) => `    ${thing} is deleted at the end by ${undoneBy[thing]}`),
    ...(dependent.length === 0 ? [] : [`  if it fails, these are skipped: ${dependent.join(', ')}`]),
    `  path: client → ${hops.map((hop) => hopLabels[hop]).join(' → ')}`,
    '',
  ].join('\n');
};

/** Steps that need this one, directly or not. Steps need only earlier ones, so one pass finds all. */
const dependentOn = (first: StepId): readonly StepId[] => {
  const lost = new Set<string>([first]);
  for (const id of stepIds) if (infoOf(id).needs.some((need) => lost.has(need))) lost.add(id);
  return stepIds.filter((id) => id !== first && lost.has(id));
};
