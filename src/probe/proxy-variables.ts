import type { ProxySetting } from '../config/settings.ts';
import { proxyUrlsFrom } from './proxy.ts';

/** The proxy for a URL, as variables that Node's clients read. Undefined: no proxy. */
export const proxyVariables = (proxy: ProxySetting): ((url: URL) => NodeJS.ProcessEnv | undefined) => {
  const choose = proxyUrlsFrom(proxy, process.env);
  // Node reads NO_PROXY in a way of its own, so it does not see it.
  return ({ hostname, port }) => {
    const chosen = choose(true, hostname, port === '' ? 443 : Number(port));
    return chosen === null ? undefined : { HTTPS_PROXY: chosen.includes('://') ? chosen : `http://${chosen}` };
  };
};
