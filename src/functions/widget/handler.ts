import type { Context } from 'aws-lambda';
import { lambdaAwsConfig } from '../../aws/lambda-config.ts';
import { openTable } from '../../aws/state-client.ts';
import { alwaysVerifyTls } from '../../aws/verified-tls.ts';
import { type IncidentStore, StoreError } from '../../incidents/store.ts';
import { answer } from './answer.ts';
import { widgetLimits } from './limits.ts';

alwaysVerifyTls(process.env);

const minuteMs = 60_000;

/** Variables that the function's template sets. */
const variables = {
  table: 'SYNTHETICS_STATE_TABLE',
  environment: 'SYNTHETICS_ENVIRONMENT',
  cycleMinutes: 'SYNTHETICS_CYCLE_MINUTES',
} as const;

const opened = new Map<string, Pick<IncidentStore, 'load'>>();

/** Created once for all invocations, to reuse the connection. */
const store = (): Pick<IncidentStore, 'load'> => {
  const table = process.env[variables.table] ?? '';
  if (table === '') throw new StoreError('unavailable', `${variables.table} of this function names no DynamoDB table`);
  const there = opened.get(table) ?? openTable(table, lambdaAwsConfig, widgetLimits.readMs);
  opened.set(table, there);
  return there;
};

const log = (thrown: unknown): void => {
  const error =
    thrown instanceof Error ? { message: thrown.message, stack: thrown.stack } : { message: String(thrown) };
  process.stdout.write(`${JSON.stringify({ level: 'ERROR', service: 'hokusai-synthetics-widget', ...error })}\n`);
};

/** The dashboard's custom widget: reads the monitor's stored state and draws it. */
export const handler = (event: unknown, context: Partial<Context> = {}): Promise<string> =>
  answer(event, context.invokedFunctionArn ?? null, {
    store,
    environment: process.env[variables.environment] || 'development',
    cycleMs: (Number(process.env[variables.cycleMinutes]) || 1) * minuteMs,
    now: Date.now,
    log,
  });
