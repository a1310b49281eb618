import { registrationSteps, type StepId, stepIds } from '../platform/flow-steps.ts';

export const flowTitle = 'model registration';

/** `"create a run"` */
export const stepName = (id: StepId): string => `"${registrationSteps[id].title}"`;

/** `step 5 of 20, create a run` */
export const stepWords = (id: StepId): string =>
  `step ${stepIds.indexOf(id) + 1} of ${stepIds.length}, ${registrationSteps[id].title}`;
