import type { InjectedFault } from './fault.ts';
import { standIn } from './stand-in.ts';

export const artifactFaults = {
  'artifact-store-denied': {
    title: 'the bucket policy denies MLflow its artifacts',
    causes: ['artifact-store-failing'],
    shows: ['artifact-store-error'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).artifacts.deny(),
  },
  'artifact-deletion-denied': {
    title: 'the bucket policy lets MLflow write artifacts but not delete them',
    causes: [],
    shows: ['cleanup-failed'],
    verdicts: ['degraded'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).artifacts.denyDeletes(),
  },
  'artifact-bucket-missing': {
    title: "the bucket of MLflow's artifacts is gone",
    causes: ['artifact-store-failing'],
    shows: ['artifact-store-error'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).artifacts.removeBucket(),
  },
  'artifact-proxy-off': {
    title: 'MLflow runs without proxying artifacts (--no-serve-artifacts)',
    causes: ['artifact-store-failing'],
    shows: ['artifact-store-error'],
    needsStandIn: true,
    apply: (topology) => standIn(topology).server.stopServingArtifacts(),
  },
  'proxy-reads-bodies-as-text': {
    title: 'the proxy decodes uploads as text, which changes their bytes',
    causes: [],
    shows: ['artifact-mismatch'],
    apply: ({ api: { env } }) => {
      env.readsBodiesAsText = true;
    },
  },
} as const satisfies Record<string, InjectedFault>;
