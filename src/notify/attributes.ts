import type { IncidentEvent } from '../model/incident.ts';
import { failingHosts } from './failing.ts';
import { isOfIncident } from './head.ts';
import { notifyLimits } from './limits.ts';

/** What filter policies compare, by name. */
export type Attributes = Readonly<Record<string, string>>;

/**
 * Of an event of the monitor itself the severity is `operational`, and there is no hypothesis, host or incident.
 * `host`: the role with most failures; `hypothesis`: the most likely one, or `unexplained`.
 */
export const attributesOf = (event: IncidentEvent): Attributes => {
  const own = { environment: event.environment, event: event.kind, eventId: event.id };
  if (!isOfIncident(event)) return filled({ ...own, severity: 'operational' });
  const { id, severity, causes, hosts, affected } = event.incident;
  return filled({
    ...own,
    severity,
    hypothesis: causes[0]?.id ?? 'unexplained',
    host: failingHosts(affected)[0] ?? hosts?.[0] ?? '',
    incident: id,
  });
};

/** SNS takes no empty values, and no characters that XML does not. */
const filled = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes)
      .map(([name, value]) => [name, value.slice(0, notifyLimits.attribute).replace(/[^\x20-\x7e]/gu, '?')] as const)
      .filter(([, value]) => value.trim() !== ''),
  );
