import { writeFile } from 'node:fs/promises';
import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema';
import { configurationSchema, targetIdPattern } from '../src/config/schema/configuration.ts';
import { expectation } from '../src/config/schema/expectation.ts';
import {
  controlOverride,
  dnsOverride,
  httpOverride,
  ownDns,
  ownHttp,
  ownTarget,
  ownTls,
  tlsOverride,
} from '../src/config/schema/target.ts';

/** The schema of `synthetics.yaml` for editors. */
export const schemaFile = new URL('../schema/synthetics.schema.json', import.meta.url);

/** Definitions that many keys share. */
const shared = {
  expectation,
  request: httpOverride,
  name: dnsOverride,
  certificate: tlsOverride,
  control: controlOverride,
  ownHttp,
  ownDns,
  ownTls,
  ownTarget,
};

/** The schema of `synthetics.yaml`, made from the one that the prober itself validates with. */
export const configurationJsonSchema = (): string => {
  // Checks are code, so only the prober can enforce them.
  const options: ConversionConfig = { typeMode: 'input', ignoreActions: ['check'] };
  const { $schema, ...whole } = toJsonSchema(configurationSchema, options);
  const definitions = Object.entries(shared).map(([name, schema]) => {
    const { $schema: _, ...definition } = toJsonSchema(schema, options);
    return [name, definition] as const;
  });
  const names = new Map(definitions.map(([name, definition]) => [JSON.stringify(definition), name]));
  const schema = {
    $schema,
    title: 'synthetics.yaml of hokusai-synthetics',
    ...(refer(whole, names) as object),
    definitions: Object.fromEntries(
      definitions.map(([name, definition]) => [name, mapEntries(definition, (value) => refer(value, names))]),
    ),
  };
  return `${JSON.stringify(schema, nameTargets, 2)}\n`;
};

/** Replaces whatever equals a definition with a reference to it. The help next to it stays with the key. */
const refer = (node: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (Array.isArray(node)) return node.map((each) => refer(each, names));
  if (typeof node !== 'object' || node === null) return node;
  const { description, ...rest } = node as { readonly description?: string };
  const name = names.get(JSON.stringify(rest));
  // Draft 7 ignores siblings of a $ref.
  if (name !== undefined) return { description, allOf: [{ $ref: `#/definitions/${name}` }] };
  return mapEntries(node, (value) => refer(value, names));
};

const mapEntries = (node: object, change: (value: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(node).map(([key, value]) => [key, change(value)]));

/** Ids are checked outside the valibot schema, which cannot express the names of a mapping with known keys. */
const nameTargets = (key: string, value: unknown): unknown => {
  if (key !== 'targets' || typeof value !== 'object') return value;
  return { ...value, propertyNames: { pattern: targetIdPattern.source } };
};

if (import.meta.main) await writeFile(schemaFile, configurationJsonSchema());
