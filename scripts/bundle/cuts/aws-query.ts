import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

const reader = fileURLToPath(new URL('sns-answer.ts', import.meta.url));

/**
 * SNS speaks the SDK's query protocol, whose reader of XML knows all shapes, dates and document types (10 KB). An error
 * has a code and a message, and that is what is used here.
 */
export const awsQuery: Plugin = cutting('XML of the query protocol', [
  {
    files: /@aws-sdk\/core\/dist-es\/submodules\/protocols\/query\/AwsQueryProtocol\.js$/,
    replace: (text) => text.replace('"../xml/XmlShapeDeserializer"', JSON.stringify(reader)),
  },
]);
