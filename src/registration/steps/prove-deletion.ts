import { limited } from '../../model/text-limits.ts';
import { paths } from '../../platform/hops.ts';
import { deletionBelow } from '../addresses.ts';
import { StepFailure } from '../failure.ts';
import type { MlflowClient, MlflowRequest } from '../mlflow-client.ts';
import type { FlowState } from '../state.ts';

/**
 * Deletes a model that does not exist: only a server that read the name in the body can say that it does not exist. A
 * prober that creates a model a minute and cannot delete them causes an outage, so nothing is created before this has
 * passed.
 */
export const proveDeletion = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  const failures: Tried[] = [];
  for (const [index, way] of flow.ways.deleteThrough.entries()) {
    const request: MlflowRequest = {
      method: 'DELETE',
      place: deletionBelow(way, 'registered-models/delete'),
      hops: index === 0 ? paths.proxyToDatabase : paths.mlflowToDatabase,
    };
    const reply = await client.attempt({
      ...request,
      json: { name: `${flow.model}-never-made` },
      accepts: ['RESOURCE_DOES_NOT_EXIST'],
    });
    if (!(reply instanceof StepFailure) || (await refusesByName(client, reply, request))) {
      if (!(reply instanceof StepFailure) && reply.errorCode === null)
        throw client.reject(reply, 'value-mismatch', 'the deletion of a model that never existed reported success');
      flow.deletesThrough = way;
      const failed = failures.find(({ failure }) => platformFailed(failure));
      if (failed !== undefined) throw failed.failure;
      return;
    }
    // Running out of time says nothing about deletion.
    if (reply.outcome.status === 'inconclusive') throw reply;
    failures.push({ way, failure: reply });
  }
  throw impossible(failures);
};

/**
 * MLflow's own user check (`--app-name basic-auth`) refuses the deletion of a model that it does not know. Users may
 * delete what they have made, so this proves deletion too if the check read the name: without a name it answers 400.
 */
const refusesByName = async (
  client: MlflowClient,
  { outcome: { answeredBy, httpStatus } }: StepFailure,
  request: MlflowRequest,
): Promise<boolean> => {
  if (httpStatus !== 403 || answeredBy !== 'mlflow') return false;
  const nameless = await client.attempt({ ...request, json: {}, accepts: ['INVALID_PARAMETER_VALUE'] });
  return !(nameless instanceof StepFailure) && nameless.errorCode !== null;
};

interface Tried {
  readonly way: string;
  readonly failure: StepFailure;
}

/**
 * A base URL may have always lost bodies; then the failure of another one is reported. If all lose them, the failure is
 * `cleanup-impossible`.
 */
const impossible = (tried: readonly Tried[]): StepFailure => {
  const [first] = tried;
  if (first === undefined) throw new Error('no base URL');
  const telling = tried.find(({ failure }) => !losesBodies(failure));
  const { outcome } = (telling ?? first).failure;
  const each = tried.map(({ way, failure }) => `${way}: ${failure.outcome.evidence.summary}`).join('; ');
  return new StepFailure({
    ...outcome,
    ...(telling === undefined ? { failureMode: 'cleanup-impossible', hop: 'proxy-route', cause: null } : {}),
    evidence: {
      ...outcome.evidence,
      summary: limited(`nothing can be deleted, so nothing is created: ${each}`, 'summary'),
    },
  });
};

/**
 * The request was lost, or the platform failed at it. Another way works, but users delete by this one. Refusals are no
 * such failure: proxies that do not pass deletions on refuse them.
 */
const platformFailed = (failure: StepFailure): boolean => failure.mayBeDone || (failure.outcome.httpStatus ?? 0) >= 500;

/** MLflow was reached but did not get the body. */
const losesBodies = ({ outcome }: StepFailure): boolean =>
  outcome.answeredBy === 'mlflow' && outcome.failureMode === 'unexpected-status';
