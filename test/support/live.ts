import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

interface Reply {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** One request to a live page, as curl sends it. */
export const ask = async (
  url: string,
  {
    method = 'GET',
    headers = {},
  }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Reply> => {
  const asked = request(url, { method, headers, agent: false }).end();
  const [response] = await once(asked, 'response');
  const { statusCode: status, headers: answered } = response;
  return { status, type: answered['content-type'], headers: answered, body: await text(response) };
};

/** Sends raw bytes and gives what came back until the server closed. */
export const sendRaw = async (url: string, bytes: string): Promise<string> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(bytes);
  return text(socket).catch(() => '');
};

export interface Watched {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly said: () => { readonly stdout: string; readonly stderr: string };
  /** Resolves once one of the streams holds the text, this many times. */
  readonly until: (pattern: RegExp, times?: number) => Promise<void>;
}

/** Follows what a process says. */
export const follow = (child: Watched['child']): Watched => {
  let [stdout, stderr] = ['', ''];
  const waiting = new Set<() => void>();
  const heard = (): void => {
    for (const look of waiting) look();
  };
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    heard();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    heard();
  });
  return {
    child,
    said: () => ({ stdout, stderr }),
    until: (pattern, times = 1) =>
      new Promise((resolve, reject) => {
        const all = new RegExp(pattern.source, 'g');
        const look = (): void => {
          if (((stdout + stderr).match(all)?.length ?? 0) < times) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        child.once('close', () => reject(new Error(`it ended first: ${stdout}${stderr}`)));
        look();
      }),
  };
};
