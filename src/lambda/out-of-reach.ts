import { TimeUp } from '../platform/within.ts';

/** By the names that the SDK and Node give to errors on the way to a service, and services to those that pass. */
const passing =
  /^(?:AbortError|TimeoutError|ECONN\w+|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|Thrott\w+|RequestLimitExceeded|InternalService\w*|InternalServerError)$|TooManyRequests|ServiceUnavailable/;

/** Whether a service of AWS does not answer, or puts it off: what it would have said is not known. A refusal is an answer. */
export const isOutOfReach = (error: unknown): boolean =>
  error instanceof TimeUp ||
  (error instanceof Error &&
    (passing.test(error.name) || ('code' in error && passing.test(String(error.code))) || isServerFault(error)));

const isServerFault = (error: Error): boolean => '$fault' in error && error.$fault === 'server';
