import { writeFile } from 'node:fs/promises';
import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { affected, mute, deployment as storedDeployment, view } from '../src/incidents/event-schema.ts';
import { incidentList } from '../src/incidents/list-schema.ts';
import { drill } from '../src/model/drill-schema.ts';
import {
  deployment,
  history,
  hypothesis,
  hypothesisId,
  onset,
  requestPath,
} from '../src/model/report-schema/diagnosis.ts';
import { certificate, evidence, timings } from '../src/model/report-schema/evidence.ts';
import { failureMode, status } from '../src/model/report-schema/judged.ts';
import { attempt, hop, outcome } from '../src/model/report-schema/outcome.ts';
import { made, step, stepId } from '../src/model/report-schema/registration.ts';
import { report } from '../src/model/report-schema/report.ts';

interface Published {
  readonly title: string;
  readonly schema: GenericSchema;
  /** What many keys share, once. */
  readonly definitions: Readonly<Record<string, GenericSchema>>;
  readonly options: ConversionConfig;
}

/** What programs can read of the command line, by the file that describes it: made from the schemas of its own readers. */
const published = {
  'report.schema.json': {
    title: 'Report of hokusai-synthetics',
    schema: report,
    definitions: {
      ...{ status, failureMode, hop, timings, certificate, evidence, attempt, outcome, stepId, step, made },
      ...{ hypothesisId, hypothesis, requestPath, deployment, history, onset },
    },
    options: { typeMode: 'output' },
  },
  'drill.schema.json': {
    title: 'Drill of hokusai-synthetics',
    schema: drill,
    definitions: { hypothesisId },
    options: { typeMode: 'output' },
  },
  'incidents.schema.json': {
    title: 'Incidents of hokusai-synthetics, as incidents --format json lists them',
    schema: incidentList,
    definitions: { view, affected, mute, deployment: storedDeployment },
    // Their schema cuts what is too long and leaves out what a newer version named: that is code.
    options: { typeMode: 'input', ignoreActions: ['check', 'transform', 'safe_integer'] },
  },
} as const satisfies Readonly<Record<string, Published>>;

export type SchemaFile = keyof typeof published;
export const schemaFiles = Object.keys(published) as readonly SchemaFile[];

/** Where a schema is kept for its readers. */
export const schemaUrl = (file: SchemaFile): URL => new URL(`../schema/${file}`, import.meta.url);

export const jsonSchemaOf = (file: SchemaFile): string => {
  const { title, schema, definitions, options } = published[file];
  const { $schema, ...rest } = toJsonSchema(schema, { ...options, definitions });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
};

if (import.meta.main) for (const file of schemaFiles) await writeFile(schemaUrl(file), jsonSchemaOf(file));
