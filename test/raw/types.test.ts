import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../src/functions/probe/log-line.ts';
import type { State } from '../../src/incidents/state.ts';
import type { MetricDatum } from '../../src/metrics/catalogue.ts';
import type { IncidentEvent, IncidentView } from '../../src/model/incident.ts';
import type {
  Attempted,
  AttemptFailure,
  CertificateEvidence,
  RedirectEvidence,
  ResolutionEvidence,
  ResponseEvidence,
} from '../../src/model/observation.ts';
import type { AttemptOutcome, Evidence, Made, StepOutcome } from '../../src/model/report.ts';
import { said } from '../../src/notify/foreign.ts';
import type { Keep } from '../../src/raw/keep.ts';
import type { Raw } from '../../src/raw/raw.ts';
import type { RawJson } from '../../src/raw/raw-json.ts';
import type { Segment } from '../../src/raw/segment.ts';
import { type ArtifactPath, api } from '../../src/registration/addresses.ts';
import type { MlflowRequest } from '../../src/registration/mlflow-client.ts';
import { markup } from '../../src/report/markup.ts';
import { plainText } from '../../src/wording/plain-text.ts';

/*
 * The type checker runs these tests: `npm run types` fails when one of the lines below compiles. Each is a mistake that somebody could
 * make: to show, to store or to send text from outside as it came.
 */

type Mistake = (...given: never) => unknown;

const report: Readonly<Record<string, Mistake>> = {
  // @ts-expect-error
  summary: (raw: Raw): Pick<Evidence, 'summary'> => ({ summary: raw }),
  // @ts-expect-error
  version: (raw: Raw): Pick<Evidence, 'version'> => ({ version: raw }),
  // @ts-expect-error
  body: (raw: Raw): Pick<Evidence, 'body'> => ({ body: raw }),
  // @ts-expect-error
  headers: (raw: Raw): Pick<Evidence, 'headers'> => ({ headers: { server: raw } }),
  // @ts-expect-error
  address: (raw: Raw): Pick<AttemptOutcome, 'address'> => ({ address: raw }),
  // @ts-expect-error
  step: (raw: Raw): Pick<StepOutcome, 'id'> => ({ id: raw }),
  // @ts-expect-error
  made: (raw: Raw): Made => ({ thing: 'run', id: raw }),
};

const observation: Readonly<Record<string, Mistake>> = {
  // @ts-expect-error
  body: (raw: Raw): Pick<ResponseEvidence, 'body'> => ({ body: raw }),
  // @ts-expect-error
  header: (raw: Raw): Pick<ResponseEvidence, 'headers'> => ({ headers: { location: raw } }),
  // @ts-expect-error
  anyHeader: (): Pick<ResponseEvidence, 'headers'> => ({ headers: { 'x-anything': '' } }),
  // @ts-expect-error
  location: (raw: Raw): Pick<RedirectEvidence, 'location'> => ({ location: raw }),
  // @ts-expect-error
  chain: (raw: Raw): Pick<ResolutionEvidence, 'chain'> => ({ chain: [raw] }),
  // @ts-expect-error
  names: (raw: Raw): Pick<CertificateEvidence, 'names'> => ({ names: [raw] }),
  // @ts-expect-error
  detail: (raw: Raw): Pick<AttemptFailure, 'detail'> => ({ detail: raw }),
  // @ts-expect-error
  whole: (_: Raw, gathered: ResponseEvidence<Raw>): Pick<Attempted, 'response'> => ({ response: gathered }),
};

const elsewhere: Readonly<Record<string, Mistake>> = {
  // @ts-expect-error
  text: (raw: Raw) => plainText(raw),
  // @ts-expect-error
  markup: (raw: Raw) => markup`<p>${raw}</p>`,
  // @ts-expect-error
  message: (raw: Raw) => said(raw, (text) => text),
  // @ts-expect-error
  logMessage: (raw: Raw): Pick<LogLine, 'message'> => ({ message: raw }),
  // @ts-expect-error
  logData: (raw: Raw): Pick<LogLine, 'data'> => ({ data: { reason: raw } }),
  // @ts-expect-error
  metricName: (raw: Raw): Pick<MetricDatum, 'name'> => ({ name: raw }),
  // @ts-expect-error
  dimension: (raw: Raw): Pick<MetricDatum, 'dimensions'> => ({ dimensions: { Target: raw } }),
  // @ts-expect-error
  event: (raw: Raw): Pick<IncidentEvent, 'subject'> => ({ subject: raw }),
  // @ts-expect-error
  affected: (raw: Raw): Pick<IncidentView, 'everAffected'> => ({ everAffected: [raw] }),
  // @ts-expect-error
  state: (raw: Raw): Pick<State, 'version'> => ({ version: { current: raw, deployment: null } }),
  // @ts-expect-error
  withoutLimit: (raw: Raw, keep: Keep) => keep(raw),
  // @ts-expect-error
  withAnyLimit: (raw: Raw, keep: Keep) => keep(raw, 60_000),
  // @ts-expect-error
  field: (_: Raw, json: RawJson): string => json.text('message'),
};

const requests: Readonly<Record<string, Mistake>> = {
  // @ts-expect-error
  unchecked: (raw: Raw) => api({ ways: { through: '', deleteThrough: [] } }, 'logged-models', raw),
  // @ts-expect-error
  route: (raw: Raw) => api({ ways: { through: '', deleteThrough: [] } }, raw),
  // @ts-expect-error
  anyRoute: (_: Raw, route: string) => api({ ways: { through: '', deleteThrough: [] } }, route),
  // @ts-expect-error
  path: (raw: Raw): ArtifactPath => [raw],
  // @ts-expect-error
  base: (raw: Raw): MlflowRequest['place'] => ({ base: raw, parts: [] }),
  // @ts-expect-error
  segment: (raw: Raw): Segment => raw,
};

describe('text from outside does not compile', () => {
  it.each(Object.entries({ report, observation, elsewhere, requests }))('as a string: %s', (_, mistakes) => {
    expect(Object.keys(mistakes).length).toBeGreaterThan(5);
  });
});
