import { describe, expect, test } from 'vitest';
import { objectOf, readTemplate, textOf } from '../../scripts/template/intrinsics.ts';
import { template, templateText } from '../../scripts/template/stack.ts';
import { withoutChat } from '../../scripts/template/without-chat.ts';

const text = withoutChat(templateText);
const without = readTemplate(text);
const resources = objectOf(without['Resources']);
const all = objectOf(template['Resources']);

describe('the template for partitions without chat applications', () => {
  test('has no resource type of the chat, whatever its condition', () => {
    expect(Object.values(all).filter((one) => textOf(objectOf(one)['Type']).includes('Chatbot'))).toHaveLength(2);
    expect(Object.values(resources).map((one) => textOf(objectOf(one)['Type']))).not.toContainEqual(
      expect.stringContaining('Chatbot'),
    );
    expect(text).not.toContain('chatbot.amazonaws.com');
  });

  test('has every other resource unchanged', () => {
    const others = Object.entries(all).filter(([, one]) => objectOf(one)['Condition'] !== 'ByChat');

    expect(resources).toEqual(Object.fromEntries(others));
  });

  test('refers to nothing that is gone', () => {
    const gone = Object.keys(all).filter((name) => !(name in resources));

    expect(gone.toSorted()).toEqual(['AcknowledgeButton', 'Chat', 'ChatPermissions', 'ChatRole']);
    for (const name of gone)
      expect(JSON.stringify(without)).not.toMatch(
        new RegExp(`"Ref":"${name}"|"Fn::GetAtt":\\["${name}"|\\$\\{${name}\\.`),
      );
  });

  test('accepts no Slack workspace, because nobody would be notified there', () => {
    const { AllowedPattern } = objectOf(objectOf(without['Parameters'])['SlackWorkspaceId']);

    expect(AllowedPattern).toBe('none');
  });
});
