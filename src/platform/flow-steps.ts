import { type Hop, paths } from './hops.ts';

/** What the steps of the flow make, in the order of its making, and how each is undone: in the reverse order. */
export const undoneBy = {
  run: 'POST runs/delete',
  'logged-model': 'DELETE logged-models/ID',
  'run-artifacts': 'DELETE mlflow-artifacts/artifacts/EXPERIMENT/RUN',
  'model-artifacts': 'DELETE mlflow-artifacts/artifacts/EXPERIMENT/models/ID',
  'registered-model': 'DELETE registered-models/delete',
  'model-version': 'DELETE model-versions/delete',
  alias: 'DELETE registered-models/alias',
} as const satisfies Record<string, string>;
export type MadeThing = keyof typeof undoneBy;
export const madeThings = Object.keys(undoneBy) as readonly MadeThing[];

export interface StepInfo {
  /** What a person who registers a model would call it. */
  readonly title: string;
  /** Steps without which it cannot be done: skipped, when one of them was not. */
  readonly needs: readonly string[];
  readonly makes: readonly MadeThing[];
  /** `delete`: it deletes what does not exist, so it changes nothing, but needs all that a deletion needs. */
  readonly effect: 'read' | 'write' | 'delete';
  readonly hops: readonly Hop[];
}

const read = (title: string, needs: readonly string[], hops: readonly Hop[] = paths.proxyToDatabase): StepInfo => ({
  title,
  needs,
  makes: [],
  effect: 'read',
  hops,
});

const write = (
  title: string,
  needs: readonly string[],
  makes: readonly MadeThing[] = [],
  hops: readonly Hop[] = paths.proxyToDatabase,
): StepInfo => ({ title, needs, makes, effect: 'write', hops });

/**
 * The model-registration flow, in its order. Ids are stable: they are values of a metric dimension.
 * `credentials` and `read-registry` change nothing; `prove-deletion` guards all that creates.
 */
export const registrationSteps = {
  credentials: read('present the key', []),
  'read-registry': read('read the registry', ['credentials']),
  'prove-deletion': {
    title: 'prove that deleting works',
    needs: ['credentials'],
    makes: [],
    effect: 'delete',
    hops: paths.proxyToDatabase,
  },
  experiment: write('find the experiment', ['prove-deletion']),
  'create-run': write('create a run', ['experiment'], ['run']),
  'log-batch': write('log parameters, metrics and tags', ['create-run']),
  'create-logged-model': write('create a logged model', ['create-run'], ['logged-model']),
  'attach-logged-model': write('attach it to the run', ['create-logged-model']),
  'upload-artifacts': write(
    'upload the model',
    ['create-run'],
    ['run-artifacts', 'model-artifacts'],
    paths.proxyToArtifacts,
  ),
  'finish-logged-model': write('finish the logged model', ['create-logged-model', 'upload-artifacts']),
  'create-registered-model': write('create the registered model', ['upload-artifacts'], ['registered-model']),
  'create-version-from-run': write(
    'register a version from the run, as MLflow 2 does',
    ['create-registered-model'],
    ['model-version'],
  ),
  'create-version-from-model': write(
    'register a version from the logged model, as MLflow 3 does',
    ['create-registered-model', 'finish-logged-model'],
    ['model-version'],
  ),
  'await-versions': read('wait until the versions are ready', ['create-version-from-run']),
  'set-alias': write('set an alias', ['create-version-from-run'], ['alias']),
  'finish-run': write('finish the run', ['create-run']),
  'read-run': read('read the run back', ['log-batch', 'finish-run']),
  'read-version-by-alias': read('find the version by its alias', ['set-alias']),
  'read-artifacts': read('download the model', ['create-version-from-run'], paths.proxyToArtifacts),
  'search-model': read('find the model by its name', ['create-registered-model']),
} as const satisfies Record<string, StepInfo>;

export type StepId = keyof typeof registrationSteps;
export const stepIds = Object.keys(registrationSteps) as readonly StepId[];

/** The target's id and group under which a step is judged, compared with a baseline, and published. */
export const registrationHost = 'registration';
export const stepTarget = (id: StepId): string => `${registrationHost}.${id}`;
/** The same for the clean-up after the steps. */
export const cleanUpTarget = `${registrationHost}.clean-up`;
