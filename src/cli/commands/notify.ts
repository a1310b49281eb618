import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { Command } from 'commander';
import { within } from '../../model/within.ts';
import type { Channel, TestEvent } from '../../notify/channel.ts';
import { plural } from '../../wording/count.ts';
import { channelsOf } from '../channels.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { readSettings } from '../inputs.ts';
import type { Section } from '../interrupt.ts';
import { collect, notEmpty } from '../parse.ts';
import { print } from '../print.ts';
import { UsageError } from '../usage-error.ts';

interface TestOptions {
  readonly config?: string;
  readonly channel: readonly string[];
}

/** Milliseconds for one channel. A service for alerts gets two requests. */
const limitMs = 25_000;

export const notifyCommand = (context: Context): Command =>
  new Command('notify').description('try the channels that report incidents').addCommand(
    new Command('test')
      .description('send a test message through each channel, and say whether it was accepted')
      .option('--config <file>', 'configuration file with the channels', notEmpty)
      .option('--channel <name>', 'only this channel, such as webhook; repeatable; default: all', collect, [])
      .action((options: TestOptions) => test(options, context)),
  );

const test = async ({ config, channel }: TestOptions, { exit, interrupt }: Context): Promise<void> => {
  const settings = await readSettings(config ?? null);
  const channels = chosen(channelsOf({ settings, apiKey: null }, { config: config ?? null, state: null }), channel);
  const event = testEvent(settings.environment);
  await print(`${event.id}: a test message through ${plural(channels.length, 'channel')}\n`);
  const refusals = await interrupt.during(sending, () =>
    Promise.all(
      channels.map(async (one) => {
        const refusal = await refusalOf(one, event, interrupt.signal);
        await print(`  ${refusal === null ? `✓ ${one.name}: ${takenWords(one.name)}` : `✗ ${one.name}: ${refusal}`}\n`);
        return refusal;
      }),
    ),
  );
  if (settings.notify.heartbeat !== null)
    await print('  - heartbeat: not tried, because a beat would say that a cycle was published\n');
  const hasFailed = refusals.some((refusal) => refusal !== null);
  exit(interrupt.exitCode() ?? (hasFailed ? exitCodes.failing : exitCodes.fine));
};

const sending: Section = { says: () => null, left: () => [] };

/** @throws UsageError */
const chosen = (channels: readonly Channel[], names: readonly string[]): readonly Channel[] => {
  const known = channels.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--channel ${unknown}: the configuration has no such channel; it has ${known.length === 0 ? 'none' : known.join(', ')}`,
    );
  if (known.length === 0)
    throw new UsageError(
      'notify test: the configuration has no channel; notify.webhook, topics, pagerduty, opsgenie, teams or json adds one',
    );
  return names.length === 0 ? channels : channels.filter(({ name }) => names.includes(name));
};

const refusalOf = async (channel: Channel, event: TestEvent, signal: AbortSignal): Promise<string | null> => {
  try {
    const limit = { failing: 'the message was not accepted', ms: limitMs, signal };
    await within(limit, (ending) => channel.send(event, ending));
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Nothing sends a test again.
    return reason.replace(/[;,] the next cycle tries again$/, '; try again');
  }
};

/** A server's answer shows that it has the message. Only people see whether it reaches them. */
const takenWords = (channel: string): string => {
  if (channel === 'sns') return 'accepted by every topic; mails come only to confirmed subscriptions';
  if (channel === 'pagerduty' || channel === 'opsgenie') return 'accepted: an alert that was resolved at once';
  return 'accepted; does the chat show it?';
};

const testEvent = (environment: string): TestEvent => {
  const id = `test-${randomBytes(4).toString('hex')}`;
  return {
    ...{ kind: 'test', id, subject: id, environment, at: new Date().toISOString() },
    headline: 'only a test',
    lines: [
      'This is a test. Nothing is wrong, and no incident was opened or changed.',
      `Sent by “notify test” on ${hostname()} for the environment ${environment}.`,
    ],
  };
};
