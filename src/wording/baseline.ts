import { type BaselineChange, type BaselineDoubt, isStale, renewBaseline } from '../model/baseline-doubt.ts';
import { plural } from './count.ts';
import { plainText } from './plain-text.ts';

const renewal = 'If the platform is as it should be, renew it:';

/** For messages, which have no room for the reasons. */
export const staleBaselineWords = (config: string | null): string =>
  `The baseline may be stale. ${renewal} ${renewBaseline(config)}`;

/** What speaks against the baseline, and how to renew it. */
export const baselineSentence = (doubt: BaselineDoubt): string => {
  const { changes, unsure, renew } = doubt;
  const reasons = changes.map(changeWords).join('; ');
  return [
    isStale(doubt) ? `The baseline may be stale: ${reasons}.` : `About the baseline: ${reasons}.`,
    ...(unsure.length === 0
      ? []
      : [`The diagnosis leaves out ${plural(unsure.length, 'request')} that may be normal by now.`]),
    `${renewal} ${renew}`,
  ].join(' ');
};

const changeWords = ({ kind, from, to, requests }: BaselineChange): string => {
  switch (kind) {
    case 'version':
      return `it was recorded at version ${plainText(from ?? '?')}, and ${plainText(to ?? '?')} is running now`;
    case 'answerer':
      return `another server answers ${plural(requests.length, 'request')} that still ${requests.length === 1 ? 'passes' : 'pass'}`;
    case 'deviations':
      return to === 'pass'
        ? `${plural(requests.length, 'known deviation')} (${plainText(from ?? '?')}) now ${requests.length === 1 ? 'passes' : 'pass'}`
        : from === null
          ? `a server that it does not know answers in front of MLflow (${plural(requests.length, 'request')}: ${plainText(to ?? '?')})`
          : `${plural(requests.length, 'known deviation')} (${plainText(from)}) ${requests.length === 1 ? 'shows' : 'show'} ${plainText(to ?? '?')} now`;
  }
};
