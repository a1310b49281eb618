import type { AttemptFailure } from '../model/observation.ts';
import type { AnswerFindings } from '../model/report.ts';
import type { ReadResponse } from './answerer.ts';
import { fingerprintOf, marksOf } from './fingerprint.ts';
import type { Judgement } from './judgement.ts';
import { causeOfDependencies, toldCauseOf } from './told-cause.ts';
import { toldText } from './told-text.ts';

/** What the whole response says besides its failure mode, for all later stages. */
export const findingsOf = (
  { failureMode, dependencies }: Judgement,
  response: ReadResponse | null,
  failure: AttemptFailure | null,
): AnswerFindings => ({
  cause:
    response === null || failureMode === null
      ? null
      : failureMode === 'dependency-unhealthy'
        ? causeOfDependencies(dependencies)
        : toldCauseOf(failureMode, () =>
            failureMode === 'redirect-unexpected' ? locationOf(response) : toldText(response),
          ),
  dependencies,
  fingerprint: response === null || failure !== null ? null : fingerprintOf(response),
  relayed:
    response !== null &&
    failure === null &&
    response.headerOrder.split(' ').filter((name) => name === 'server').length > 1,
  marks: response && marksOf(response.headers),
});

/** An application's redirect is a matter of its own, wherever it leads. */
const locationOf = ({ answeredBy, headers }: ReadResponse): string =>
  answeredBy === 'application' ? '' : (headers['location'] ?? '');
