import type { SecretReference } from '../../config/settings.ts';
import { defaultHosts, type HostRole, hostRoles } from '../../platform/hosts.ts';
import type { Service } from './services.ts';

/** Answers of `init`. A missing host keeps its default. */
export interface Answers {
  readonly environment: string;
  readonly hosts: Partial<Record<HostRole, string>>;
  readonly apiKey: Reference | 'none';
  readonly webhook: Reference | null;
  /** ARN of the topic for critical incidents. */
  readonly topic: string | null;
  /** Where the secret of each further service is; null: not answered yet. */
  readonly services: Readonly<Partial<Record<Service, Reference | null>>>;
}

/** As the configuration writes it: `{ env: NAME }` and so on. */
export type Reference = Readonly<Partial<Record<'env' | 'file' | 'secretsManager' | 'ssm' | 'field', string>>>;

export const defaultAnswers: Answers = {
  environment: 'development',
  hosts: {},
  apiKey: { env: 'HOKUSAI_API_KEY' },
  webhook: null,
  topic: null,
  services: {},
};

const forms = ['env', 'file', 'secretsManager', 'ssm'] as const satisfies readonly SecretReference['from'][];

export const referenceForms = 'env:NAME, file:PATH, secretsManager:NAME, secretsManager:NAME#FIELD or ssm:NAME';

/** `env:NAME` and so on; null: anything else, perhaps the secret itself. */
export const parseReference = (said: string): Reference | null => {
  const form = forms.find((each) => said.startsWith(`${each}:`));
  const rest = form === undefined ? '' : said.slice(form.length + 1).trim();
  if (form === undefined || rest === '') return null;
  const [id = '', field] = form === 'secretsManager' ? rest.split('#') : [rest];
  return { [form]: id, ...(field === undefined ? {} : { field }) };
};

/** The other hosts of a deployment whose registry is `registry`: the same name with another first label. */
export const hostsBeside = (registry: string): Readonly<Record<HostRole, string>> => {
  const rest = registry.slice(registry.indexOf('.'));
  const named = hostRoles.map((role) => [role, role === 'registry' ? registry : `${firstLabel(role)}${rest}`] as const);
  return Object.fromEntries(named) as Record<HostRole, string>;
};

const firstLabel = (role: HostRole): string => defaultHosts[role].slice(0, defaultHosts[role].indexOf('.'));
