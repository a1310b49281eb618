import { once } from 'node:events';
import { connect } from 'node:tls';
import { placeOf, resolveApiKey } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import { failureModes } from '../../model/failure-modes.ts';
import { isFailure } from '../../model/predicates.ts';
import { requests } from '../../model/requests.ts';
import { carriesKey } from '../../model/target.ts';
import { type SecretChannel, secretChannels } from '../../monitor/channels.ts';
import { monitor } from '../../monitor/monitor.ts';
import { decisiveRead } from '../../platform/targets.ts';
import { trustedContext } from '../../probe/trust.ts';
import { secretSources } from '../secret-sources.ts';
import { attempt, type Finding } from './references.ts';

/** Milliseconds to reach a channel's server. */
const connectMs = 5_000;

/**
 * Looks at what only the network knows: the secrets, the name of each host, whether the platform takes the key, and whether the
 * servers of the channels can be reached. Sends one read to the platform, and nothing to any channel.
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
  const [platform, ...channels] = await Promise.all([
    askPlatform(settings, key, stop),
    ...secretChannels(notify).map((channel) => attempt(`${channel.name}: `, () => reach(settings, channel))),
  ]);
  const topics = Object.values(notify.topics).some((topic) => topic !== null);
  return [
    ...keyFindings,
    ...platform,
    ...channels,
    ...(topics
      ? [{ isFine: true, text: 'SNS topics: not tried, because only a message shows whether it arrives: notify test' }]
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

/** Connects as a message would, but sends nothing. Of an address that is a secret, only the host is shown. */
const reach = async ({ network }: Settings, { secret, ...channel }: SecretChannel): Promise<string> => {
  if (network.proxy !== null) return 'not tried, because messages go through the proxy';
  const found = await resolveApiKey(secret, secretSources(process.env));
  const url = URL.parse('address' in channel ? channel.address : found);
  if (url?.protocol !== 'https:') throw new Error(`${placeOf(secret)} must hold a URL that begins with https://`);
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
