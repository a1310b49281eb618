import type { Platform } from './described.ts';

/** What every format knows of the platform besides the report. */
export interface View extends Platform {
  /** The way that the model-registration flow is to take. */
  readonly through: string;
}
