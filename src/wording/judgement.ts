import type { CauseRecord } from '../model/cause-record.ts';
import type { Judgement } from '../model/incident.ts';
import { otherCause } from '../model/incident-schema/story.ts';
import { runbooks } from '../platform/runbooks.ts';
import { plural, times } from './count.ts';

/** `right 4 of 5 times by people's judgement`; empty: nothing is judged yet. */
export const recordWords = ({ named, right, missed }: CauseRecord): string =>
  [
    ...(named === 0 ? [] : [`right ${right} of ${plural(named, 'time')} by people's judgement`]),
    ...(missed === 0 ? [] : [`${times(missed)} the true cause where it was not named`]),
  ].join('; ');

/** `judged right by ada: API cannot find MLflow` */
export const judgementWords = ({ verdict, cause, by, note }: Judgement, shown: (text: string) => string): string => {
  const found = cause === null ? 'the cause is not known' : foundWords(cause);
  return `judged ${verdict} by ${shown(by)}: ${found}${note === null ? '' : ` (${shown(note)})`}`;
};

const foundWords = (cause: NonNullable<Judgement['cause']>): string =>
  cause === otherCause ? 'a cause outside the catalogue' : runbooks[cause].headline;
