import { type Hop, paths } from './hops.ts';

/** What the flow's steps create, in order, and how each is undone. Undoing runs in reverse order. */
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
  /** The step in the words of a user who registers a model. */
  readonly title: string;
  /** Steps that it depends on. It is skipped if one of them was not done. */
  readonly needs: readonly string[];
  readonly makes: readonly MadeThing[];
  /** `delete`: deletes something that does not exist. It changes nothing but needs everything that a deletion needs. */
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
 * The model-registration flow, in order. Ids are stable: they are values of a metric dimension. `credentials` and
 * `read-registry` change nothing. `prove-deletion` guards every step that creates something.
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

/** The target id and group under which a step is judged, compared with a baseline, and published. */
export const registrationHost = 'registration';
export const stepTarget = (id: StepId): string => `${registrationHost}.${id}`;
export const cleanUpTarget = `${registrationHost}.clean-up`;
