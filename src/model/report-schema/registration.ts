import * as v from 'valibot';
import { madeThings, stepIds } from '../../platform/flow-steps.ts';
import { evidence } from './evidence.ts';
import { failureMode, status } from './judged.ts';
import { judgedFields } from './outcome.ts';
import { listOf, number, orNull, shown, text } from './parts.ts';

export const stepId = v.picklist(stepIds);

/** One step of the model-registration flow. Its fields are those of the response that decided it. */
export const step = v.object({
  id: stepId,
  ...judgedFields,
  /** All requests of the step and the waits between them. */
  durationMs: number,
  requests: number,
  /** Milliseconds that it normally takes, if it is `slow` only in comparison with that. Absent: not so. */
  normalMs: v.exactOptional(v.number()),
});

/** Something that the flow created. */
export const made = v.object({
  thing: v.picklist(madeThings),
  /** Its id or name in MLflow. */
  id: v.string(),
});

export const cleanup = v.object({
  /** `degraded`: something was left behind; `skipped`: nothing was created. */
  status,
  failureMode: shown(failureMode, null),
  durationMs: number,
  requests: number,
  removed: listOf(made),
  leftBehind: listOf(made),
  /** Left-overs of earlier runs that this run removed. */
  swept: listOf(made),
  /** The first failing response; null if none failed. */
  evidence: orNull(evidence),
});

const flag = orNull(v.boolean());

/** What the flow learned for the diagnosis, besides its outcomes. */
export const facts = v.object({
  /** Per form of the key: null if accepted, otherwise how it failed. Absent: not tried. */
  credentialForms: shown(
    v.object({ bearer: v.exactOptional(failureMode), 'x-api-key': v.exactOptional(failureMode) }),
    {},
  ),
  firstFailure: orNull(stepId),
  /** Whether any read of the registry passed; null if none was tried. */
  readsWork: flag,
  writesWork: flag,
  /** Whether every attempted artifact upload and download passed; null if none was tried. */
  artifactsWork: flag,
  /** The base URL through which DELETE bodies arrive; null if none, or not tried. */
  deletesThrough: orNull(v.string()),
  /** False: a server older than MLflow 3, so the steps with logged models are left out; null if not known. */
  loggedModels: flag,
});

/** The model-registration flow of one cycle. */
export const registration = v.object({
  status,
  /** The registered model's name, whether or not it was created. */
  model: text,
  durationMs: number,
  requests: number,
  steps: v.array(step),
  cleanup,
  facts,
});
