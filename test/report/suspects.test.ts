import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { requests, withRoutes } from '../../src/model/requests.ts';
import { faultlessPaths } from '../../src/report/faultless-paths.ts';
import { targets } from '../diagnose/observations.ts';

const folder = join(import.meta.dirname, '../evidence');

it.each([
  { id: 'fifth-bodies-halved', seen: 'half a body', hops: ['proxy-route', 'mlflow', 'database'] },
  { id: 'fifth-proxy-empty-bodies', seen: 'an empty body', hops: ['proxy-route', 'mlflow', 'database'] },
  { id: 'sixth-json-as-string', seen: 'JSON within a string', hops: ['proxy-route', 'mlflow', 'database'] },
  { id: 'sixth-tags-removed', seen: 'a run without its tags', hops: ['proxy-route', 'mlflow', 'database'] },
  { id: 'sixth-artifact-line-ends', seen: 'other line ends', hops: ['proxy-route', 'mlflow', 'artifact-store'] },
  { id: 'sixth-version-stays-pending', seen: 'MLflow’s own state', hops: ['mlflow', 'database'] },
  { id: 'sixth-proxy-redirects-inside', seen: 'a redirect', hops: ['proxy-route', 'service-discovery'] },
  { id: 'sixth-big-packets-dropped', seen: 'the API’s 504', hops: ['service-discovery', 'mlflow', 'database'] },
  // What passes beside these clears nothing: a rule is about some requests only.
  { id: 'fifth-waf-blocks-artifacts', seen: 'a refusal in front', hops: ['rule'] },
  { id: 'sixth-body-limit-200', seen: 'a refusal in front', hops: ['rule'] },
  { id: 'third-posts-hang', seen: 'silence', hops: ['api'] },
])('$id: $seen leaves these hops under suspicion: $hops', ({ id, hops }) => {
  const { report } = parseReport(readFileSync(join(folder, `${id}.json`), 'utf8'));
  const found = diagnose(report, targets, report.history);
  const [way] = faultlessPaths(found, withRoutes(requests(report), targets));

  expect(found.status).toBe('no-match');
  expect(way?.hops.filter(({ suspect }) => suspect).map(({ hop }) => hop)).toEqual(hops);
});
