import { limited } from '../../model/text-limits.ts';
import { paths } from '../../platform/hops.ts';
import { deletionBelow } from '../addresses.ts';
import { StepFailure } from '../failure.ts';
import type { MlflowClient } from '../mlflow-client.ts';
import type { FlowState } from '../state.ts';

/**
 * Deletes a model that does not exist: "it does not exist" can only be said by who has read the name in the body. A prober that makes
 * a model a minute and cannot delete it is an outage of its own making, so nothing is created before this has passed.
 */
export const proveDeletion = async (flow: FlowState, client: MlflowClient): Promise<void> => {
  const failures: Tried[] = [];
  for (const [index, way] of flow.ways.deleteThrough.entries()) {
    const reply = await client.attempt({
      method: 'DELETE',
      place: deletionBelow(way, 'registered-models/delete'),
      json: { name: `${flow.model}-never-made` },
      accepts: ['RESOURCE_DOES_NOT_EXIST'],
      hops: index === 0 ? paths.proxyToDatabase : paths.mlflowToDatabase,
    });
    if (!(reply instanceof StepFailure)) {
      if (reply.errorCode === null)
        throw client.reject(reply, 'value-mismatch', 'a model that never was is said to have been deleted');
      flow.deletesThrough = way;
      return;
    }
    // Out of time is no answer about deleting.
    if (reply.outcome.status === 'inconclusive') throw reply;
    failures.push({ way, failure: reply });
  }
  throw impossible(failures);
};

interface Tried {
  readonly way: string;
  readonly failure: StepFailure;
}

/** That a way loses bodies may be as it always was: then the next one tells what is wrong. When all do, nothing else is. */
const impossible = (tried: readonly Tried[]): StepFailure => {
  const [first] = tried;
  if (first === undefined) throw new Error('there is no way to delete by');
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

/** MLflow was reached, and misses what was in the body. */
const losesBodies = ({ outcome }: StepFailure): boolean =>
  outcome.answeredBy === 'mlflow' && outcome.failureMode === 'unexpected-status';
