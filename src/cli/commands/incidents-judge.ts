import { userInfo } from 'node:os';
import { Argument, Command } from 'commander';
import { nearest } from '../../config/nearest.ts';
import { judge } from '../../incidents/judge.ts';
import type { Judgement } from '../../model/incident.ts';
import { otherCause } from '../../model/incident-schema/story.ts';
import { hypothesisIds } from '../../platform/hypotheses.ts';
import { isHypothesis } from '../explain-hypothesis.ts';
import { changePlace, placedIncidents } from '../incident-place.ts';
import type { PlaceOptions } from '../own-command.ts';
import { notEmpty, shortText } from '../parse.ts';
import { UsageError } from '../usage-error.ts';

interface JudgeOptions extends PlaceOptions {
  readonly cause?: string;
  readonly by?: string;
  readonly reason?: string;
}

/** The same limits as for a mute. */
const [reasonCharacters, nameCharacters] = [200, 100];
const verdicts = ['right', 'wrong'] as const;

/** @param finished prints what the work returns */
export const judgeCommand = (finished: (work: () => Promise<string>) => Promise<void>): Command =>
  placedIncidents(new Command('judge'))
    .description('keep what people found: whether the cause was right; explain and drill print the record')
    .argument('<id>', 'id of an open or past incident')
    .addArgument(new Argument('<verdict>', 'whether the named cause was right').choices(verdicts))
    .option('--cause <hypothesis>', 'the true cause, or "other" if the catalogue does not have it', notEmpty)
    .option('--by <name>', 'your name; default: the name of the user', shortText(nameCharacters))
    .option('--reason <text>', 'what was found, in words', shortText(reasonCharacters))
    .action((id: string, verdict: (typeof verdicts)[number], { cause, by, reason, ...place }: JudgeOptions) =>
      finished(async () => {
        const judged = {
          ...{ incident: id, verdict, cause: causeOf(cause), at: new Date().toISOString() },
          ...{ by: by ?? userInfo().username, note: reason ?? null },
        };
        await changePlace(place, (state) => judge(state, judged));
        return `${id} is judged ${verdict}\n`;
      }),
    );

const causeOf = (said: string | undefined): Judgement['cause'] => {
  if (said === undefined) return null;
  if (said === otherCause || isHypothesis(said)) return said;
  const suggestion = nearest(said, hypothesisIds);
  throw new UsageError(
    `--cause ${said}: there is no such hypothesis; ${suggestion === null ? `explain hypotheses lists them, and "${otherCause}" is any other cause` : `did you mean ${suggestion}?`}`,
  );
};
