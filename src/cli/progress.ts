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

/** A progress line, on terminals only: requests done, unhealthy, and still awaited. */
export const createProgress = (
  stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>,
  settings: Settings,
  { only, registration }: Selection,
): Progress => {
  if (stream.isTTY !== true) return silent;
  const targets = new Set(selectTargets(settings, only).map(({ id }) => id));
  const steps = new Set(registration ? stepIds : []);
  const totals = { targets: targets.size, steps: steps.size };
  let unhealthy = 0;
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
      ...(unhealthy > 0 ? [`${unhealthy} unhealthy`] : []),
      ...(names.length > 0 ? [`waiting for ${names.slice(0, 3).join(', ')}`] : []),
    ].join(' · ');
    stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
  };
  const count = (judged: Outcome | StepOutcome): void => {
    if (isNews(judged)) unhealthy += 1;
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
