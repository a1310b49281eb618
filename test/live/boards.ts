import type { State } from '../../src/incidents/state.ts';
import { type Board, newBoard } from '../../src/live/board.ts';
import type { CycleSeen, Sight } from '../../src/live/cycle-seen.ts';
import { emptyHistory, type History, withCycle } from '../../src/live/history.ts';

const minuteMs = 60_000;

export const seen = (atMs: number, subjects: Readonly<Record<string, Sight>>): CycleSeen => {
  const failing = Object.values(subjects).includes('failed');
  return {
    ...{ at: new Date(atMs).toISOString(), durationMs: 1_934, verdict: failing ? 'failing' : 'healthy' },
    words: failing ? '4 fail, 31 pass, 3 known · API cannot find MLflow' : '38 pass, 3 known',
    subjects: new Map(Object.entries(subjects)),
  };
};

/** A day of cycles, one a minute: an outage of 40 minutes, a degraded hour, and a gap while nobody watched. */
export const dayUntil = (nowMs: number): History => {
  let history = emptyHistory('development');
  for (let ago = 24 * 60; ago > 0; ago -= 1) {
    if (ago > 700 && ago < 790) continue;
    const isOut = ago < 24 || (ago > 380 && ago < 420);
    const subjects: Readonly<Record<string, Sight>> = {
      ...{
        registry: isOut ? 'failed' : 'ok',
        api: 'ok',
        mlflow: 'ok',
        platform: ago > 1_000 && ago < 1_060 ? 'degraded' : 'ok',
      },
      ...{ auth: 'ok', external: ago > 500 && ago < 520 ? 'unknown' : 'ok', registration: isOut ? 'failed' : 'ok' },
    };
    history = withCycle(history, seen(nowMs - ago * minuteMs, subjects), nowMs);
  }
  return history;
};

export const boardOf = (state: State | null, nowMs: number, more: Partial<Board> = {}): Board => ({
  ...newBoard({
    ...{ environment: 'development', everyMs: minuteMs, overdueMs: 150_000, mark: 0, state },
    facts: ['Incidents are kept in /var/lib/hokusai-synthetics/development.json.'],
    history: dayUntil(nowMs),
  }),
  endedAt: new Date(nowMs - 30_000).toISOString(),
  ...more,
});
