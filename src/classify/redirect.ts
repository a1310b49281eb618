import type { FailureMode } from '../model/failure-modes.ts';
import type { RedirectEvidence } from '../model/observation.ts';

const parse = (location: string, from: string): URL | null =>
  URL.canParse(location, from) ? new URL(location, from) : null;

/** Port 80 must redirect to https on the same host and path. */
export const judgeRedirectToHttps = (asked: string, redirect: RedirectEvidence | undefined): FailureMode | null => {
  if (redirect === undefined) return 'redirect-unexpected';
  const from = new URL(asked);
  const to = parse(redirect.location, asked);
  if (to === null) return 'redirect-unexpected';
  if (to.href === from.href) return 'redirect-loop';
  const same = to.hostname === from.hostname && to.pathname === from.pathname && to.search === from.search;
  return to.protocol === 'https:' && to.port === '' && same ? null : 'redirect-unexpected';
};

/** A redirect from https back to http on the same host. Together with port 80's it makes a loop. */
export const leavesHttps = (asked: string, redirect: RedirectEvidence | undefined): boolean =>
  redirect !== undefined && asked.startsWith('https:') && parse(redirect.location, asked)?.protocol === 'http:';
