import * as v from 'valibot';
import { marksOf } from '../classify/fingerprint.ts';
import { readJson } from '../classify/json.ts';
import { modeOfText } from '../classify/texts.ts';
import { causeOfDependencies, toldCauseOf } from '../classify/told-cause.ts';
import { toldText } from '../classify/told-text.ts';
import { noFindings } from '../model/blank.ts';
import { isFailureMode } from '../model/failure-modes.ts';
import { blindness } from '../model/report-schema/report.ts';
import type { ToldCause } from '../model/told-causes.ts';
import { outsideGroup } from '../platform/hosts.ts';

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => (isRecord(value) ? value : {});

const listIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

/**
 * Converts a report of an older version. Missing fields that are only shown need nothing here: their schema has defaults.
 */
export const migrated = (saved: Fields): Fields => ({
  ...saved,
  outcomes: eachIn(saved['outcomes']),
  // Earlier versions had no flow.
  registration: flowIn(saved['registration']),
  // Earlier versions reported a blind monitor only in the diagnosis.
  blind: saved['blind'] === null || v.is(blindness, saved['blind']) ? saved['blind'] : blindBefore(saved),
});

const blindBefore = ({ diagnosis, outcomes }: Fields): v.InferOutput<typeof blindness> | null => {
  if (fieldsOf(diagnosis)['status'] !== 'monitor-blind') return null;
  const all = listIn(outcomes);
  const control = all.find(({ host }) => host === outsideGroup)?.['target'];
  return {
    phase: all.some(({ phase }) => phase === 'connect') ? 'connect' : 'resolve',
    control: typeof control === 'string' ? control : null,
  };
};

/**
 * Adds the findings to an outcome or a step. Earlier versions kept only the start of the response and a sentence about it, and read
 * the cause from these during the diagnosis. This is the only place that still does so. Other values stay unchanged.
 */
const withFindings = (entry: unknown): unknown => {
  if (!isRecord(entry)) return entry;
  const { attempts, evidence, timingsMs } = entry;
  return {
    ...('cause' in entry ? {} : { ...noFindings, cause: causeBefore(entry) }),
    relayed: headerIn(entry, 'server').includes(', '),
    marks:
      typeof entry['httpStatus'] === 'number'
        ? marksOf({ server: headerIn(entry, 'server'), 'content-type': headerIn(entry, 'content-type') })
        : null,
    ...entry,
    ...readAgain(entry),
    evidence: fieldsOf(evidence),
    timingsMs: fieldsOf(timingsMs),
    ...(attempts === undefined ? {} : { attempts: eachIn(attempts) }),
  };
};

/** What this version reads in the words of a response, where the version that saved it read nothing. */
const readAgain = (entry: Fields): Fields => {
  const { failureMode, answeredBy, httpStatus, evidence } = entry;
  const { body } = fieldsOf(evidence);
  const saysMissing =
    failureMode === 'auth-rejected' &&
    answeredBy !== 'mlflow' &&
    typeof httpStatus === 'number' &&
    typeof body === 'string' &&
    modeOfText(httpStatus, body) === 'auth-missing';
  return {
    ...(saysMissing ? { failureMode: 'auth-missing' } : {}),
    ...(entry['cause'] === null ? { cause: causeBefore(entry) } : {}),
  };
};

/** Repeated headers were joined by a comma. */
const headerIn = ({ evidence }: Fields, name: 'server' | 'content-type'): string => {
  const value = fieldsOf(fieldsOf(evidence)['headers'])[name];
  return typeof value === 'string' ? value : '';
};

const eachIn = (list: unknown): unknown => (Array.isArray(list) ? list.map(withFindings) : list);

const flowIn = (saved: unknown): unknown =>
  saved === undefined || saved === null ? null : { ...fieldsOf(saved), steps: eachIn(fieldsOf(saved)['steps']) };

const causeBefore = (entry: Fields): ToldCause | null => {
  const { failureMode, answeredBy, evidence } = entry;
  if (typeof failureMode !== 'string' || !isFailureMode(failureMode) || !isRecord(evidence)) return null;
  const { body, summary } = evidence;
  if (failureMode === 'dependency-unhealthy') return typeof summary === 'string' ? causeInSentence(summary) : null;
  const [redirect] = listIn(evidence['redirects']);
  const location = answeredBy === 'application' ? null : redirect?.['location'];
  if (failureMode === 'redirect-unexpected')
    return typeof location === 'string' ? toldCauseOf(failureMode, () => location) : null;
  const words = body ?? summary;
  if (typeof words !== 'string') return null;
  const headers = { 'content-type': headerIn(entry, 'content-type') };
  return toldCauseOf(failureMode, () => toldText({ body: words, json: readJson(words), headers }));
};

/** The words before the dependencies in that sentence. */
const because = 'because of ';

/** Commas separated several dependencies. */
const causeInSentence = (sentence: string): ToldCause | null => {
  const at = sentence.indexOf(because, sentence.lastIndexOf(',') + 1);
  return at === -1 ? null : causeOfDependencies([{ name: sentence.slice(at + because.length), state: 'unhealthy' }]);
};
