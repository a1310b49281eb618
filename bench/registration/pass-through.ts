import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { end, firstLine } from '../child.ts';

interface Noted {
  readonly requests: number;
  /** Milliseconds that MLflow took for its responses in total. */
  readonly serverMs: number;
  /** Milliseconds that the pass-through added. */
  readonly ownMs: number;
}

export interface NotingPassThrough {
  readonly url: string;
  /** Since the previous call. */
  note(): Promise<Noted>;
  close(): Promise<void>;
}

export const startNotingPassThrough = async (upstream: string): Promise<NotingPassThrough> => {
  const script = join(import.meta.dirname, 'pass-through-server.ts');
  const child = spawn(process.execPath, [script, upstream], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { url, report } = JSON.parse(await firstLine(child, child.stdout)) as Readonly<Record<string, string>>;
  return {
    url: String(url),
    note: async () => (await (await fetch(String(report))).json()) as Noted,
    close: () => end(child),
  };
};
