import type { Sendable } from './channel.ts';
import { failingHosts } from './failing.ts';
import { isOfIncident } from './head.ts';
import { notifyLimits } from './limits.ts';

/** Message attributes by name, for filter policies. */
export type Attributes = Readonly<Record<string, string>>;

/**
 * An event of the monitor itself has the severity `operational`, and no hypothesis, host or incident. `host`: the role
 * with the most failures; `hypothesis`: the most likely one, or `unexplained`.
 */
export const attributesOf = (event: Sendable): Attributes => {
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

/** SNS rejects empty values and characters that XML does not allow. */
const filled = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes)
      .map(([name, value]) => [name, value.slice(0, notifyLimits.attribute).replace(/[^\x20-\x7e]/gu, '?')] as const)
      .filter(([, value]) => value.trim() !== ''),
  );
