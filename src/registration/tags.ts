import type { Raw } from '../raw/raw.ts';
import type { RawJson } from '../raw/raw-json.ts';

export type Tag = Readonly<Record<'key' | 'value', string>>;

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

/**
 * Whose something is, as its own row says. A search can find what it was not asked for, and an answer can be another one's: nothing is
 * used or deleted before this is true of its row.
 */
export type IsOwn = (tagged: RawJson) => boolean;

export const isOfFlow =
  (flowId: string): IsOwn =>
  (tagged) =>
    tagged.pair('tags', 'synthetics_flow')?.is(flowId) === true;

/** Of any flow of this environment: another one's prober cleans up for itself. */
export const isOfEnvironment =
  (environment: string): IsOwn =>
  (tagged) =>
    tagged.pair('tags', 'synthetic')?.is('true') === true &&
    tagged.pair('tags', 'synthetics_owner')?.is(owner) === true &&
    tagged.pair('tags', 'synthetics_environment')?.is(environment) === true &&
    tagged.pair('tags', 'synthetics_flow')?.hasForm(uuid) === true;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it is a name that a flow gives, exactly. Every name begins with an empty prefix, so that is none. */
export const isNameOfFlow = (name: Raw, prefix: string): boolean =>
  prefix !== '' && name.after(`${prefix}-`)?.hasForm(uuid) === true;
