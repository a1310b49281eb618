/*
 * In place of the SDK's reader of XML, in a bundle whose only client of the query protocol is SNS: see aws-query.ts. What SNS
 * answers to Publish, and how it refuses, are a few flat elements.
 */

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const special = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|&#(\d{1,7});|&#x([\da-f]{1,6});|&(lt|gt|quot|apos|amp);/gi;

const characterOf = (code: number, written: string): string =>
  code <= 0x10_ff_ff ? String.fromCodePoint(code) : written;

/** The text of the first element of that name; undefined: there is none. */
const textOf = (xml: string, name: string): string | undefined => {
  const found = new RegExp(`<${name}(?:\\s[^>]*)?(?:/>|>([\\s\\S]*?)</${name}>)`).exec(xml);
  if (found === null) return undefined;
  return (found[1] ?? '').replace(special, (written, raw, decimal, hexadecimal, entity) => {
    if (decimal !== undefined) return characterOf(Number(decimal), written);
    if (hexadecimal !== undefined) return characterOf(Number.parseInt(hexadecimal, 16), written);
    return raw ?? entities[entity] ?? '';
  });
};

interface Settings {
  readonly serviceNamespace: string;
}

export class XmlShapeDeserializer {
  constructor({ serviceNamespace }: Settings) {
    if (serviceNamespace !== 'com.amazonaws.sns')
      throw new Error(`Only answers of SNS are read in this bundle, not those of ${serviceNamespace}`);
  }

  setSerdeContext(): void {}

  readSchema(_schema: unknown, value: unknown): unknown {
    return value;
  }

  /** @param key of what is asked for in the answer; undefined: the answer is a refusal. */
  read(_schema: unknown, bytes: Uint8Array, key?: string): unknown {
    const xml = Buffer.from(bytes).toString();
    const of = (name: string): string | undefined => textOf(xml, name);
    return key === undefined
      ? { Error: { Type: of('Type'), Code: of('Code'), Message: of('Message') } }
      : { MessageId: of('MessageId'), SequenceNumber: of('SequenceNumber') };
  }
}
