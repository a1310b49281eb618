import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { annotations } from '../../src/report/github/annotations.ts';
import { summary } from '../../src/report/github/summary.ts';
import { checkSandbox } from '../support/sandboxed.ts';
import { found, hostile, view } from './hostile.ts';

const lenient = { degraded: false, known: false };
let failing: Report;
let healthy: Report;

beforeAll(async () => {
  healthy = await checkSandbox();
  failing = await checkSandbox({ faults: ['discovery-record-deleted', 'registry-certificate-expires-soon'] });
});

const command = /^::(error|warning|notice) title=([^:,\r\n]*)::(.*)$/;

/** What the runner shows of an annotation. */
const shown = (line: string) => {
  const [, level = '', title = '', message = ''] = command.exec(line) ?? [];
  const text = (value: string): string =>
    value
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  return { level, title: text(title), message: text(message) };
};

const lines = (report: Report, strictness = lenient): readonly string[] =>
  annotations(report, view, strictness).trimEnd().split('\n');

describe('annotations', () => {
  it('start with the cause and the first command, then list the failures, with equal ones grouped', () => {
    const [first, ...more] = lines(failing).map(shown);
    expect(first?.level).toBe('error');
    expect(first?.title).toBe('Hokusai sandbox: failing');
    expect(first?.message).toMatch(/The API does not find MLflow: [^\n]*\n(?:[^\n]+ \([^()]*\d %\)\n)*next: aws /);
    expect(more[0]).toMatchObject({ level: 'error', title: 'upstream-unreachable at service discovery' });
    expect(more[0]?.message).toMatch(/^registry\.mlflow-proxy-health, .*\n502 by the application: /);
    expect(more.filter(({ title }) => title === 'upstream-unreachable at service discovery')).toHaveLength(1);
  });

  it('warn about degraded requests, or fail on them if asked to', () => {
    const level = (strictness = lenient): string | undefined =>
      lines(failing, strictness)
        .map(shown)
        .find(({ title }) => title.startsWith('tls-expires-soon'))?.level;
    expect(level()).toBe('warning');
    expect(level({ degraded: true, known: false })).toBe('error');
  });

  it('are one quiet line for a healthy platform', () => {
    expect(lines(healthy).map(shown)).toEqual([
      {
        level: 'notice',
        title: 'Hokusai sandbox: healthy',
        message: expect.stringMatching(/^All is well: \d+ checks/),
      },
    ]);
  });

  it('contain only our own commands, at most ten of a level, whatever a server sends', () => {
    const all = lines(hostile(failing));
    for (const line of all) {
      expect(line).toMatch(command);
      expect(line).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    }
    const levels = Map.groupBy(all, (line) => shown(line).level);
    for (const [, own] of levels) expect(own.length).toBeLessThanOrEqual(10);
  });
});

/** Markdown without what stands in code, as CommonMark finds it: a run of backticks to the next of the same length. */
const outsideCode = (markdown: string): string => markdown.replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');

describe('the job summary', () => {
  it('has the verdict, the path, the failures and the next commands', () => {
    const text = summary(failing, view);
    expect(text).toMatch(/^## ❌ Hokusai sandbox: failing\n\n\*\*.*The API does not find MLflow/);
    expect(text).toContain('✓ proxy route → ✗ service discovery → ');
    expect(text).toMatch(
      /\n```sh\naws servicediscovery list-instances --service-id "\$\(aws servicediscovery list-services [^\n]+\n```\n/,
    );
    expect(text).toMatch(
      /\n\| ✗ \| `registry\.mlflow-proxy-health` .* \| `upstream-unreachable` \| phase assertion, at service discovery \| /,
    );
    expect(text).toContain('**✗ model registration**: stopped at step 1 of ');
    expect(text).toContain('- known from the baseline: `registry.mlflow-proxy-version`');
  });

  it('is short for a healthy platform', () => {
    const text = summary(healthy, view);
    expect(text).toMatch(/\*\*All is well: \d+ checks and the registration flow passed/);
    expect(text).not.toContain('### ');
    expect(text.split('\n').length).toBeLessThan(14);
  });

  it('shows a server’s text as code that cannot end a cell, a line or the code', () => {
    const text = summary(hostile(failing), view);
    expect(text.includes('onerror=alert')).toBe(true);
    // Titles and hosts are running text, in which every sign that means something is escaped.
    const prose = outsideCode(text.replace(/(`{3,})sh\n.*\n\1/g, '').replace(/\\./g, ''));
    expect(found(prose, /<|\]\(|\u202e/)).toEqual([]);
    for (const row of text.split('\n').filter((line) => line.startsWith('|')))
      expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7);
  });

  it('is not read as commands when it is printed', () => {
    for (const line of summary(hostile(failing), view).split('\n')) {
      expect(line.trimStart()).not.toMatch(/^::/);
      expect(line).not.toContain('##[');
    }
  });
});
