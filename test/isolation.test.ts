import { createServer, type RequestListener } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../src/config/load.ts';
import { runCycle } from '../src/cycle/run-cycle.ts';
import type { History } from '../src/model/history.ts';
import type { Outcome, Report } from '../src/model/report.ts';
import type { Target } from '../src/model/target.ts';
import { annotations } from '../src/report/github/annotations.ts';
import { summary } from '../src/report/github/summary.ts';
import { renderHtml } from '../src/report/html/page.ts';
import { renderJson } from '../src/report/json.ts';
import { renderJunit } from '../src/report/junit/render.ts';
import { renderPretty } from '../src/report/pretty.ts';
import { found, view } from './report/hostile.ts';
import { testKey, whileListening } from './support/probing.ts';

const count = 6;
const ids = Array.from({ length: count }, (_, n) => `my.t${n}`);

interface Given {
  readonly change?: (target: Target) => Target;
  readonly history?: History;
  readonly serve?: RequestListener;
}

const healthy: RequestListener = (_request, response) => response.end('{"status":"healthy"}');

/** A cycle over six targets, as they are after the change. */
const cycleWith = ({ change = (target) => target, history, serve = healthy }: Given): Promise<Report> =>
  whileListening(createServer(serve), async (port) => {
    const targets = ids.map((id) => `  ${id}: { url: "http://host.test/${id}" }`).join('\n');
    const text = `targets:\n${targets}\nnetwork: { connectTo: ["::127.0.0.1:${port}"] }\nlimits: { totalMs: 3000 }\n`;
    const settings = await loadSettings({ text, name: 'test' });
    return runCycle({
      settings: { ...settings, targets: settings.targets.map(change) },
      apiKey: testKey,
      baseline: [],
      only: ids,
      registration: false,
      deadlineMs: 30_000,
      ...(history === undefined ? {} : { history: Promise.resolve(history) }),
    });
  });

/** What stands for a defect: a value that the code meets on its way, and that throws when it is read. */
const broken = <T extends object>(value: T, property: keyof T & string, message: string): T =>
  Object.defineProperty({ ...value }, property, {
    enumerable: true,
    get: () => {
      throw new RangeError(message);
    },
  });

/** Nothing but the judgement of an answer reads the status that it should have. */
const brokenWhenJudged = (target: Target, message: string): Target =>
  target.kind === 'http' ? { ...target, expect: broken(target.expect, 'status', message) } : target;

const told = (outcome: Outcome | undefined) =>
  outcome && {
    target: outcome.target,
    status: outcome.status,
    failureMode: outcome.failureMode,
    phase: outcome.phase,
    hop: outcome.hop,
    answeredBy: outcome.answeredBy,
    httpStatus: outcome.httpStatus,
    summary: outcome.evidence.summary,
  };

describe('a defect of the monitor that one target triggers', () => {
  const message = 'Maximum call stack size exceeded';
  const phases: readonly { when: string; change: (target: Target) => Target }[] = [
    { when: 'while its response is judged', change: (target) => brokenWhenJudged(target, message) },
    { when: 'while it is probed', change: (target) => broken(target, 'timeoutMs', message) },
  ];

  it.each(phases)(
    '$when affects that target only, and its outcome says so; the others do not change',
    async ({ change }) => {
      const without = await cycleWith({});
      const report = await cycleWith({ change: (target) => (target.id === 'my.t2' ? change(target) : target) });
      expect(report.outcomes.map(({ target }) => target)).toEqual(ids);
      expect(told(report.outcomes[2])).toEqual({
        target: 'my.t2',
        status: 'inconclusive',
        failureMode: 'probe-error',
        phase: null,
        hop: null,
        answeredBy: null,
        httpStatus: null,
        summary: `A defect in the monitor kept it from judging this: RangeError: ${message}`,
      });
      const others = ({ outcomes }: Report) => outcomes.filter(({ target }) => target !== 'my.t2').map(told);
      expect(others(report)).toEqual(others(without));
      expect(report.verdict).toBe('inconclusive');
    },
  );

  it.each([0, 200, 210, 220, 230, 240, 300])(
    'shows no key after %i characters, and its text stays short',
    async (before) => {
      const { outcomes } = await cycleWith({
        change: (target) =>
          target.id === 'my.t2'
            ? brokenWhenJudged(target, `${'y'.repeat(before)} ${testKey} ${'x'.repeat(5_000)}`)
            : target,
      });
      const text = outcomes.find(({ target }) => target === 'my.t2')?.evidence.summary ?? '';
      expect(text).toMatch(/^A defect in the monitor .* more$/);
      expect(text).not.toMatch(/hk_test|0123/);
      expect(text.length).toBeLessThan(400);
    },
  );
});

describe('a defect of the diagnosis', () => {
  const history = broken<History>(
    { until: '', version: null, deployment: null, ongoing: [] },
    'version',
    'no diagnosis',
  );
  let report: Report;

  beforeAll(async () => {
    const serve: RequestListener = (request, response) =>
      request.url === '/my.t3' ? response.writeHead(500).end('no') : healthy(request, response);
    report = { ...(await cycleWith({ history, serve })), history: null };
  });

  it('loses no outcome and no verdict, and leaves failures unexplained', () => {
    expect(report.outcomes.map(({ status }) => status)).toEqual(ids.map((id) => (id === 'my.t3' ? 'fail' : 'pass')));
    expect(report.verdict).toBe('failing');
    expect(report.diagnosis).toEqual({
      status: 'inconclusive',
      hypotheses: [],
      faults: [],
      unexplained: ['my.t3'],
      paths: [],
      defect: 'A defect in the monitor kept it from making a diagnosis: RangeError: no diagnosis',
    });
  });

  const strictness = { degraded: false, known: false };
  const formats = {
    pretty: (of: Report) => renderPretty(of, { ...view, color: false, width: 200 }),
    json: renderJson,
    junit: (of: Report) => renderJunit(of, view, strictness),
    html: (of: Report) => renderHtml(of, view),
    'the job’s summary of GitHub': (of: Report) => summary(of, view),
    'annotations of GitHub': (of: Report) => annotations(of, view, strictness),
  } as const;

  it.each(Object.entries(formats))('appears in %s', (_, render) => {
    expect(render(report)).toContain(
      'A defect in the monitor kept it from making a diagnosis: RangeError: no diagnosis',
    );
  });

  it.each(Object.entries(formats))('may contain any text without harm to %s', (name, render) => {
    const text = render({
      ...report,
      diagnosis: { ...report.diagnosis, defect: '\u001b[2J</pre><b>\u202e\n::error::x' },
    });
    expect(found(text, /\p{Cf}|(?!\n)\p{Cc}|^::error::x/mu)).toEqual([]);
    if (name === 'html' || name === 'junit') expect(found(text, /<\/pre><b>/)).toEqual([]);
  });
});
