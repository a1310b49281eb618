import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import { outcomeOf } from '../../src/classify/outcome.ts';
import { isFailureMode } from '../../src/model/failure-modes.ts';
import { defaultLimits } from '../../src/model/limits.ts';
import { notAttemptedReasons, type Observation } from '../../src/model/observation.ts';
import { phases } from '../../src/model/phases.ts';
import { hopLabels } from '../../src/platform/hops.ts';
import { defaultHosts } from '../../src/platform/hosts.ts';
import { defaultTargets } from '../../src/platform/targets.ts';

const targets = defaultTargets({
  hosts: defaultHosts,
  limits: defaultLimits,
  corsOrigin: 'https://platform.hokus.ai',
});

const milliseconds = fc.option(fc.double({ min: 0, max: 100_000, noNaN: true }), { nil: null });

const codes = fc.oneof(
  fc.constantFrom(
    'ENOTFOUND',
    'ESERVFAIL',
    'ECONNREFUSED',
    'ECONNRESET',
    'CERT_HAS_EXPIRED',
    'LIMIT_PHASE',
    'LIMIT_TOTAL',
    'LIMIT_CYCLE',
    'LIMIT_BODY',
    'HPE_INVALID_CONSTANT',
    'CLOSED',
    'EMFILE',
    '__proto__',
    'constructor',
  ),
  fc.string(),
);

const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  fc.constantFrom(
    '',
    'OK',
    '{}',
    '[]',
    'null',
    '{"status":"healthy"}',
    '{"status":"degraded","services":{"mlflow":{"status":"down"}}}',
    '{"detail":"API key required"}',
    '{"detail":"Not Found"}',
    '{"error_code":"INTERNAL_ERROR","message":"x"}',
    '{"experiments":[]}',
    '<html><title>MLflow</title></html>',
    '<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n',
  ),
);

const response = fc.record({
  status: fc.integer({ min: 200, max: 599 }),
  headers: fc.dictionary(
    fc.constantFrom('server', 'content-type', 'location', 'www-authenticate', 'x-amzn-waf-action', 'retry-after'),
    fc.oneof(fc.string(), fc.constantFrom('awselb/2.0', 'uvicorn', 'nginx', 'text/html', 'https://registry.hokus.ai/')),
  ),
  headerOrder: fc.string(),
  body: bodies,
  bytes: fc.nat(),
});

const failure = fc.option(fc.record({ phase: fc.constantFrom(...phases), code: codes, detail: fc.string() }), {
  nil: null,
});

const certificate = {
  subject: '',
  issuer: '',
  names: [],
  validFrom: '2026-01-01',
  validTo: '2027-01-01',
  sha256: '',
  chain: [],
};

const tls = fc.option(
  fc.option(fc.integer({ min: -30, max: 300 }), { nil: null }).map((daysLeft) => ({
    protocol: 'TLSv1.3',
    cipher: null,
    alpn: null,
    certificate: daysLeft === null ? null : { ...certificate, daysLeft },
  })),
  { nil: null },
);

const observation: fc.Arbitrary<Observation> = fc.oneof(
  fc.record({
    kind: fc.constant('not-attempted' as const),
    target: fc.constant('x'),
    reason: fc.constantFrom(...(Object.keys(notAttemptedReasons) as (keyof typeof notAttemptedReasons)[])),
    detail: fc.string(),
  }),
  fc.record({
    kind: fc.constant('attempted' as const),
    target: fc.constant('x'),
    startedAt: fc.nat(),
    timingsMs: fc.record({
      resolve: milliseconds,
      connect: milliseconds,
      tls: milliseconds,
      processing: milliseconds,
      transfer: milliseconds,
      total: milliseconds,
    }),
    loopLateMs: fc.double({ min: 0, max: 1000, noNaN: true }),
    traceId: fc.string(),
    resolution: fc.option(
      fc.record({
        name: fc.string(),
        chain: fc.array(fc.string()),
        addresses: fc.array(fc.ipV4()),
        failures: fc.constant([]),
      }),
      { nil: null },
    ),
    connects: fc.constant([]),
    address: fc.option(fc.ipV4(), { nil: null }),
    tls,
    addresses: fc.array(fc.record({ address: fc.ipV4().map((ip) => `${ip}:443`), tls, failure }), { maxLength: 4 }),
    redirects: fc.array(
      fc.record({ status: fc.integer({ min: 300, max: 399 }), from: fc.webUrl(), location: fc.string() }),
      {
        maxLength: 2,
      },
    ),
    response: fc.option(response, { nil: null }),
    failure,
  }),
);

const target = fc.constantFrom(...targets);

describe('classification', () => {
  it('gives any observation exactly one outcome, made of known words', () => {
    fc.assert(
      fc.property(target, observation, (any, seen) => {
        const outcome = classify(any, seen, defaultLimits);
        const wellWithoutMode = outcome.status === 'pass' || outcome.status === 'skipped';
        expect(outcome.failureMode === null).toBe(wellWithoutMode);
        if (outcome.failureMode !== null) expect(isFailureMode(outcome.failureMode)).toBe(true);
        if (outcome.hop !== null) expect(any.hops).toContain(outcome.hop);
        if (outcome.hop !== null) expect(Object.keys(hopLabels)).toContain(outcome.hop);
        expect(typeof outcome.evidence.summary).toBe('string');
      }),
      { numRuns: 3_000 },
    );
  });

  it('gives the same outcome for the same observation', () => {
    fc.assert(
      fc.property(target, observation, (any, seen) => {
        expect(classify(any, seen, defaultLimits)).toEqual(classify(any, structuredClone(seen), defaultLimits));
      }),
    );
  });

  it('never passes a request without a response, whatever the target expects', () => {
    fc.assert(
      fc.property(target, observation, (any, seen) => {
        const answered =
          seen.kind === 'attempted' && seen.failure === null && (any.kind !== 'http' || seen.response !== null);
        if (!answered) expect(classify(any, seen, defaultLimits).status).not.toBe('pass');
      }),
    );
  });

  it('keeps the first failure when the retry passes, and calls it degraded', () => {
    fc.assert(
      fc.property(target, observation, observation, (any, first, second) => {
        const alone = classify(any, first, defaultLimits);
        const again = classify(any, second, defaultLimits);
        const both = outcomeOf(any, [first, second], defaultLimits);
        if (alone.status !== 'fail') return;
        expect(both.failureMode).toBe(alone.failureMode);
        expect(both.status).toBe(again.status === 'pass' || again.status === 'degraded' ? 'degraded' : 'fail');
      }),
    );
  });
});
