import type { Redact } from './foreign.ts';

/** Where a person reads on. */
export interface Links {
  readonly dashboard: string | null;
  readonly runbook: string | null;
  readonly log: string | null;
}

/** What messages are made with, besides the event. */
export interface Setting {
  readonly links: Links;
  /** Names of the hosts, by role. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly redact: Redact;
}
