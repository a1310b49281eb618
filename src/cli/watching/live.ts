import type { State } from '../../incidents/state.ts';
import type { IncidentStore } from '../../incidents/store.ts';
import { type Board, newBoard, withEnded, withMissed } from '../../live/board.ts';
import { loadHistory, saveHistory } from '../../live/history-file.ts';
import { liveLimits } from '../../live/limits.ts';
import { type Listening, type LiveServer, serveLive } from '../../live/server.ts';
import type { Report } from '../../model/report.ts';
import type { Tracking } from '../../model/tracking.ts';
import { listenOrRefuse } from './listen.ts';

export interface LiveOptions {
  readonly at: Listening;
  readonly environment: string;
  readonly everyMs: number;
  /** The longest time that a cycle takes, with storing and sending. */
  readonly longestMs: number;
  readonly historyFile: string;
  readonly store: Pick<IncidentStore, 'load'>;
  readonly facts: readonly string[];
  /** Takes a sentence about the monitor's own trouble. */
  readonly say: (sentence: string) => void;
}

export interface Live {
  readonly url: string;
  readonly missed: (count: number) => void;
  readonly ended: (report: Report, tracking: Tracking | null) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Serves the live page until it is closed. @throws UsageError if it cannot listen there */
export const openLive = async (options: LiveOptions): Promise<Live> => {
  const { at, environment, everyMs, longestMs, historyFile, store, facts, say } = options;
  const { history, trouble } = await loadHistory(historyFile, environment);
  if (trouble !== null) say(trouble);
  const state = await stateIn(store, environment);
  let board: Board = newBoard({
    ...{ environment, everyMs, facts, history, mark: performance.now() },
    state: state.kind === 'read' ? state.state : null,
    overdueMs: everyMs + longestMs + liveLimits.overdueMs,
  });
  const server: LiveServer = await listenOrRefuse(at, () => serveLive(at, () => board));
  return {
    url: server.url,
    close: server.close,
    missed: (count) => {
      board = withMissed(board, count);
    },
    ended: async (report, tracking) => {
      const stored = await stateIn(store, report.environment);
      const troubles = [...(tracking?.troubles ?? []), ...(stored.kind === 'trouble' ? [stored.sentence] : [])];
      const now = { nowMs: Date.now(), mark: performance.now() };
      board = withEnded(
        board,
        { report, tracking, troubles, state: stored.kind === 'read' ? stored.state : null },
        now,
      );
      await saveHistory(historyFile, board.history).catch((error: unknown) =>
        say(`the history ${historyFile} was not stored: ${error instanceof Error ? error.message : String(error)}`),
      );
    },
  };
};

type Stored =
  | { readonly kind: 'read'; readonly state: State | null }
  | { readonly kind: 'trouble'; readonly sentence: string };

const stateIn = async (store: LiveOptions['store'], environment: string): Promise<Stored> => {
  try {
    return { kind: 'read', state: (await store.load(environment))?.state ?? null };
  } catch (error) {
    return { kind: 'trouble', sentence: error instanceof Error ? error.message : String(error) };
  }
};
