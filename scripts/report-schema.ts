import { writeFile } from 'node:fs/promises';
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
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

/** Where the schema of the JSON report is kept for its readers. */
export const schemaFile = new URL('../schema/report.schema.json', import.meta.url);

/** What many keys share, once. */
const definitions = {
  ...{ status, failureMode, hop, timings, certificate, evidence, attempt, outcome, stepId, step, made },
  ...{ hypothesisId, hypothesis, requestPath, deployment, history, onset },
} as const satisfies Record<string, GenericSchema>;

/** The schema of the report, made from the one that its readers use. */
export const reportJsonSchema = (): string => {
  const { $schema, ...schema } = toJsonSchema(report, { typeMode: 'output', definitions });
  return `${JSON.stringify({ $schema, title: 'Report of hokusai-synthetics', ...schema }, null, 2)}\n`;
};

if (import.meta.main) await writeFile(schemaFile, reportJsonSchema());
