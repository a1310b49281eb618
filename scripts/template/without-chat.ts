import { type Document, isMap, isScalar, parseDocument } from 'yaml';
import { templateText } from './stack.ts';

/**
 * The template for partitions without Amazon Q Developer in chat applications. CloudFormation refuses unknown resource
 * types even where a condition is false, so they have to go.
 */
export const withoutChat = (text: string): string => {
  const document: Document = parseDocument(text, { logLevel: 'silent' });
  const resources = document.get('Resources');
  if (!isMap(resources)) throw new Error('the template has no resources');
  for (const { key, value } of [...resources.items]) {
    if (isMap(value) && value.get('Condition') === 'ByChat' && isScalar(key)) resources.delete(key.value);
  }
  // No other value would do anything.
  for (const name of ['SlackWorkspaceId', 'SlackChannelId'])
    document.setIn(['Parameters', name, 'AllowedPattern'], 'none');
  return document.toString({ lineWidth: 0 });
};

if (import.meta.main) process.stdout.write(withoutChat(templateText));
