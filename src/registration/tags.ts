import type { Raw } from '../raw/raw.ts';
import type { RawJson } from '../raw/raw-json.ts';

export type Tag = Readonly<Record<'key' | 'value', string>>;

/** Marks what this prober made. The sweeper deletes nothing without it. */
const owner = 'hokusai-synthetics';

/** Set on everything that the flow makes. */
export const tagsFor = (flowId: string, environment: string, expiresAt: number): readonly Tag[] => [
  { key: 'synthetic', value: 'true' },
  { key: 'synthetics_owner', value: owner },
  { key: 'synthetics_environment', value: environment },
  { key: 'synthetics_flow', value: flowId },
  { key: 'synthetics_expires', value: new Date(expiresAt).toISOString() },
];

/**
 * Whether a row in MLflow says that it is ours. A search can return things that were not asked for, and a response can
 * belong to another request. So nothing is used or deleted until this is true of its row.
 */
export type IsOwn = (tagged: RawJson) => boolean;

export const isOfFlow =
  (flowId: string): IsOwn =>
  (tagged) =>
    tagged.pair('tags', 'synthetics_flow')?.is(flowId) === true;

/** Made by any flow of this environment. Probers of other environments clean up after themselves. */
export const isOfEnvironment =
  (environment: string): IsOwn =>
  (tagged) =>
    tagged.pair('tags', 'synthetic')?.is('true') === true &&
    tagged.pair('tags', 'synthetics_owner')?.is(owner) === true &&
    tagged.pair('tags', 'synthetics_environment')?.is(environment) === true &&
    tagged.pair('tags', 'synthetics_flow')?.hasForm(uuid) === true;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the name has exactly the flow's form. An empty prefix would match every name, so it matches none. */
export const isNameOfFlow = (name: Raw, prefix: string): boolean =>
  prefix !== '' && name.after(`${prefix}-`)?.hasForm(uuid) === true;
