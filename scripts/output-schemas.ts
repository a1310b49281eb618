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
  /** Definitions that many keys share. */
  readonly definitions: Readonly<Record<string, GenericSchema>>;
  readonly options: ConversionConfig;
}

/** The command line's machine-readable output, by schema file. The schemas come from those of the readers. */
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
    // These schemas truncate long values and drop what a newer version added. Both are code.
    options: { typeMode: 'input', ignoreActions: ['check', 'transform', 'safe_integer'] },
  },
} as const satisfies Readonly<Record<string, Published>>;

export type SchemaFile = keyof typeof published;
export const schemaFiles = Object.keys(published) as readonly SchemaFile[];

/** The file of a published schema. */
export const schemaUrl = (file: SchemaFile): URL => new URL(`../schema/${file}`, import.meta.url);

export const jsonSchemaOf = (file: SchemaFile): string => {
  const { title, schema, definitions, options } = published[file];
  const { $schema, ...rest } = toJsonSchema(schema, { ...options, definitions });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
};

if (import.meta.main) for (const file of schemaFiles) await writeFile(schemaUrl(file), jsonSchemaOf(file));
