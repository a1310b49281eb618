import { describe, expect, test } from 'vitest';
import { listOf, objectOf, textOf } from '../../scripts/template/intrinsics.ts';
import { everything, ofType, stackWith } from '../../scripts/template/stack.ts';
import { acknowledgementIn } from '../../src/functions/acknowledge/event.ts';
import { cardOf } from '../../src/notify/card.ts';
import { events, setting } from '../notify/incidents.ts';

const [button] = ofType(stackWith(everything), 'AWS::Chatbot::CustomAction');
const [attachment = {}] = listOf(button?.properties['Attachments']).map(objectOf);
const command = textOf(objectOf(button?.properties['Definition'])['CommandText']);

/** The variables that the button extracts from a message, or null if it is not shown there. */
const extracted = (message: object): Readonly<Record<string, string>> | null => {
  const values = Object.fromEntries(
    Object.entries(objectOf(attachment['Variables'])).map(([name, path]) => [
      name,
      textOf(path)
        .replace(/^event\./, '')
        .split('.')
        .reduce<unknown>((value, part) => (value as Readonly<Record<string, unknown>> | undefined)?.[part], message),
    ]),
  );
  const isShown = listOf(attachment['Criteria'])
    .map(objectOf)
    .every(({ Operator, VariableName }) => Operator === 'HAS_VALUE' && values[textOf(VariableName)] !== undefined);
  return isShown ? (values as Readonly<Record<string, string>>) : null;
};

describe('the button in the chat', () => {
  test('is linked to the channel, and exists only with a chat', () => {
    const [chat] = ofType(stackWith(everything), 'AWS::Chatbot::SlackChannelConfiguration');

    expect(chat?.properties['CustomizationResourceArns']).toEqual(['<AcknowledgeButton>']);
    expect(ofType(stackWith(), 'AWS::Chatbot::CustomAction')).toEqual([]);
  });

  test.each(Object.entries(events))('is below messages about open incidents only: %s', (_, event) => {
    const asked = 'incident' in event && event.kind !== 'resolved' && event.incident.acknowledged === null;

    expect(extracted(cardOf(event, setting)) !== null).toBe(asked);
  });

  test('sends an event that the function takes, and does not wait for the answer', () => {
    const [event] = Object.values(events).filter(({ kind }) => kind === 'opened');
    const values = event === undefined ? null : extracted(cardOf(event, setting));
    const filled = command.replace(/\$(\w+)/g, (_, name: string) => values?.[name] ?? '');
    const [, payload = ''] = /--payload (\{[^}]*\})/.exec(filled) ?? [];
    const { environment, ...acknowledging } = JSON.parse(payload) as Readonly<Record<string, string>>;

    expect(command).toMatch(/^lambda invoke --function-name <AcknowledgeFunction> --invocation-type Event /);
    expect(environment).toBe(event?.environment);
    expect(acknowledgementIn(acknowledging).incident).toMatch(/^\d{8}-\d{4}-/);
  });
});
