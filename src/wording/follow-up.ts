import type { Report } from '../model/report.ts';
import { type FollowUpRequest, requests } from '../model/requests.ts';
import { few, plural } from './count.ts';
import { plainText } from './plain-text.ts';

const shownRequests = 4;

/**
 * `asked 2 more requests to decide between api-key-rejected and api-gateway-auth: registry.root+unneeded-key passes, …`;
 * null: nothing more was asked.
 */
export const followUpWords = (report: Report): string | null => {
  if (report.followUp === undefined) return null;
  const { between } = report.followUp;
  const more = requests(report).filter((one) => one.kind === 'follow-up');
  const named = [between.slice(0, -1).join(', '), between.at(-1)].filter(Boolean).join(' and ');
  return `asked ${plural(more.length, 'more request')} to decide between ${named}: ${few(more.map(shown), shownRequests)}`;
};

const shown = ({ id, failureMode, status }: FollowUpRequest): string =>
  `${plainText(id)} ${failureMode ?? (status === 'pass' ? 'passes' : status)}`;
