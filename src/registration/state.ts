import { randomBytes, randomUUID } from 'node:crypto';
import type { RegistrationSettings, Settings } from '../config/settings.ts';
import type { FailureMode } from '../model/failure-modes.ts';
import type { Made } from '../model/report.ts';
import type { CredentialForm } from '../model/target.ts';
import type { MadeThing } from '../platform/flow-steps.ts';
import type { Keep } from '../raw/keep.ts';
import type { Raw } from '../raw/raw.ts';
import type { Segment } from '../raw/segment.ts';
import type { BaseUrls } from './addresses.ts';
import type { RemoteFiles } from './artifact-uri.ts';
import type { OutOfReach } from './failure.ts';
import { type ModelFile, modelFiles } from './model-files.ts';
import { Pace } from './pace.ts';
import { type Tag, tagsFor } from './tags.ts';

export interface Version {
  readonly version: Segment;
  readonly source: Raw;
}

/** What one flow knows. Its steps add to it. */
export interface FlowState {
  /** Identifies this flow and everything that it makes. */
  readonly id: string;
  readonly model: string;
  readonly experiment: string;
  readonly workspace: string | null;
  readonly ways: BaseUrls;
  readonly tags: readonly Tag[];
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly files: readonly ModelFile[];
  readonly pace: Pace;
  /** The form of the key in use. */
  auth: CredentialForm;
  credentialForms: Partial<Record<'bearer' | 'x-api-key', FailureMode | null>>;
  deletesThrough: string | null;
  experimentId: Segment | null;
  /** Whether the experiment exists but is deleted. */
  experimentDeleted: boolean;
  runId: Segment | null;
  /** MLflow has said that it created a run, but not yet that it carries the flow's tag. */
  isRunAnswered: boolean;
  runFiles: RemoteFiles | null;
  loggedModels: boolean | null;
  modelId: Segment | null;
  modelFiles: RemoteFiles | null;
  /** Why this prober does not transfer the files. */
  outOfReach: OutOfReach | null;
  readonly versions: Version[];
  /** Things whose creation was requested. They are looked for even if it was refused, but then nothing is missing. */
  readonly creations: Map<MadeThing, 'possible' | 'refused'>;
  /** Things that were made and have been deleted again. */
  readonly removed: Made[];
  /** Whether any artifact may have been stored. */
  uploaded: boolean;
  /** Whether the response to a request that creates something was lost. */
  lostAnswer: boolean;
}

/** A value that an earlier step must have found: without it, this step would have been skipped. */
export const known = <T>(value: T | null): T => {
  if (value === null) throw new Error('a step began without what it needs');
  return value;
};

const waysOf = ({ through, cleanupThrough }: RegistrationSettings, keyHosts: readonly string[]): BaseUrls => ({
  through,
  keyHosts,
  deleteThrough: [`${through}/api/2.0/mlflow`, ...cleanupThrough],
});

/** @param now Unix time in milliseconds */
export const createFlow = ({ registration, environment, limits, keyHosts }: Settings, now: number): FlowState => {
  const id = randomUUID();
  return {
    id,
    model: `${registration.modelPrefix}-${id}`,
    experiment: registration.experiment,
    workspace: registration.workspace,
    ways: waysOf(registration, keyHosts),
    tags: tagsFor(id, environment, now + limits.leftOverMs),
    params: { learning_rate: '0.01', flow: id },
    // Different in each flow, with a fraction that a float stores exactly.
    metrics: { accuracy: randomBytes(2).readUInt16BE() / 65_536, epochs: 3 },
    files: modelFiles(id),
    pace: new Pace(),
    auth: 'bearer',
    credentialForms: {},
    deletesThrough: null,
    experimentId: null,
    experimentDeleted: false,
    runId: null,
    isRunAnswered: false,
    runFiles: null,
    loggedModels: null,
    modelId: null,
    modelFiles: null,
    outOfReach: null,
    versions: [],
    creations: new Map(),
    removed: [],
    uploaded: false,
    lostAnswer: false,
  };
};

/** Whether it was created, or the result of its creation is unknown. */
export const mayExist = (creations: FlowState['creations'], thing: MadeThing): boolean =>
  creations.get(thing) === 'possible';

/** What may still be in MLflow because of this flow. Everything else is found through these. */
export const stillThere = ({ id, model, runId, creations, removed }: FlowState, keep: Keep): readonly Made[] => {
  const run = runId === null ? `of flow ${id}` : keep(runId, 'id');
  const made: readonly Made[] = [
    ...(mayExist(creations, 'registered-model') ? [{ thing: 'registered-model', id: model } as const] : []),
    ...(mayExist(creations, 'run') ? [{ thing: 'run', id: run } as const] : []),
  ];
  return made.filter((one) => !removed.some(({ thing, id: gone }) => thing === one.thing && gone === one.id));
};
