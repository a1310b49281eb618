import { type BaselineChange, type BaselineDoubt, isStale } from '../model/baseline-doubt.ts';
import { plural } from './count.ts';
import { plainText } from './plain-text.ts';

const renewal = 'If the platform is as it should be, renew it:';

/** For messages, which have no room for the reasons. */
export const staleBaselineWords = `The baseline may be stale. ${renewal.replace(/:$/, '.')}`;

/** What speaks against the baseline, with the start of the sentence that ends with the command. */
export const baselineSentence = (doubt: BaselineDoubt): string => {
  const { changes, unsure } = doubt;
  const reasons = changes.map(changeWords).join('; ');
  return [
    isStale(doubt) ? `The baseline may be stale: ${reasons}.` : `About the baseline: ${reasons}.`,
    ...(unsure.length === 0
      ? []
      : [`The diagnosis leaves out ${plural(unsure.length, 'request')} that may be normal by now.`]),
    renewal,
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
