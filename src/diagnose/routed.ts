import { type Request, type Results, requests } from '../model/requests.ts';
import type { Target } from '../model/target.ts';
import { followUpTargets } from '../platform/follow-ups.ts';
import { type ProbedRequest, probedRequestOf, probedRequestOfStep } from './probed-request.ts';

/** A request of the report and where it goes. */
export interface Routed {
  readonly request: Request;
  readonly probed: ProbedRequest;
}

/** Equal for the same response from one host, whichever path was asked. */
export const responseOf = ({ request, probed }: Routed): string =>
  `${probed.host} ${request.httpStatus} ${request.fingerprint}`;

/** Without the clean-up: the steps met the same path before. */
export const routedIn = (results: Results, targets: readonly Target[]): readonly Routed[] => {
  const asked = results.followUp === undefined ? targets : [...targets, ...followUpTargets(targets)];
  const probedRequests = new Map(asked.map((target) => [target.id, probedRequestOf(target)]));
  const form = results.registration?.facts.credentialForms.bearer === null ? 'bearer' : 'x-api-key';
  return requests(results).flatMap((request): readonly Routed[] => {
    if (request.kind === 'clean-up') return [];
    const probed = request.kind === 'step' ? probedRequestOfStep(request.step, form) : probedRequests.get(request.id);
    return probed === undefined ? [] : [{ request, probed }];
  });
};
