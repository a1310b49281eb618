import type { DnsTarget, HttpTarget, Target, TlsTarget } from '../model/target.ts';
import { expectationOf } from './expectation.ts';
import { healthWaitsFor, lowerCaseNames } from './own-target.ts';
import type { ControlOverride, DnsOverride, HttpOverride, TlsOverride } from './schema/target.ts';

/** A default target with the changes of the configuration. The schema has checked the keys of each kind. */
export const override = (target: Target, said: HttpOverride | DnsOverride | TlsOverride | ControlOverride): Target => {
  switch (target.kind) {
    case 'http':
      return overrideHttp(target, said as HttpOverride);
    case 'dns':
      return { ...target, ...(said as DnsOverride) } satisfies DnsTarget;
    case 'tls':
      return { ...target, ...(said as ControlOverride) } satisfies TlsTarget;
  }
};

const overrideHttp = (target: HttpTarget, { headers, expect, ...said }: HttpOverride): HttpTarget => {
  const method = said.method ?? target.method;
  const changed = expect !== undefined || method !== target.method;
  const whole: HttpTarget = {
    ...target,
    ...said,
    headers: { ...target.headers, ...lowerCaseNames(headers ?? {}) },
    expect: changed ? expectationOf(target.expect, expect ?? {}, method) : target.expect,
  };
  return expect?.health === true && said.after === undefined ? { ...whole, after: healthWaitsFor(whole) } : whole;
};
