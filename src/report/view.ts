import type { Platform } from './described.ts';

/** What every format knows about the platform beside the report. */
export interface View extends Platform {
  /** The path that the model-registration flow should take. */
  readonly through: string;
}
