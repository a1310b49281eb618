import { defaultHosts } from '../src/platform/hosts.ts';
import { defaultLimits } from '../src/platform/limits.ts';
import type { Target } from '../src/platform/target.ts';
import { defaultTargets } from '../src/platform/targets.ts';

/** What is watched without a configuration: what pages and figures are made from. */
export const defaultPlatform: { readonly targets: readonly Target[] } = {
  targets: defaultTargets({ hosts: defaultHosts, limits: defaultLimits, corsOrigin: 'https://platform.hokus.ai' }),
};
