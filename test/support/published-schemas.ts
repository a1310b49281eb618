import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { jsonSchemaOf, type SchemaFile } from '../../scripts/output-schemas.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The schema without room for fields that it does not name. Readers must accept those of newer versions. */
const closed = (schema: Json): Json => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in schema ? { ...inner, additionalProperties: false } : inner;
};

const validators = new Map<SchemaFile, ValidateFunction>();

const validatorOf = (file: SchemaFile): ValidateFunction => {
  const validate = validators.get(file) ?? new Ajv().compile(closed(JSON.parse(jsonSchemaOf(file)) as Json) as object);
  validators.set(file, validate);
  return validate;
};

/** Violations of the published schema, and fields that it does not describe; empty if there are none. */
export const schemaErrors = (file: SchemaFile, json: string): readonly ErrorObject[] => {
  const validate = validatorOf(file);
  return validate(JSON.parse(json)) ? [] : (validate.errors ?? []);
};
