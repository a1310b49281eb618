import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import type { CycleInput } from '../../src/cycle/input.ts';
import { runCycle } from '../../src/cycle/run-cycle.ts';
import type { Report } from '../../src/model/report.ts';
import { whileListening } from '../support/probing.ts';
import { checkSandbox, troubles } from '../support/sandboxed.ts';

const healthy = '{"status":"healthy"}';

/** A cycle over targets of one's own, `my.t0` and on, each on a path of its name, at a server that answers as told. */
const cycleOver = (
  count: number,
  serve: RequestListener,
  { limits = '', ...input }: Partial<CycleInput> & { readonly limits?: string } = {},
): Promise<Report> =>
  whileListening(createServer(serve), async (port) => {
    const targets = Array.from({ length: count }, (_, i) => `  my.t${i}: { url: "http://host.test/t${i}" }`).join('\n');
    const settings = await loadSettings({
      text: `targets:\n${targets}\nnetwork: { connectTo: ["::127.0.0.1:${port}"] }\nlimits: { ${limits.includes('totalMs') ? '' : 'totalMs: 3000, '}${limits} }\n`,
      name: 'test',
    });
    const only = Array.from({ length: count }, (_, i) => `my.t${i}`);
    return runCycle({ settings, apiKey: null, baseline: [], only, registration: false, deadlineMs: 30_000, ...input });
  });

describe('a cycle', () => {
  it('does not let a slow target delay the others', async () => {
    const done: string[] = [];
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await cycleOver(
      30,
      (request, response) => {
        if (request.url === '/t0') released.then(() => response.end(healthy));
        else response.end(healthy);
      },
      {
        onOutcome: ({ target }) => {
          done.push(target);
          // The slow one is let go when all others are done: were one of them behind it, nothing would go on.
          if (done.length === 29) release();
        },
      },
    );
    expect(done).toHaveLength(30);
    expect(done.at(-1)).toBe('my.t0');
  });

  it('never exceeds its limit of concurrent probes', async () => {
    let open = 0;
    let most = 0;
    await cycleOver(
      40,
      (_request, response) => {
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          response.end(healthy);
        }, 10);
      },
      { limits: 'concurrency: 4' },
    );
    expect(most).toBeLessThanOrEqual(4);
    expect(most).toBeGreaterThan(1);
  });

  it('marks targets inconclusive that are unfinished or not started at its deadline', async () => {
    const report = await cycleOver(6, () => undefined, { limits: 'concurrency: 2', deadlineMs: 500 });
    expect(report.verdict).toBe('inconclusive');
    expect(report.outcomes.map(({ status, failureMode }) => [status, failureMode])).toEqual(
      Array(6).fill(['inconclusive', 'deadline-exceeded']),
    );
    expect(report.outcomes.filter(({ attempts }) => attempts.length === 0)).toHaveLength(4);
  });

  it('keeps its results when it is interrupted, and marks the rest inconclusive, started or not', async () => {
    const stop = new AbortController();
    const report = await cycleOver(
      6,
      ({ url }, response) => {
        if (url === '/t0') response.end(healthy);
        else if (url === '/t2') stop.abort();
      },
      { limits: 'concurrency: 2, totalMs: 300000', stop: stop.signal, deadlineMs: 600_000 },
    );
    expect(report.verdict).toBe('inconclusive');
    expect(report.outcomes.map(({ status, attempts }) => [status, attempts.length])).toEqual([
      ['pass', 1],
      ['inconclusive', 1],
      ['inconclusive', 1],
      ...Array(3).fill(['inconclusive', 0]),
    ]);
    expect(report.outcomes[1]?.evidence.summary).toContain('interrupted');
  });

  it('retries a failure once on a fresh connection, and calls a flapping target degraded, with both attempts as evidence', async () => {
    const ports = new Set<number | undefined>();
    const report = await cycleOver(1, (request, response) => {
      ports.add(request.socket.remotePort);
      if (ports.size === 1) response.writeHead(502, { 'content-type': 'application/json' }).end('{"detail":"no"}');
      else response.end(healthy);
    });
    expect(report.outcomes[0]).toMatchObject({ status: 'degraded', failureMode: 'upstream-unreachable' });
    expect(report.outcomes[0]?.attempts.map(({ status, httpStatus }) => [status, httpStatus])).toEqual([
      ['fail', 502],
      ['pass', 200],
    ]);
    expect(ports.size).toBe(2);
  });

  it('treats a failure from the baseline as known, and a different failure or a pass as news', async () => {
    const answer =
      (status: number): RequestListener =>
      (_request, response) =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(status === 200 ? healthy : '{"detail":"x"}');
    const before = await cycleOver(1, answer(404));
    expect(before.verdict).toBe('failing');
    const baseline = before.outcomes;

    const same = await cycleOver(1, answer(404), { baseline });
    expect([same.verdict, same.outcomes[0]?.known, same.outcomes[0]?.attempts.length]).toEqual(['healthy', true, 1]);
    const other = await cycleOver(1, answer(500), { baseline });
    expect([other.verdict, other.outcomes[0]?.known]).toEqual(['failing', false]);
    const mended = await cycleOver(1, answer(200), { baseline });
    expect([mended.verdict, mended.recovered]).toEqual(['healthy', ['my.t0']]);
  });

  it('reports a blind monitor, not a platform that is down, when the control is unreachable too', async () => {
    const blind = await checkSandbox({ faults: ['name-server-silent'], targets: ['platform', 'external.control'] });
    expect(blind.verdict, troubles(blind).join('\n')).toBe('inconclusive');
    const down = await checkSandbox({ faults: ['name-server-silent'], targets: ['platform'] });
    expect(down.verdict).toBe('failing');
  });
});
