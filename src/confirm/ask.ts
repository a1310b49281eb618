import { within } from '../model/within.ts';
import type { Answer, Call, Params } from './client.ts';
import { confirmLimits } from './limits.ts';
import type { Operation } from './operations.ts';
import type { TroubleKind } from './trouble.ts';

/** What may be spent on one report. */
export interface Budget {
  readonly calls: number;
  readonly totalMs: number;
}

/** Makes each call at most once, within the budget. Never throws. */
export interface Asker {
  readonly ask: (operation: Operation, params: Params) => Promise<Answer>;
  /** Calls made so far. */
  readonly made: () => number;
  /** Those that AWS answered. */
  readonly answered: () => number;
}

const unanswered = (kind: TroubleKind, detail = ''): Answer => ({ kind: 'unanswered', trouble: { kind, detail } });

export const createAsker = (call: Call, budget: Budget, stop: AbortSignal): Asker => {
  const answers = new Map<string, Promise<Answer>>();
  let made = 0;
  let answered = 0;
  const send = async (operation: Operation, params: Params): Promise<Answer> => {
    if (stop.aborted) return unanswered('too-slow');
    if (made >= budget.calls) return unanswered('no-calls-left', `${budget.calls} calls`);
    made += 1;
    const limit = { failing: operation, ms: Math.min(confirmLimits.callMs, budget.totalMs), signal: stop };
    // `call` turns failures into answers, so only the time can be up.
    const answer = await within(limit, (signal) => call(operation, params, signal)).catch(() => unanswered('too-slow'));
    if (answer.kind === 'answered') answered += 1;
    return answer;
  };
  return {
    made: () => made,
    answered: () => answered,
    ask: (operation, params) => {
      const key = JSON.stringify([operation, params]);
      const answer = answers.get(key) ?? send(operation, params);
      answers.set(key, answer);
      return answer;
    },
  };
};
