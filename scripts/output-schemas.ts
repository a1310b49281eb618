import { writeFile } from 'node:fs/promises';
import { toJsonSchema } from '@valibot/to-json-schema';
import { build } from 'esbuild';
import { commentsAsDescriptions } from './schemas/comments.ts';
import type * as schemas from './schemas/published.ts';

const { outputFiles } = await build({
  entryPoints: [new URL('schemas/published.ts', import.meta.url).pathname],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  plugins: [commentsAsDescriptions],
});
const { published } = (await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`
)) as typeof schemas;

export type SchemaFile = schemas.SchemaFile;
export const schemaFiles = Object.keys(published) as readonly SchemaFile[];

/** The file of a published schema. */
export const schemaUrl = (file: SchemaFile): URL => new URL(`../schema/${file}`, import.meta.url);

export const jsonSchemaOf = (file: SchemaFile): string => {
  const { title, schema, definitions, options } = published[file];
  const { $schema, ...rest } = toJsonSchema(schema, { ...options, definitions });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
};

if (import.meta.main) for (const file of schemaFiles) await writeFile(schemaUrl(file), jsonSchemaOf(file));
