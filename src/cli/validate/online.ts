import { once } from 'node:events';
import { connect } from 'node:tls';
import { placeOf, resolveApiKey } from '../../config/secrets.ts';
import type { SecretReference, Settings } from '../../config/settings.ts';
import { failureModes } from '../../model/failure-modes.ts';
import { isFailure } from '../../model/predicates.ts';
import { requests } from '../../model/requests.ts';
import { carriesKey } from '../../model/target.ts';
import { monitor } from '../../monitor/monitor.ts';
import { decisiveRead } from '../../platform/targets.ts';
import { trustedContext } from '../../probe/trust.ts';
import { secretSources } from '../secret-sources.ts';
import { attempt, type Finding } from './references.ts';

/** Milliseconds to reach the webhook's server. */
const connectMs = 5_000;

/**
 * Looks at what only the network knows: the secrets, the name of each host, whether the platform takes the key, and whether the
 * webhook's server can be reached. Sends one read to the platform, and nothing to any channel.
 */
export const lookOnline = async (settings: Settings, stop: AbortSignal): Promise<readonly Finding[]> => {
  const { apiKey, notify } = settings;
  let key: string | null = null;
  const keyFindings = await Promise.all(
    apiKey === null
      ? []
      : [
          attempt('API key: ', async () => {
            key = await resolveApiKey(apiKey, secretSources(process.env));
            return `found in ${placeOf(apiKey)}`;
          }),
        ],
  );
  const [platform, webhook] = await Promise.all([
    askPlatform(settings, key, stop),
    notify.webhook === null ? [] : [await attempt('webhook: ', () => reachWebhook(settings, notify.webhook))],
  ]);
  const topics = Object.values(notify.topics).some((topic) => topic !== null);
  return [
    ...keyFindings,
    ...platform,
    ...webhook,
    ...(topics
      ? [{ isFine: true, text: 'SNS topics: not tried, because only a message shows whether it arrives' }]
      : []),
  ];
};

const askPlatform = async (
  settings: Settings,
  apiKey: string | null,
  stop: AbortSignal,
): Promise<readonly Finding[]> => {
  const asked = settings.targets.filter(
    ({ id, kind, enabled, ...rest }) =>
      enabled &&
      (kind === 'dns' || (id === decisiveRead && (apiKey !== null || !('auth' in rest && carriesKey(rest.auth))))),
  );
  const { report } = await monitor({
    settings: { ...settings, followUp: false },
    apiKey,
    missing: null,
    baseline: [],
    only: asked.map(({ id }) => id),
    registration: false,
    deadlineMs: settings.limits.deadlineMs,
    stop,
  });
  return requests(report).map((one) => ({
    isFine: !isFailure(one) && one.status !== 'inconclusive',
    text: `${one.id}: ${one.failureMode === null ? 'ok' : `${one.failureMode}: ${failureModes[one.failureMode].meaning}`}`,
  }));
};

/** Connects as a message would, but sends nothing. The URL is a secret; only its host is shown. */
const reachWebhook = async ({ network }: Settings, reference: SecretReference | null): Promise<string> => {
  if (reference === null) return 'none';
  if (network.proxy !== null) return 'not tried, because messages go through the proxy';
  const url = URL.parse(await resolveApiKey(reference, secretSources(process.env)));
  if (url?.protocol !== 'https:') throw new Error(`${placeOf(reference)} must hold a URL that begins with https://`);
  const socket = connect({
    host: url.hostname,
    port: url.port === '' ? 443 : Number(url.port),
    servername: url.hostname,
    secureContext: trustedContext(network.extraCa),
    rejectUnauthorized: true,
  });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(connectMs) });
    return `the server at ${url.host} can be reached`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'error';
    throw new Error(
      `the server at ${url.host} cannot be reached (${code === 'ABORT_ERR' ? 'no connection in 5 s' : code})`,
    );
  } finally {
    socket.destroy();
  }
};
