import { Option } from 'commander';
import type { Settings } from '../config/settings.ts';

export interface FollowUpFlags {
  /** False: --no-follow-up. */
  readonly followUp: boolean;
}

export const followUpOption = (): Option =>
  new Option('--no-follow-up', 'ask no further requests when a failing cycle leaves its cause in doubt');

/** The configuration's choice, unless the command line says no. */
export const withFollowUp = (settings: Settings, { followUp }: FollowUpFlags): Settings => ({
  ...settings,
  followUp: settings.followUp && followUp,
});
