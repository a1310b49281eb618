import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/model/limits.ts';
import { requests } from '../../src/model/requests.ts';
import { defaultHosts, type HostRole } from '../../src/platform/hosts.ts';
import { defaultTargets } from '../../src/platform/targets.ts';
import { type GenerationName, generations } from '../../src/sandbox/generations.ts';
import { checkWith } from '../support/stage.ts';

const targets = defaultTargets({
  hosts: defaultHosts,
  limits: defaultLimits,
  corsOrigin: 'https://platform.hokus.ai',
});

/** The file of the sandbox that answers for a host. */
const answersFor: Readonly<Record<HostRole, string>> = {
  registry: 'src/sandbox/api/api.ts (below /mlflow/: src/sandbox/mlflow/routes.ts)',
  api: 'src/sandbox/api/api.ts',
  auth: 'src/sandbox/services/services.ts',
  platform: 'src/sandbox/services/services.ts',
  mlflow: 'src/sandbox/mlflow/routes.ts',
};

/** The request, and the file in which the sandbox lacks the answer to it. */
const whereToEdit = (id: string): string => {
  const target = targets.find((one) => one.id === id);
  if (target?.kind !== 'http' || target.role === null || target.url.startsWith('http:'))
    return `${id} (${target?.kind ?? 'not a default target'}): edit src/sandbox/balancers.ts`;
  return `${id} (${target.method} ${target.url}): edit ${answersFor[target.role]}, or src/sandbox/generations.ts if it really fails there`;
};

describe('the healthy sandbox answers every default target as the target expects', () => {
  it.each(Object.keys(generations) as GenerationName[])('generation %s', async (generation) => {
    const { report } = await checkWith(['--sandbox', '--generation', generation, '--skip-registration']);

    const unanswered = requests(report)
      .filter(({ status, known }) => status !== 'pass' && !known)
      .map(({ id, failureMode, evidence }) => `${whereToEdit(id)}; it got ${failureMode}: ${evidence.summary}`);
    expect(unanswered).toEqual([]);
    expect(report.outcomes.map(({ target }) => target)).toEqual(
      expect.arrayContaining(targets.filter(({ enabled }) => enabled).map(({ id }) => id)),
    );
  });
});
