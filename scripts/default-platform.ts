import { defaultLimits } from '../src/model/limits.ts';
import type { Target } from '../src/model/target.ts';
import { defaultHosts } from '../src/platform/hosts.ts';
import { defaultTargets } from '../src/platform/targets.ts';

/** The platform that is watched without a configuration. Pages and figures are made from it. */
export const defaultPlatform: { readonly targets: readonly Target[] } = {
  targets: defaultTargets({ hosts: defaultHosts, limits: defaultLimits, corsOrigin: 'https://platform.hokus.ai' }),
};
