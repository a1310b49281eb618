import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server in another language with all of its child processes. */
export interface ProcessGroup {
  /** The end of its output. */
  log(): string;
  isRunning(): boolean;
  /** Suspends all processes: the system accepts connections, but nothing answers. */
  pause(): void;
  resume(): void;
  end(): Promise<void>;
}

const logLimit = 20_000;
const endLimitMs = 5_000;

/**
 * The shell waits for the command and for its own standard input to close. The input closes when this process ends, for
 * whatever reason, and the whole group is then killed. So no server outlives an interrupted test run.
 */
const guard = 'exec 3<&0; (cat <&3 >/dev/null; kill -KILL 0) & "$@" 3<&- </dev/null & wait $!';

export interface GroupOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The user that it runs as; only root may choose. */
  readonly uid?: number;
}

export const startGroup = (command: string, args: readonly string[], options: GroupOptions): ProcessGroup => {
  const child = spawn('/bin/sh', ['-c', guard, 'sh', command, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  let running = true;
  const keep = (chunk: Buffer): void => {
    log = `${log}${chunk}`.slice(-logLimit);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = once(child, 'exit').then(() => {
    running = false;
  });
  const signal = (name: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch (error) {
      // The group is already empty.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  return {
    log: () => log,
    isRunning: () => running,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    end: async () => {
      signal('SIGCONT');
      signal('SIGTERM');
      await Promise.race([exited, sleep(endLimitMs, undefined, { ref: false })]);
      signal('SIGKILL');
      await exited;
    },
  };
};

/**
 * Waits for any response from the address, even a refusal. @throws with the end of the log if the server exits or takes
 * too long.
 */
export const untilReady = async (group: ProcessGroup, url: string, limitMs: number): Promise<void> => {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    if (!group.isRunning()) throw new Error(`the server ended while it started:\n${group.log()}`);
    const ready = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      ({ status }) => status < 500,
      () => false,
    );
    if (ready) return;
    await sleep(100);
  }
  throw new Error(`the server was not ready within ${limitMs / 1000} s:\n${group.log()}`);
};
