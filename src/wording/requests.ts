import { isOfCycle, knownIds, withStatus } from '../model/predicates.ts';
import type { Made } from '../model/report.ts';
import { leftBehindIn, type Request } from '../model/requests.ts';
import { plural } from './count.ts';
import { plainText } from './plain-text.ts';

const counted = ['fail', 'degraded', 'inconclusive', 'pass', 'skipped'] as const;

/** `7 fail, 33 pass, 1 known`: every request counts once. */
export const countWords = (all: readonly Request[]): string =>
  [
    ...counted.map((status) => [status, withStatus(all, status).length] as const),
    ['known', knownIds(all).length] as const,
  ]
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ');

/** `7 of 14 fail`. If none fails, the degraded or inconclusive ones instead. */
export const worstWords = (all: readonly Request[]): string => {
  const worst = counted.slice(0, 3).find((status) => withStatus(all, status).length > 0);
  return worst === undefined ? '' : `${withStatus(all, worst).length} of ${all.length} ${worst}`;
};

/** `8 of 61 requests fail, 1 of 61 requests is degraded`: every request, including the flow's steps and clean-up. */
export const troubleWords = (all: readonly Request[]): string => {
  const asked = all.filter((one) => one.status !== 'skipped' && isOfCycle(one));
  const [failing, degraded] = [withStatus(asked, 'fail').length, withStatus(asked, 'degraded').length];
  const left = leftBehindIn(asked).length;
  const of = (count: number): string => `${count} of ${plural(asked.length, 'request')}`;
  return [
    ...(failing > 0 ? [`${of(failing)} ${failing === 1 ? 'fails' : 'fail'}`] : []),
    ...(degraded > 0 ? [`${of(degraded)} ${degraded === 1 ? 'is' : 'are'} degraded`] : []),
    ...(left > 0 ? [`the flow left ${plural(left, 'thing')} behind`] : []),
  ].join(', ');
};

/** `7 of 8 failures`: how much of what the diagnosis has to explain a cause explains. */
export const explainsWords = (explains: number, symptoms: readonly Pick<Request, 'status'>[]): string => {
  const areFailures = symptoms.every(({ status }) => status === 'fail');
  return areFailures
    ? `${explains} of ${plural(symptoms.length, 'failure')}`
    : `${explains} of ${plural(symptoms.length, 'request')} that ${symptoms.length === 1 ? 'is' : 'fail or are'} degraded`;
};

/** `left behind: run 4711`, with the full name, because a person may have to delete it. */
export const leftBehindWords = (made: Made): string => `left behind: ${plainText(madeWords(made))}`;
export const madeWords = ({ thing, id }: Made): string => `${thing} ${id}`;

/** How often a request was sent, if more than once. */
export const sentWords = (request: Request): string => {
  switch (request.kind) {
    case 'target':
    case 'follow-up':
      return request.attempts.length > 1 ? plural(request.attempts.length, 'attempt') : '';
    case 'step':
      return request.requests > 1 ? plural(request.requests, 'request') : '';
    case 'clean-up':
      return '';
  }
};

/** Milliseconds by which the monitor's own event loop lagged. The timings are then less reliable. */
export const lagWords = (ms: number): string => `event loop lagged ${Math.round(ms)} ms`;
