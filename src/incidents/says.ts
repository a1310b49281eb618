import type { Request } from '../model/requests.ts';

/** What a failing response says: equal for responses that say the same (docs/incidents.md). Null: nothing answered. */
export const saysOf = ({ cause, failureMode, httpStatus, fingerprint }: Request): string | null =>
  cause ?? (fingerprint === null ? null : `${failureMode} ${httpStatus} ${fingerprint}`);
