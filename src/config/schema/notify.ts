import * as v from 'valibot';
import type { Format } from '../format.ts';
import { secretReference } from './credentials.ts';
import { url } from './url.ts';
import { key, matching } from './value.ts';

const topic = matching(
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/,
  'topic' satisfies Format,
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
  heartbeat: key(
    secretReference,
    'Where the URL of a dead man’s switch is kept: { env: NAME } or as the API key. The function and watch send it one GET after each published cycle, so that a service outside AWS notices when they stop. Never the URL itself.',
  ),
  dashboard: key(url, 'Address of a dashboard, for messages.'),
  runbook: key(url, 'Address of a runbook, for messages.'),
});
