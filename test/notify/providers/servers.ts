import type { ServerResponse } from 'node:http';
import { Ajv } from 'ajv';
import type { Certificate } from '../../../src/sandbox/network/certificates.ts';
import { type Heard, type OneServer, startOneServer } from '../../support/one-server.ts';
import { opsgenie, pagerDuty, teams } from './schemas.ts';

export const routingKey = 'f00dfeedf00dfeedf00dfeedf00dfeed';
export const genieKey = 'hk-test-0000-1111-2222-333344445555';
export const teamsPath = '/workflows/made-up-id/triggers/manual?sig=made-up-signature';

/** The alert of a key, and what was done to it. */
interface Alert {
  status: 'triggered' | 'acknowledged' | 'resolved';
  readonly log: string[];
  last: Readonly<Record<string, unknown>>;
}

export interface Providers extends OneServer {
  readonly alerts: Map<string, Alert>;
  /** What their published schemas do not allow. */
  readonly violations: string[];
  readonly cards: unknown[];
}

const ajv = new Ajv({ allErrors: true, strict: false });
const checked = (schema: object, body: string): readonly string[] => {
  const isValid = ajv.compile(schema);
  return isValid(JSON.parse(body)) ? [] : (isValid.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
};

/** PagerDuty (/v2/enqueue), Opsgenie (/v2/alerts) and Teams (/workflows/…) on one port; any other address has a status. */
export const startProviders = async (
  certificate: Certificate,
  statusOf: (url: string) => number = () => 200,
): Promise<Providers> => {
  const alerts = new Map<string, Alert>();
  const violations: string[] = [];
  const cards: unknown[] = [];
  const refuse = (response: ServerResponse, errors: readonly string[]): void => {
    violations.push(...errors);
    response.writeHead(400).end(JSON.stringify({ status: 'invalid event', errors }));
  };
  /** As both services document it: what does not fit the state of an alert is dropped. */
  const act = (key: string, action: string, body: Readonly<Record<string, unknown>>): void => {
    const alert = alerts.get(key);
    const isOpen = alert !== undefined && alert.status !== 'resolved';
    if (action === 'trigger') {
      const kept = isOpen ? alert : { status: 'triggered' as const, log: alert?.log ?? [], last: body };
      kept.log.push(isOpen ? 'again' : 'triggered');
      alerts.set(key, Object.assign(kept, { last: body }));
    } else if (isOpen) {
      alert.log.push(action);
      if (action === 'acknowledge') alert.status = 'acknowledged';
      if (action === 'resolve' || action === 'close') alert.status = 'resolved';
    }
  };
  const ofPagerDuty = ({ body }: Heard, response: ServerResponse): void => {
    const errors = checked(pagerDuty.schema, body);
    if (Buffer.byteLength(body) > pagerDuty.mostBytes) return void response.writeHead(413).end();
    if (errors.length > 0) return refuse(response, errors);
    const event = JSON.parse(body) as { dedup_key: string; event_action: string; payload: Record<string, unknown> };
    act(event.dedup_key, event.event_action, event.payload);
    response.writeHead(202).end('{"status":"success"}');
  };
  const ofOpsgenie = ({ url, method, headers, body }: Heard, response: ServerResponse): void => {
    if (headers.authorization !== `GenieKey ${genieKey}`) return void response.writeHead(401).end();
    const [, alias, what] = /^\/v2\/alerts(?:\/([^/?]+)\/(\w+)\?identifierType=alias)?$/.exec(url) ?? [];
    const schema = what === undefined ? opsgenie.create : opsgenie.change[what as keyof typeof opsgenie.change];
    const errors = [
      ...checked(schema, body),
      ...((what === 'priority') === (method === 'PUT') ? [] : [`${method} ${url}`]),
    ];
    const said = JSON.parse(body) as { alias: string; details?: Record<string, string> };
    if (
      Object.entries(said.details ?? {})
        .flat()
        .join('').length > opsgenie.mostDetails
    )
      errors.push('details');
    if (errors.length > 0) return refuse(response, errors);
    if (alias === undefined) act(said.alias, 'trigger', said);
    else act(decodeURIComponent(alias), what ?? '', said);
    response.writeHead(202).end('{"result":"Request will be processed"}');
  };
  const ofTeams = ({ url, body }: Heard, response: ServerResponse): void => {
    if (url !== teamsPath) return void response.writeHead(401).end();
    if (Buffer.byteLength(body) > teams.mostBytes) return void response.writeHead(413).end();
    const errors = checked(teams.schema, body);
    if (errors.length > 0) return refuse(response, errors);
    cards.push(JSON.parse(body));
    response.writeHead(202).end();
  };
  const server = await startOneServer(certificate, (heard, response) => {
    if (heard.url.startsWith('/v2/enqueue')) ofPagerDuty(heard, response);
    else if (heard.url.startsWith('/v2/alerts')) ofOpsgenie(heard, response);
    else if (heard.url.startsWith('/workflows')) ofTeams(heard, response);
    else response.writeHead(statusOf(heard.url)).end('ok');
  });
  return { ...server, alerts, violations, cards };
};
