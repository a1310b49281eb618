import { type Board, isOverdue } from './board.ts';

export interface Health {
  readonly status: 200 | 503;
  readonly body: string;
}

/** `/healthz`: whether the monitor itself runs. The platform's state is on the page. */
export const healthPage = (board: Board, nowMark: number): Health => {
  const { environment, endedAt, everyMs, overdueMs, missed, troubles } = board;
  const late = isOverdue(board, nowMark);
  const body = {
    status: late ? 'overdue' : endedAt === null ? 'starting' : 'ok',
    environment,
    lastCycleEndedAt: endedAt,
    everySeconds: everyMs / 1_000,
    overdueAfterSeconds: overdueMs / 1_000,
    missedCycles: missed,
    /** Of the last cycle: what it could not store, send or publish. */
    troubles: troubles.length,
  };
  return { status: late ? 503 : 200, body: `${JSON.stringify(body)}\n` };
};
