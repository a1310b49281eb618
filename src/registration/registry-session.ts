import { Session } from '../probe/session.ts';
import type { ProbeTools } from '../probe/tools.ts';

/**
 * Bytes of one response of the registry. Rows bring all tags that other people have given them, with up to 5,000
 * characters each; a thousand of those must not make a read fail.
 */
const bodyBytes = 8 * 1024 * 1024;

/** A session with the registry, whose responses may be longer than those of other targets. */
export const registrySession = (tools: ProbeTools): Session =>
  new Session({ ...tools, limits: { ...tools.limits, bodyBytes: Math.max(tools.limits.bodyBytes, bodyBytes) } });
