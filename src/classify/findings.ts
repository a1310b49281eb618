import { type AttemptFailure, certificateAsked } from '../model/observation.ts';
import type { AnswerFindings } from '../model/report.ts';
import type { ReadResponse } from './answerer.ts';
import { fingerprintOf, marksOf } from './fingerprint.ts';
import type { Judgement } from './judgement.ts';
import { causeOfDependencies, toldCauseOf } from './told-cause.ts';
import { toldText } from './told-text.ts';

/** In TLS 1.2 as the prober saw it, in TLS 1.3 by an alert of its own. */
const asking: readonly string[] = [certificateAsked, 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'];

/** What the whole response says besides its failure mode, for all later stages. */
export const findingsOf = (
  { failureMode, dependencies }: Judgement,
  response: ReadResponse | null,
  failure: AttemptFailure | null,
): AnswerFindings => ({
  cause:
    response === null || failureMode === null
      ? failure !== null && asking.includes(failure.code)
        ? 'certificate-asked'
        : null
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
