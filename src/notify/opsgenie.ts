import { cut } from '../wording/plain-text.ts';
import { type AlertAction, alertActions, alertKey, alertKeyOf, client } from './alert.ts';
import type { Channel, Sendable } from './channel.ts';
import { type Connecting, connectingOf, deliver } from './deliver.ts';
import { fieldsOf } from './fields.ts';
import { glanceOf, type State } from './glance.ts';
import { isOfIncident } from './head.ts';
import { httpsOnly } from './secret-url.ts';
import type { Setting } from './setting.ts';
import { textOf } from './text.ts';

export interface OpsgenieOptions extends Setting, Connecting {
  readonly apiKey: string;
  /** Address of the API's alerts, such as https://api.opsgenie.com/v2/alerts. */
  readonly url: string;
}

/** Characters (https://docs.opsgenie.com/docs/alert-api). */
const most = { message: 130, description: 15_000, tag: 50, entity: 512, user: 100, note: 25_000 } as const;

const priorities: Readonly<Record<State, 'P1' | 'P2' | 'P3' | 'P4' | 'P5'>> = {
  critical: 'P1',
  warning: 'P3',
  notice: 'P5',
  operational: 'P2',
  over: 'P5',
  test: 'P5',
};

/** Opsgenie's Alert API, and Jira Service Management's, which is the same. 202: the request is queued. */
export const createOpsgenieChannel = (options: OpsgenieOptions): Channel => {
  const { apiKey } = options;
  const base = httpsOnly(options.url.replace(/\/$/, ''), 'Opsgenie');
  const ask = (path: string, body: object, signal: AbortSignal, method: 'POST' | 'PUT' = 'POST'): Promise<void> =>
    deliver(
      {
        ...connectingOf(options),
        ...{ name: 'Opsgenie', method, body },
        url: new URL(`${base}${path}`),
        headers: { authorization: `GenieKey ${apiKey}` },
        // 404: the alert that is to be changed does not exist, so there is nothing to change.
        accepts: path === '' ? [202] : [202, 404],
        hint: 'does the key belong to an API integration of this region that may create and update alerts?',
      },
      signal,
    );
  const act = (action: AlertAction, event: Sendable, signal: AbortSignal): Promise<void> => {
    const note = { note: cut(inert(textOf(event, options)), most.note), source: client };
    if (action === 'trigger') return trigger(event, note, signal);
    const { acknowledged } = isOfIncident(event) ? event.incident : { acknowledged: null };
    return ask(
      pathTo(alertKey(event), action === 'resolve' ? 'close' : 'acknowledge'),
      action === 'resolve' ? note : { source: client, user: cut(acknowledged?.by ?? client, most.user) },
      signal,
    );
  };
  /** An alert that is open already is only counted, so its news are added as a note. */
  const trigger = async (event: Sendable, note: object, signal: AbortSignal): Promise<void> => {
    const alert = alertOf(event, options);
    await ask('', alert, signal);
    if (event.kind !== 'updated') return;
    await ask(pathTo(alert.alias, 'notes'), note, signal);
    await ask(pathTo(alert.alias, 'priority'), { priority: alert.priority }, signal, 'PUT');
  };
  return {
    name: 'opsgenie',
    send: async (event, signal) => {
      for (const action of alertActions(event)) await act(action, event, signal);
    },
    acknowledge: (incident, signal) =>
      ask(pathTo(alertKeyOf(incident), 'acknowledge'), { source: client, user: cut(incident.by, most.user) }, signal),
  };
};

const pathTo = (alias: string, what: string): string => `/${encodeURIComponent(alias)}/${what}?identifierType=alias`;

/** Its pages understand some HTML. */
const inert = (text: string): string => text.replaceAll('<', '‹').replaceAll('>', '›');

const alertOf = (event: Sendable, setting: Setting) => {
  const fields = fieldsOf(event, setting);
  const { subject, key, severity, environment, host, cause, status, incident, command, acknowledge } = fields;
  return {
    message: cut(subject, most.message),
    alias: key,
    description: cut(inert(textOf(event, setting)), most.description),
    priority: priorities[glanceOf(event).state],
    source: client,
    entity: cut(host === '' ? environment : host, most.entity),
    tags: [severity, environment, cause].filter((tag) => tag !== '').map((tag) => cut(tag, most.tag)),
    details: Object.fromEntries(
      Object.entries({
        ...{ status, incident, cause, host, command, acknowledge },
        ...{ dashboard: fields.dashboard, runbook: fields.runbook },
      }).filter(([, value]) => value !== ''),
    ),
  };
};
