import { Ajv, type ErrorObject } from 'ajv';
import { jsonSchemaOf, type SchemaFile } from '../../scripts/output-schemas.ts';

/** Violations of the published schema; empty if there are none. */
export const schemaErrors = (file: SchemaFile, json: string): readonly ErrorObject[] => {
  const validate = new Ajv().compile(JSON.parse(jsonSchemaOf(file)) as object);
  return validate(JSON.parse(json)) ? [] : (validate.errors ?? []);
};
