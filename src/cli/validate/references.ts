import { placeOf, resolveApiKey, type SecretSources } from '../../config/secrets.ts';
import type { NotifySettings, SecretReference, Settings } from '../../config/settings.ts';
import { secretChannels } from '../../monitor/channels.ts';

/** The result of one look at what a configuration names. */
export interface Finding {
  readonly isFine: boolean;
  readonly text: string;
}

/** Secrets in files and variables of this machine. Never throws, never shows a secret. */
export const localSecrets = async ({ apiKey, notify }: Settings): Promise<readonly Finding[]> => {
  const sources: SecretSources = { env: process.env, fetchSecret: () => Promise.reject(new Error('is in AWS')) };
  const local = secretsOf(apiKey, notify).filter(([, { from }]) => from === 'env' || from === 'file');
  return Promise.all(local.map(([what, reference]) => lookAtSecret(what, reference, sources)));
};

type Named = readonly [what: string, reference: SecretReference];

const secretsOf = (apiKey: SecretReference | null, notify: NotifySettings): readonly Named[] => [
  ...(apiKey === null ? [] : [['API key', apiKey] as const]),
  ...secretChannels(notify).map(({ name, secret }) => [name, secret] as const),
];

const lookAtSecret = (what: string, reference: SecretReference, sources: SecretSources): Promise<Finding> =>
  attempt(`${what}: `, async () => {
    await resolveApiKey(reference, sources);
    return `found in ${placeOf(reference)}`;
  });

/** What the work found, or its error. */
export const attempt = async (lead: string, work: () => Promise<string>): Promise<Finding> => {
  try {
    return { isFine: true, text: `${lead}${await work()}` };
  } catch (error) {
    return { isFine: false, text: `${lead}${error instanceof Error ? error.message : String(error)}` };
  }
};
