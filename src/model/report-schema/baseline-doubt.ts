import * as v from 'valibot';
import { text } from './parts.ts';

/** A sign that the platform is no longer the one of the baseline. */
export const baselineChange = v.object({
  /**
   * `version`: it runs another version; `answerer`: requests that pass are answered by something else; `deviations`:
   * known deviations have all changed in the same way.
   */
  kind: v.picklist(['version', 'answerer', 'deviations']),
  /** A version, or a failure mode. */
  from: v.nullable(v.string()),
  /** A version, a failure mode, or `pass`. */
  to: v.nullable(v.string()),
  /** Ids of the requests that show it. */
  requests: v.array(v.string()),
});

/** What speaks against the baseline. */
export const baselineDoubt = v.object({
  changes: v.array(baselineChange),
  /** Ids of the requests whose failure may be normal by now. The diagnosis leaves them out. */
  unsure: v.array(v.string()),
  /** The command that records a new baseline. */
  renew: text,
});
