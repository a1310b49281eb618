import type { ProxySetting } from '../config/settings.ts';

/** The setting as variables that Node's clients read. Undefined: no proxy. */
export const proxyVariables = (proxy: ProxySetting): NodeJS.ProcessEnv | undefined =>
  proxy === 'environment' ? process.env : proxy === null ? undefined : { HTTPS_PROXY: proxy };
