import type { Reach } from '../model/own-command.ts';
import type { Redact } from './foreign.ts';

/** Links to more information. */
export interface Links {
  readonly dashboard: string | null;
  readonly runbook: string | null;
  readonly log: string | null;
}

/** The context of a message, beside the event. */
export interface Setting {
  readonly links: Links;
  /** Host names by role. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly redact: Redact;
  /** Where a command finds the incidents. */
  readonly reach: Reach;
}
