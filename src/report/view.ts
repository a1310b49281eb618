import type { Platform } from './described.ts';

/** The platform's facts that every format needs beside the report. */
export interface View extends Platform {
  /** The path that the model-registration flow should take. */
  readonly through: string;
}
