import { classify } from '../../src/classify/classify.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import type { Attempted, ResponseEvidence } from '../../src/model/observation.ts';
import type { HttpExpectation, HttpTarget, Target } from '../../src/model/target.ts';
import { httpTarget } from '../support/probing.ts';

export const limits = { ...defaultLimits, slowMs: 1_000, bodyBytes: 10_000, evidenceBytes: 20 };

export const attempt = (changes: Partial<Attempted> = {}): Attempted => ({
  kind: 'attempted',
  target: 'test.target',
  startedAt: 0,
  timingsMs: { resolve: 1, connect: 1, tls: 1, processing: 20, transfer: 1, total: 24 },
  loopLateMs: 0,
  traceId: '',
  resolution: null,
  connects: [],
  addresses: [],
  address: '192.0.2.1:443',
  tls: null,
  redirects: [],
  response: null,
  failure: null,
  ...changes,
});

export const response = (
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): ResponseEvidence => ({
  status,
  headers,
  headerOrder: Object.keys(headers).join(' '),
  body,
  bytes: body.length,
});

/** A redirect as it is recorded. */
export const redirected = (status: number, location: string, from = 'https://host.test/path'): Partial<Attempted> => ({
  redirects: [{ status, from, location }],
  response: response(status, '', { location, server: 'uvicorn' }),
});

const hops = ['dns', 'listener', 'tls', 'rule', 'target-group', 'api', 'key-check', 'auth-service'] as const;

export const expecting = (expect: Partial<HttpExpectation>, rest: Partial<HttpTarget> = {}): HttpTarget =>
  httpTarget({ hops, ...rest, expect: { status: [200], body: { kind: 'any' }, ...expect } });

/** As a report shows it: `fail unexpected-body at api: 200 by …`. */
export const told = (target: Target, seen: Attempted): string => {
  const { status, failureMode, hop, evidence } = classify(target, seen, limits);
  return failureMode === null ? status : `${status} ${failureMode} at ${hop}: ${evidence.summary}`;
};
