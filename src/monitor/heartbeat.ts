import { resolveApiKey, type SecretSources } from '../config/secrets.ts';
import { within } from '../model/within.ts';
import { proxyVariables } from '../probe/proxy-variables.ts';
import { trustedContext } from '../probe/trust.ts';
import type { Prepared } from './prepare.ts';

/**
 * Tells a service outside that a cycle has been published, if one is configured. Never throws and never takes longer
 * than the limit.
 *
 * @returns null, or why it was not sent, without the URL
 */
export const beat = async (
  { settings }: Pick<Prepared, 'settings'>,
  secrets: SecretSources,
  limitMs: number,
): Promise<string | null> => {
  const { notify, network } = settings;
  const { heartbeat } = notify;
  if (heartbeat === null) return null;
  try {
    await within({ failing: 'the heartbeat was not sent', ms: limitMs }, async (signal) => {
      const [{ sendBeat }, url] = await Promise.all([
        import('../notify/heartbeat.ts'),
        resolveApiKey(heartbeat, secrets),
      ]);
      await sendBeat(url, { trust: trustedContext(network.extraCa), proxyFor: proxyVariables(network.proxy) }, signal);
    });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'the heartbeat was not sent';
  }
};
