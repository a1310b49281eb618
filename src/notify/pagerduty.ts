import { type AlertAction, alertActions, alertKey, alertKeyOf, client } from './alert.ts';
import type { Channel, Sendable } from './channel.ts';
import { type Connecting, connectingOf, deliver } from './deliver.ts';
import { fieldsOf } from './fields.ts';
import { glanceOf, type State } from './glance.ts';
import { httpsOnly } from './secret-url.ts';
import type { Setting } from './setting.ts';

export interface PagerDutyOptions extends Setting, Connecting {
  readonly routingKey: string;
  readonly url: string;
}

/** https://developer.pagerduty.com/docs/send-alert-event: critical, error, warning or info. */
const severities: Readonly<Record<State, 'critical' | 'error' | 'warning' | 'info'>> = {
  critical: 'critical',
  warning: 'warning',
  notice: 'info',
  operational: 'error',
  over: 'info',
  test: 'info',
};

/** PagerDuty's Events API v2 (https://developer.pagerduty.com/docs/events-api-v2-overview). 202: the event is queued. */
export const createPagerDutyChannel = (options: PagerDutyOptions): Channel => {
  const { routingKey } = options;
  const url = httpsOnly(options.url, 'PagerDuty');
  const act = (action: AlertAction, key: string, more: object, signal: AbortSignal): Promise<void> =>
    deliver(
      {
        ...connectingOf(options),
        ...{ name: 'PagerDuty', url, accepts: [202] },
        body: { routing_key: routingKey, event_action: action, dedup_key: key, ...more },
        hint: 'is the routing key the 32 characters of an Events API v2 integration, in this service region?',
      },
      signal,
    );
  return {
    name: 'pagerduty',
    send: async (event, signal) => {
      for (const action of alertActions(event))
        await act(action, alertKey(event), action === 'trigger' ? triggerOf(event, options) : {}, signal);
    },
    acknowledge: (incident, signal) => act('acknowledge', alertKeyOf(incident), {}, signal),
  };
};

/** Its interface shows these as plain text. */
const triggerOf = (event: Sendable, setting: Setting): object => {
  const { subject, status, key, host, environment, cause, dashboard, runbook, ...details } = fieldsOf(event, setting);
  return {
    client,
    ...(dashboard === '' ? {} : { client_url: dashboard }),
    links: [
      ...(dashboard === '' ? [] : [{ href: dashboard, text: 'Dashboard' }]),
      ...(runbook === '' ? [] : [{ href: runbook, text: 'Runbook' }]),
    ],
    payload: {
      // At most 1,024 characters; a subject has 99.
      summary: subject,
      source: host === '' ? environment : host,
      severity: severities[glanceOf(event).state],
      timestamp: event.at,
      ...(host === '' ? {} : { component: host }),
      group: environment,
      ...(cause === '' ? {} : { class: cause }),
      custom_details: Object.fromEntries(Object.entries(details).filter(([, value]) => value !== '')),
    },
  };
};
