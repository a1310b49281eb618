import type { Confirmation, Runbook } from '../model/runbook.ts';
import { balancerNames, defaultHosts, type HostRole, hostRoles } from '../platform/hosts.ts';
import type { HypothesisId } from '../platform/hypotheses.ts';

/** A command with its host filled in, so that it runs as copied. */
export const commandFor = (command: string, role: string | null, hosts: Readonly<Record<string, string>>): string => {
  const about: HostRole = hostRoles.find((one) => one === role) ?? 'registry';
  return command
    .replaceAll('<host>', hosts[about] ?? defaultHosts[about])
    .replaceAll('<balancer>', balancerNames[about]);
};

/** The commands of a runbook, most decisive first. */
export const commandsFor = (
  runbook: Runbook,
  role: string | null,
  hosts: Readonly<Record<string, string>>,
): Runbook['confirm'] => {
  const filled = (question: Confirmation): Confirmation => ({
    ...question,
    command: commandFor(question.command, role, hosts),
  });
  const [first, ...more] = runbook.confirm;
  return [filled(first), ...more.map(filled)];
};

/** A hypothesis with its commands. */
export interface Questioned {
  readonly id: HypothesisId;
  /** In few words, as they fit what was seen. */
  readonly headline: string;
  readonly next: readonly Confirmation[];
}

export interface NextStep extends Confirmation {
  /** The hypothesis that it confirms. */
  readonly confirms: HypothesisId;
  /** The same in words. */
  readonly headline: string;
}

/**
 * The commands that decide between hypotheses: the first of each, then the second of each and so on; at most `most`,
 * without duplicates.
 */
export const nextSteps = (causes: readonly Questioned[], most: number): readonly NextStep[] => {
  const rounds = Math.max(0, ...causes.map(({ next }) => next.length));
  const questions = Array.from({ length: rounds }, (_, round) =>
    causes.flatMap(({ id, headline, next }): readonly NextStep[] => {
      const question = next[round];
      return question === undefined ? [] : [{ ...question, confirms: id, headline }];
    }),
  ).flat();
  const first = new Map<string, NextStep>();
  for (const question of questions) if (!first.has(question.command)) first.set(question.command, question);
  return [...first.values()].slice(0, most);
};
