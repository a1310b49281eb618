import type { Board } from './board.ts';
import { expositionType } from './exposition.ts';
import { healthPage } from './health-page.ts';
import { metricsPage } from './metrics-page.ts';
import { incidentPage, livePage } from './page.ts';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const html = 'text/html; charset=utf-8';
const plain = 'text/plain; charset=utf-8';

/** @param path of the request. @param clock Unix time, and the clock of the board's mark, ms */
export const answerTo = (
  path: string,
  board: Board,
  { nowMs, mark }: { readonly nowMs: number; readonly mark: number },
): Answer => {
  if (path === '/') return { status: 200, type: html, body: livePage(board, nowMs) };
  if (path === '/metrics') return { status: 200, type: expositionType, body: metricsPage(board, mark) };
  if (path === '/healthz') {
    const { status, body } = healthPage(board, mark);
    return { status, type: 'application/json', body };
  }
  const id = incidentIn(path);
  if (id !== null) return { status: 200, type: html, body: incidentPage(id, board, nowMs) };
  return { status: 404, type: plain, body: 'There is /, /incidents/ID, /metrics and /healthz.\n' };
};

const incidentIn = (path: string): string | null => {
  const [, said] = /^\/incidents\/([^/]{1,200})$/.exec(path) ?? [];
  try {
    return said === undefined ? null : decodeURIComponent(said);
  } catch {
    return null;
  }
};
