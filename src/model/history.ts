import type { OutputOf } from './output-of.ts';
import type { deployment, history, ongoing } from './report-schema/history.ts';

/** A failure that begins within this time after a change of version may be caused by it. */
export const deploymentEffectMs = 15 * 60_000;

export type Deployment = OutputOf<typeof deployment>;
export type Ongoing = OutputOf<typeof ongoing>;
export type History = OutputOf<typeof history>;
