import type { Plugin } from 'esbuild';
import { cutting } from '../cut.ts';

/** What SNS answers to Publish, and how it refuses: a few flat elements of XML. */
const answersOfSns = `
  class XmlShapeDeserializer {
    constructor({ serviceNamespace }) {
      if (serviceNamespace !== 'com.amazonaws.sns') throw new Error('Only answers of SNS are read in this bundle, not those of ' + serviceNamespace);
    }
    setSerdeContext() {}
    readSchema(schema, value) { return value; }
    read(schema, bytes, key) {
      const text = Buffer.from(bytes).toString();
      const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
      const of = (name) => new RegExp('<' + name + '>([^<]*)</' + name + '>').exec(text)?.[1].replace(/&(lt|gt|quot|apos|amp);/g, (_, e) => entities[e]);
      return key === undefined
        ? { Error: { Type: of('Type'), Code: of('Code'), Message: of('Message') } }
        : { MessageId: of('MessageId'), SequenceNumber: of('SequenceNumber') };
    }
  }`;

/**
 * SNS speaks the SDK's query protocol, whose reader of XML knows all shapes, dates and document types (10 KB). An error
 * has a code and a message, and that is what is used here.
 */
export const awsQuery: Plugin = cutting('XML of the query protocol', [
  {
    files: /@aws-sdk\/core\/dist-es\/submodules\/protocols\/query\/AwsQueryProtocol\.js$/,
    replace: (text) =>
      text.replace('import { XmlShapeDeserializer } from "../xml/XmlShapeDeserializer";', answersOfSns),
  },
]);
