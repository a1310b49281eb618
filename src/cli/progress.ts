import type { WriteStream } from 'node:tty';
import type { Settings } from '../config/settings.ts';
import type { Selection } from '../cycle/selection.ts';
import { selectTargets } from '../cycle/selection.ts';
import { isNews } from '../model/predicates.ts';
import type { Outcome, StepOutcome } from '../model/report.ts';
import { stepIds, stepTarget } from '../platform/flow-steps.ts';

export interface Progress {
  readonly showOutcome: (outcome: Outcome) => void;
  readonly showStep: (step: StepOutcome) => void;
  readonly end: () => void;
}

const silent: Progress = { showOutcome: () => undefined, showStep: () => undefined, end: () => undefined };

/** One line that counts, on a terminal only: what is done, what is not well, who is waited for. */
export const createProgress = (
  stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>,
  settings: Settings,
  { only, registration }: Selection,
): Progress => {
  if (stream.isTTY !== true) return silent;
  const targets = new Set(selectTargets(settings, only).map(({ id }) => id));
  const steps = new Set(registration ? stepIds : []);
  const totals = { targets: targets.size, steps: steps.size };
  let notWell = 0;
  const waiting = (): readonly string[] => {
    const [step] = steps;
    if (step !== undefined) return [stepTarget(step), ...targets];
    return registration && targets.size === 0 ? ['the clean-up'] : [...targets];
  };
  const draw = (): void => {
    const names = waiting();
    const line = [
      ...(totals.targets > 0 ? [`${totals.targets - targets.size}/${totals.targets} checks`] : []),
      ...(totals.steps > 0 ? [`${totals.steps - steps.size}/${totals.steps} steps`] : []),
      ...(notWell > 0 ? [`${notWell} not well`] : []),
      ...(names.length > 0 ? [`waiting for ${names.slice(0, 3).join(', ')}`] : []),
    ].join(' · ');
    stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
  };
  const count = (judged: Outcome | StepOutcome): void => {
    if (isNews(judged)) notWell += 1;
    draw();
  };
  draw();
  return {
    showOutcome: (outcome) => {
      targets.delete(outcome.target);
      count(outcome);
    },
    showStep: (step) => {
      steps.delete(step.id);
      count(step);
    },
    end: () => stream.write('\r\u001b[K'),
  };
};
