import type { Severity } from '../model/incident.ts';
import type { Sendable } from './channel.ts';
import { isOfIncident } from './head.ts';

/** `over`: resolved, or the monitor has recovered. `operational`: about the monitor itself. */
export type State = Severity | 'operational' | 'over' | 'test';

export interface Glance {
  readonly state: State;
  /** A coloured sign for chats, which has a meaning without its colour in the words beside it. */
  readonly mark: string;
}

const marks: Readonly<Record<State, string>> = {
  critical: '🔴',
  warning: '🟠',
  notice: '🔵',
  operational: '🟣',
  over: '🟢',
  test: '⚪',
};

/** How bad it is, before anything is read. */
export const glanceOf = (event: Sendable): Glance => {
  const state = stateOf(event);
  return { state, mark: marks[state] };
};

const stateOf = (event: Sendable): State => {
  if (event.kind === 'test') return 'test';
  if (event.kind === 'resolved' || event.kind === 'monitor-sees') return 'over';
  return isOfIncident(event) ? event.incident.severity : 'operational';
};
