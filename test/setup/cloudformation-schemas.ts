import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type JsonObject, objectOf } from '../../scripts/template/intrinsics.ts';
import { pythonWith } from './environment.ts';

/**
 * CloudFormation's own schema of each resource type, as cfn-lint ships it: the permissions of its handlers, and the
 * properties whose change replaces the resource.
 */
export const cloudFormationSchemas = async (): Promise<ReadonlyMap<string, JsonObject>> => {
  const lib = join(dirname(await pythonWith('sam')), '..', 'lib');
  const [python = ''] = await readdir(lib);
  const folder = join(lib, python, 'site-packages', 'cfnlint', 'data', 'schemas', 'resources');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const schemas = await Promise.all(
    files.map(async (file) => objectOf(JSON.parse(await readFile(join(folder, file), 'utf8')))),
  );
  return new Map(schemas.map((schema) => [String(schema['typeName']), schema]));
};
