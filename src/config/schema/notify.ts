import * as v from 'valibot';
import { type TemplateField, templateFields, templatePlace } from '../../model/template-fields.ts';
import type { Format } from '../format.ts';
import { secretReference } from './credentials.ts';
import { url } from './url.ts';
import { key, matching, text } from './value.ts';

const isJson = (said: string): boolean => {
  try {
    JSON.parse(said);
    return true;
  } catch {
    return false;
  }
};

const isField = (name: string): name is TemplateField => (templateFields as readonly string[]).includes(name);

const namesKnownFields = (said: string): boolean =>
  [...said.matchAll(templatePlace)].every(([, name]) => name !== undefined && isField(name));

const topic = matching(
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/,
  'topic' satisfies Format,
);

const described = <S extends v.GenericSchema>(schema: S, help: string) => v.pipe(schema, v.description(help));

/** Both services have a second, European one. */
const region = v.picklist(['us', 'eu']);

/** A key or a message about an incident is sent there. */
const httpsUrl = v.pipe(
  url,
  v.check((text) => text.toLowerCase().startsWith('https://'), 'url-https' satisfies Format),
);

/** Characters. A message of this size is no longer one. */
const longestTemplate = 16_000;

const template = v.pipe(
  text(longestTemplate),
  v.check(isJson, 'json-template' satisfies Format),
  v.check((said) => !isJson(said) || namesKnownFields(said), 'template-field' satisfies Format),
);

export const notify = v.strictObject({
  topics: key(
    v.strictObject({
      critical: key(topic, 'ARN of the SNS topic for critical incidents.'),
      warning: key(topic, 'ARN of the SNS topic for warnings.'),
      operational: key(topic, "ARN of the SNS topic for notices, and for the monitor's own events."),
    }),
    'SNS topics. Messages without a topic of their own go to the next one that is set.',
  ),
  webhook: key(
    secretReference,
    'Where the URL of a Slack-compatible webhook is kept: { env: NAME } or as the API key. Never the URL itself.',
  ),
  pagerduty: key(
    v.strictObject({
      routingKey: described(secretReference, 'Where the integration key of an Events API v2 integration is kept.'),
      region: key(region, 'Service region of the account; default: us.'),
      url: key(httpsUrl, 'Another address that takes such events; default: that of the region.'),
    }),
    'PagerDuty. Incidents become alerts with the same key, and resolve them.',
  ),
  opsgenie: key(
    v.strictObject({
      apiKey: described(secretReference, 'Where the key of an API integration is kept.'),
      region: key(region, 'Region of the account; default: us.'),
      url: key(
        httpsUrl,
        'Another address of its alerts, such as https://api.atlassian.com/jsm/ops/integration/v2/alerts for Jira Service Management; default: that of the region.',
      ),
    }),
    'Opsgenie, or Jira Service Management. Incidents become alerts with the same alias, and close them.',
  ),
  teams: key(
    v.strictObject({
      url: described(secretReference, 'Where the URL of a workflow’s webhook is kept. Never the URL itself.'),
    }),
    'Microsoft Teams: a workflow that posts the cards it gets.',
  ),
  json: key(
    v.strictObject({
      url: described(secretReference, 'Where the URL is kept. Never the URL itself.'),
      template: key(template, 'JSON whose texts may contain {{subject}} and other fields; default: all fields.'),
    }),
    'Any receiver of JSON over https.',
  ),
  heartbeat: key(
    secretReference,
    'Where the URL of a dead man’s switch is kept: { env: NAME } or as the API key. The function and watch send it one GET after each published cycle, so that a service outside AWS notices when they stop. Never the URL itself.',
  ),
  dashboard: key(url, 'Address of a dashboard, for messages.'),
  runbook: key(url, 'Address of a runbook, for messages.'),
});
