import * as v from 'valibot';
import { madeThings, stepIds } from '../../platform/flow-steps.ts';
import { evidence } from './evidence.ts';
import { failureMode, status } from './judged.ts';
import { judgedFields } from './outcome.ts';
import { described, listOf, number, orNull, shown, text } from './parts.ts';

export const stepId = v.picklist(stepIds);

/** One step of the model-registration flow. Its fields are those of the response that decided it. */
export const step = v.object({
  id: stepId,
  ...judgedFields,
  durationMs: described(number, 'All requests of the step and the waits between them.'),
  requests: number,
});

/** Something that the flow created. */
export const made = v.object({ thing: v.picklist(madeThings), id: v.string() });

const cleanup = v.object({
  status: described(status, 'degraded: objects were left behind; skipped: nothing was created.'),
  failureMode: shown(failureMode, null),
  durationMs: number,
  requests: number,
  removed: listOf(made),
  leftBehind: listOf(made),
  swept: described(listOf(made), 'Objects of earlier runs that this run removed.'),
  evidence: described(orNull(evidence), 'The first failing response; null: none failed.'),
});

const flag = orNull(v.boolean());

/** What the flow learned for the diagnosis, besides its outcomes. */
const facts = v.object({
  credentialForms: described(
    shown(v.object({ bearer: v.exactOptional(failureMode), 'x-api-key': v.exactOptional(failureMode) }), {}),
    'Per form of the key: null when it was accepted, otherwise the failure mode; absent: not tried.',
  ),
  firstFailure: orNull(stepId),
  readsWork: described(flag, 'null: not tried.'),
  writesWork: flag,
  artifactsWork: flag,
  deletesThrough: described(orNull(v.string()), 'The base URL on which the bodies of DELETE requests arrive.'),
  loggedModels: described(flag, 'false: a server older than MLflow 3.'),
});

export const registration = v.object({
  status,
  model: described(text, 'The name of the registered model, even if it was not created.'),
  durationMs: number,
  requests: number,
  steps: v.array(step),
  cleanup,
  facts,
});
