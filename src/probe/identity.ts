import { randomBytes } from 'node:crypto';
import type { CredentialForm } from '../model/target.ts';

/** Looks like a key but was made up: for probes that must be rejected. */
const madeUpKey = 'hk_test_synthetics_made_up_key_0000';

export interface Trace {
  /** 32 hexadecimal digits, the first eight of them the time, so it is valid for both W3C and X-Ray. */
  readonly traceId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Identifies this request in the logs of every system on its way: W3C Trace Context, and the balancer's own header. */
export const createTrace = (now: number): Trace => {
  const time = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  const random = randomBytes(20).toString('hex');
  const rest = random.slice(0, 24);
  const traceId = `${time}${rest}`;
  return {
    traceId,
    headers: {
      traceparent: `00-${traceId}-${random.slice(24)}-01`,
      'x-amzn-trace-id': `Root=1-${time}-${rest}`,
    },
  };
};

export const credentialHeaders = (form: CredentialForm, apiKey: string | null): Readonly<Record<string, string>> => {
  switch (form) {
    case 'none':
      return {};
    case 'bearer':
      return apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
    case 'x-api-key':
      return apiKey === null ? {} : { 'x-api-key': apiKey };
    case 'bearer-made-up':
      return { authorization: `Bearer ${madeUpKey}` };
    case 'x-api-key-made-up':
      return { 'x-api-key': madeUpKey };
  }
};
