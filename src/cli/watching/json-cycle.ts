import { summaryLine } from '../../functions/probe/log-lines.ts';
import type { Published } from '../../metrics/publish.ts';
import type { IncidentEvent } from '../../model/incident.ts';
import { isFailure } from '../../model/predicates.ts';
import type { Report } from '../../model/report.ts';
import { requests } from '../../model/requests.ts';
import type { Tracking } from '../../model/tracking.ts';
import { sureHeadlinesOf } from '../../wording/causes.ts';
import type { Missed } from '../every.ts';

interface Ended {
  readonly report: Report;
  readonly tracking: Tracking | null;
  readonly published: Published | null;
  /** Events that the terminal would have shown. */
  readonly events: readonly IncidentEvent[];
  readonly missed: Missed | null;
}

/** A cycle as one JSON object: the same data as the log line of the Lambda function, and what fails. */
export const jsonCycle = ({ report, tracking, published, events, missed }: Ended): object => {
  const { message, data } = summaryLine(report, published, tracking);
  return {
    at: report.startedAt,
    environment: report.environment,
    message,
    ...data,
    failures: requests(report)
      .filter((request) => isFailure(request))
      .map(({ id, host, failureMode, hop, httpStatus, evidence }) => ({
        ...{ id, host, failureMode, hop, httpStatus },
        summary: evidence.summary,
      })),
    events: events.map(jsonEvent),
    missed,
  };
};

const jsonEvent = (event: IncidentEvent): object => {
  const { id, kind, at } = event;
  if (!('incident' in event)) return { id, kind, at };
  const { incident } = event;
  return {
    ...{ id, kind, at, incident: incident.id, severity: incident.severity },
    ...(event.kind === 'updated' ? { change: event.change } : {}),
    causes: incident.causes,
    headline: sureHeadlinesOf(incident),
  };
};
