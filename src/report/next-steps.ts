import { balancerNames, defaultHosts, type HostRole, hostRoles } from '../platform/hosts.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';
import type { Confirmation } from '../platform/runbook.ts';
import { runbooks } from '../platform/runbooks.ts';

/** A command for the host that it is about, so that it runs as it is copied. */
export const commandFor = (command: string, role: string | null, hosts: Readonly<Record<string, string>>): string => {
  const about: HostRole = hostRoles.find((one) => one === role) ?? 'registry';
  return command
    .replaceAll('<host>', hosts[about] ?? defaultHosts[about])
    .replaceAll('<balancer>', balancerNames[about]);
};

/** What to run first for a hypothesis. */
export const firstCommand = (id: HypothesisId): string => runbooks[id].confirm[0].command;

export interface NextStep extends Confirmation {
  /** The hypothesis that it confirms. */
  readonly confirms: HypothesisId;
}

/** What decides between hypotheses: the first question of each, then their second ones, no more than `most`, none twice. */
export const nextSteps = (ids: readonly HypothesisId[], most: number): readonly NextStep[] => {
  const rounds = Math.max(0, ...ids.map((id) => runbooks[id].confirm.length));
  const questions = Array.from({ length: rounds }, (_, round) =>
    ids.flatMap((id): readonly NextStep[] => {
      const question = runbooks[id].confirm[round];
      return question === undefined ? [] : [{ ...question, confirms: id }];
    }),
  ).flat();
  const first = new Map<string, NextStep>();
  for (const question of questions) if (!first.has(question.command)) first.set(question.command, question);
  return [...first.values()].slice(0, most);
};
