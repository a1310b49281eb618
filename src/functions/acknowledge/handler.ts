import { lambdaAwsConfig } from '../../aws/lambda-config.ts';
import { awsLimits } from '../../aws/limits.ts';
import { openTable } from '../../aws/state-client.ts';
import { stateTable } from '../../aws/state-table.ts';
import { variable } from '../../aws/variable.ts';
import { alwaysVerifyTls } from '../../aws/verified-tls.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import { type Acknowledged, acknowledgeBy } from './acknowledge.ts';

alwaysVerifyTls(process.env);

/** Less than the function's time-out, so that a failure has a reason. */
const callMs = 4_000;

/** Its own environment, and that of the probe inside the VPC. The role may change no others. */
const environments = (): readonly [string, string] => {
  const own = variable(process.env, 'SYNTHETICS_ENVIRONMENT') ?? 'development';
  return [own, `${own}-vpc`];
};

let opened: IncidentStore | null = null;

/** Created once for all invocations, to reuse the connection. */
const store = (): IncidentStore => {
  opened ??= openTable(stateTable(process.env), { ...lambdaAwsConfig, maxAttempts: awsLimits.stateAttempts }, callMs);
  return opened;
};

/**
 * Acknowledges an incident. Called asynchronously, so its result is in its log: Lambda writes the reason of a failure.
 */
export const handler = async (event: unknown): Promise<Acknowledged> => {
  const done = await acknowledgeBy(event, { store: store(), environments: environments(), now: Date.now });
  const message = `${done.acknowledged} is acknowledged: it sends no more reminders, and the next cycle acknowledges its alerts`;
  process.stdout.write(`${JSON.stringify({ level: 'INFO', service: 'hokusai-synthetics-acknowledge', message })}\n`);
  return done;
};
