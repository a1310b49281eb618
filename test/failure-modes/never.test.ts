import { describe, expect, it } from 'vitest';
import { failureTable, isReason, type RequestKind } from '../../scripts/pages/failure-table.ts';
import { classify } from '../../src/classify/classify.ts';
import type { FailureMode } from '../../src/model/failure-modes.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import type { Attempted, AttemptFailure } from '../../src/model/observation.ts';
import type { Phase } from '../../src/model/phases.ts';
import type { Target } from '../../src/model/target.ts';
import { targets } from '../diagnose/observations.ts';
import { balancerSays200, type CannedAnswer, cannedAnswers } from './answers.ts';

const kindOf = (target: Target): RequestKind => {
  switch (target.kind) {
    case 'dns':
      return 'name';
    case 'tls':
      return 'certificate';
    case 'http':
      if (target.expect.preflight !== undefined) return 'preflight';
      if (target.expect.redirectToHttps === true) return 'redirect';
      return target.expect.body.kind === 'health' ? 'health' : 'http';
  }
};

const phasesOf: Readonly<Record<Exclude<RequestKind, 'step' | 'clean-up'>, readonly Phase[]>> = {
  http: ['resolve', 'connect', 'tls', 'processing', 'transfer'],
  health: ['resolve', 'connect', 'tls', 'processing', 'transfer'],
  preflight: ['resolve', 'connect', 'tls', 'processing', 'transfer'],
  redirect: ['resolve', 'connect', 'processing', 'transfer'],
  name: ['resolve'],
  certificate: ['resolve', 'connect', 'tls'],
};

/** As c-ares, libuv, OpenSSL, undici, llhttp and the prober's limits call them. */
const codes: Readonly<Partial<Record<Phase, readonly string[]>>> = {
  resolve: ['ENOTFOUND', 'ESERVFAIL', 'EREFUSED', 'ENODATA', 'ETIMEOUT', 'ECONNREFUSED', 'LIMIT_PHASE', 'EFORMERR'],
  // A reset at this moment is not to be had over plain HTTP, and no other kind differs by it.
  connect: ['ECONNREFUSED', 'ETIMEDOUT', 'LIMIT_PHASE', 'ENETUNREACH', 'EHOSTUNREACH', 'NO_ROUTE', 'EACCES'],
  tls: [
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'NAME_MISMATCH',
    'ECONNRESET',
    'LIMIT_PHASE',
    'TLS_CLOSED',
    'ERR_SSL_X',
  ],
  processing: ['LIMIT_TOTAL', 'CLOSED', 'ECONNRESET', 'HTTP_NO_ANSWER'],
  transfer: ['LIMIT_PHASE', 'LIMIT_BODY', 'CLOSED', 'HPE_INVALID_CONSTANT', 'Z_DATA_ERROR'],
};

const observed = (changes: Partial<Attempted>): Attempted => ({
  kind: 'attempted',
  target: 'any',
  startedAt: 0,
  timingsMs: { resolve: 1, connect: 1, tls: 1, processing: 1, transfer: 1, total: 5 },
  loopLateMs: 0,
  traceId: '',
  resolution: null,
  connects: [],
  address: '127.0.0.1:443',
  tls: null,
  redirects: [],
  response: null,
  addresses: [],
  failure: null,
  ...changes,
});

const broken = (target: Target, phase: Phase, code: string): Attempted => {
  const failure: AttemptFailure = { phase, code, detail: code };
  return target.kind === 'tls' && phase !== 'resolve'
    ? observed({ addresses: [{ address: '127.0.0.1:443', tls: null, failure }] })
    : observed({ failure });
};

const answered = ({ status, headers, body }: CannedAnswer, from: string): Attempted => {
  const location = headers['location'];
  return observed({
    response: { status, headers, headerOrder: Object.keys(headers).join(' '), body, bytes: body.length },
    redirects: location === undefined ? [] : [{ status, from, location }],
  });
};

const seenBy = (target: Target): readonly Attempted[] => [
  ...phasesOf[kindOf(target) as keyof typeof phasesOf].flatMap((phase) =>
    (codes[phase] ?? []).map((code) => broken(target, phase, code)),
  ),
  ...(target.kind === 'http'
    ? [...Object.values(cannedAnswers), balancerSays200].map((answer) => answered(answer, target.url))
    : []),
];

describe('modes that a kind of request cannot show, by the table', () => {
  it.each(Object.keys(phasesOf) as readonly (keyof typeof phasesOf)[])(
    '%s shows no mode that the table excludes',
    (kind) => {
      const shown = new Set(
        targets
          .filter((target) => kindOf(target) === kind)
          .flatMap((target) => seenBy(target).map((seen) => classify(target, seen, defaultLimits).failureMode)),
      );
      const wrongly = [...shown].filter(
        (mode): mode is FailureMode => mode !== null && isReason(failureTable[mode][kind]),
      );
      expect(wrongly).toEqual([]);
    },
  );
});
