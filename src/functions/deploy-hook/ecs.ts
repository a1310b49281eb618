import type { HookStatus } from './conclusion.ts';
import type { EcsHook } from './event.ts';
import { hookLimits } from './limits.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html */
export interface EcsAnswer {
  readonly hookStatus: 'SUCCEEDED' | 'FAILED' | 'IN_PROGRESS';
  /** Seconds until ECS invokes the hook again. */
  readonly callBackDelay?: number;
  /** ECS sends it back with the next invocation of this hook in this deployment. */
  readonly hookDetails?: Readonly<Record<string, unknown>>;
}

/** The stage at which the public names lead to the new version. */
const stageToCheck = 'POST_PRODUCTION_TRAFFIC_SHIFT';

export const stageWarning = ({ stage }: EcsHook): string | null =>
  stage === stageToCheck
    ? null
    : `The hook runs at ${stage}: the public names may still lead to the old version. It belongs to ${stageToCheck}.`;

/** When the first invocation of this hook in this deployment began: Unix time, ms. */
export const sinceIn = ({ details }: EcsHook, nowMs: number): number => {
  const { since } = details;
  const at = typeof since === 'string' ? Date.parse(since) : Number.NaN;
  return at <= nowMs ? at : nowMs;
};

/** Whether a later invocation may still find the version. */
export const mayComeLater = (sinceMs: number, nowMs: number): boolean =>
  nowMs - sinceMs + hookLimits.callBackMs < hookLimits.ecsWaitMs;

export const answerOf = (status: HookStatus): EcsAnswer => ({
  hookStatus: status === 'Succeeded' ? 'SUCCEEDED' : 'FAILED',
});

export const laterAnswer = ({ details }: EcsHook, sinceMs: number): EcsAnswer => ({
  hookStatus: 'IN_PROGRESS',
  callBackDelay: hookLimits.callBackMs / 1_000,
  hookDetails: { ...details, since: new Date(sinceMs).toISOString() },
});
