import type { ConversionConfig } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { incidentDetails, incidentList } from '../../src/incidents/list-schema.ts';
import { drill } from '../../src/model/drill-schema/drill.ts';
import { mute } from '../../src/model/incident-schema/event.ts';
import { affected, deployment as storedDeployment, view } from '../../src/model/incident-schema/incident.ts';
import { judgement, storyEntry } from '../../src/model/incident-schema/story.ts';
import { hypothesis, onset, requestPath } from '../../src/model/report-schema/diagnosis.ts';
import { certificate, evidence, timings } from '../../src/model/report-schema/evidence.ts';
import { deployment, history, hypothesisId } from '../../src/model/report-schema/history.ts';
import { failureMode, status } from '../../src/model/report-schema/judged.ts';
import { attempt, hop, outcome } from '../../src/model/report-schema/outcome.ts';
import { made, step, stepId } from '../../src/model/report-schema/registration.ts';
import { report } from '../../src/model/report-schema/report.ts';

interface Published {
  readonly title: string;
  readonly schema: GenericSchema;
  /** Definitions that many keys share. */
  readonly definitions: Readonly<Record<string, GenericSchema>>;
  readonly options: ConversionConfig;
}

/** These schemas truncate long values and drop what a newer version added. Both are code. */
const stored: ConversionConfig = { typeMode: 'input', ignoreActions: ['check', 'transform', 'safe_integer'] };

/** The command line's machine-readable output, by schema file. The schemas come from those of the readers. */
export const published = {
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
    definitions: { view, affected, mute, judgement, deployment: storedDeployment },
    options: stored,
  },
  'incident.schema.json': {
    title: 'An incident of hokusai-synthetics, as incidents show --format json shows it',
    schema: incidentDetails,
    definitions: { view, affected, judgement, message: storyEntry, deployment: storedDeployment },
    options: stored,
  },
} as const satisfies Readonly<Record<string, Published>>;

export type SchemaFile = keyof typeof published;
