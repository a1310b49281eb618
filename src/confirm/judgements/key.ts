import { type Confirmer, confirmed, refuted, undecided, type View } from '../judge.ts';
import { confirmLimits } from '../limits.ts';
import type { Subject } from '../subject.ts';
import { noSuchService, serviceIn } from './services.ts';
import { at } from './words.ts';

/** Requests of the API's own tasks that MLflow refused. Others reach MLflow without a key too, so only these count. */
const refusedFromApi = (view: View): number | null => {
  const log = view.maybe('log.mlflow');
  const tasks = view.maybe('running.api');
  if (log === null || tasks === null) return null;
  return tasks.reduce((sum, { address }) => sum + (log.counts[`refused ${address}`] ?? 0), 0);
};

const dropped: Confirmer = {
  needs: () => ['running.api', 'log.mlflow'],
  judge: (view) => {
    view.value('running.api');
    view.value('log.mlflow');
    const count = refusedFromApi(view) ?? 0;
    return count > 0
      ? confirmed(
          'log.api',
          `MLflow answered ${count} requests of the API's tasks with 401 in 15 minutes: the API let them pass, and they arrived without a key`,
        )
      : undecided('log.api', 'no 401 of MLflow to the API in its last lines, which proves nothing');
  },
};

const regression: Confirmer = {
  needs: () => ['services', 'running.api', 'log.mlflow'],
  judge: (view, subject) => {
    const count = refusedFromApi(view) ?? 0;
    if (count > 0)
      return refuted(
        'log.api',
        `MLflow itself answered ${count} requests of the API's tasks with 401: the API had accepted their keys`,
      );
    return deployed(view, subject);
  },
};

/** A deployment before the onset makes it likelier, and proves nothing. */
const deployed = (view: View, subject: Subject) => {
  const api = serviceIn(view, subject, 'api');
  if (api === null) return noSuchService(subject, 'api');
  const { onset } = subject;
  const [newest, ...older] = api.deployments.toSorted((a, b) => b.at - a.at);
  if (newest === undefined) return undecided('services', `${api.name} has no deployment`);
  const isShortlyBefore = onset !== null && newest.at <= onset && onset - newest.at <= confirmLimits.beforeOnsetMs;
  const replaced = older.find(({ definition }) => definition !== newest.definition);
  return undecided(
    'services',
    `${api.name} was ${isShortlyBefore ? '' : 'last '}deployed at ${at(newest.at)} with ${newest.definition}${replaced === undefined ? '' : ` in place of ${replaced.definition}`}${isShortlyBefore ? ', shortly before it began' : ''}`,
  );
};

/** What AWS can say about a change of the API. */
const afterDeployment: Confirmer = { needs: () => ['services'], judge: deployed };

export const keyConfirmers = {
  'proxy-drops-auth-headers': dropped,
  'auth-flow-regression': regression,
  'proxy-routes-missing': afterDeployment,
  'cors-misconfigured': afterDeployment,
} as const;
