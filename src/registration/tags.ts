import type { JsonObject } from '../classify/json.ts';
import { pairsIn } from './json.ts';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Says who made something. The sweeper deletes nothing without it. */
const owner = 'hokusai-synthetics';

/** On everything that the flow makes. */
export const tagsFor = (flowId: string, environment: string, expiresAt: number): readonly Tag[] => [
  { key: 'synthetic', value: 'true' },
  { key: 'synthetics_owner', value: owner },
  { key: 'synthetics_environment', value: environment },
  { key: 'synthetics_flow', value: flowId },
  { key: 'synthetics_expires', value: new Date(expiresAt).toISOString() },
];

/** Whether something carries our tags, those of this environment: another one's prober cleans up for itself. */
export const isOurs = (tagged: JsonObject, environment: string): boolean => {
  const tags = pairsIn(tagged, 'tags');
  return (
    tags['synthetic'] === 'true' &&
    tags['synthetics_owner'] === owner &&
    tags['synthetics_environment'] === environment &&
    uuid.test(tags['synthetics_flow'] ?? '')
  );
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The flow that a model's name belongs to; null: the name is not one that the flow gives. */
export const flowOfName = (name: string, prefix: string): string | null => {
  if (prefix === '' || !name.startsWith(`${prefix}-`)) return null;
  const rest = name.slice(prefix.length + 1);
  return uuid.test(rest) ? rest : null;
};
