import { Ajv, type ErrorObject } from 'ajv';
import { jsonSchemaOf, type SchemaFile } from '../../scripts/output-schemas.ts';

/** What of this text does not follow the published schema; empty: all of it does. */
export const schemaErrors = (file: SchemaFile, json: string): readonly ErrorObject[] => {
  const validate = new Ajv().compile(JSON.parse(jsonSchemaOf(file)) as object);
  return validate(JSON.parse(json)) ? [] : (validate.errors ?? []);
};
