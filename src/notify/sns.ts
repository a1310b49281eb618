import { PublishCommand, type PublishCommandInput, type SNSClient } from '@aws-sdk/client-sns';
import type { Severity } from '../model/incident.ts';
import { within } from '../model/within.ts';
import type { Channel, Sendable } from './channel.ts';
import { isOfIncident, threadOf } from './head.ts';
import { notifyLimits } from './limits.ts';
import { type Message, messageOf } from './message.ts';
import type { Setting } from './setting.ts';
import { isOfTheMessage, refusalOf } from './sns-refusal.ts';

/** ARNs. `operational` gets notices and events of the monitor itself. */
export interface Topics {
  readonly critical: string | null;
  readonly warning: string | null;
  readonly operational: string | null;
}

export interface SnsOptions extends Setting {
  readonly client: Pick<SNSClient, 'send'>;
  readonly topics: Topics;
}

/**
 * Publishes each event to the topic of its severity, or to the nearest one configured. An incident that became worse
 * also goes to its earlier topic, whose readers get no further messages about it. @throws when no topic is configured.
 */
export const createSnsChannel = ({ client, topics, ...setting }: SnsOptions): Channel => {
  if (Object.values(topics).every((topic) => topic === null)) throw new Error('SNS: no topic is named');
  return {
    name: 'sns',
    send: async (event, signal) => {
      for (const topic of topicsFor(event, topics)) await publishTo(topic, event, signal, { client, setting });
    },
  };
};

const publishTo = async (
  topic: string,
  event: Sendable,
  signal: AbortSignal,
  { client, setting }: { readonly client: SnsOptions['client']; readonly setting: Setting },
): Promise<void> => {
  const publish = async (input: PublishCommandInput): Promise<void> => {
    const limit = { failing: 'SNS did not answer', ms: Number.POSITIVE_INFINITY, signal };
    const { MessageId } = await within(limit, (abortSignal) => client.send(new PublishCommand(input), { abortSignal }));
    // A proxy's page can arrive with status 200, and the event would be lost.
    if (MessageId === undefined) throw new Error('the response names no message, so it is not from SNS');
  };
  try {
    await publish(publishInputOf(event, topic, setting));
  } catch (thrown) {
    if (!isOfTheMessage(thrown)) throw refusalOf(thrown, topic, signal, setting.redact);
    // A short message is better than one that is rejected every time.
    await publish(plainInputOf(event, topic, setting)).catch((again: unknown) => {
      throw refusalOf(again, topic, signal, setting.redact);
    });
  }
};

/** The event as data, for subscriptions that are programs. Empty if the message would be too large with it. */
const forPrograms = (event: Sendable, redact: Setting['redact']): Readonly<Record<string, string>> => {
  // ASCII, because SQS accepts only characters that XML allows.
  const json = redact(JSON.stringify(event)).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return JSON.stringify(json).length > notifyLimits.eventBytes ? {} : { sqs: json, lambda: json };
};

/** Amazon Q Developer in chat applications subscribes with `https`. Text messages are billed by length. */
export const publishInputOf = (event: Sendable, topic: string, setting: Setting): PublishCommandInput => {
  const message = messageOf(event, setting);
  const { subject, text, card } = message;
  return {
    ...addressed(event, topic, message),
    MessageStructure: 'json',
    Message: JSON.stringify({
      default: text,
      https: JSON.stringify(card),
      sms: subject,
      ...forPrograms(event, setting.redact),
    }),
  };
};

const plainInputOf = (event: Sendable, topic: string, setting: Setting): PublishCommandInput => {
  const message = messageOf(event, setting);
  return { ...addressed(event, topic, message), Message: message.shortText };
};

const order: Readonly<Record<keyof Topics, readonly (keyof Topics)[]>> = {
  critical: ['critical', 'warning', 'operational'],
  warning: ['warning', 'operational', 'critical'],
  operational: ['operational', 'warning', 'critical'],
};

const topicsFor = (event: Sendable, topics: Topics): ReadonlySet<string> => {
  if (event.kind === 'test') return new Set(Object.values(topics).filter((topic) => topic !== null));
  return new Set([
    topicOf(isOfIncident(event) ? event.incident.severity : 'notice', topics),
    ...(event.kind === 'updated' && event.change.kind === 'worse' ? [topicOf(event.change.from, topics)] : []),
  ]);
};

const topicOf = (severity: Severity, topics: Topics): string =>
  order[severity === 'notice' ? 'operational' : severity].map((name) => topics[name]).find((topic) => topic !== null) ??
  '';

const addressed = (
  event: Sendable,
  topic: string,
  { subject, attributes }: Message,
): Omit<PublishCommandInput, 'Message'> => ({
  TopicArn: topic,
  Subject: subject,
  MessageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  ),
  // Ordered per incident, and deduplicated for five minutes.
  ...(topic.endsWith('.fifo')
    ? { MessageGroupId: idFor(threadOf(event)), MessageDeduplicationId: idFor(event.id) }
    : {}),
});

/** SNS: at most 128 letters, digits and punctuation characters. */
const idFor = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 128) || '-';
