import { readText } from '../files/read.ts';
import { sizeLimits } from '../files/size-limits.ts';
import type { ConfigErrorData, SecretFieldFault, UnusableSecret } from './config-errors.ts';
import { ConfigError, problemOf } from './problem.ts';
import { hideSecretShapes } from './secret-shapes.ts';
import type { SecretReference } from './settings.ts';

/** Kept in AWS, fetched through `SecretSources`. */
export type StoredSecretReference = Extract<SecretReference, { readonly from: 'secretsManager' | 'ssm' }>;

export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads the stored text, or throws. The caller picks the field from JSON. */
  readonly fetchSecret: (reference: StoredSecretReference, signal?: AbortSignal) => Promise<string>;
}

/** The store does not answer, and no earlier value is cached. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach';
}

/** Characters. A shorter key would occur in ordinary text; a longer one does not fit into the headers. */
const shortest = 8;
const longest = 4_096;

/** The API key itself. Throws ConfigError, which names the place of the key and never shows its content. */
export const resolveApiKey = async (reference: SecretReference, sources: SecretSources): Promise<string> => {
  const stored = withoutLineEnd(await read(reference, sources));
  const key = reference.from === 'secretsManager' ? withoutLineEnd(pickField(stored, reference)) : stored;
  if (key === '') throw failure(reference, { code: 'secret-empty' });
  const why = unusable(key);
  if (why !== null) throw failure(reference, { code: 'secret-unusable', why });
  return key;
};

const read = async (reference: SecretReference, { env, fetchSecret }: SecretSources): Promise<string> => {
  if (reference.from === 'env') {
    const value = env[reference.name];
    if (value === undefined) throw failure(reference, { code: 'secret-not-found' });
    return value;
  }
  try {
    return reference.from === 'file' ? await readText(reference.path, sizeLimits.key) : await fetchSecret(reference);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw failure(reference, { code: 'secret-not-fetched', from: reference.from, detail: hideSecretShapes(detail) });
  }
};

/** Files and consoles append a line break. */
const withoutLineEnd = (value: string): string => {
  let end = value.length;
  while (end > 0 && (value[end - 1] === '\n' || value[end - 1] === '\r')) end--;
  return value.slice(0, end);
};

const pickField = (
  stored: string,
  reference: Extract<SecretReference, { readonly from: 'secretsManager' }>,
): string => {
  const refuse = (why: SecretFieldFault): ConfigError => failure(reference, { code: 'secret-field', why });
  const fields = parseObject(stored);
  if (reference.field === null) {
    if (fields !== null) throw refuse('unnamed');
    return stored;
  }
  if (fields === null) throw refuse('not-json');
  if (!Object.hasOwn(fields, reference.field)) throw refuse('missing');
  const value = fields[reference.field];
  if (typeof value !== 'string') throw refuse('not-text');
  return value;
};

/** Null: not a JSON object. */
const parseObject = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
};

/** How shells, pipelines, templates and instructions write a value that is still to be filled in. */
const placeholders: readonly RegExp[] = [
  /[$#%@]\{|[$%@]\(|^@Microsoft\.KeyVault|\{\{|\}\}|<%|%>|<[^<>]{1,200}>/,
  /^(?:\[.{0,200}\]|\(.{0,200}\)|%.{0,200}%|__.{0,200}__|\$[A-Za-z_]\w{0,200})$/,
  /^(?:hk_(?:live|test)_)?(?:undefined|null|none|(?:(?:my|your|the)[-_])?(?:api[-_]?)?key(?:[-_]?here)?|change[-_]?me|replace[-_]?me|todo|example|placeholder|redacted|x{3,20}|\*{3,20}|\.{3})$/i,
  // The secret's place, in the forms of tools that put the secret there.
  /^(?:arn:aws|op:\/\/|vault:|ssm:|secretsmanager:|file:|projects\/\d)/i,
];

/** One sign only, as consoles and logs show a key. */
const isMasked = (key: string): boolean =>
  key.length > 2 && '*x.•…-'.includes(key[0]?.toLowerCase() ?? '') && new Set(key.toLowerCase()).size === 1;

const unusable = (key: string): UnusableSecret | null => {
  if (/^\s+$/u.test(key)) return 'blank';
  if (isMasked(key) || placeholders.some((form) => form.test(key))) return 'placeholder';
  if (/^[{[]\s?"/.test(key)) return 'json';
  if (/^(?:(?:export|set) )?[a-z0-9_-]{0,60}(?:key|token|secret|authorization|bearer) ?[=:][^=]/i.test(key))
    return 'named';
  if (/[\t ]|%20/.test(key)) return 'white-space';
  if (/\p{Cc}|%0[ad]/iu.test(key)) return 'control-character';
  if (/^["'`]|["'`]$/.test(key)) return 'quoted';
  if (key.includes('\\')) return 'escaped';
  if (!/^[!-~]*$/.test(key)) return 'not-ascii';
  if (key.length < shortest) return 'too-short';
  return key.length > longest ? 'too-long' : null;
};

const failure = (reference: SecretReference, fault: ConfigErrorData): ConfigError =>
  new ConfigError([problemOf({ path: [], part: 'value', fault, position: null }, null, placeOf(reference))]);

/** The place of a key, in words. */
export const placeOf = (reference: SecretReference): string => {
  switch (reference.from) {
    case 'file':
      return `file ${reference.path}`;
    case 'env':
      return `environment variable ${reference.name}`;
    case 'ssm':
      return `SSM parameter ${reference.name}`;
    case 'secretsManager':
      return reference.field === null ? `secret ${reference.id}` : `secret ${reference.id}, field ${reference.field}`;
  }
};
